"""Rows of the append-only tables as they are stored, and the way between them and the words of `facts`."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from jiedui.ledger import chain, sql
from jiedui.ledger.facts import Declaration, Entry, Receipt
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import day_number, day_of
from jiedui.lib.places import Box, Range


class PostingRow(NamedTuple):
    """ledger_posting."""

    id: int
    book: str
    seq: int
    record: str
    revision: int
    reverses: int | None
    recorded_at: int
    commitment: str
    evidence: str
    prev: str
    hash: str
    last_entry: int

    def receipt(self, *, repeated: bool) -> Receipt:
        return Receipt(
            self.id, self.book, self.seq, self.hash, chain.instant_of(self.recorded_at), repeated
        )


class EntryRow(NamedTuple):
    """ledger_entry; `value` has the sign in it."""

    id: int
    posting: int
    indicator: int
    region: int
    pairing: int
    first_day: int
    last_day: int
    value: int
    sign: int
    bound: int
    subject: str | None
    reverses: int | None

    def entry(self, code: str) -> Entry:
        """The entry as it was given, also out of the copy that takes it back."""
        return Entry(
            code,
            self.region,
            self.pairing,
            day_of(self.first_day),
            day_of(self.last_day),
            self.value * self.sign,
            Bound.from_flags(self.bound),
            self.subject,
        )


class DeclarationRow(NamedTuple):
    """ledger_declaration; `ranges` and `boxes` are JSON, sorted; start_day 0 is an open start."""

    id: int
    posting: int
    indicator: int
    region: int
    own: int
    pairing: int
    start_day: int
    stop_day: int
    value: int
    bound: int
    wording: str
    ranges: str
    boxes: str
    reverses: int | None

    def places(self) -> tuple[Range, ...]:
        return tuple(Range(*pair) for pair in json.loads(self.ranges))

    def pairings(self) -> tuple[Box, ...]:
        return tuple(Box(Range(*b[:2]), Range(*b[2:])) for b in json.loads(self.boxes))

    def declaration(self, code: str) -> Declaration:
        return Declaration(
            code,
            self.region,
            bool(self.own),
            self.pairing,
            day_or_open(self.start_day),
            day_of(self.stop_day),
            self.value,
            Bound.from_flags(self.bound),
            self.wording,
            self.places(),
            self.pairings(),
        )

    def same_slice(self, other: DeclarationRow) -> bool:
        """Whether both state the same slice, by its words or by what it covers."""
        return (
            self[6:8] == other[6:8]
            and self.indicator == other.indicator
            and (self[3:6] == other[3:6] or self[11:13] == other[11:13])
        )


POSTING_COLUMNS = PostingRow._fields
ENTRY_COLUMNS = EntryRow._fields
DECLARATION_COLUMNS = DeclarationRow._fields


def day_or_open(number: int) -> date | None:
    """The date of a stored start; 0 is open."""
    return day_of(number) if number else None


def number_or_open(day: date | None) -> int:
    """The stored start; None is 0."""
    return day_number(day) if day else 0


def entry_row(
    id_: int, posting: int, indicator: int, entry: Entry, sign: int, reverses: int | None
) -> EntryRow:
    return EntryRow(
        id_, posting, indicator, entry.region, entry.pairing, day_number(entry.first),
        day_number(entry.last), entry.value * sign, sign, entry.bound.flags, entry.subject, reverses,
    )  # fmt: skip


def declaration_row(
    id_: int, posting: int, indicator: int, of: Declaration, reverses: int | None
) -> DeclarationRow:
    ranges = json.dumps([list(part) for part in chain.ranges_of(of)])
    boxes = json.dumps([[*box.east, *box.west] for box in chain.boxes_of(of)])
    return DeclarationRow(
        id_, posting, indicator, of.region, int(of.own), of.pairing, number_or_open(of.start),
        day_number(of.end), of.value, of.bound.flags, of.wording, ranges, boxes, reverses,
    )  # fmt: skip


def own_entries(posting: int) -> list[EntryRow]:
    """What a posting wrote of its own, without the copies that take others back; in order."""
    rows = sql.fetch(
        f"SELECT {','.join(ENTRY_COLUMNS)} FROM ledger_entry WHERE sign = 1 AND id >"
        " coalesce((SELECT last_entry FROM ledger_posting WHERE id = %s), 0)"
        " AND id <= (SELECT last_entry FROM ledger_posting WHERE id = %s) ORDER BY id",
        [posting - 1, posting],
    )
    return [EntryRow(*row) for row in rows]


def own_declarations(posting: int) -> list[DeclarationRow]:
    """The declarations a posting made of its own, in order."""
    rows = sql.fetch(
        f"SELECT {','.join(DECLARATION_COLUMNS)} FROM ledger_declaration"
        " WHERE posting = %s AND reverses IS NULL ORDER BY id",
        [posting],
    )
    return [DeclarationRow(*row) for row in rows]
