"""Sums over entries: the one place that knows where the details of a question are cheapest to read.

A group of questions shares window, pairings and level of place. Whole months come from the rollup, at the level
of the place (level 6 where pairings are asked for). A ragged end makes its month an *edge*: cells that begin
or end in an edge month are skipped, and the entries behind them are read one by one from the covering
indexes. Villages, townships, 本级 and ragged counties are read from `ledger_entry_place` alone. What is known
at a head is today without the tail of later entries, or the entries up to it, whichever is less to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from django.db import connection

from jiedui.ledger import heads, sql
from jiedui.ledger.plan import SPAN_OF, Ask, Group, Plan, plan
from jiedui.ledger.rollup import ALL, BEGUN, COUNTERS, KEPT, month_of
from jiedui.lib.periods import day_number, month_span
from jiedui.lib.places import Box

TAIL = 50_000
"""Entries after a head that are cheaper to take away than all before it are to read."""


class Sums(NamedTuple):
    """What stands in a question and what its window cuts; all net: copies taken back count against."""

    total: int = 0
    n: int = 0
    neg: int = 0
    more: int = 0
    less: int = 0
    cut_total: int = 0
    cut_n: int = 0
    cut_neg: int = 0

    def plus(self, other: Sequence[int], sign: int = 1) -> Sums:
        return Sums(*[mine + sign * its for mine, its in zip(self, other, strict=True)])


NOTHING = Sums()


@dataclass(frozen=True, slots=True)
class Source:
    """Which entries: today's, those up to an entry number (`tail` came after, if counted), or today's and the
    pending ones."""

    upto: int | None = None
    pending: bool = False
    tail: int | None = None


TODAY = Source()
PENDING = Source(pending=True)


@dataclass(frozen=True, slots=True)
class _Only:
    """A part of the entries that is read by itself: up to or after an entry number, or the pending ones."""

    upto: int | None = None
    after: int | None = None
    pending: bool = False


def details(asks: Sequence[Ask], source: Source = TODAY, planned: Plan | None = None) -> list[Sums]:
    """The sums of each question, in order; NOTHING where nothing is found. `planned` is their plan, if known."""
    planned = planned or plan(asks)
    if source.pending:
        today, waiting = _read(planned, _Only(), _Only(pending=True))
        return [a.plus(b) for a, b in zip(today, waiting, strict=True)]
    if source.upto is None:
        return _read(planned, _Only())[0]
    length = tail_of(source.upto) if source.tail is None else source.tail
    if length > TAIL:
        return _read(planned, _Only(upto=source.upto))[0]
    today, tail = _read(planned, _Only(), _Only(after=source.upto))
    return [a.plus(b, -1) for a, b in zip(today, tail, strict=True)]


def tail_of(upto: int) -> int:
    """How many entries came after one."""
    return int(sql.fetch("SELECT coalesce(max(id), 0) FROM ledger_entry")[0][0]) - upto


def _read(planned: Plan, *onlys: _Only) -> list[list[Sums]]:
    """The sums of each question in each part of the entries, all read together."""
    size = len(planned.groups)
    found: list[dict[tuple[int, int], Sums]] = [{} for _ in range(size * len(onlys))]
    years = _Years()
    selects = [
        list(_Statement(group, only, years).parts()) for only in onlys for group in planned.groups
    ]
    for number, *row in in_groups(selects):
        cells, key, sums = found[number], (row[0], row[1]), Sums._make(row[2:])
        cells[key] = cells[key].plus(sums) if key in cells else sums
    return [
        _summed(planned, dict(zip(planned.groups, found[begin : begin + size], strict=True)))
        for begin in range(0, len(found), size or 1)
    ] or [[NOTHING] * len(planned.questions) for _ in onlys]


def _summed(planned: Plan, of_group: Mapping[Group, Mapping[tuple[int, int], Sums]]) -> list[Sums]:
    answers = []
    for indicator, parts in planned.questions:
        sums = NOTHING
        for group, node in parts:
            cell = of_group[group].get((indicator, node))
            if cell is not None:
                sums = cell if sums is NOTHING else sums.plus(cell)
        answers.append(sums)
    return answers


_TERMS = 200
"""Selects of one statement; SQLite takes 500."""


def in_groups(selects: Sequence[Sequence[str]]) -> Iterator[sql.Row]:
    """The rows of each group's selects with the group's number before them, read by few statements."""
    terms = [
        f"SELECT {number}, part.* FROM ({select}) AS part"
        for number, group in enumerate(selects)
        for select in group
    ]
    for part in sql.chunks(terms, _TERMS):
        yield from sql.fetch(" UNION ALL ".join(part))


MonthCell: TypeAlias = tuple[int, int, int, int, int, int, int]
"""Month of the last day, month of the first, total, n, neg, more, less."""


def month_cells(asks: Sequence[Ask]) -> list[list[MonthCell]]:
    """What each question's months hold, in order; the questions' windows are whole months.

    Cells that share a month with the window; for an open start (a stock) all up to its end.
    """
    planned = plan(asks)
    found: dict[tuple[Group, int, int], list[MonthCell]] = {}
    years = _Years()
    selects = [[_Statement(group, _Only(), years).by_month()] for group in planned.groups]
    for number, indicator, node, *cell in in_groups(selects):
        month, first, total_, n, neg, more, less = cell
        cells = found.setdefault((planned.groups[number], indicator, node), [])
        cells.append((month, first, total_, n, neg, more, less))
    return [
        [cell for group, node in parts for cell in found.get((group, indicator, node), ())]
        for indicator, parts in planned.questions
    ]


class _Years:
    """The years that cells are kept for, asked for once and only where a window is open."""

    @cached_property
    def earliest(self) -> int | None:
        """The first month; None in an empty ledger. Kept in a steady look."""
        kept = heads.kept()
        if "earliest" not in kept:
            kept["earliest"] = sql.fetch_prepared(
                "SELECT min((SELECT min(month) FROM ledger_running WHERE level = 0 AND indicator = i.id))"
                " FROM ledger_indicator i",
                (),
            )[0][0]
        found = kept["earliest"]
        return found if isinstance(found, int) else None


class _Statement:
    """How one group reads its entries."""

    def __init__(self, group: Group, only: _Only, years: _Years) -> None:
        self.years = years
        self.start, self.stop, self.boxes = group.start, group.stop, group.boxes
        self.level, self.nodes, self.indicators = group.level, group.nodes, group.indicators
        self.only = only

    def parts(self) -> Iterator[str]:
        """Selects of indicator, node and the sums; they are read together and added up."""
        if self.only.pending or self.only.after is not None:
            yield self._entries(meets(self.start, self.stop), "")
        elif self.level > 6:
            yield self._entries(meets(self.start, self.stop), "ledger_entry_place")
        elif self.only.upto is not None:
            yield from self._raw()
        else:
            yield from self._months()

    def _raw(self) -> Iterator[str]:
        """Entry by entry: those that end in the window, and the spans that end after it."""
        if self.level >= 6:
            yield self._entries(meets(self.start, self.stop), "ledger_entry_place")
            return
        yield self._entries(f"last_day BETWEEN {self.start} AND {self.stop}", "ledger_entry_day")
        yield self._entries(
            f"last_day > {self.stop} AND first_day <= {self.stop} AND first_day < last_day",
            "ledger_entry_span_last",
        )

    def _months(self) -> Iterator[str]:
        """Whole months from the rollup, the entries of ragged months one by one."""
        first, last = month_of(self.start) if self.start else 0, month_of(self.stop)
        edges = []
        if self.start and self.start != day_number(month_span(first).first):
            edges.append(first)
        if self.stop != day_number(month_span(last).last):
            edges.append(last)
        if edges and self.level == 6:
            yield from self._raw()
            return
        whole_first = first + 1 if first in edges else first
        whole_last = last - 1 if last in edges else last
        begins = f"first_month >= {whole_first}"
        inside = "total, n, neg, more, less, 0, 0, 0"
        january = -(-whole_first // 12) * 12
        until = self._last_kept(whole_last)
        if january > until:
            january, until = whole_last + 1, whole_last
        for lo, hi in ((whole_first, january - 1), (until + 1, whole_last)):
            if lo <= hi:
                where = f"month BETWEEN {lo} AND {hi} AND {begins}"
                yield self._cells("ledger_month", where, inside)
        if january <= until:
            yield from self._years(january, until, whole_first)
        wide = f"month > {whole_last}"
        if whole_first:
            inside = f"month <= {whole_last} AND {begins}"
            wide = f"month >= {whole_first} AND NOT ({inside})"
        outside = "".join(f" AND month <> {m} AND first_month <> {m}" for m in edges)
        yield self._cells(
            "ledger_month",
            f"first_month < month AND first_month <= {whole_last} AND {wide}{outside}",
            "0, 0, 0, 0, 0, total, n, neg",
            "ledger_month_wide",
        )
        yield from self._edges(sorted(set(edges)))

    def _last_kept(self, last: int) -> int:
        """The last month up to one that running cells are kept for; with pairings those of counties are read."""
        level = self.level if self.boxes is None else 6
        january = last // 12 * 12
        kept = [january + month for month in KEPT[level] if january + month <= last]
        return kept[-1] if kept else january - 1

    def _years(self, january: int, until: int, first: int) -> Iterator[str]:
        """What ends from a January on, without the spans that begin before the window does."""
        begin = january
        if not first:
            begin = min(self.years.earliest or until, until) // 12 * 12
        where = sql.in_list("month", [*range(begin // 12 * 12 + 11, until, 12), until])
        if self.boxes is None:
            where += f" AND pairing = {ALL}"
        ends = (f"{own} + {begun}" for own, begun in zip(COUNTERS, BEGUN, strict=True))
        yield self._cells("ledger_running", where, ", ".join((*ends, "0, 0, 0")))
        if first:
            yield self._cells(
                "ledger_month",
                f"month BETWEEN {january} AND {until} AND first_month < {first}"
                " AND first_month < month",
                "-total, -n, -neg, -more, -less, 0, 0, 0",
                "ledger_month_wide",
            )

    def _edges(self, edges: list[int]) -> Iterator[str]:
        spans = [month_span(month) for month in edges]
        days = [(day_number(span.first), day_number(span.last)) for span in spans]
        elsewhere = "".join(f" AND NOT last_day BETWEEN {lo} AND {hi}" for lo, hi in days)
        for lo, hi in days:
            begin, end = max(lo, self.start), min(hi, self.stop)
            yield self._entries(f"last_day BETWEEN {begin} AND {end}", "ledger_entry_day")
            if hi > self.stop:
                yield self._entries(
                    f"last_day > {self.stop} AND last_day <= {hi} AND first_day <= {self.stop}"
                    " AND first_day < last_day",
                    "ledger_entry_span_last",
                )
            yield self._entries(
                f"first_day BETWEEN {lo} AND {end} AND last_day >= {self.start}"
                f" AND first_day < last_day{elsewhere}",
                "ledger_entry_span_first",
            )

    def by_month(self) -> str:
        """The statement of `month_cells`."""
        first, last = month_of(self.start) if self.start else 0, month_of(self.stop)
        months = f"month >= {first} AND first_month <= {last}"
        if self.level <= 6:
            return self._cells("ledger_month", months, "total, n, neg, more, less", months=True)
        span = SPAN_OF[self.level]
        node = f"region / {span}" if span > 1 else "region"
        by = " INDEXED BY ledger_entry_place" if connection.vendor == "sqlite" else ""
        return (
            "SELECT indicator, node, month, first_month, "
            + ", ".join(total(name) for name in ("value", "sign", "neg", "more", "less"))
            + f" FROM (SELECT indicator, {node} AS node, {_month('last_day')} AS month,"
            f" {_month('first_day')} AS first_month, value, sign,"
            " CASE WHEN value * sign < 0 THEN sign ELSE 0 END AS neg,"
            " CASE WHEN bound IN (1, 3) THEN sign ELSE 0 END AS more,"
            " CASE WHEN bound IN (2, 3) THEN sign ELSE 0 END AS less"
            f" FROM ledger_entry{by} WHERE {sql.in_list('indicator', sorted(self.indicators))}"
            f" AND {within('region', self.nodes, span)} AND {meets(self.start, self.stop)}"
            f"{pairings(self.boxes)}) AS read GROUP BY 1, 2, 3, 4"
        )

    def _cells(
        self, table: str, where: str, columns: str, index: str = "", *, months: bool = False
    ) -> str:
        by = f" INDEXED BY {index}" if index and connection.vendor == "sqlite" else ""
        span = SPAN_OF[self.level]
        node, level = "node", self.level
        if self.boxes is None:
            places = sql.in_list("node", sorted(self.nodes))
        else:
            wide = span // 10**6
            node, level = f"node / {wide}" if wide > 1 else "node", 6
            places = within("node", self.nodes, wide) if self.level else "1 = 1"
        sums = ", ".join(total(column) for column in columns.split(", "))
        each, grouped = ("month, first_month, ", ", 3, 4") if months else ("", "")
        return (
            f"SELECT indicator, {node}, {each}{sums} FROM {table}{by} WHERE level = {level}"
            f" AND {sql.in_list('indicator', sorted(self.indicators))} AND {places}"
            f" AND {where}{pairings(self.boxes)} GROUP BY 1, 2{grouped}"
        )

    def _entries(self, where: str, index: str) -> str:
        table = "ledger_pending_entry" if self.only.pending else "ledger_entry"
        if self.only.upto is not None:
            where += f" AND id <= {self.only.upto}"
        if self.only.after is not None:
            where += f" AND id > {self.only.after}"
        if connection.vendor == "sqlite" and not self.only.pending:
            table += f" INDEXED BY {index}" if index else " NOT INDEXED"
        span = SPAN_OF[self.level]
        inside = f"first_day >= {self.start} AND last_day <= {self.stop}"
        cut = f"NOT ({inside})"
        sums = ", ".join(
            total(column, where)
            for column, where in (
                ("value", inside),
                ("sign", inside),
                ("sign", f"{inside} AND value * sign < 0"),
                ("sign", f"{inside} AND bound IN (1, 3)"),
                ("sign", f"{inside} AND bound IN (2, 3)"),
                ("value", cut),
                ("sign", cut),
                ("sign", f"{cut} AND value * sign < 0"),
            )
        )
        places = within("region", self.nodes, span) if self.level else "1 = 1"
        node = f"region / {span}" if span > 1 else "region"
        return (
            f"SELECT indicator, {node}, {sums} FROM {table}"
            f" WHERE {sql.in_list('indicator', sorted(self.indicators))} AND {places}"
            f" AND {where}{pairings(self.boxes)} GROUP BY 1, 2"
        )


def _month(day: str) -> str:
    """The month number of a stored day, in SQL."""
    return f"{day} / 10000 * 12 + {day} / 100 - {day} / 10000 * 100 - 1"


def total(column: str, where: str = "") -> str:
    """A sum that is a plain integer on both engines, 0 over nothing."""
    if column == "0":
        return "0"
    only = f" FILTER (WHERE {where})" if where else ""
    return f"CAST(coalesce(sum({column}){only}, 0) AS bigint)"


def meets(start: int, stop: int) -> str:
    """Entries that share a day with the window."""
    return f"last_day >= {start} AND first_day <= {stop}"


def within(column: str, nodes: Iterable[int], span: int) -> str:
    """`column` lies in one of the nodes, each `span` numbers wide."""
    if span == 1:
        return sql.in_list(column, sorted(nodes))
    runs: list[list[int]] = []
    for node in sorted(nodes):
        if runs and runs[-1][1] + 1 == node:
            runs[-1][1] = node
        else:
            runs.append([node, node])
    bounds = [f"{column} BETWEEN {lo * span} AND {(hi + 1) * span - 1}" for lo, hi in runs]
    if len(bounds) == 1:
        return bounds[0]
    # Many places: one range around them for the index, and the exact test behind it.
    around = f"{column} BETWEEN {runs[0][0] * span} AND {(runs[-1][1] + 1) * span - 1}"
    return f"{around} AND {sql.in_list(f'{column} / {span}', sorted(nodes))}"


def pairings(boxes: tuple[Box, ...] | None) -> str:
    """The test that a row's pairing lies in one of the boxes; nothing for all pairings."""
    if boxes is None:
        return ""
    tests = [
        f"pairing / 1000000 BETWEEN {box.east.lo} AND {box.east.hi}"
        f" AND pairing - pairing / 1000000 * 1000000 BETWEEN {box.west.lo} AND {box.west.hi}"
        for box in boxes
    ]
    return f" AND ({' OR '.join(tests)})"
