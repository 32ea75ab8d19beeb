"""Readings (读数): a stated figure of one moment; the newest one of exactly the place that is asked."""

from __future__ import annotations

from jiedui.ledger import pending as waiting
from jiedui.ledger import sql
from jiedui.ledger.details import pairings
from jiedui.ledger.facts import Total
from jiedui.ledger.plan import Ask, ranges_of
from jiedui.ledger.rows import DECLARATION_COLUMNS, DeclarationRow
from jiedui.lib.bounds import Bound
from jiedui.lib.places import ALL_PAIRINGS, range_of


def newest(ask: Ask, head: int | None, *, pending: bool) -> Total:
    """The newest reading whose last day lies in the window; Total(None, exact) without any."""
    found = [*_entries(ask, head, pending=pending), *_declarations(ask, head, pending=pending)]
    if not found:
        return Total(None, Bound.EXACT)
    key, value, flags = max(found)
    return Total(value, Bound.from_flags(flags), int(key[3] == 0), int(key[3] == 1))


_Found = tuple[tuple[int, int, int, int, int], int, int]
"""(last day, first day, posting, entry or declaration, id), value, bound."""


def _entries(ask: Ask, head: int | None, *, pending: bool) -> list[_Found]:
    places = sql.in_list("region", [r.lo for r in ranges_of(ask.nodes)])
    where = (
        f"indicator = {ask.indicator} AND {places}"
        f" AND last_day BETWEEN {ask.start} AND {ask.stop}{pairings(ask.boxes)} AND sign = 1"
    )
    upto = 2**62 if head is None else head
    gone: set[int] = set()
    rows = sql.fetch(
        f"SELECT last_day, first_day, posting, id, value, bound FROM ledger_entry e WHERE {where}"
        " AND posting <= %s AND NOT EXISTS (SELECT 1 FROM ledger_posting p"
        " WHERE p.reverses = e.posting AND p.id <= %s)",
        [upto, upto],
    )
    if pending:
        gone, _ = waiting.declarations()
        rows += sql.fetch(
            f"SELECT last_day, first_day, {waiting.AFTER} + p.id, e.id, value, bound"
            " FROM ledger_pending_entry e JOIN ledger_pending p ON p.record = e.record"
            f" WHERE {where}"
        )
    return [
        ((last, first, posting, 0, id_), value, bound)
        for last, first, posting, id_, value, bound in rows
        if posting not in gone
    ]


def _declarations(ask: Ask, head: int | None, *, pending: bool) -> list[_Found]:
    columns = ",".join(f"d.{column}" for column in DECLARATION_COLUMNS)
    upto = 2**62 if head is None else head
    rows = [
        DeclarationRow(*row)
        for row in sql.fetch(
            f"SELECT {columns} FROM ledger_declaration d WHERE d.reverses IS NULL"
            f" AND d.indicator = %s AND d.stop_day BETWEEN %s AND %s AND d.posting <= %s"
            " AND NOT EXISTS (SELECT 1 FROM ledger_declaration r WHERE r.reverses = d.id"
            " AND r.posting <= %s)",
            [ask.indicator, ask.start, ask.stop, upto, upto],
        )
    ]
    if pending:
        gone, new = waiting.declarations()
        rows = [row for row in rows if row.posting not in gone] + [
            row._replace(id=number)
            for number, row in enumerate(new)
            if row.indicator == ask.indicator and ask.start <= row.stop_day <= ask.stop
        ]
    ranges = ranges_of(ask.nodes)
    boxes = ask.boxes or (ALL_PAIRINGS,)
    return [
        ((row.stop_day, row.start_day, row.posting, 1, row.id), row.value, row.bound)
        for row in rows
        if range_of(row.region, own=bool(row.own)) in ranges
        and all(any(mine.holds(its) for mine in boxes) for its in row.pairings())
    ]
