"""Answering questions; ``ask_many`` is the only way a figure comes out of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure, Version
from jiedui.ledger import Slice, Total, heads, totals
from jiedui.lib.bounds import Bound, ratio_bound
from jiedui.lib.periods import Window
from jiedui.lib.places import Box, Range
from jiedui.regions import places


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with what stands behind it.

    ``amount`` counts smallest units (fen for 元) and is None for a ratio and for a reading nobody
    made; ``fraction`` holds a ratio's two sides in a common unit. The counts are entries and
    declarations that count, and what was left out: cut by the window, or crossing.
    """

    amount: int | None
    fraction: tuple[int, int] | None
    bound: Bound
    entries: int
    declarations: int
    cut_entries: int
    cut_declarations: int
    crossing: int

    @property
    def is_recorded(self) -> bool:
        """Whether anything at all stands behind the value; if not, a page shows a dash."""
        if self.fraction is not None:
            return self.fraction[1] != 0
        return self.amount is not None and bool(self.entries or self.declarations)

    @property
    def left_out(self) -> int:
        """How many entries and declarations the window cut, or another declaration crossed."""
        return self.cut_entries + self.cut_declarations + self.crossing


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: 已审核, 含待审核 beside it, and what it was computed from.

    ``with_pending`` is what the answer would be were everything submitted approved now; None for a
    question about the past. ``head`` is the newest posting looked at.
    """

    question: Question
    indicator: Indicator
    approved: Figure
    with_pending: Figure | None
    head: int

    @property
    def versions(self) -> tuple[Version, ...]:
        """The wordings of the definition in force in the window; more than one: definitions are mixed."""
        return self.indicator.versions_in(*self.question.window)

    @property
    def amount(self) -> int | None:
        """The approved value in smallest units; None for a ratio or a missing reading."""
        return self.approved.amount

    @property
    def bound(self) -> Bound:
        """The bound of the approved value."""
        return self.approved.bound

    @property
    def value(self) -> Decimal | None:
        """The approved value in the base unit (元, 人, %), None when there is none."""
        return value_of(self.indicator, self.approved)

    @property
    def pending_value(self) -> Decimal | None:
        """The value 含待审核 in the base unit; None for a question about the past."""
        return None if self.with_pending is None else value_of(self.indicator, self.with_pending)

    @property
    def has_pending(self) -> bool:
        """Whether what waits for approval would change the value or its bound."""
        return self.with_pending is not None and (
            self.with_pending.amount,
            self.with_pending.fraction,
            self.with_pending.bound,
        ) != (self.approved.amount, self.approved.fraction, self.approved.bound)

    @property
    def as_of(self) -> date:
        """The day the value stands for (截至)."""
        return self.question.window.end

    @property
    def unit(self) -> str:
        """The base unit."""
        return self.indicator.unit


def ask(question: Question, *, pending: bool = True) -> Answer:
    """The answer to one question; see ``ask_many``."""
    return ask_many([question], pending=pending)[0]


def ask_many(
    questions: Sequence[Question], *, pending: bool | Collection[Question] = True
) -> list[Answer]:
    """The answers, in order; a few statements of the ledger for each head that is asked about.

    ``pending=False`` leaves out 含待审核, a collection asks it for the questions in it only. A sum over
    nothing is 0 and exact; a ratio over nothing, or of nothing to a mere total, and a reading nobody
    made are None. Who may ask is not looked at here. Raises UnknownIndicator.
    """
    by_head: dict[int | None, list[Question]] = defaultdict(list)
    for question in dict.fromkeys(questions):
        by_head[question.known_at].append(question)
    found: dict[Question, Answer] = {}
    for head, asked in by_head.items():
        waits = set() if head is not None or pending is False else set(asked)
        if not isinstance(pending, bool):
            waits &= set(pending)
        for answer in _ask_at(asked, head, waits):
            found[answer.question] = answer
    return [found[question] for question in questions]


def _ask_at(
    questions: Sequence[Question], head: int | None, waits: Collection[Question]
) -> list[Answer]:
    """The answers at a head, now for None; ``waits`` are asked 含待审核 as well."""
    indicators = [catalogue.get(question.indicator) for question in questions]
    sides = [sides_of(indicator) for indicator in indicators]
    cut = Cutter()
    slices = [
        [cut.slice_of(question, code) for code in codes]
        for question, codes in zip(questions, sides, strict=True)
    ]
    flat = [one for its in slices for one in its]
    wanted = [
        question in waits for question, its in zip(questions, slices, strict=True) for _one in its
    ]

    def read() -> tuple[list[Total], list[Total]]:
        if head is not None:
            return totals.ask(flat, head=head), []
        return totals.ask_both(flat, wanted)

    newest, (now, then) = heads.steady(read) if head is None else (head, read())
    approved, waiting = iter(now), iter(then)
    answers = []
    for question, indicator, codes in zip(questions, indicators, sides, strict=True):
        mine = figure_of(indicator, list(islice(approved, len(codes))))
        theirs = list(islice(waiting, len(codes)))
        pending = figure_of(indicator, theirs) if question in waits else None
        answers.append(Answer(question, indicator, mine, pending, newest))
    return answers


def sides_of(indicator: Indicator) -> tuple[str, ...]:
    """The codes the ledger is asked about: the indicator's own, or a ratio's two sides."""
    if indicator.measure is Measure.RATIO:
        return indicator.numerator, indicator.denominator
    return (indicator.code,)


def slice_of(question: Question, code: str | None = None) -> Slice:
    """The question in the ledger's words; ``code`` for one side of a ratio."""
    return Cutter().slice_of(question, code)


