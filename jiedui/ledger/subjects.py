"""Distinct counts (去重): subjects whose net in the question is above zero."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from jiedui.ledger import sql
from jiedui.ledger.details import Source, pairings
from jiedui.ledger.plan import Ask, ranges_of
from jiedui.lib.places import Range


def count(asks: Sequence[Ask], source: Source) -> list[int]:
    """How many subjects each question counts."""
    return [_count(ask, source) for ask in asks]


def _count(ask: Ask, source: Source) -> int:
    ranges = ranges_of(ask.nodes)
    index = ""
    if connection.vendor == "sqlite":
        index = " INDEXED BY ledger_entry_subject"
    where = _where(ask, ranges)
    known = f" AND id <= {source.upto}" if source.upto is not None else ""
    rows = f"SELECT subject, value FROM ledger_entry{index} WHERE subject IS NOT NULL AND {where}{known}"
    if source.pending:
        rows += f" UNION ALL SELECT subject, value FROM ledger_pending_entry WHERE {where}"
    statement = (
        f"SELECT count(*) FROM (SELECT subject FROM ({rows}) AS net"
        " GROUP BY subject HAVING sum(value) > 0) AS subjects"
    )
    return int(sql.fetch(statement)[0][0])


def _where(ask: Ask, ranges: Sequence[Range]) -> str:
    places = " OR ".join(f"region BETWEEN {r.lo} AND {r.hi}" for r in ranges)
    if any(r.hi - r.lo == 10**12 - 1 for r in ranges):
        places = "1 = 1"
    return (
        f"indicator = {ask.indicator} AND ({places}) AND first_day >= {ask.start}"
        f" AND last_day <= {ask.stop}{pairings(ask.boxes)}"
    )
