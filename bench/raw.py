"""The rival: the same questions answered from entries and declarations alone, by the best covering index.

`details` reads every entry a question holds, in one statement a window, and takes the place of the ledger's own
`details`; what the declarations add then comes from the ledger's standing rows, so that the rival is not
slowed by them. `anew` takes nothing from what is derived: it sums the entries behind each declaration too.
Both are written apart from the ledger's own statements, so equal answers prove something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from unittest import mock

from django.db import connection

from jiedui.ledger import cells, moments, sql, standing, totals, weights
from jiedui.ledger.details import NOTHING, TODAY, Source, Sums
from jiedui.ledger.facts import Measure, Slice, Total
from jiedui.ledger.indicators import known
from jiedui.ledger.plan import Ask
from jiedui.ledger.rows import DECLARATION_COLUMNS, DeclarationRow
from jiedui.lib.places import Box, Range

INDEXES = ("place", "day")
_FLAGS = (
    "sum(value), sum(sign), sum(CASE WHEN value * sign < 0 THEN sign ELSE 0 END),"
    " sum(CASE WHEN bound IN (1, 3) THEN sign ELSE 0 END),"
    " sum(CASE WHEN bound IN (2, 3) THEN sign ELSE 0 END)"
)
_CUT = "sum(value), sum(sign), sum(CASE WHEN value * sign < 0 THEN sign ELSE 0 END)"
_SPANS = {0: 10**12, 2: 10**10, 4: 10**8, 6: 10**6, 9: 10**3, 12: 1}


def indexes() -> tuple[str, ...]:
    """The ways to try: SQLite is told which index to take, PostgreSQL's planner knows."""
    return INDEXES if connection.vendor == "sqlite" else ("planner",)


@contextmanager
def rival(index: str) -> Iterator[None]:
    """Inside, `totals.ask` reads its details by this index instead of from the rollup."""

    def read(asks: Sequence[Ask], source: Source = TODAY, planned: object = None) -> list[Sums]:
        return details(asks, source, index)

    def none(slices: Sequence[Slice], indicators: object) -> list[None]:
        return [None] * len(slices)

    with mock.patch.object(totals, "details", read), mock.patch.object(cells, "answers", none):
        yield


def details(asks: Sequence[Ask], source: Source, index: str) -> list[Sums]:
    """The sums of each question, entry by entry."""
    cells: dict[tuple[Ask, int], Sums] = {}
    wanted = [(ask, place) for ask in asks for place in range(len(ask.nodes))]

    def group(item: tuple[Ask, int]) -> tuple[object, ...]:
        ask, place = item
        return ask.start, ask.stop, repr(ask.boxes), ask.nodes[place][0]

    for _, grouped in groupby(sorted(wanted, key=group), group):
        items = list(grouped)
        ask, place = items[0]
        level = ask.nodes[place][0]
        nodes = sorted({a.nodes[p][1] for a, p in items})
        found = _read(ask, level, nodes, sorted({a.indicator for a, _ in items}), source, index)
        for a, p in items:
            cells[a, p] = found.get((a.indicator, a.nodes[p][1]), NOTHING)
    answers = []
    for ask in asks:
        sums = cells[ask, 0]
        for place in range(1, len(ask.nodes)):
            sums = sums.plus(cells[ask, place])
        answers.append(sums)
    return answers


def _read(
    ask: Ask, level: int, nodes: list[int], indicators: list[int], source: Source, index: str
) -> dict[tuple[int, int], Sums]:
    span = _SPANS[level]
    which = f"indicator IN ({','.join(map(str, indicators))}){_box(ask.boxes)}"
    if level:
        which += f" AND region BETWEEN {nodes[0] * span} AND {nodes[-1] * span + span - 1}"
    if source.upto is not None:
        which += f" AND id <= {source.upto}"
    node = f"region / {span}"
    found: dict[tuple[int, int], Sums] = {}
    for indicator, at, *sums in sql.fetch(
        f"SELECT indicator, {node}, {_FLAGS} FROM {_entry(index)} WHERE {which}"
        f" AND last_day BETWEEN {ask.start} AND {ask.stop} AND first_day >= {ask.start}"
        " GROUP BY 1, 2"
    ):
        found[indicator, at] = Sums(*map(int, sums))
    for indicator, at, *sums in sql.fetch(
        f"SELECT indicator, {node}, {_CUT} FROM {_entry('span_last')} WHERE {which}"
        f" AND first_day < last_day AND last_day >= {ask.start} AND first_day <= {ask.stop}"
        f" AND (last_day > {ask.stop} OR first_day < {ask.start}) GROUP BY 1, 2"
    ):
        held = found.get((indicator, at), NOTHING)
        found[indicator, at] = Sums(*held[:5], *map(int, sums))
    return found


