"""A figure by child place and by month; what belongs to no part stands as 未分县 or 未分月."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from jiedui.figures.answers import Answer, Figure
from jiedui.figures.kept import Kept
from jiedui.figures.monthly import ask_months
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Measure
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import Window, month_number, month_span
from jiedui.regions import places
from jiedui.regions.models import Region

MONTHS = 36
"""How many months a breakdown shows; what lies before is one part of its own."""


@dataclass(frozen=True, slots=True)
class PlacePart:
    """The figure of one child place. ``figure`` of a whole that adds up; ``share`` in per mille."""

    code: int
    name: str
    question: Question
    figure: Figure
    own: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """A figure by child place: the parts by code, then 本级; ``rest`` is 未分县 in smallest units.

    Parts and rest add up to the whole exactly; ``rest`` is None for a measure that does not add up.
    """

    parts: list[PlacePart]
    rest: int | None
    rest_bound: Bound


@dataclass(frozen=True, slots=True)
class MonthPart:
    """The figure of one month, cut to the question's window."""

    month: int
    question: Question
    amount: int
    bound: Bound
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Months:
    """A flow by month: ``before`` is one part for all earlier months, ``rest`` is 未分月.

    before + months + rest = the whole, exactly. For a stock the months are its level at each end
    and ``before`` and ``rest`` are 0.
    """

    before: int
    before_question: Question | None
    parts: list[MonthPart]
    rest: int


def by_place(
    answer: Answer, kept: Kept | None = None, children: Sequence[Region] | None = None
) -> Places:
    """The answer by child place; no parts for a place without children or for 本级 alone."""
    question, indicator = answer.question, answer.indicator
    if children is None:
        children = children_of(question)
    if not children:
        return Places([], None, Bound.EXACT)
    found = (kept or Kept()).ask(place_questions(question, children))
    names = [child.name for child in children] + [places.OWN]
    parts = [
        PlacePart(part.question.region, name, part.question, part.approved, part.question.own)
        for part, name in zip(found, names, strict=True)
    ]
    rest = None
    if indicator.measure.adds_up:
        rest = (answer.amount or 0) - sum(part.figure.amount or 0 for part in parts)
    return Places(parts, rest, answer.bound if rest else Bound.EXACT)


def children_of(question: Question) -> list[Region]:
    """The places a question is broken down by, by code; none for 本级 alone."""
    return [] if question.own else places.children(question.region, question.window.end)


def place_questions(question: Question, children: Sequence[Region]) -> list[Question]:
    """What ``by_place`` asks: each child, then 本级; nothing without children."""
    if not children:
        return []
    asked = [question.at(child.code) for child in children]
    return [*asked, question.at(question.region, own=True)]


def by_month(answer: Answer, kept: Kept | None = None) -> Months | None:
    """The answer by month; None for what has no months (a ratio, a reading, a distinct count)."""
    question, measure = answer.question, answer.indicator.measure
    if not measure.adds_up:
        return None
    windows, before = _windows(question.window)
    found = {one.question: one for one in (kept or Kept()).ask(month_questions(question))}
    whole = [month_number(window.end) for window in windows if _is_whole(window, measure)]
    if whole:
        (months,) = ask_months([question], whole[0], whole[-1])
        found |= {one.question: one for one in months}
    parts = []
    for window in windows:
        part = found[_in(question, window)]
        month = month_number(window.end)
        unfinished = window.end != month_span(month).last
        parts.append(MonthPart(month, part.question, part.amount or 0, part.bound, unfinished))
    if measure is Measure.STOCK:
        return Months(0, None, _without_empty_years(parts), 0)
    earlier = None if before is None else question.during(before)
    earlier_amount = (found[earlier].amount or 0) if earlier else 0
    rest = (answer.amount or 0) - earlier_amount - sum(part.amount for part in parts)
    if not earlier_amount:
        earlier = None
        parts = _without_empty_years(parts) if question.window.start is None else parts
    return Months(earlier_amount, earlier, parts, rest)


def month_questions(question: Question) -> list[Question]:
    """What ``by_month`` asks beside whole months: months that the window cuts, and all before them."""
    measure = catalogue.get(question.indicator).measure
    if not measure.adds_up:
        return []
    windows, before = _windows(question.window)
    asked = [_in(question, window) for window in windows if not _is_whole(window, measure)]
    if before is not None and measure is not Measure.STOCK:
        asked.append(question.during(before))
    return asked


def _is_whole(window: Window, measure: Measure) -> bool:
    begin, end = month_span(month_number(window.end))
    return window.end == end and (measure is Measure.STOCK or window.start == begin)


def _in(question: Question, window: Window) -> Question:
    """The question in a month; a stock is asked up to its end."""
    if catalogue.get(question.indicator).measure is Measure.STOCK:
        window = Window(None, window.end)
    return question.during(window)


def _windows(window: Window) -> tuple[list[Window], Window | None]:
    """The months of a window, the first and last cut to it, and the window before them."""
    last = month_number(window.end)
    first = last - last % 12 - (MONTHS - 12)
    if window.start is not None:
        first = max(month_number(window.start), last - MONTHS + 1)
    months = []
    for month in range(first, last + 1):
        span = month_span(month)
        start = span.first if window.start is None else max(span.first, window.start)
        months.append(Window(start, min(span.last, window.end)))
    begin = month_span(first).first
    if window.start is not None and window.start >= begin:
        return months, None
    return months, Window(window.start, begin - timedelta(days=1))


def _without_empty_years(parts: list[MonthPart]) -> list[MonthPart]:
    """Without the leading years in which nothing happened; the last year always stays."""
    while len(parts) > 12:
        year = [part for part in parts if part.month // 12 == parts[0].month // 12]
        if any(part.amount for part in year) or len(year) == len(parts):
            break
        parts = parts[len(year) :]
    return parts
