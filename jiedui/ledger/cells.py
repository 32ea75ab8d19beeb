"""Plain questions answered by one row of ledger_running each: today, all pairings, a year to date.

Such a question asks one nation, province, city or county for a flow from 1 January to the end of a month that
cells are kept for, or for a stock at the end of one. The statement does the arithmetic of `weights.total_of`
for all places and indicators at once. What cells do not weigh (`ledger_standing_apart`) is added here: a span of
years cuts the answer, crossing declarations are weighed by the words of the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import TypeAlias

from django.db import connection

from jiedui.ledger import cell_texts as texts
from jiedui.ledger import sql, standing
from jiedui.ledger.cell_texts import Shape
from jiedui.ledger.details import Sums
from jiedui.ledger.facts import Measure, Slice, Total
from jiedui.ledger.indicators import Known
from jiedui.ledger.plan import SPAN_OF, nodes_of
from jiedui.ledger.rollup import KEPT, month_of
from jiedui.ledger.standing import Extent, Standing
from jiedui.ledger.weights import Weight, total_of, weigh
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.lib.periods import day_number, month_span
from jiedui.lib.places import ALL_PAIRINGS, Box, Range

_BOUNDS = tuple(Bound.from_flags(flags) for flags in range(4))
_ZERO = Total(0, Bound.EXACT)
_Key: TypeAlias = tuple[int, int]
"""Indicator and node."""


class _Numbers(dict[_Key, set[int]]):
    """The declarations of each answer that are weighed by themselves."""


class _Cuts(dict[_Key, tuple[int, int]]):
    """How many declarations cut each answer, with more and with less to add."""


class Board:
    """The questions of one kind, window and level; `cells` are their answers by indicator and node."""

    def __init__(self, level: int, start: int, stop: int, *, stock: bool) -> None:
        self.level, self.start, self.stop, self.stock = level, start, stop, stock
        self.month = month_of(stop)
        self.indicators: set[int] = set()
        self.nodes: set[int] = set()
        self.cells: dict[_Key, Total] = {}

    def read(self) -> None:
        """Ask the ledger, by one statement and two more where declarations cross."""
        years = _decembers(self.indicators) if self.stock else range(0)
        fixed: set[_Key] = set()
        cells, crossing, cuts, bounds = self.cells, _Numbers(), _Cuts(), _BOUNDS
        # A board makes thousands of totals: by the way their own constructor makes them.
        new = tuple.__new__
        for indicator, node, value, flags, n, counted, cut_n, cut, floor, same in self._rows(years):
            key = indicator, node
            if floor >= 0:
                if same is not None and same & 1:
                    value, flags = same >> 3, same >> 1 & 3
                    fixed.add(key)
                if floor and floor > 2 * value + 1:
                    value, flags = floor // 2, MORE | LESS * (floor % 2 == 0)
                    fixed.add(key)
                cells[key] = new(Total, (value, bounds[flags], n, counted, cut_n, cut, 0))
            elif floor == texts.LATER:
                cuts[key] = value, flags
            else:
                self._apart(
                    indicator, Range(node, value), (flags, n, counted, cut_n), crossing, cuts
                )
        for key, (pos, negs) in cuts.items():
            if key not in crossing and (pos or negs):
                value, bound, n, counted, cut_n, cut, _ = cells.get(key, _ZERO)
                if key not in fixed:
                    bound = bounds[bound.flags | (pos > 0) * MORE | (negs > 0) * LESS]
                cells[key] = new(Total, (value, bound, n, counted, cut_n, cut + pos + negs, 0))
        if crossing:
            self._weigh(crossing, cuts, self._months(years))

    def _rows(self, years: range) -> list[sql.Row]:
        begin = [self.month] * 3 if self.stock else []
        parts = [self._select(partial(texts.answers, stock=self.stock), begin, self._months(years))]
        parts.append(
            (
                texts.apart(connection.vendor, len(self.indicators)),
                [*self.indicators, self.start, self.stop],
            )
        )
        later = [month for month in years if month > self.month]
        if self.stock and self.month not in years:
            later.append(self.month)
        if later:
            parts.append(self._select(texts.later, [self.month] * 2, later))
        statement = " UNION ALL ".join(text for text, _ in parts)
        return sql.fetch_prepared(statement, [number for _, params in parts for number in params])

    def _apart(
        self,
        indicator: int,
        place: Range,
        of: tuple[int, int, int, int],
        crossing: _Numbers,
        cuts: _Cuts,
    ) -> None:
        """One that cells do not weigh: it is weighed by itself, or of several years and cuts the answer."""
        span = SPAN_OF[self.level]
        node = place.lo // span
        if node not in self.nodes or place.hi // span != node:
            return
        key = indicator, node
        number, crosses, parts, adds = of
        if crosses or parts > 1:
            crossing.setdefault(key, set()).add(number)
        elif adds and not self.stock:
            cuts[key] = cuts.get(key, (0, 0))[0] + 1, 0

    def _weigh(
        self,
        crossing: _Numbers,
        cuts: _Cuts,
        months: Sequence[int],
    ) -> None:
        ids = sorted({number for numbers in crossing.values() for number in numbers})
        found = {d.id: d for d in standing.load(sql.in_list("declaration", ids))}
        begin = [self.month] * 3 if self.stock else []
        select = self._select(partial(texts.held, stock=self.stock), begin, months, [*crossing])
        raw = {row[:2]: row[2:] for row in sql.fetch_prepared(*select)}
        measure = Measure.STOCK if self.stock else Measure.FLOW
        for key, numbers in crossing.items():
            sums, weight = _apart_of(raw.get(key, (0,) * 14 + (None,)))
            pos, negs = cuts.get(key, (0, 0))
            weight = weight._replace(cut_pos=weight.cut_pos + pos, cut_neg=weight.cut_neg + negs)
            risky: list[Standing] = [found[number] for number in sorted(numbers)]
            weight = weigh(self._extent(key[1]), risky).plus(weight)
            self.cells[key] = total_of(measure, sums, weight)

    def _months(self, years: range) -> list[int]:
        """The cells that make up the window: the years before, and its own to date."""
        return [*(month for month in years if month < self.month), self.month]

    def _select(
        self,
        text: Callable[[Shape], str],
        begin: Sequence[int],
        months: Sequence[int],
        keys: Sequence[_Key] = (),
    ) -> tuple[str, list[int]]:
        """A select whose own parameters are `begin`, for all answers or just for `keys`; text and parameters."""
        low, high = min(self.nodes), max(self.nodes)
        # Sisters lie side by side: one range for them all, and what was not asked is not looked at.
        listed = low // 100 != high // 100 and self.level > 2
        nodes = sorted(self.nodes) if listed else [low, high]
        indicators = sorted({key[0] for key in keys} or self.indicators)
        shape = Shape(len(indicators), len(nodes) if listed else 0, len(months), len(keys))
        params = [*begin, self.level, *months, *indicators, *nodes]
        return text(shape), [*params, *(n for key in keys for n in key)]

    def _extent(self, node: int) -> Extent:
        span = SPAN_OF[self.level]
        place = Range(node * span, (node + 1) * span - 1)
        return Extent((place,), (ALL_PAIRINGS,), self.start, self.stop)


def _apart_of(raw: Sequence[int | None]) -> tuple[Sums, Weight]:
    """The raw columns of a cell as the details and the weight of its question."""
    total, n, neg, more, less, cut_n, cut_neg, *weighed = (number or 0 for number in raw[:-1])
    adds, adds_more, adds_less, counted, pos, negs, floor = weighed
    same = raw[-1]
    stated = None if same is None else (same >> 3, same >> 1 & 3)
    exact = stated if same is not None and same & 1 else None
    return (
        Sums(total, n, neg, more, less, 0, cut_n, cut_neg),
        Weight(adds, adds_more, adds_less, counted, pos, negs, 0, floor, 0, exact, stated),
    )


def _decembers(indicators: set[int]) -> range:
    """The Decembers of the years that cells are kept for; none for none."""
    ((first, last),) = sql.fetch_prepared(
        "SELECT min(month), max(month) FROM ledger_running WHERE level = %s"
        f" AND indicator IN ({sql.marks(range(len(indicators)))})",
        [0, *indicators],
    )
    return range(0) if first is None else range(first // 12 * 12 + 11, last + 12, 12)


_Place: TypeAlias = tuple[int, Board | None, Board | None]
"""A node, and the boards that answer its place and window for a flow and for a stock."""


def answers(slices: Sequence[Slice], indicators: Mapping[str, Known]) -> list[Total | None]:
    """The answers of plain questions as known today, in order; None for every other question."""
    places: dict[tuple[object, ...], _Place | None] = {}
    boards: dict[tuple[int, int, bool], Board] = {}
    # A great board is one loop over thousands of slices: what they share is looked up once.
    wanted: list[tuple[Board, _Key] | None] = []
    code, number = "", 0
    side: Measure | None = None
    for s in slices:
        like = s.ranges, s.boxes, s.start, s.end
        place = places.get(like)
        if place is None and like not in places:
            place = places[like] = _place(s.ranges, s.boxes, s.start, s.end, boards)
        if s.indicator != code:
            code = s.indicator
            number, _, measure = indicators[code]
            side = measure if measure in (Measure.FLOW, Measure.STOCK) else None
        if place is None or side is None:
            wanted.append(None)
            continue
        node, flow, stock = place
        board = stock if side is Measure.STOCK else flow
        if board is None:
            wanted.append(None)
            continue
        board.indicators.add(number)
        wanted.append((board, (number, node)))
    for board in boards.values():
        if board.indicators:
            board.read()
    return [None if want is None else want[0].cells.get(want[1], _ZERO) for want in wanted]


def _place(
    ranges: tuple[Range, ...],
    boxes: tuple[Box, ...] | None,
    start: date | None,
    end: date,
    boards: dict[tuple[int, int, bool], Board],
) -> _Place | None:
    window = _window(start, end)
    if window is None or boxes is not None and boxes != (ALL_PAIRINGS,):
        return None
    nodes = nodes_of(ranges)
    if len(nodes) != 1 or nodes[0][0] not in KEPT:
        return None
    (level, node), (stop, yearly) = nodes[0], window
    if month_of(stop) % 12 not in KEPT[level]:
        return None

    def board(*, stock: bool) -> Board:
        key = level, stop, stock
        if key not in boards:
            boards[key] = Board(level, 0 if stock else _january(stop), stop, stock=stock)
        boards[key].nodes.add(node)
        return boards[key]

    return node, board(stock=False) if yearly else None, board(stock=True)


@lru_cache(maxsize=1000)
def _window(start: date | None, end: date) -> tuple[int, bool] | None:
    """The last day of a window that ends with a month, and whether it begins with that year."""
    stop = day_number(end)
    if stop != day_number(month_span(month_of(stop)).last):
        return None
    return stop, start is not None and day_number(start) == _january(stop)


def _january(day: int) -> int:
    return day // 10000 * 10000 + 101
