"""Another knowledge than today's: at a head (known-at), or with what waits for approval (含待审核).

Today's declarations and their details are moved by the entries between, read once for all questions; what is
not live today is read anew. Inside one `heads.steady` all who ask of the same moment share what it has read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from typing import NamedTuple, TypeAlias

from django.db import connection

from jiedui.ledger import heads, sql, standing
from jiedui.ledger import pending as waiting
from jiedui.ledger.details import PENDING, TODAY, Source, details
from jiedui.ledger.facts import Measure
from jiedui.ledger.plan import Ask, Node
from jiedui.ledger.rows import DECLARATION_COLUMNS, ENTRY_COLUMNS, DeclarationRow, EntryRow
from jiedui.ledger.standing import Standing
from jiedui.ledger.weights import WEIGHTLESS, Weight, extent_of, weigh

MOVES = 500_000
"""Entries after a head that are cheaper to read once than the details of all declarations are to read anew."""

Where: TypeAlias = tuple[int, tuple[Node, ...], object]


def where_of(ask: Ask) -> Where:
    """Indicator, place and pairings of a question, whatever its window."""
    return ask.indicator, ask.nodes, ask.boxes


def moment_of(head: int | None, *, pending: bool = False) -> Moment:
    """The moment, the same one within a steady look. Raises ValueError for what waits at a head."""
    if pending and head is not None:
        raise ValueError("what waits for approval is known for now only")
    kept = heads.kept()
    key = "moment", head, pending
    found = kept.get(key)
    if not isinstance(found, Moment):
        found = kept[key] = Moment(head, pending=pending)
    return found


def live_in(asks: Sequence[Ask], kept: dict[object, object] | None = None) -> list[Standing]:
    """Today's declarations that have a part in the places of questions, for reading only; kept in a steady look."""
    kept = heads.kept() if kept is None else kept
    indicators, nodes = (
        {ask.indicator for ask in asks},
        {node for ask in asks for node in ask.nodes},
    )
    known = kept.get("live")
    if isinstance(known, _Live) and known.indicators >= indicators and known.nodes >= nodes:
        return [d for d in known.declared if d.indicator in indicators]
    found = standing.load_in(asks)
    kept["live"] = _Live(indicators, nodes, found)
    return found


class _Live(NamedTuple):
    indicators: set[int]
    nodes: set[Node]
    declared: list[Standing]


def _declared(indicators: set[int], kept: dict[object, object]) -> list[tuple[DeclarationRow, int]]:
    """Every declaration ever made of indicators with the posting that took it back, in order."""
    known = kept.get("declared")
    if not isinstance(known, _Declared) or not known.indicators >= indicators:
        columns = ",".join(f"d.{column}" for column in DECLARATION_COLUMNS)
        rows = sql.fetch(
            f"SELECT {columns}, coalesce(r.posting, {2**63 - 1}) FROM ledger_declaration d"
            " LEFT JOIN ledger_declaration r ON r.reverses = d.id WHERE d.reverses IS NULL"
            f" AND {sql.in_list('d.indicator', sorted(indicators))} ORDER BY d.id"
        )
        found = [(DeclarationRow(*row[:-1]), int(row[-1])) for row in rows]
        known = kept["declared"] = _Declared(indicators, found)
    return [pair for pair in known.rows if pair[0].indicator in indicators]


class _Declared(NamedTuple):
    indicators: set[int]
    rows: list[tuple[DeclarationRow, int]]