def _entry(index: str) -> str:
    if connection.vendor == "sqlite":
        return f"ledger_entry INDEXED BY ledger_entry_{index}"
    return "ledger_entry"


def _box(boxes: tuple[Box, ...] | None) -> str:
    if boxes is None:
        return ""
    tests = [
        f"pairing / 1000000 BETWEEN {b.east.lo} AND {b.east.hi}"
        f" AND pairing - pairing / 1000000 * 1000000 BETWEEN {b.west.lo} AND {b.west.hi}"
        for b in boxes
    ]
    return f" AND ({' OR '.join(tests)})"


def trend(slice_: Slice, months: tuple[int, int], index: str) -> list[Total]:
    """Sixty months in one statement over the entries, and one over the spans that cross an edge."""
    spans = [(m // 12 * 10000 + (m % 12 + 1) * 100) for m in range(months[0], months[1] + 1)]
    indicator = known([slice_.indicator])[slice_.indicator]
    stock = indicator.measure is Measure.STOCK
    asks = [
        totals.ask_of(slice_, indicator)._replace(start=0 if stock else m + 1, stop=_last(m))
        for m in spans
    ]
    place = slice_.ranges[0]
    which = (
        f"indicator = {indicator.id} AND region BETWEEN {place.lo} AND {place.hi}"
        f"{_box(slice_.boxes)}"
    )
    held: dict[int, list[int]] = {m: [0] * 5 for m in spans}
    before = [0] * 5
    begin = 0 if stock else spans[0]
    # A stock stands from its last day on, whenever it began; a flow must begin and end in the month.
    whole = "" if stock else " AND first_day / 100 = last_day / 100"
    for month, *sums in sql.fetch(
        f"SELECT last_day / 100, {_FLAGS} FROM {_entry(index)} WHERE {which} AND last_day >="
        f" {begin} AND last_day < {spans[-1] + 100}{whole} GROUP BY 1"
    ):
        into = held.get(month * 100, before)
        for at, value in enumerate(sums):
            into[at] += int(value)
    cut: dict[int, list[int]] = {m: [0] * 3 for m in spans}
    for first, last, value, sign in sql.fetch(
        f"SELECT first_day, last_day, value, sign FROM {_entry('span_last')} WHERE {which}"
        f" AND first_day < last_day AND last_day >= {begin}"
    ):
        for month in spans:
            if first > month + 99:
                continue
            if (last > month + 99) if stock else (last > month and first // 100 != last // 100):
                into = cut[month]
                into[0] += value
                into[1] += sign
                into[2] += sign if value * sign < 0 else 0
    running = before
    sums_of = []
    for month in spans:
        running = [a + b for a, b in zip(running, held[month], strict=True)]
        sums_of.append(Sums(*(running if stock else held[month]), *cut[month]))
    weighed = weights.weights(asks)
    return [
        weights.total_of(indicator.measure, sums, weight)
        for sums, weight in zip(sums_of, weighed, strict=True)
    ]


def _last(month: int) -> int:
    """The last day of a month written 20230900."""
    year, number = divmod(month // 100, 100)
    after = date(year + number // 12, number % 12 + 1, 1)
    return month + (after - date(year, number, 1)).days


def anew(slices: Sequence[Slice], index: str, head: int | None = None) -> list[Total]:
    """Flows and stocks from entries and declarations alone, nothing derived beforehand."""
    indicators = known({s.indicator for s in slices})
    asks = [totals.ask_of(s, indicators[s.indicator]) for s in slices]
    moment = moments.Moment(head, pending=False)
    sums = details(asks, moment.source, index)
    lo = min(r.lo for s in slices for r in s.ranges)
    hi = max(r.hi for s in slices for r in s.ranges)
    declared = _derived({k.id: k.measure for k in indicators.values()}, Range(lo, hi), moment)
    answers = []
    for asked, its, slice_ in zip(asks, sums, slices, strict=True):
        extent = weights.extent_of(asked)
        # Only what lies in the question's own place can count in it: the inner sums there are whole.
        mine = [d for d in declared.get(asked.indicator, ()) if extent.covers(d.extent)]
        measure = indicators[slice_.indicator].measure
        answers.append(weights.total_of(measure, its, weights.weigh(extent, mine)))
    return answers


def _derived(
    measures: dict[int, Measure], place: Range, moment: moments.Moment
) -> dict[int, list[standing.Standing]]:
    """Live declarations in a place with what each adds, summed from the entries by one statement."""
    upto = 2**62 if moment.head is None else moment.head
    columns = ",".join(f"d.{column}" for column in DECLARATION_COLUMNS)
    rows = [
        DeclarationRow(*row)
        for row in sql.fetch(
            f"SELECT {columns} FROM ledger_declaration d WHERE d.reverses IS NULL"
            f" AND {sql.in_list('d.indicator', measures)} AND d.region BETWEEN {place.lo} AND {place.hi}"
            f" AND d.posting <= {upto} AND NOT EXISTS (SELECT 1 FROM ledger_declaration r"
            f" WHERE r.reverses = d.id AND r.posting <= {upto})"
        )
    ]
    stocks = {id_ for id_, measure in measures.items() if measure is Measure.STOCK}
    declared = {d.id: d for d in standing.from_rows(rows, stocks)}
    known_ = "" if moment.source.upto is None else f" AND e.id <= {moment.source.upto}"
    for part in sql.chunks(rows, 400):
        values = ",".join(_value(row) for row in part)
        for id_, *sums in sql.fetch(
            "WITH stated (id, indicator, lo, hi, e_lo, e_hi, w_lo, w_hi, start, stop) AS"
            f" (VALUES {values}) SELECT s.id, {_TOUCHED} FROM stated s JOIN ledger_entry e"
            " ON e.indicator = s.indicator AND e.region BETWEEN s.lo AND s.hi"
            " AND e.last_day >= s.start AND e.first_day <= s.stop"
            " AND e.pairing / 1000000 BETWEEN s.e_lo AND s.e_hi"
            " AND e.pairing - e.pairing / 1000000 * 1000000 BETWEEN s.w_lo AND s.w_hi"
            f"{known_} GROUP BY 1"
        ):
            declared[id_].read(Sums(*map(int, sums)))
    found: dict[int, list[standing.Standing]] = {}
    for d in declared.values():
        found.setdefault(d.indicator, []).append(d)
    for mine in found.values():
        standing.nest(mine)
    return found


_IN = "e.first_day >= s.start AND e.last_day <= s.stop"


def _case(where: str, value: str) -> str:
    return f"sum(CASE WHEN {where} THEN {value} ELSE 0 END)"


_TOUCHED = ", ".join(
    (
        _case(_IN, "e.value"),
        _case(_IN, "e.sign"),
        _case(f"{_IN} AND e.value * e.sign < 0", "e.sign"),
        _case(f"{_IN} AND e.bound IN (1, 3)", "e.sign"),
        _case(f"{_IN} AND e.bound IN (2, 3)", "e.sign"),
        _case(f"NOT ({_IN})", "e.value"),
        _case(f"NOT ({_IN})", "e.sign"),
        _case(f"NOT ({_IN}) AND e.value * e.sign < 0", "e.sign"),
    )
)


def _value(row: DeclarationRow) -> str:
    (lo, hi), *more = json.loads(row.ranges)
    (e_lo, e_hi, w_lo, w_hi), *boxes = json.loads(row.boxes)
    assert not [*more, *boxes], "the sample states one place and one box"
    numbers = (row.id, row.indicator, lo, hi, e_lo, e_hi, w_lo, w_hi, row.start_day, row.stop_day)
    return f"({','.join(map(str, numbers))})"


def newest(slice_: Slice, index: str, limit: int = 50) -> list[int]:
    """The ids of the newest entries of a slice, by one index."""
    ask = totals.ask_of(slice_, known([slice_.indicator])[slice_.indicator])
    place = slice_.ranges[0]
    rows = sql.fetch(
        "SELECT e.id, e.region, e.pairing, e.value, e.subject, p.book, p.seq, p.record, p.recorded_at"
        f" FROM ledger_posting p JOIN (SELECT * FROM {_entry(index)} WHERE indicator = {ask.indicator}"
        f" AND region BETWEEN {place.lo} AND {place.hi} AND first_day >= {ask.start}"
        f" AND last_day BETWEEN {ask.start} AND {ask.stop}{_box(ask.boxes)}"
        f" ORDER BY last_day DESC, id DESC LIMIT {limit}) e ON e.posting = p.id"
        " ORDER BY e.last_day DESC, e.id DESC"
    )
    return [row[0] for row in rows]
