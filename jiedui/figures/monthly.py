"""Many figures month by month in a handful of statements, however many months."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from jiedui.figures.answers import Answer, Cutter, ask_many, figure_of
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Measure
from jiedui.ledger import Slice, Total, heads, totals
from jiedui.lib.periods import Window, month_span


def ask_months(questions: Sequence[Question], first: int, last: int) -> list[list[Answer]]:
    """For each question one approved answer a whole month, from month number ``first`` to ``last``.

    A flow is asked for each month alone, a stock up to each month's end; the questions' own windows are
    not looked at. No months give an empty list for each question. Raises ValueError for a measure that
    does not add up, UnknownIndicator.
    """
    months = range(first, last + 1)
    rows = [[_in_month(question, month) for month in months] for question in questions]
    now = [place for place, question in enumerate(questions) if question.known_at is None]
    then = [place for place, question in enumerate(questions) if question.known_at is not None]
    answers: list[list[Answer]] = [[] for _ in questions]
    asked = ask_many([one for place in then for one in rows[place]], pending=False)
    for number, place in enumerate(then):
        answers[place] = asked[number * len(months) : (number + 1) * len(months)]
    if now and months:
        head, found = heads.steady(lambda: _trends([rows[place] for place in now], first))
        for place, its in zip(now, found, strict=True):
            indicator = catalogue.get(questions[place].indicator)
            answers[place] = [
                Answer(question, indicator, figure_of(indicator, [total]), None, head)
                for question, total in zip(rows[place], its, strict=True)
            ]
    return answers


def _in_month(question: Question, month: int) -> Question:
    measure = catalogue.get(question.indicator).measure
    if not measure.adds_up:
        raise ValueError(f"{question.indicator} does not add up")
    begin, end = month_span(month)
    return question.during(Window(None if measure is Measure.STOCK else begin, end))


def _trends(rows: Sequence[Sequence[Question]], first: int) -> list[list[Total]]:
    """What the ledger says of each row's months; while its place keeps its codes they are one trend."""
    cut = Cutter()
    trends: dict[tuple[int, int], list[tuple[int, Slice]]] = {}
    for place, row in enumerate(rows):
        slices = enumerate(map(cut.slice_of, row), first)
        for _same, run in groupby(slices, key=lambda pair: (pair[1].ranges, pair[1].boxes)):
            (begin, slice_), *rest = run
            end = rest[-1][0] if rest else begin
            trends.setdefault((begin, end), []).append((place, slice_))
    found: list[list[Total]] = [[] for _ in rows]
    for span, asked in sorted(trends.items(), key=lambda item: item[0]):
        months = totals.trend([slice_ for _place, slice_ in asked], span)
        for (place, _slice), its in zip(asked, months, strict=True):
            found[place] += its
    return found
