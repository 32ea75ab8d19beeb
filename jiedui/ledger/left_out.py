"""What a figure does not count, and the plain sum it begins with: for the page that explains it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from jiedui.ledger import heads, sql, standing
from jiedui.ledger.details import Source, details, meets, pairings
from jiedui.ledger.facts import Slice
from jiedui.ledger.indicators import known
from jiedui.ledger.plan import Ask, ranges_of
from jiedui.ledger.rows import DeclarationRow
from jiedui.ledger.totals import ask_of
from jiedui.ledger.weights import extent_of
from jiedui.lib.periods import day_of


class CutLine(NamedTuple):
    """One live revision whose span the window cuts, and what it would have brought."""

    record: UUID
    revision: int
    posting: int
    first: date
    last: date
    value: int


class PendingLine(NamedTuple):
    """One submitted revision: the net value its entries would bring, and how many totals it declares."""

    record: UUID
    revision: int
    value: int
    declarations: int


def held(slices: Sequence[Slice], *, head: int | None = None) -> list[int]:
    """The sum of the details inside each slice, without declarations; in order."""
    indicators = known({s.indicator for s in slices})
    source = Source() if head is None else Source(upto=heads.last_entry(head))
    asks = [ask_of(s, indicators[s.indicator]) for s in slices]
    return [its.total for its in details(asks, source)]


def cut(slice_: Slice, *, head: int | None = None, limit: int = 20) -> tuple[list[CutLine], int]:
    """Live revisions whose entries the window cuts, newest first; and how many in all."""
    ask = ask_of(slice_, known([slice_.indicator])[slice_.indicator])
    upto = 2**62 if head is None else head
    live = (
        "SELECT e.posting AS posting, min(e.first_day) AS first_day, max(e.last_day) AS last_day,"
        f" sum(e.value) AS value FROM ledger_entry e WHERE {_here(ask)}"
        f" AND NOT (first_day >= {ask.start} AND last_day <= {ask.stop})"
        f" AND e.posting <= {int(upto)} AND e.sign = 1 AND NOT EXISTS"
        f" (SELECT 1 FROM ledger_posting r WHERE r.reverses = e.posting AND r.id <= {int(upto)})"
        " GROUP BY e.posting"
    )
    rows = sql.fetch(
        "SELECT p.record, p.revision, p.id, live.first_day, live.last_day,"
        " CAST(live.value AS bigint), live.size FROM (SELECT revisions.*, count(*) OVER () AS size"
        f" FROM ({live}) AS revisions ORDER BY posting DESC LIMIT {int(limit)}) AS live"
        " JOIN ledger_posting p ON p.id = live.posting ORDER BY p.id DESC"
    )
    lines = [
        CutLine(UUID(row[0]), row[1], row[2], day_of(row[3]), day_of(row[4]), row[5])
        for row in rows
    ]
    return lines, int(rows[0][6]) if rows else 0


def pending(slice_: Slice) -> list[PendingLine]:
    """What is submitted and would touch the slice were it approved now, oldest first."""
    ask = ask_of(slice_, known([slice_.indicator])[slice_.indicator])
    found = {
        record: [0, int(value)]
        for record, value in sql.fetch(
            "SELECT e.record, CAST(sum(e.value) AS bigint) FROM ledger_pending_entry e"
            f" WHERE {_here(ask)} GROUP BY e.record"
        )
    }
    extent = extent_of(ask)
    lines = []
    for record, revision, text in sql.fetch(
        "SELECT record, revision, declarations FROM ledger_pending ORDER BY id"
    ):
        stated = [DeclarationRow(*row) for row in json.loads(text)]
        mine = [row for row in stated if row.indicator == ask.indicator and _in(row, extent)]
        if mine or record in found:
            value = found.get(record, [0, 0])[1]
            lines.append(PendingLine(UUID(record), revision, value, len(mine)))
    return lines


def seqs(postings: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The book and the number in it of each posting."""
    return {
        int(id_): (str(book), int(seq))
        for part in sql.chunks(sorted(set(postings)))
        for id_, book, seq in sql.fetch(
            f"SELECT id, book, seq FROM ledger_posting WHERE {sql.in_list('id', part)}"
        )
    }


def _here(ask: Ask) -> str:
    """The entries of a question's place and pairings that share a day with its window."""
    places = " OR ".join(f"e.region BETWEEN {r.lo} AND {r.hi}" for r in ranges_of(ask.nodes))
    window = meets(ask.start, ask.stop)
    return f"e.indicator = {ask.indicator} AND ({places}) AND {window}{pairings(ask.boxes)}"


def _in(row: DeclarationRow, extent: standing.Extent) -> bool:
    its = standing.Extent(row.places(), row.pairings(), row.start_day, row.stop_day)
    return extent.covers(its) and extent.meets(its)