class Cutter:
    """Cuts many questions into slices; places and pairings they share are looked at once."""

    def __init__(self) -> None:
        self._ranges: dict[tuple[int, bool, Window], tuple[Range, ...]] = {}
        self._boxes: dict[tuple[int, Window], tuple[Box, ...]] = {}

    def slice_of(self, question: Question, code: str | None = None) -> Slice:
        """The question in the ledger's words; ``code`` for one side of a ratio."""
        indicator = catalogue.get(code or question.indicator)
        window = question.window
        if indicator.measure is Measure.STOCK:
            # A stock counts everything up to its day, so its start says nothing.
            window = Window(None, window.end)
        where = question.region, question.own, window
        ranges = self._ranges.get(where)
        if ranges is None:
            ranges = places.ranges(question.region, window)
            if question.own:
                ranges = tuple(Range(found.lo, found.lo) for found in ranges)
            self._ranges[where] = ranges
        boxes = None
        if question.pairing is not None:
            between = question.pairing, window
            boxes = self._boxes.get(between)
            if boxes is None:
                boxes = self._boxes[between] = places.boxes(question.pairing, window)
        return Slice(indicator.code, ranges, boxes, window.start, window.end)


def figure_of(indicator: Indicator, found: Sequence[Total]) -> Figure:
    """One total, or the two of a ratio, as a figure."""
    first = found[0]
    if indicator.measure is not Measure.RATIO:
        return Figure(
            amount=first.value,
            fraction=None,
            bound=first.bound,
            entries=first.entries,
            declarations=first.declarations,
            cut_entries=first.cut_entries,
            cut_declarations=first.cut_declarations,
            crossing=first.crossing,
        )
    above, below = found
    # A denominator known only as a total, with nothing at all behind the numerator, is no rate of zero:
    # nobody has said yet how much of it is done.
    unknown = below.declarations and not (above.entries or above.declarations)
    return Figure(
        amount=None,
        fraction=(0, 0) if unknown else _fraction(indicator, above.value or 0, below.value or 0),
        bound=ratio_bound(above.bound, below.bound),
        entries=above.entries + below.entries,
        declarations=above.declarations + below.declarations,
        cut_entries=above.cut_entries + below.cut_entries,
        cut_declarations=above.cut_declarations + below.cut_declarations,
        crossing=above.crossing + below.crossing,
    )


def _fraction(indicator: Indicator, above: int, below: int) -> tuple[int, int]:
    """Both sides in one unit, the numerator a hundredfold for a percentage."""
    numerator, denominator = (
        catalogue.get(indicator.numerator),
        catalogue.get(indicator.denominator),
    )
    percent = 100 if indicator.unit == "%" else 1
    return above * denominator.scale * percent, below * numerator.scale


def value_of(indicator: Indicator, figure: Figure) -> Decimal | None:
    """The figure in the base unit: exact for a sum, rounded half up for a ratio."""
    if figure.fraction is not None:
        return rounded_ratio(figure.fraction, indicator.decimals)
    if figure.amount is None:
        return None
    return Decimal(figure.amount) / indicator.scale


def rounded_ratio(fraction: tuple[int, int], decimals: int) -> Decimal | None:
    """A ratio to some decimals, halves away from zero (ROUND_HALF_UP); None over zero."""
    above, below = fraction
    if below == 0:
        return None
    if below < 0:
        above, below = -above, -below
    step = 10**decimals
    size, rest = divmod(abs(above) * step, below)
    size += 2 * rest >= below
    return Decimal(size if above >= 0 else -size).scaleb(-decimals)