class Moment:
    """What was known at a head, or would be if everything submitted were approved now; today for neither."""

    def __init__(self, head: int | None, *, pending: bool) -> None:
        self.head = head
        self._kept = heads.kept()
        self._gone: set[int] = set()
        self._new: list[DeclarationRow] = []
        if pending:
            self._gone, self._new = waiting.declarations()
        self.pending = pending
        self.today = head is None and not pending
        self.source = TODAY
        if pending:
            self.source = PENDING
        elif head is not None:
            ((upto, last),) = sql.fetch(
                "SELECT (SELECT last_entry FROM ledger_posting WHERE id = %s),"
                " (SELECT max(id) FROM ledger_entry)",
                [head],
            )
            self.source = Source(upto=upto or 0, tail=(last or 0) - (upto or 0))
        self._seen: Sequence[Ask] = ()
        self._moved: dict[tuple[int, ...], dict[int, list[EntryRow]] | None] = {}

    def declarations(self, indicators: Iterable[int]) -> list[DeclarationRow]:
        """What was declared and not taken back, in order of posting; pending ones come last."""
        wanted = set(indicators)
        upto = 2**62 if self.head is None else self.head
        found = [
            row
            for row, taken_back in _declared(wanted, self._kept)
            if row.posting <= upto < taken_back and row.posting not in self._gone
        ]
        return found + [
            row._replace(id=waiting.AFTER + number)
            for number, row in enumerate(self._new, 1)
            if row.indicator in wanted
        ]

    def touched(self, asks: Sequence[Ask]) -> list[bool]:
        """For each question whether what waits may change its answer; what is not touched is as today."""
        if self.today:
            return [False] * len(asks)
        self._seen = asks
        indicators = {ask.indicator for ask in asks}
        stated = {row.indicator for row in self._new}
        if self._gone:
            rows = _declared(indicators, self._kept)
            stated |= {row.indicator for row, _back in rows if row.posting in self._gone}
        moves = self.moves(indicators) or {}
        places = {
            indicator: {(move.region, move.pairing) for move in found}
            for indicator, found in moves.items()
        }
        known: dict[Where, bool] = {}
        for ask in asks:
            where = where_of(ask)
            if where not in known:
                extent = extent_of(ask)
                known[where] = ask.indicator in stated or any(
                    extent.has(*place) for place in places.get(ask.indicator, ())
                )
        return [known[where_of(ask)] for ask in asks]

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

        A question without declarations is left out.
        """
        of_indicator: dict[int, list[Standing]] = {}
        for d in standing.from_rows(declared, stock):
            of_indicator.setdefault(d.indicator, []).append(d)
        covered: dict[Where, list[Standing]] = {}
        for ask in asks:
            where = where_of(ask)
            if where not in covered:
                extent = extent_of(ask)
                mine = of_indicator.get(ask.indicator, ())
                covered[where] = [d for d in mine if extent.covers(d.extent)]
        met = {d.id: d for mine in covered.values() for d in mine}
        if not met:
            return {}
        self._read_details(list(met.values()), [ask for ask in asks if covered[where_of(ask)]])
        found = {}
        for where, mine in covered.items():
            if mine:
                # Which lie inside which is worked out among those of the question alone.
                found[where] = [copy(d) for d in mine]
                standing.nest(found[where])
        return found

    def _read_details(self, declared: Sequence[Standing], asks: Sequence[Ask]) -> None:
        """The details of declarations: today's moved by the entries between, or read anew for all together."""
        moves = self.moves({d.indicator for d in declared})
        live: Mapping[int, Standing] = {}
        if moves is not None:
            live = {d.id: d for d in live_in([*asks, *self._seen], self._kept)}
            moved = [d for d in declared if d.id in live]
            for d in moved:
                d.copy_details(live[d.id])
            standing.touch_all([move for found in moves.values() for move in found], moved)
        anew = [d for d in declared if d.id not in live]
        if anew:
            for d, sums in zip(anew, details([d.ask() for d in anew], self.source), strict=True):
                d.read(sums)

    def moves(self, indicators: Iterable[int]) -> dict[int, list[EntryRow]] | None:
        """The entries between today and this moment by indicator, or None where they are too many."""
        wanted = tuple(sorted(set(indicators)))
        for known, moved in self._moved.items():
            if set(wanted) <= set(known):
                return moved and {key: moved[key] for key in wanted if key in moved}
        found = self._moved[wanted] = self._read_moves(wanted)
        return found

    def _read_moves(self, indicators: Sequence[int]) -> dict[int, list[EntryRow]] | None:
        wanted = sql.in_list("indicator", indicators)
        if self.source.pending:
            found = sql.fetch(
                "SELECT id, 0, indicator, region, pairing, first_day, last_day, value, sign, bound,"
                f" subject, NULL FROM ledger_pending_entry WHERE {wanted}"
            )
            moves = [EntryRow(*row) for row in found]
        else:
            if (self.source.tail or 0) > MOVES:
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
