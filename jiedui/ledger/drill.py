"""What stands behind a figure (穿透): its entries, records and declarations, and what changed between two heads."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from jiedui.ledger import chain, heads, sql, standing
from jiedui.ledger.details import pairings
from jiedui.ledger.facts import Measure, Slice
from jiedui.ledger.indicators import Known, known
from jiedui.ledger.moments import live_in, moment_of, where_of
from jiedui.ledger.plan import Ask, ranges_of
from jiedui.ledger.rows import DeclarationRow, day_or_open
from jiedui.ledger.totals import ask_of
from jiedui.ledger.weights import extent_of
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import day_of


class EntryLine(NamedTuple):
    """One entry with the posting it came by; a copy that takes one back has `reverses` and the negated value."""

    id: int
    posting: int
    book: str
    seq: int
    record: UUID
    revision: int
    recorded_at: datetime
    region: int
    pairing: int
    first: date
    last: date
    value: int
    bound: Bound
    subject: str | None
    reverses: int | None


class RecordLine(NamedTuple):
    """One record's live revision and what it brings to the figure."""

    record: UUID
    revision: int
    posting: int
    value: int


class DeclarationLine(NamedTuple):
    """One declaration (汇总数) and its part in the figure.

    `state`: counted, covered (its details reach it, it adds nothing), crossing (an earlier one crosses it) or
    cut (the window cuts it and it adds something, so it is left out).
    """

    id: int
    posting: int
    record: UUID
    revision: int
    recorded_at: datetime
    region: int
    own: bool
    pairing: int
    start: date | None
    end: date
    value: int
    bound: Bound
    wording: str
    adds: int
    state: str


class Change(NamedTuple):
    """What one posting did to a figure: net value and count of its entries, net count of its declarations."""

    posting: int
    book: str
    seq: int
    record: UUID
    revision: int
    recorded_at: datetime
    reverses: int | None
    value: int
    entries: int
    declarations: int


def _question(slice_: Slice) -> tuple[Ask, Known]:
    indicator = known([slice_.indicator])[slice_.indicator]
    return ask_of(slice_, indicator), indicator


def _last_entry(head: int) -> str:
    """The last entry known at a head, inside another statement."""
    return f"coalesce((SELECT last_entry FROM ledger_posting WHERE id = {int(head)}), 0)"


def _inside(ask: Ask, head: int | None) -> str:
    """The details of a question, as known at a head."""
    places = " OR ".join(f"e.region BETWEEN {r.lo} AND {r.hi}" for r in ranges_of(ask.nodes))
    upto = "" if head is None else f" AND e.id <= {_last_entry(head)}"
    return (
        f"e.indicator = {ask.indicator} AND ({places}) AND e.first_day >= {ask.start}"
        f" AND e.last_day <= {ask.stop}{pairings(ask.boxes)}{upto}"
    )


def entries(
    slice_: Slice, *, head: int | None = None, limit: int = 50, before: int | None = None
) -> list[EntryLine]:
    """The details of a slice, latest last day first, then latest posted; `before` is the last id of a page.

    Copies that take entries back are there as well. [] when there is nothing (more).
    """
    ask, _ = _question(slice_)
    where = _inside(ask, head)
    if before is not None:
        where += (
            " AND (e.last_day, e.id) <"
            f" (SELECT last_day, id FROM ledger_entry WHERE id = {int(before)})"
        )
    index = ""
    if connection.vendor == "sqlite":
        local = all(level >= 6 for level, _ in ask.nodes)
        index = f" INDEXED BY ledger_entry_{'place' if local else 'day'}"
    rows = sql.fetch(
        "SELECT e.id, e.posting, p.book, p.seq, p.record, p.revision, p.recorded_at, e.region,"
        " e.pairing, e.first_day, e.last_day, e.value, e.bound, e.subject, e.reverses"
        " FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting WHERE e.id IN"
        f" (SELECT e.id FROM ledger_entry e{index} WHERE {where}"
        f" ORDER BY e.last_day DESC, e.id DESC LIMIT {int(limit)})"
        " ORDER BY e.last_day DESC, e.id DESC"
    )
    return [
        EntryLine(
            id_, posting, book, seq, UUID(record), revision, chain.instant_of(recorded_at), region,
            pairing, day_of(first), day_of(last), value, Bound.from_flags(flags), subject, reverses,
        )
        for (
            id_, posting, book, seq, record, revision, recorded_at, region,
            pairing, first, last, value, flags, subject, reverses,
        ) in rows
    ]  # fmt: skip


