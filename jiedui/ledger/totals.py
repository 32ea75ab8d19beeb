"""The answers: details + what the declarations inside add, with bounds (decision 0001).

`ask` answers many slices by few statements: one to the details and one to the standing declarations for each
window, set of pairings and level of place. Slices that meet a crossing pair, a place of several ranges, an old
head or pending declarations are weighed one by one from the declarations themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from django.db import connection

from jiedui.ledger import cells, heads, readings, sql, standing, subjects
from jiedui.ledger import pending as waiting
from jiedui.ledger.details import (
    PENDING,
    TODAY,
    Source,
    Sums,
    details,
    tail_of,
)
from jiedui.ledger.facts import Measure, Slice, Total
from jiedui.ledger.indicators import Known, known
from jiedui.ledger.plan import Ask, Node, nodes_of, plan
from jiedui.ledger.rows import (
    DECLARATION_COLUMNS,
    ENTRY_COLUMNS,
    DeclarationRow,
    EntryRow,
    number_or_open,
)
from jiedui.ledger.standing import Extent, Standing
from jiedui.ledger.weights import WEIGHTLESS, Weight, extent_of, total_of, weigh, weights
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.lib.periods import day_number
from jiedui.lib.places import ALL_PAIRINGS


def ask(slices: Sequence[Slice], *, head: int | None = None, pending: bool = False) -> list[Total]:
    """One total a slice, in order.

    `head` asks as known at a posting; `pending` counts what is submitted as if it were approved now (today
    only: ValueError with a head). Raises UnknownIndicator, and KeyError for ranges that are no places. A sum
    over nothing is 0, exact; a reading without data is None.
    """
    if pending and head is not None:
        raise ValueError("what waits for approval is known for now only")
    indicators = known({s.indicator for s in slices})
    moment = Moment(head, pending and bool(sql.fetch("SELECT 1 FROM ledger_pending LIMIT 1")))
    answers: list[Total | None] = [None] * len(slices)
    if moment.today:
        answers = cells.answers(slices, indicators)
    places = [place for place, answer in enumerate(answers) if answer is None]
    if places:
        asked = _ask([slices[place] for place in places], indicators, moment)
        for place, total in zip(places, asked, strict=True):
            answers[place] = total
    return [answer for answer in answers if answer is not None]


def _ask(
    slices: Sequence[Slice], indicators: Mapping[str, Known], moment: Moment
) -> list[Total | None]:
    """The answers out of details and declarations, whatever the window."""
    asks = _asks(slices, indicators)
    measures = [indicators[s.indicator].measure for s in slices]
    planned = plan(asks)
    sums = details(asks, moment.source, planned)
    weighed = weights(asks, planned) if moment.today else moment.weights(asks, measures)
    answers: list[Total | None] = [
        None if measure in _APART else total_of(measure, its, weight)
        for measure, its, weight in zip(measures, sums, weighed, strict=True)
    ]
    apart = [place for place, answer in enumerate(answers) if answer is None]
    distinct = [place for place in apart if measures[place] is Measure.DISTINCT]
    if distinct:
        counts = subjects.count([asks[place] for place in distinct], moment.source)
        for place, count in zip(distinct, counts, strict=True):
            answers[place] = distinct_of(count, sums[place], weighed[place])
    read = [place for place in apart if measures[place] is Measure.READING]
    if read:
        newest = readings.newest_many(
            [asks[place] for place in read], moment.head, pending=moment.pending
        )
        for place, total in zip(read, newest, strict=True):
            answers[place] = total
    return answers


def trend(slices: Sequence[Slice], months: tuple[int, int]) -> list[list[Total]]:
    """For each slice one total a month: see `trend.trend`."""
    from jiedui.ledger import trend as by_month  # it is made of this module

    return by_month.trend(slices, months)


MOVES = 500_000
"""Entries after a head that are cheaper to read once than the details of all declarations are to read anew."""

_APART = (Measure.DISTINCT, Measure.READING)


def ask_of(slice_: Slice, indicator: Known) -> Ask:
    """A slice in numbers; a stock looks at its last day only."""
    start = 0 if indicator.measure is Measure.STOCK else number_or_open(slice_.start)
    boxes = None if slice_.boxes == (ALL_PAIRINGS,) else slice_.boxes
    return Ask(indicator.id, nodes_of(slice_.ranges), boxes, start, day_number(slice_.end))


def _asks(slices: Sequence[Slice], indicators: Mapping[str, Known]) -> list[Ask]:
    """The same for many; what slices share, as those of a board do, is worked out once."""
    shared: dict[tuple[object, ...], Ask] = {}
    asks = []
    for s in slices:
        indicator = indicators[s.indicator]
        stock = indicator.measure is Measure.STOCK
        key = s.ranges, s.boxes, s.start, s.end, stock
        like = shared.get(key)
        if like is None:
            like = shared[key] = ask_of(s, indicator)
        _, nodes, boxes, start, stop = like
        asks.append(Ask(indicator.id, nodes, boxes, start, stop))
    return asks


def distinct_of(count: int, sums: Sums, weight: Weight) -> Total:
    """Distinct: subjects counted, and declarations as floors."""
    within, cut = weight.counted + weight.crossing, weight.cut
    value = count
    more = sums.more > 0 or sums.cut_n > sums.cut_neg or within > 0 or cut > 0
    less = sums.less > 0 or sums.cut_neg > 0
    stated = weight.stated
    if stated is not None and stated[0] >= max(count, weight.floor // 2):
        value, more, less = stated[0], stated[1] & MORE > 0, stated[1] & LESS > 0
    elif weight.floor > 2 * count + 1:
        value, more, less = weight.floor // 2, True, weight.floor % 2 == 0
    bound = Bound.from_flags(more * MORE | less * LESS)
    return Total(value, bound, sums.n, within, sums.cut_n, cut, 0)


Where: TypeAlias = tuple[int, tuple[Node, ...], object]


def where_of(ask: Ask) -> Where:
    """Indicator, place and pairings of a question, whatever its window."""
    return ask.indicator, ask.nodes, ask.boxes


class Moment:
    """Another knowledge than today's: at a head, or with what waits for approval."""

    def __init__(self, head: int | None, pending: bool) -> None:
        self.head, self.pending = head, pending
        self.today = head is None and not pending
        self.source = TODAY
        if pending:
            self.source = PENDING
        elif head is not None:
            self.source = Source(upto=heads.last_entry(head))

    def declarations(self, indicators: Iterable[int]) -> list[DeclarationRow]:
        """What was declared and not taken back, in order of posting; pending ones come last."""
        columns = ",".join(f"d.{column}" for column in DECLARATION_COLUMNS)
        upto = 2**62 if self.head is None else self.head
        rows = sql.fetch(
            f"SELECT {columns} FROM ledger_declaration d WHERE d.reverses IS NULL"
            f" AND {sql.in_list('d.indicator', sorted(set(indicators)))} AND d.posting <= %s"
            " AND NOT EXISTS (SELECT 1 FROM ledger_declaration r WHERE r.reverses = d.id"
            " AND r.posting <= %s) ORDER BY d.id",
            [upto, upto],
        )
        found = [DeclarationRow(*row) for row in rows]
        if not self.pending:
            return found
        gone, new = waiting.declarations()
        wanted = set(indicators)
        last = sql.fetch("SELECT coalesce(max(id), 0) FROM ledger_declaration")[0][0]
        return [row for row in found if row.posting not in gone] + [
            row._replace(id=last + number)
            for number, row in enumerate(new, 1)
            if row.indicator in wanted
        ]

    def weights(self, asks: Sequence[Ask], measures: Sequence[Measure]) -> list[Weight]:
        """Every slice weighed by itself: `adds` are derived again for the declarations it meets."""
        stock = {a.indicator for a, m in zip(asks, measures, strict=True) if m is Measure.STOCK}
        declared = self.declarations({a.indicator for a in asks})
        derived = self.derived(asks, declared, stock)
        return [
            weigh(extent_of(ask), derived[where_of(ask)])
            if where_of(ask) in derived
            else WEIGHTLESS
            for ask in asks
        ]

    def derived(
        self, asks: Sequence[Ask], declared: Iterable[DeclarationRow], stock: Collection[int]
    ) -> dict[Where, list[Standing]]:
        """The declarations whose place lies in each question's, as they stood or would stand then.

        Today's details are moved by the few entries between, read once for all questions; what is not live
        today is read anew. A question without declarations is left out.
        """
        rows: dict[int, list[DeclarationRow]] = {}
        for row in declared:
            rows.setdefault(row.indicator, []).append(row)
        met = {where_of(ask): ask for ask in asks if ask.indicator in rows}
        if not met:
            return {}
        moves = self._moves(rows)
        live = {d.id: d for d in standing.load_in([*met.values()])} if moves is not None else {}
        return {
            where: self._derive(
                extent_of(ask),
                standing.from_rows(rows[ask.indicator], stock),
                live,
                (moves or {}).get(ask.indicator, ()),
            )
            for where, ask in met.items()
        }

    def _derive(
        self,
        extent: Extent,
        all_declared: Iterable[Standing],
        live: Mapping[int, Standing],
        moves: Sequence[EntryRow],
    ) -> list[Standing]:
        declared = [d for d in all_declared if extent.covers(d.extent)]
        moved = [d for d in declared if d.id in live]
        for d in moved:
            d.copy_details(live[d.id])
        standing.touch_all(moves, moved)
        anew = [d for d in declared if d.id not in live]
        for d, sums in zip(anew, details([d.ask() for d in anew], self.source), strict=True):
            d.read(sums)
        standing.nest(declared)
        return declared

    def _moves(self, indicators: Iterable[int]) -> dict[int, list[EntryRow]] | None:
        """The entries between today and this moment by indicator, or None where they are too many."""
        wanted = sql.in_list("indicator", sorted(indicators))
        if self.source.pending:
            found = sql.fetch(
                "SELECT id, 0, indicator, region, pairing, first_day, last_day, value, sign, bound,"
                f" subject, NULL FROM ledger_pending_entry WHERE {wanted}"
            )
            moves = [EntryRow(*row) for row in found]
        else:
            assert self.source.upto is not None
            if tail_of(self.source.upto) > MOVES:
                return None
            by = " NOT INDEXED" if connection.vendor == "sqlite" else ""
            found = sql.fetch(
                f"SELECT {','.join(ENTRY_COLUMNS)} FROM ledger_entry{by} WHERE id > %s AND {wanted}",
                [self.source.upto],
            )
            tail = [EntryRow(*row) for row in found]
            moves = [e._replace(value=-e.value, sign=-e.sign) for e in tail]
        grouped: dict[int, list[EntryRow]] = {}
        for move in moves:
            grouped.setdefault(move.indicator, []).append(move)
        return grouped
