"""Plain questions answered by one row of ledger_running each: today, all pairings, a year to date.

Such a question asks one nation, province, city or county for a flow from 1 January to the end of a month that
cells are kept for, or for a stock at the end of one. The statement does the arithmetic of `weights.total_of`
for all places and indicators at once. What cells do not weigh (`ledger_standing_apart`) is added here: a span of
years cuts the answer, crossing declarations are weighed by the words of the decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from django.db import connection

from jiedui.ledger import cell_texts, sql, standing
from jiedui.ledger.cell_texts import KEY, REST, Shape
from jiedui.ledger.details import Sums
from jiedui.ledger.facts import Measure, Slice, Total
from jiedui.ledger.indicators import Known
from jiedui.ledger.plan import SPAN_OF, nodes_of
from jiedui.ledger.rollup import KEPT, month_of
from jiedui.ledger.standing import Extent
from jiedui.ledger.weights import Weight, total_of, weigh
from jiedui.lib.bounds import MORE, Bound
from jiedui.lib.periods import day_number, month_span
from jiedui.lib.places import ALL_PAIRINGS, Box, Range

_BOUNDS = tuple(Bound.from_flags(flags) for flags in range(4))
_Row: TypeAlias = tuple[int, int, int, int]
"""Key, word, entries and the rest: see `cell_texts`."""
_NOTHING: _Row = (0, 0, 0, 0)


class Board:
    """The questions of one measure, window and level.

    `rows` are their answers by key, None for those that no row can be: they are in `weighed` or left to others.
    """

    def __init__(self, level: int, start: int, stop: int, *, stock: bool) -> None:
        self.level, self.start, self.stop, self.stock = level, start, stop, stock
        self.indicators: set[int] = set()
        self.nodes: set[int] = set()
        self.rows: dict[int, _Row | None] = {}
        self.weighed: dict[int, Total] = {}

    def read(self) -> None:
        """Ask the ledger, by one statement and two more where declarations cross."""
        indicators, low, high = sorted(self.indicators), min(self.nodes), max(self.nodes)
        # Sisters lie side by side: one range for them all, and what was not asked is not looked at.
        listed = low // 100 != high // 100 and self.level > 2
        nodes: list[sql.Param] = [sorted(self.nodes)] if listed else [low, high]
        shape = Shape(connection.vendor, len(indicators), len(self.nodes) if listed else 0)
        cells: list[sql.Param] = [self.level, month_of(self.stop), indicators, *nodes]
        others: list[sql.Param] = [indicators, self.start, self.stop]
        if self.stock:
            text, params = cell_texts.stocks(shape), [indicators, *cells * 3, *others]
        else:
            text, params = cell_texts.flows(shape), [*cells, *others]
        rows, span = self.rows, SPAN_OF[self.level]
        numbers: dict[int, list[int]] = {}
        cuts: dict[int, int] = {}
        crossing: set[int] = set()
        for row in sql.fetch_prepared(text, params):
            key, word, _, rest = row
            if key >= 0:
                rows[key] = row if rest >= 0 else None
                continue
            # One that cells do not weigh: -indicator, lo, hi, and its word.
            node = word // span
            if node in self.nodes and row[2] // span == node:
                key = node - key * KEY
                numbers.setdefault(key, []).append(rest >> 2)
                cuts[key] = cuts.get(key, 0) + (rest & 1)
                if rest & 2:
                    crossing.add(key)
        for key, cut in cuts.items():
            held = rows.get(key, _NOTHING)
            if cut and held is not None:
                _, word, n, rest = held
                rows[key] = key, word if word & 1 else word | 2 * MORE, n, rest + cut * REST**2
        if crossing:
            self._weigh({key: numbers[key] for key in crossing})

    def _weigh(self, crossing: dict[int, list[int]]) -> None:
        """The answers of some keys out of their cells and of the declarations that cells do not weigh."""
        measure = Measure.STOCK if self.stock else Measure.FLOW
        ids = {number for numbers in crossing.values() for number in numbers}
        found = {d.id: d for d in standing.load(sql.in_list("declaration", sorted(ids)))}
        text = cell_texts.held(self.level, month_of(self.stop), sorted(crossing), stock=self.stock)
        held = {row[0]: row[1:] for row in sql.fetch(text)}
        for key, numbers in crossing.items():
            self.rows[key] = None
            *sums, same = held.get(key, (*[0] * 16, None))
            stated = None if same is None else (same >> 3, same >> 1 & 3)
            exact = stated if same is not None and same & 1 else None
            weight = Weight._make((*sums[8:], 0, exact, stated))
            span = SPAN_OF[self.level]
            place = Range(key % KEY * span, (key % KEY + 1) * span - 1)
            extent = Extent((place,), (ALL_PAIRINGS,), self.start, self.stop)
            weight = weigh(extent, [found[number] for number in sorted(set(numbers))]).plus(weight)
            self.weighed[key] = total_of(measure, Sums._make(sums[:8]), weight)


_SIDES = {Measure.FLOW: 1, Measure.STOCK: 2}
_Place: TypeAlias = tuple[int, tuple[Board | None, ...]]
"""A node, and the boards that answer its place and window: of no measure, of a flow, of a stock."""
_Places: TypeAlias = dict[tuple[Range, ...], _Place]
_NOWHERE: _Place = 0, (None, None, None)


def answers(slices: Sequence[Slice], indicators: Mapping[str, Known]) -> list[Total | None]:
    """The answers of plain questions as known today, in order; None for every other question."""
    boards: dict[tuple[int, int, bool], Board] = {}
    windows: dict[tuple[object, ...], _Places] = {}
    # A great board is one loop over thousands of slices: what neighbours share is looked up once.
    wanted: list[tuple[Board, int] | None] = []
    places: _Places = {}
    boxes: tuple[Box, ...] | None = None
    start, end = None, None
    code, number, side = "", 0, 0
    for s in slices:
        if s.end is not end or s.start is not start or s.boxes is not boxes:
            boxes, start, end = s.boxes, s.start, s.end
            places = windows.setdefault((boxes, start, end), {})
        ranges = s.ranges
        place = places.get(ranges)
        if place is None:
            place = places[ranges] = _place(ranges, boxes, start, end, boards)
        if s.indicator != code:
            code = s.indicator
            number, _, measure = indicators[code]
            side = _SIDES.get(measure, 0)
        node, sides = place
        board = sides[side]
        if board is None:
            wanted.append(None)
            continue
        board.indicators.add(number)
        wanted.append((board, number * KEY + node))
    for board in boards.values():
        if board.indicators:
            board.read()
    totals: list[Total | None] = []
    # By the way a named tuple's own constructor makes it, without the call of that.
    new, bounds = tuple.__new__, _BOUNDS
    for want in wanted:
        if want is None:
            totals.append(None)
            continue
        board, key = want
        row = board.rows.get(key, _NOTHING)
        if row is None:
            totals.append(board.weighed.get(key))
            continue
        _, word, n, rest = row
        counted = cut_n = cut = 0
        if rest:
            rest, counted = divmod(rest, REST)
            cut, cut_n = divmod(rest, REST)
        totals.append(new(Total, (word >> 3, bounds[word >> 1 & 3], n, counted, cut_n, cut, 0)))
    return totals


def _place(
    ranges: tuple[Range, ...],
    boxes: tuple[Box, ...] | None,
    start: date | None,
    end: date,
    boards: dict[tuple[int, int, bool], Board],
) -> _Place:
    window = _window(start, end)
    if window is None or boxes is not None and boxes != (ALL_PAIRINGS,):
        return _NOWHERE
    nodes = nodes_of(ranges)
    if len(nodes) != 1 or nodes[0][0] not in KEPT:
        return _NOWHERE
    (level, node), (stop, yearly) = nodes[0], window
    if month_of(stop) % 12 not in KEPT[level]:
        return _NOWHERE

    def board(*, stock: bool) -> Board:
        key = level, stop, stock
        if key not in boards:
            boards[key] = Board(level, 0 if stock else _january(stop), stop, stock=stock)
        boards[key].nodes.add(node)
        return boards[key]

    return node, (None, board(stock=False) if yearly else None, board(stock=True))


@lru_cache(maxsize=1000)
def _window(start: date | None, end: date) -> tuple[int, bool] | None:
    """The last day of a window that ends with a month, and whether it begins with that year."""
    stop = day_number(end)
    if stop != day_number(month_span(month_of(stop)).last):
        return None
    return stop, start is not None and day_number(start) == _january(stop)


def _january(day: int) -> int:
    return day // 10000 * 10000 + 101