def records(
    slice_: Slice, *, head: int | None = None, limit: int = 50
) -> tuple[list[RecordLine], int]:
    """Live revisions with details in a slice, newest posting first, at most `limit`; and how many in all.

    Records behind declarations are in `declarations`.
    """
    ask, _ = _question(slice_)
    upto = 2**62 if head is None else head
    live = (
        f"SELECT e.posting AS posting, sum(e.value) AS value FROM ledger_entry e"
        f" WHERE {_inside(ask, head)} AND e.sign = 1 AND NOT EXISTS"
        f" (SELECT 1 FROM ledger_posting r WHERE r.reverses = e.posting AND r.id <= {upto})"
        " GROUP BY e.posting"
    )
    rows = sql.fetch(
        "SELECT p.record, p.revision, p.id, CAST(live.value AS bigint), live.size"
        f" FROM (SELECT posting, value, count(*) OVER () AS size FROM ({live}) AS revisions"
        f" ORDER BY posting DESC LIMIT {int(limit)}) AS live"
        " JOIN ledger_posting p ON p.id = live.posting ORDER BY p.id DESC"
    )
    lines = [RecordLine(UUID(record), *line) for record, *line, _size in rows]
    return lines, int(rows[0][-1]) if rows else 0


def declarations(slice_: Slice, *, head: int | None = None) -> list[DeclarationLine]:
    """The live declarations whose place lies in the slice's and whose window meets its, in order of posting."""
    ask, indicator = _question(slice_)
    moment = moment_of(head)
    rows = {row.id: row for row in moment.declarations([ask.indicator])}
    if moment.today:
        declared = live_in([ask])
    else:
        stock = {ask.indicator} if indicator.measure is Measure.STOCK else set()
        declared = moment.derived([ask], rows.values(), stock).get(where_of(ask), [])
    extent = extent_of(ask)
    mine = [d for d in declared if extent.covers(d.extent) and extent.meets(d.extent)]
    inside = [d for d in mine if extent.holds(d.extent)]
    counted = {d.id for d in standing.walk(inside)}
    states = {}
    for d in mine:
        if not extent.holds(d.extent):
            states[d.id] = "cut" if d.adds or indicator.measure is Measure.DISTINCT else "covered"
        elif d.id not in counted and indicator.measure is not Measure.DISTINCT:
            states[d.id] = "crossing"
        else:
            states[d.id] = "counted" if d.adds else "covered"
    postings = _postings({rows[d.id].posting for d in mine})
    return [
        _line(rows[d.id], postings[rows[d.id].posting], d.adds, states[d.id])
        for d in sorted(mine, key=lambda d: d.id)
    ]


def _line(
    row: DeclarationRow, posting: tuple[UUID, int, datetime], adds: int, state: str
) -> DeclarationLine:
    return DeclarationLine(
        row.id, row.posting, *posting, row.region, bool(row.own), row.pairing,
        day_or_open(row.start_day), day_of(row.stop_day), row.value, Bound.from_flags(row.bound),
        row.wording, adds, state,
    )  # fmt: skip


def _postings(numbers: set[int]) -> dict[int, tuple[UUID, int, datetime]]:
    """Record, revision and time of postings; kept in a steady look."""
    kept = heads.kept()
    known = kept.setdefault("postings", {})
    assert isinstance(known, dict)
    for part in sql.chunks(sorted(numbers - known.keys())):
        for id_, record, revision, recorded_at in sql.fetch(
            "SELECT id, record, revision, recorded_at FROM ledger_posting"
            f" WHERE {sql.in_list('id', part)}"
        ):
            known[id_] = UUID(record), revision, chain.instant_of(recorded_at)
    return known


def changes(slice_: Slice, *, since: int, until: int | None = None) -> list[Change]:
    """What the postings after head `since`, up to head `until`, did to a slice; newest first."""
    ask, _ = _question(slice_)
    until = heads.head() if until is None else until
    no_index = " NOT INDEXED" if connection.vendor == "sqlite" else ""
    rows = sql.fetch(
        f"SELECT posting, CAST(sum(value) AS bigint), sum(sign) FROM ledger_entry e{no_index}"
        f" WHERE e.id > {_last_entry(since)} AND {_inside(ask, until)} GROUP BY posting"
    )
    found = {posting: [value, n, 0] for posting, value, n in rows}
    extent = extent_of(ask)
    columns = ",".join(f"d.{name}" for name in DeclarationRow._fields)
    stated = sql.fetch(
        f"SELECT {columns} FROM ledger_declaration d WHERE indicator = %s AND posting > %s"
        " AND posting <= %s",
        [ask.indicator, since, until],
    )
    for row in map(DeclarationRow._make, stated):
        its = standing.Extent(row.places(), row.pairings(), row.start_day, row.stop_day)
        if extent.covers(its) and extent.meets(its):
            found.setdefault(row.posting, [0, 0, 0])[2] += 1 if row.reverses is None else -1
    rows = [
        row
        for part in sql.chunks(sorted(found, reverse=True))
        for row in sql.fetch(
            "SELECT id, book, seq, record, revision, recorded_at, reverses FROM ledger_posting"
            f" WHERE {sql.in_list('id', part)} ORDER BY id DESC"
        )
    ]
    return [
        Change(id_, book, seq, UUID(record), revision, chain.instant_of(at), reverses, *found[id_])
        for id_, book, seq, record, revision, at, reverses in rows
    ]
