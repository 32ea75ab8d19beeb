"""Figures month by month: one statement for the details, one for the declarations, however many months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiedui.ledger import totals
from jiedui.ledger.details import MonthCell, Sums, month_cells
from jiedui.ledger.facts import Measure, Slice, Total
from jiedui.ledger.indicators import Known, known
from jiedui.ledger.moments import live_in
from jiedui.ledger.plan import Ask
from jiedui.ledger.rollup import month_of
from jiedui.ledger.standing import Standing
from jiedui.ledger.weights import WEIGHTLESS, Weight, extent_of, total_of, weigh
from jiedui.lib.bounds import LESS
from jiedui.lib.periods import day_number, month_span


def trend(slices: Sequence[Slice], months: tuple[int, int]) -> list[list[Total]]:
    """For each slice one total a month, from the first to the last month number, both included.

    A flow is asked for each month alone, a stock at each month's end; the slices' own windows are not looked
    at. Raises UnknownIndicator. Distinct counts and readings are asked month by month.
    """
    indicators = known({s.indicator for s in slices})
    spans = [month_span(month) for month in range(months[0], months[1] + 1)]
    answers: list[list[Total]] = [[] for _ in slices]
    summed = []
    for place, slice_ in enumerate(slices):
        if indicators[slice_.indicator].measure in (Measure.FLOW, Measure.STOCK):
            summed.append(place)
        else:
            answers[place] = totals.ask(
                [replace(slice_, start=span.first, end=span.last) for span in spans]
            )
    whole = [replace(slices[p], start=spans[0].first, end=spans[-1].last) for p in summed]
    asks = [totals.ask_of(s, indicators[s.indicator]) for s in whole]
    declared = live_in(asks)
    for place, ask, cells in zip(summed, asks, month_cells(asks), strict=True):
        indicator = indicators[slices[place].indicator]
        extent = extent_of(ask)
        mine = [d for d in declared if d.indicator == ask.indicator and extent.covers(d.extent)]
        answers[place] = _months(ask, indicator, cells, mine, months)
    return answers


def _months(
    ask: Ask,
    indicator: Known,
    cells: Sequence[MonthCell],
    declared: Sequence[Standing],
    months: tuple[int, int],
) -> list[Total]:
    first, last = months
    stock = indicator.measure is Measure.STOCK
    held = [[0] * 5 for _ in range(first, last + 1)]
    cut = [[0] * 3 for _ in held]
    before = [0] * 5
    for month, first_month, *counters in cells:
        if stock:
            into = before if month < first else held[month - first] if month <= last else None
        else:
            into = held[month - first] if first_month == month else None
        if into is not None:
            _add(into, counters)
        if first_month < month:
            # A flow's month is cut by every span that leaves it, a stock's end by every span over it.
            for m in range(max(first_month, first), min(month - stock, last) + 1):
                _add(cut[m - first], counters[:3])
    weights = _Weights(ask, first, last, stock=stock).of(declared)
    answers = []
    for number in range(last - first + 1):
        if stock:
            _add(before, held[number])
        sums = Sums(*(before if stock else held[number]), *cut[number])
        answers.append(total_of(indicator.measure, sums, weights[number]))
    return answers


def _add(into: list[int], counters: Sequence[int]) -> None:
    for place, counter in enumerate(counters):
        into[place] += counter


class _Weights:
    """What declarations do to each month: every one is looked at once, not once a month."""

    def __init__(self, ask: Ask, first: int, last: int, *, stock: bool) -> None:
        self.extent, self.first, self.last, self.stock = extent_of(ask), first, last, stock
        self.weights = [WEIGHTLESS] * (last - first + 1)
        self.cut = [[0, 0] for _ in range(last - first + 2)]  # steps up and down: summed at the end
        self.steps = [WEIGHTLESS] * (last - first + 2)

    def of(self, declared: Sequence[Standing]) -> list[Weight]:
        risky = []
        for d in declared:
            if d.crosses or len(d.extent.ranges) > 1 or len(d.extent.boxes) > 1:
                risky.append(d)
            elif self.stock:
                self._stock(d)
            else:
                self._flow(d)
        pos = neg = 0
        running = WEIGHTLESS
        for number in range(self.last - self.first + 1):
            pos, neg = pos + self.cut[number][0], neg + self.cut[number][1]
            running = running.plus(self.steps[number])
            weight = self.weights[number].plus(running)
            self.weights[number] = weight._replace(cut_pos=pos, cut_neg=neg)
            if risky:
                span = month_span(self.first + number)
                start = 0 if self.stock else day_number(span.first)
                window = self.extent._replace(start=start, stop=day_number(span.last))
                self.weights[number] = self.weights[number].plus(weigh(window, risky))
        return self.weights

    def _flow(self, d: Standing) -> None:
        begin = month_of(d.extent.start) if d.extent.start else -1
        end = month_of(d.extent.stop)
        if begin != end:
            self._cut(d, max(begin, self.first), min(end, self.last))
        elif self.first <= begin <= self.last:
            span = month_span(begin)
            whole = d.extent.start == day_number(span.first)
            whole = whole and d.extent.stop == day_number(span.last)
            number = begin - self.first
            self.weights[number] = self.weights[number].plus(self._alone(d, whole=whole))

    def _stock(self, d: Standing) -> None:
        begin = month_of(d.extent.stop)
        self._cut(d, self.first, min(begin - 1, self.last))
        if begin <= self.last:
            number = max(begin - self.first, 0)
            self.steps[number] = self.steps[number].plus(self._alone(d, whole=False))
        if self.first <= begin <= self.last:
            whole = d.extent.stop == day_number(month_span(begin).last)
            exact = self._alone(d, whole=whole)
            only = Weight(same=exact.same, stated=exact.stated)
            self.weights[number] = self.weights[number].plus(only)

    def _alone(self, d: Standing, *, whole: bool) -> Weight:
        whole = whole and d.extent[:2] == (self.extent.ranges, self.extent.boxes)
        floor = 2 * d.value + (d.bound != 3) if d.bound != LESS else 0
        stated = (d.value, d.bound) if whole else None
        same = stated if d.stands else None
        return Weight(d.adds, d.more, d.less, 1, 0, 0, 0, floor, 0, same, stated)

    def _cut(self, d: Standing, first: int, last: int) -> None:
        side = 0 if d.adds > 0 else 1
        if d.adds and first <= last:
            self.cut[first - self.first][side] += 1
            self.cut[last + 1 - self.first][side] -= 1
