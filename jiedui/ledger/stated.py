"""The declarations' side of ledger_running: what they weigh in the cells, kept while posting.

A cell weighs those that cross no other, have one part and either lie in one year or are a stock's; the few others
(`ledger_standing_apart`) are looked at by each question. Sums follow a change by its difference; the greatest
value and the one that states just the cell are read again where a declaration came or went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeAlias

from jiedui.ledger import sql
from jiedui.ledger.rollup import (
    ALL,
    LEVELS,
    RUNNING_KEY,
    WEIGHTS,
    Key,
    kept_between,
    kept_from,
    month_of,
    sweep,
    upsert,
)
from jiedui.lib.bounds import LESS
from jiedui.lib.periods import day_number, month_span
from jiedui.lib.places import ALL_PAIRINGS, Box, Range

SUMS = WEIGHTS[: WEIGHTS.index("floor")]
WEIGHED = (*WEIGHTS, "same")

Sums: TypeAlias = tuple[int, ...]


class Placed(Protocol):
    """Where and when a declaration states."""

    @property
    def ranges(self) -> tuple[Range, ...]: ...
    @property
    def boxes(self) -> tuple[Box, ...]: ...
    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...


class Live(Protocol):
    """A live declaration as `standing.Standing` has it."""

    indicator: int
    stock: bool
    value: int
    bound: int
    crosses: int
    stands: int
    adds: int
    more: int
    less: int

    @property
    def extent(self) -> Placed: ...


def weighs(d: Live) -> bool:
    """Whether cells weigh it."""
    e = d.extent
    if d.crosses or len(e.ranges) > 1 or len(e.boxes) > 1:
        return False
    return d.stock or e.start // 10000 == e.stop // 10000


def shares(d: Live) -> Iterator[tuple[Key, Sums]]:
    """The cells it weighs in and what it adds to their sums; nothing for one that cells do not weigh.

    For a flow `pos` counts those that the cell's end cuts, for a stock those inside, as a later one is cut
    by every window that ends before it.
    """
    if not weighs(d):
        return
    e = d.extent
    (lo, hi) = e.ranges[0]
    last = month_of(e.stop)
    pos, negs = int(d.adds > 0), int(d.adds < 0)
    inside = (d.adds, d.more, d.less, 1, *((pos, negs) if d.stock else (0, 0)))
    cut = (0, 0, 0, 0, pos, negs)
    for level, span in LEVELS:
        if lo // span != hi // span:
            continue
        for month in kept_from(level, last):
            yield (level, month, d.indicator, lo // span, ALL), inside
        if not d.stock and (pos or negs):
            for month in kept_between(level, month_of(e.start), last - 1):
                yield (level, month, d.indicator, lo // span, ALL), cut


def floor_of(d: Live) -> int:
    """Twice the value and one more unless 约; 0 for what is no floor."""
    return 0 if d.bound == LESS else 2 * d.value + (d.bound != 3)


def states(d: Live) -> Key | None:
    """The cell whose place and window it states, if there is one."""
    e = d.extent
    month = month_of(e.stop)
    (lo, hi) = e.ranges[0]
    level = next((lv for lv, span in LEVELS if lo % span == 0 and hi == lo + span - 1), None)
    if level is None or month not in kept_from(level, month) or not weighs(d):
        return None
    begin = 0 if d.stock else e.stop // 10000 * 10000 + 101
    whole = e.start == begin and e.stop == day_number(month_span(month).last)
    if not whole or e.boxes[0] != ALL_PAIRINGS:
        return None
    return level, month, d.indicator, lo // dict(LEVELS)[level], ALL


def same_of(d: Live) -> int:
    """The one that states just a cell, as the cell keeps it."""
    return d.value * 8 + d.bound * 2 + d.stands


def follow(
    before: Iterable[tuple[Key, Sums]], after: Iterable[tuple[Key, Sums]], again: Iterable[Key]
) -> None:
    """Take the shares before a change away and add those after it; read floors and sames of `again` anew."""
    changes: dict[Key, list[int]] = {}
    for sign, found in ((-1, before), (1, after)):
        for key, sums in found:
            into = changes.setdefault(key, [0] * len(SUMS))
            for place, number in enumerate(sums):
                into[place] += sign * number
    rows = [key + tuple(sums) for key, sums in sorted(changes.items()) if any(sums)]
    sql.insert(
        "ledger_running", RUNNING_KEY + SUMS, rows, upsert("ledger_running", RUNNING_KEY, SUMS)
    )
    for key in sorted(set(again)):
        _read_again(key)
    sweep(key for key, sums in changes.items() if min(sums[SUMS.index("counted") :]) < 0)


def _read_again(key: Key) -> None:
    level, month, indicator, node, _ = key
    span = dict(LEVELS)[level]
    lo, hi = node * span, (node + 1) * span - 1
    last = day_number(month_span(month).last)
    year = last // 10000 * 10000
    whole = (
        f"lo = {lo} AND hi = {hi} AND stop_day = {last} AND start_day = CASE stock WHEN 1 THEN 0 ELSE"
        f" {year + 101} END AND e_lo = {ALL_PAIRINGS.east.lo} AND e_hi = {ALL_PAIRINGS.east.hi}"
        f" AND w_lo = {ALL_PAIRINGS.west.lo} AND w_hi = {ALL_PAIRINGS.west.hi}"
    )
    sql.run(
        "UPDATE ledger_running SET (floor, same) = (SELECT"
        " coalesce(max(CASE bound WHEN 2 THEN 0 WHEN 3 THEN 2 * value ELSE 2 * value + 1 END), 0),"
        f" max(CASE WHEN {whole} THEN value * 8 + bound * 2 + stands END)"
        f" FROM ledger_standing WHERE indicator = {indicator} AND stop_day BETWEEN {year} AND {last}"
        f" AND (stock = 1 OR start_day >= {year}) AND lo BETWEEN {lo} AND {hi} AND hi <= {hi}"
        " AND crosses = 0 AND parts = 1)"
        f" WHERE level = {level} AND month = {month} AND indicator = {indicator} AND node = {node}"
        f" AND pairing = {ALL}"
    )


def anew(declared: Iterable[Live]) -> dict[Key, tuple[int | None, ...]]:
    """What the cells weigh, out of live declarations that are right; only cells that weigh something."""
    cells: dict[Key, list[int | None]] = {}
    for d in declared:
        floor = floor_of(d)
        for key, sums in shares(d):
            cell = cells.setdefault(key, [*[0] * (len(SUMS) + 1), None])
            for place, number in enumerate(sums):
                cell[place] = (cell[place] or 0) + number
            if sums[SUMS.index("counted")]:
                cell[-2] = max(cell[-2] or 0, floor)
        mine = states(d)
        if mine is not None:
            cells[mine][-1] = same_of(d)
    return {key: tuple(cell) for key, cell in cells.items()}


def write(cells: dict[Key, tuple[int | None, ...]]) -> None:
    """Write `anew` into cells that weigh nothing yet."""
    sets = ", ".join(f"{name} = excluded.{name}" for name in WEIGHED)
    suffix = f"ON CONFLICT ({', '.join(RUNNING_KEY)}) DO UPDATE SET {sets}"
    rows: Sequence[sql.Row] = [key + cell for key, cell in sorted(cells.items())]
    sql.insert("ledger_running", RUNNING_KEY + WEIGHED, rows, suffix)
