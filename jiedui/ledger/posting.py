"""The only door into the ledger: `post` writes approved revisions, whole or not at all, once and for ever."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from jiedui.ledger import chain, heads, rollup, sql, standing
from jiedui.ledger.facts import Declaration, Entry, Measure, NewPosting, Receipt
from jiedui.ledger.indicators import Known, known
from jiedui.ledger.locks import lock_transaction, posting_lock
from jiedui.ledger.rows import (
    DECLARATION_COLUMNS,
    ENTRY_COLUMNS,
    POSTING_COLUMNS,
    DeclarationRow,
    EntryRow,
    PostingRow,
    declaration_row,
    entry_row,
    own_declarations,
    own_entries,
)
from jiedui.lib.canonical import sha256
from jiedui.lib.places import level_of, range_of

GREATEST = 10**15
"""No single value is greater (10 万亿元 in fen): so no sum leaves the 64 bits of either engine."""


class PostingError(ValueError):
    """A posting the ledger refuses; nothing of the call is written."""


class PostingConflict(PostingError):
    """The same record and revision was posted before with other content."""


class AlreadyReversed(PostingError):
    """The posting to take back was taken back before, or is not this record's."""


class EqualSlice(PostingError):
    """A live declaration states the same slice already: correct that one. `posting` is its number."""

    def __init__(self, message: str, posting: int) -> None:
        super().__init__(message)
        self.posting = posting


class BadEntry(PostingError):
    """An entry or declaration that no figure could use."""


class Signed(NamedTuple):
    """What a posting writes: those taken back first, then its own."""

    entries: list[tuple[Entry, int, int | None]]
    declarations: list[tuple[Declaration, int, int | None]]


@dataclass
class Batch:
    """The rows of one call, numbered as they will be, before any is written."""

    now: int
    known: dict[str, Known]
    postings: list[PostingRow] = field(default_factory=list)
    entries: list[EntryRow] = field(default_factory=list)
    declarations: list[DeclarationRow] = field(default_factory=list)
    made: dict[tuple[str, int], PostingRow] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    reversed: set[int] = field(default_factory=set)
    dead: set[int] = field(default_factory=set)
    last: PostingRow | None = None
    base: int = 0  # the head before this call
    last_declaration: int = 0


def post(postings: Sequence[NewPosting], *, now: datetime) -> list[Receipt]:
    """Write approved revisions and answer with one receipt each, in order; an empty call answers [].

    Joins the caller's transaction or makes its own; atomic. (record, revision) is written once: the same
    content again gets the first receipt with `repeated`, other content raises PostingConflict. A posting that
    `reverses` another copies what that one wrote with the opposite sign. `now` is aware; what is recorded is
    never earlier than the posting before. Rollups, declarations' `adds` and the pending rows of the records
    move in the same transaction. Send chunks of some thousands.

    Raises UnknownIndicator, BadEntry, PostingConflict, AlreadyReversed, EqualSlice.
    """
    if not postings:
        return []
    with posting_lock(), transaction.atomic():
        lock_transaction()
        batch = _begin(postings, chain.microseconds(now))
        receipts = [_add(batch, posting) for posting in postings]
        _write(batch)
        return receipts


def check(posting: NewPosting, known: dict[str, Known]) -> None:
    """Raise BadEntry for what no figure could use."""
    for entry in posting.entries:
        if entry.first > entry.last:
            raise BadEntry(f"{entry.indicator}: {entry.first} after {entry.last}")
        if abs(entry.value) > GREATEST:
            raise BadEntry(f"{entry.indicator}: {entry.value} is too great")
        level_of(entry.region)
        if not 0 <= entry.pairing < 10**12:
            raise BadEntry(f"{entry.indicator}: pairing {entry.pairing}")
        if known[entry.indicator].measure is Measure.DISTINCT and entry.subject is None:
            raise BadEntry(f"{entry.indicator}: a distinct indicator counts subjects")
    for stated in posting.declarations:
        measure = known[stated.indicator].measure
        if stated.start is not None and stated.start > stated.end:
            raise BadEntry(f"{stated.indicator}: {stated.start} after {stated.end}")
        if abs(stated.value) > GREATEST or (
            stated.value < 0 and measure in (Measure.FLOW, Measure.DISTINCT)
        ):
            raise BadEntry(f"{stated.indicator}: {stated.value} cannot be declared")
        ranges = chain.ranges_of(stated)
        if range_of(stated.region, own=stated.own) not in ranges:
            raise BadEntry(f"{stated.indicator}: {stated.region} lies outside its own ranges")
        if any(part not in (range_of(part.lo), range_of(part.lo, own=True)) for part in ranges):
            raise BadEntry(f"{stated.indicator}: {ranges} are not places")


