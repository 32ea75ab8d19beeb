"""One check (核校): texts in, readings with their indicators, findings and verdicts out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jiedui.figures.questions import Question
from jiedui.ledger import heads
from jiedui.lib.clock import today
from jiedui.lib.periods import Window

from . import by_hand, ledger, naming, sayings, windows
from .apart import read_bounded
from .by_hand import Correction
from .ledger import Context, Verdict
from .reader.model import Reading
from .scoping import Gazetteer, Register, register


@dataclass(frozen=True, slots=True)
class Checked:
    """One text with everything found in it; ``head`` is the ledger's newest posting then.

    ``by_hand`` are the corrections that were applied, by the id of their figure.
    """

    name: str
    text: str
    reading: Reading
    verdicts: tuple[Verdict, ...]
    pairing: int | None
    day: date
    head: int
    by_hand: Mapping[str, Correction] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """No finding of severity error and nothing that differs."""
        return not any(one.result == "differs" for one in self.verdicts) and not any(
            finding.severity == "error" for finding in self.reading.findings
        )


def check(
    texts: Sequence[tuple[str, str]],
    *,
    pairing: int | None = None,
    published_on: date | None = None,
    may_read: Callable[[Question], bool] = ledger.everything,
    corrections: Sequence[Correction] = (),
    words: Mapping[str, str] | None = None,
) -> list[Checked]:
    """The checks of several (name, text) of one subject, in order.

    Without ``pairing`` each text is about the pair of places it names. ``corrections`` are readings
    set by hand, ``words`` an office's own for indicators, with their codes (``office.of``). Stores
    nothing. Raises ``apart.TookTooLong``.
    """
    found = read_texts(
        texts, pairing=pairing, published_on=published_on, corrections=corrections, words=words
    )
    head, verdicts = heads.steady(lambda: [_against_ledger(said, may_read) for said in found])
    return [
        Checked(
            said.name,
            said.text,
            said.reading,
            tuple(its),
            said.pairing,
            said.day,
            head,
            said.by_hand,
        )
        for said, its in zip(found, verdicts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """One text read and named, before any ledger is asked; ``own`` is the period its title names.

    ``register`` is that of places and pairings as it was then.
    ``by_hand`` are the corrections of its figures by id; their indicators are in the reading already.
    """

    name: str
    text: str
    reading: Reading
    pairing: int | None
    day: date
    own: Window | None
    register: Register
    by_hand: Mapping[str, Correction] = field(default_factory=dict)


def read_texts(
    texts: Sequence[tuple[str, str]],
    *,
    pairing: int | None = None,
    published_on: date | None = None,
    corrections: Sequence[Correction] = (),
    words: Mapping[str, str] | None = None,
    own: Window | None = None,
) -> list[Said]:
    """Several (name, text) read with their indicators, in order; raises ``apart.TookTooLong``.

    ``corrections`` and ``words`` as in ``check``; ``own`` is their period where a person said it.
    """
    periods = [own or windows.own_period(text) for _name, text in texts]
    ends = {own.end if own else None for own in periods}
    # 截至12月底 of a report of 2022 is that of 2022, whatever years the text plans for.
    end = ends.pop() if len(ends) == 1 else None
    speaks = published_on or (end if end and end <= today() else None)
    known = register()
    readings = read_bounded(
        texts,
        published_on=speaks.isoformat() if speaks else None,
        indicators=ledger.known_names(),
        regions=known.below,
    )
    found = [
        _named(name, text, reading, pairing, speaks, own, words or {}, known)
        for (name, text), reading, own in zip(texts, readings, periods, strict=True)
    ]
    return [_set_by_hand(said, number, corrections) for number, said in enumerate(found, 1)]


def _named(
    name: str,
    text: str,
    reading: Reading,
    pairing: int | None,
    speaks: date | None,
    own: Window | None,
    words: Mapping[str, str],
    known: Register,
) -> Said:
    about = known.guess_pairing(text) if pairing is None else pairing
    reading = naming.unborrowed(reading)
    codes = naming.name_indicators(text, reading, ledger.names(), known.sides(about))
    codes = sayings.name(text, reading, codes, words, ledger.units())
    reading = naming.with_indicators(reading, codes)
    day = windows.as_of(reading, speaks, today())
    return Said(name, text, reading, about, day, own, known)


def _set_by_hand(said: Said, number: int, corrections: Sequence[Correction]) -> Said:
    """The text with the corrections of its figures; ``number`` counts the texts from 1."""
    mine = by_hand.of_text(corrections, number, said.text, said.reading.quantities)
    if not mine:
        return said
    codes = {q.id: q.indicator for q in said.reading.quantities if q.indicator}
    codes |= {one: given.indicator for one, given in mine.items() if given.indicator}
    return replace(said, reading=naming.with_indicators(said.reading, codes), by_hand=mine)


def _against_ledger(said: Said, may_read: Callable[[Question], bool]) -> list[Verdict]:
    gazetteer = Gazetteer(said.register, said.pairing, said.reading)
    context = Context(gazetteer, said.day, may_read, said.own, said.by_hand)
    return ledger.check(said.text, said.reading, context)
