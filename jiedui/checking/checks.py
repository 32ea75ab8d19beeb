"""One check (核校): texts in, readings with their indicators, findings and verdicts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from jiedui.figures.questions import Question
from jiedui.ledger import heads
from jiedui.lib.clock import today

from . import ledger, naming, windows
from .apart import read_bounded
from .ledger import Context, Verdict
from .model import Reading
from .scoping import guess_pairing, place_names


@dataclass(frozen=True, slots=True)
class Checked:
    """One text with everything found in it; ``head`` is the ledger's newest posting then."""

    name: str
    text: str
    reading: Reading
    verdicts: tuple[Verdict, ...]
    pairing: int | None
    day: date
    head: int

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
) -> list[Checked]:
    """The checks of several (name, text) of one subject, in order.

    Without ``pairing`` each text is about the pair of places it names. Stores nothing. Raises
    ``apart.TookTooLong``.
    """
    said = published_on.isoformat() if published_on else None
    readings = read_bounded(
        texts,
        published_on=said,
        indicators=ledger.known_names(),
        regions=frozenset(place_names()),
    )
    return [
        _against_ledger(name, text, reading, pairing, published_on, may_read)
        for (name, text), reading in zip(texts, readings, strict=True)
    ]


def _against_ledger(
    name: str,
    text: str,
    reading: Reading,
    pairing: int | None,
    published_on: date | None,
    may_read: Callable[[Question], bool],
) -> Checked:
    reading = naming.unborrowed(reading)
    codes = naming.name_indicators(text, reading, ledger.names())
    reading = naming.with_indicators(reading, codes)
    about = guess_pairing(text) if pairing is None else pairing
    day = windows.as_of(reading, published_on, today())
    verdicts = ledger.check(text, reading, Context(about, day, may_read))
    return Checked(name, text, reading, tuple(verdicts), about, day, heads.head())