def codes_of(postings: Sequence[NewPosting]) -> set[str]:
    """The indicators that postings name."""
    return {e.indicator for p in postings for e in p.entries} | {
        d.indicator for p in postings for d in p.declarations
    }


def _begin(postings: Sequence[NewPosting], now: int) -> Batch:
    batch = Batch(now, known(codes_of(postings)))
    for posting in postings:
        check(posting, batch.known)
    records = sorted({str(p.record) for p in postings})
    columns = ",".join(POSTING_COLUMNS)
    for part in sql.chunks(records):
        for row in sql.fetch(
            f"SELECT {columns} FROM ledger_posting WHERE record IN ({sql.marks(part)})", part
        ):
            found = PostingRow(*row)
            batch.made[found.record, found.revision] = found
    for row in sql.fetch(f"SELECT {columns} FROM ledger_posting ORDER BY id DESC LIMIT 1"):
        batch.last = PostingRow(*row)
        batch.base = batch.last.id
    for book in {p.book for p in postings}:
        for seq, hash_ in sql.fetch(
            "SELECT seq, hash FROM ledger_posting WHERE book = %s ORDER BY seq DESC LIMIT 1", [book]
        ):
            batch.heads[book] = (seq, hash_)
    if any(p.declarations or p.reverses for p in postings):
        batch.last_declaration = sql.fetch("SELECT coalesce(max(id), 0) FROM ledger_declaration")[
            0
        ][0]
    return batch


def _add(batch: Batch, posting: NewPosting) -> Receipt:
    key = str(posting.record), posting.revision
    if (made := batch.made.get(key)) is not None:
        if made.book != posting.book or made.reverses != posting.reverses:
            raise PostingConflict(f"{key[0]} revision {key[1]} was posted otherwise")
        signed = _signed(batch, posting)
        if _hash(batch, posting, signed, made.seq, made.prev, made.recorded_at) != made.hash:
            raise PostingConflict(f"{key[0]} revision {key[1]} was posted with other content")
        return made.receipt(repeated=True)
    if posting.reverses is not None:
        _take_back(batch, posting, posting.reverses)
    signed = _signed(batch, posting)
    last = batch.last
    number = last.id + 1 if last else 1
    seq, prev = batch.heads.get(posting.book, (0, chain.FIRST))
    recorded_at = max(batch.now, last.recorded_at) if last else batch.now
    hash_ = _hash(batch, posting, signed, seq + 1, prev, recorded_at)
    entry_id = last.last_entry if last else 0
    for entry, sign, reverses in signed.entries:
        entry_id += 1
        id_ = batch.known[entry.indicator].id
        batch.entries.append(entry_row(entry_id, number, id_, entry, sign, reverses))
    for stated, sign, reverses in signed.declarations:
        if sign > 0:
            _refuse_equal(batch, stated)
        batch.last_declaration += 1
        id_ = batch.known[stated.indicator].id
        batch.declarations.append(
            declaration_row(batch.last_declaration, number, id_, stated, reverses)
        )
    batch.last = PostingRow(
        number, posting.book, seq + 1, *key, posting.reverses, recorded_at, posting.commitment,
        json.dumps(sorted(posting.evidence)), prev, hash_, entry_id,
    )  # fmt: skip
    batch.heads[posting.book] = (seq + 1, hash_)
    batch.made[key] = batch.last
    batch.postings.append(batch.last)
    return batch.last.receipt(repeated=False)


def _take_back(batch: Batch, posting: NewPosting, target: int) -> None:
    """Check that `target` may be taken back, and load what it wrote."""
    original = _posting(batch, target)
    if original is None or original.record != str(posting.record) or original.book != posting.book:
        raise AlreadyReversed(f"posting {target} is not of {posting.record} in {posting.book}")
    taken = sql.fetch("SELECT id FROM ledger_posting WHERE reverses = %s", [target])
    if taken or target in batch.reversed:
        raise AlreadyReversed(f"posting {target} was taken back before")
    batch.reversed.add(target)
    batch.dead.update(row.id for row in _declarations_of(batch, target))


def _posting(batch: Batch, number: int) -> PostingRow | None:
    if number > batch.base:
        made = number - batch.base - 1
        return batch.postings[made] if made < len(batch.postings) else None
    return heads.posting(number)


def _entries_of(batch: Batch, number: int) -> list[EntryRow]:
    if number > batch.base:
        return [row for row in batch.entries if row.posting == number and row.sign > 0]
    return own_entries(number)


def _declarations_of(batch: Batch, number: int) -> list[DeclarationRow]:
    if number > batch.base:
        return [r for r in batch.declarations if r.posting == number and r.reverses is None]
    return own_declarations(number)


def _signed(batch: Batch, posting: NewPosting) -> Signed:
    entries: list[tuple[Entry, int, int | None]] = []
    declarations: list[tuple[Declaration, int, int | None]] = []
    if posting.reverses is not None:
        back = _entries_of(batch, posting.reverses)
        stated_back = _declarations_of(batch, posting.reverses)
        ids = {row.indicator for row in back} | {row.indicator for row in stated_back}
        code = {known_.id: known_.code for known_ in batch.known.values()}
        if not ids <= code.keys():
            found = sql.fetch(
                f"SELECT id, code, measure FROM ledger_indicator WHERE {sql.in_list('id', ids)}"
            )
            for id_, text, measure in found:
                batch.known[text] = Known(id_, text, Measure(measure))
                code[id_] = text
        entries += [(row.entry(code[row.indicator]), -1, row.id) for row in back]
        declarations += [(r.declaration(code[r.indicator]), -1, r.id) for r in stated_back]
    entries += [(entry, 1, None) for entry in posting.entries]
    for stated in posting.declarations:
        start = None if batch.known[stated.indicator].measure is Measure.STOCK else stated.start
        wording = unicodedata.normalize("NFC", stated.wording)
        declarations.append((replace(stated, start=start, wording=wording), 1, None))
    return Signed(entries, declarations)


def _hash(
    batch: Batch, posting: NewPosting, signed: Signed, seq: int, prev: str, recorded_at: int
) -> str:
    reverses = None
    if posting.reverses is not None:
        original = _posting(batch, posting.reverses)
        assert original is not None
        reverses = original.record, original.revision
    return sha256(
        chain.posting_body(
            book=posting.book,
            seq=seq,
            prev=prev,
            record=str(posting.record),
            revision=posting.revision,
            recorded_at=recorded_at,
            reverses=reverses,
            commitment=posting.commitment,
            evidence=posting.evidence,
            entries=[(entry, sign) for entry, sign, _ in signed.entries],
            declarations=[(stated, sign) for stated, sign, _ in signed.declarations],
        )
    )


def _refuse_equal(batch: Batch, stated: Declaration) -> None:
    indicator = batch.known[stated.indicator].id
    mine = declaration_row(0, 0, indicator, stated, None)
    place = range_of(stated.region, own=stated.own)
    columns = ",".join(f"d.{column}" for column in DECLARATION_COLUMNS)
    rows = sql.fetch(
        f"SELECT DISTINCT {columns} FROM ledger_standing s JOIN ledger_declaration d"
        " ON d.id = s.declaration WHERE s.indicator = %s AND s.lo = %s AND s.hi = %s"
        " AND s.start_day = %s AND s.stop_day = %s",
        [indicator, place.lo, place.hi, mine.start_day, mine.stop_day],
    )
    live = [DeclarationRow(*row) for row in rows]
    live += [row for row in batch.declarations if row.reverses is None]
    for other in live:
        if other.id not in batch.dead and mine.same_slice(other):
            raise EqualSlice(
                f"{stated.indicator}: posting {other.posting} declares this slice", other.posting
            )


def _write(batch: Batch) -> None:
    if not batch.postings:
        return
    sql.insert("ledger_posting", POSTING_COLUMNS, batch.postings)
    sql.insert("ledger_entry", ENTRY_COLUMNS, batch.entries)
    sql.insert("ledger_declaration", DECLARATION_COLUMNS, batch.declarations)
    for part in sql.chunks(sorted({row.record for row in batch.postings})):
        for table in ("ledger_pending", "ledger_pending_entry"):
            sql.run(f"DELETE FROM {table} WHERE record IN ({sql.marks(part)})", part)
    rollup.add(batch.entries)
    gone = {row.reverses for row in batch.declarations if row.reverses is not None}
    new = [r for r in batch.declarations if r.reverses is None and r.id not in gone]
    fresh = {row.id for row in batch.declarations if row.reverses is None}
    stocks = {k.id for k in batch.known.values() if k.measure is Measure.STOCK}
    standing.apply(batch.entries, new, gone - fresh, stocks)
