"""Proof that the derived is what the posted says: `verify` recomputes everything, `rebuild` makes it anew.

The chain is recomputed from the rows of the append-only tables, the rollup from the entries, the standing
declarations from both; the first difference is named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby, product

from django.db import connection, transaction

from jiedui.ledger import chain, rollup, sql, standing, stated
from jiedui.ledger.details import details
from jiedui.ledger.facts import Declaration, Entry, Measure
from jiedui.ledger.indicators import codes
from jiedui.ledger.locks import lock_transaction, posting_lock
from jiedui.ledger.peekable import Peekable
from jiedui.ledger.rows import (
    DECLARATION_COLUMNS,
    ENTRY_COLUMNS,
    POSTING_COLUMNS,
    DeclarationRow,
    EntryRow,
    PostingRow,
)
from jiedui.ledger.rows import declaration_row as row_of
from jiedui.ledger.standing import Standing
from jiedui.lib.canonical import sha256

PAGE = 5000


def verify(heads: Mapping[str, tuple[int, str]] | None = None) -> str | None:
    """The first difference in words, or None when everything is as it must be.

    `heads` are anchors kept elsewhere, {book: (seq, hash)}: without one nobody can see that the newest
    postings were cut off or a whole suffix was hashed again.
    """
    for found in (_chain(), _anchors(heads or {}), _rollup(), _standing()):
        for difference in found:
            return difference
    return None


def rebuild() -> None:
    """Make rollup and standing declarations anew from the append-only tables, in one transaction."""
    with posting_lock(), transaction.atomic():
        lock_transaction()
        for table, columns, anew in _DERIVED:
            sql.run(f"DELETE FROM {table}")
            for level, _ in rollup.LEVELS:
                sql.run(f"INSERT INTO {table} ({', '.join(columns)}) {anew(level)}")
        sql.run("DELETE FROM ledger_standing")
        declared = _from_nothing()
        sql.insert("ledger_standing", standing.COLUMNS, standing.rows_of(declared))
        stated.write(stated.anew(declared))
        if connection.vendor == "postgresql":  # A board reads what lies together in the key.
            sql.run("CLUSTER ledger_running USING ledger_running_pkey")


_DERIVED: tuple[tuple[str, tuple[str, ...], Callable[[int], str]], ...] = (
    ("ledger_month", rollup.MONTH_KEY + rollup.COUNTERS, rollup.months_anew),
    ("ledger_running", rollup.RUNNING_KEY + rollup.RUNNING, rollup.running_anew),
)
"""The rollups in the order they are made: the later one out of the earlier."""


def pages(table: str, columns: tuple[str, ...]) -> Iterator[sql.Row]:
    """All rows by id, in pages that fit in memory."""
    last = -(2**62)
    while rows := sql.fetch(
        f"SELECT {','.join(columns)} FROM {table} WHERE id > %s ORDER BY id LIMIT {PAGE}", [last]
    ):
        yield from rows
        last = rows[-1][0]


def _chain() -> Iterator[str]:
    """The postings with their entries and declarations, one by one, as they were hashed."""
    names = {id_: known.code for id_, known in codes().items()}
    entries = Peekable(map(EntryRow._make, pages("ledger_entry", ENTRY_COLUMNS)))
    declarations = Peekable(
        map(DeclarationRow._make, pages("ledger_declaration", DECLARATION_COLUMNS))
    )
    reader = _Reader()
    for row in map(PostingRow._make, pages("ledger_posting", POSTING_COLUMNS)):
        mine = list(entries.take(partial(_belongs, row)))
        declared = list(declarations.take(partial(_is_of, row.id)))
        problem = (
            reader.place(row)
            or reader.numbers(row, mine, declared)
            or _rehash(row, mine, declared, names, reader.back(row))
        )
        if problem:
            yield f"posting {row.id} (book {row.book}, seq {row.seq}): {problem}"
        reader.pass_by(row, len(declared))
    for left in entries.take(lambda _: True):
        yield f"entry {left.id} belongs to no posting"
    for left_over in declarations.take(lambda _: True):
        yield f"declaration {left_over.id} belongs to no posting"


def _belongs(row: PostingRow, entry: EntryRow) -> bool:
    return entry.id <= row.last_entry


def _is_of(posting: int, declared: DeclarationRow) -> bool:
    return declared.posting == posting


class _Reader:
    """Where the reading of the postings stands."""

    def __init__(self) -> None:
        self.last: PostingRow | None = None
        self.heads: dict[str, tuple[int, str]] = {}
        self.written: dict[int, tuple[str, int, str]] = {}
        self.taken: set[int] = set()
        self.last_stated = 0

    def place(self, row: PostingRow) -> str | None:
        """What is wrong with a posting's place among the others."""
        seq, prev = self.heads.get(row.book, (0, chain.FIRST))
        number, recorded_at = (self.last.id, self.last.recorded_at) if self.last else (0, 0)
        if row.id != number + 1:
            return f"posting {number + 1} is missing"
        if row.seq != seq + 1:
            return f"seq {seq + 1} is missing"
        if row.prev != prev:
            return f"it does not follow {prev[:12]}…"
        if row.recorded_at < recorded_at:
            return "recorded before the posting before it"
        if row.reverses is not None:
            back = self.back(row)
            if back is None or (back[0], back[2]) != (row.record, row.book):
                return "what it takes back is not there"
            if row.reverses in self.taken:
                return "what it takes back was taken back before"
        return None

    def back(self, row: PostingRow) -> tuple[str, int, str] | None:
        """Record, revision and book of what a posting takes back."""
        return self.written.get(row.reverses) if row.reverses is not None else None

    def numbers(
        self, row: PostingRow, entries: list[EntryRow], declared: list[DeclarationRow]
    ) -> str | None:
        """Whether the numbers of its rows follow one another."""
        last_entry = self.last.last_entry if self.last else 0
        for number, e in enumerate(entries, last_entry + 1):
            if e.id != number or e.posting != row.id:
                return f"entry {number} is missing or another's"
        if last_entry + len(entries) != row.last_entry:
            return f"entry {last_entry + len(entries) + 1} is missing"
        for number, d in enumerate(declared, self.last_stated + 1):
            if d.id != number:
                return f"declaration {number} is missing"
        return None

    def pass_by(self, row: PostingRow, declared: int) -> None:
        self.heads[row.book] = row.seq, row.hash
        self.written[row.id] = row.record, row.revision, row.book
        if row.reverses is not None:
            self.taken.add(row.reverses)
        self.last = row
        self.last_stated += declared


def _rehash(
    row: PostingRow,
    entries: list[EntryRow],
    declared: list[DeclarationRow],
    names: Mapping[int, str],
    back: tuple[str, int, str] | None,
) -> str | None:
    """What is wrong with one posting's content."""
    try:
        signed = [(e.entry(names[e.indicator]), e.sign) for e in entries]
        stated = [
            (d.declaration(names[d.indicator]), 1 if d.reverses is None else -1) for d in declared
        ]
        again = [
            row_of(d.id, d.posting, d.indicator, s, d.reverses)
            for d, (s, _) in zip(declared, stated, strict=True)
        ]
        evidence = json.loads(row.evidence)
        hash_ = _hash(row, back, evidence, signed, stated)
    except (KeyError, ValueError, TypeError) as error:
        return f"its content cannot be read ({type(error).__name__}: {error})"
    if hash_ != row.hash:
        return "its content is not what was hashed"
    if again != declared or row.evidence != json.dumps(sorted(evidence)):
        return "a declaration or the evidence is written otherwise than the ledger writes"
    return _copies(row, entries, declared)


def _hash(
    row: PostingRow,
    back: tuple[str, int, str] | None,
    evidence: list[str],
    entries: list[tuple[Entry, int]],
    declared: list[tuple[Declaration, int]],
) -> str:
    return sha256(
        chain.posting_body(
            book=row.book,
            seq=row.seq,
            prev=row.prev,
            record=row.record,
            revision=row.revision,
            recorded_at=row.recorded_at,
            reverses=back[:2] if back else None,
            commitment=row.commitment,
            evidence=evidence,
            entries=entries,
            declarations=declared,
        )
    )


def _copies(row: PostingRow, entries: list[EntryRow], declared: list[DeclarationRow]) -> str | None:
    """Whether what a posting takes back is just what the other wrote, in its order."""
    number = row.reverses if row.reverses is not None else 0
    own = sql.fetch(
        f"SELECT {','.join(ENTRY_COLUMNS)} FROM ledger_entry WHERE sign = 1 AND id >"
        " coalesce((SELECT last_entry FROM ledger_posting WHERE id = %s), 0)"
        " AND id <= (SELECT last_entry FROM ledger_posting WHERE id = %s) ORDER BY id",
        [number - 1, number],
    ) if number or any(e.reverses for e in entries) else []  # fmt: skip
    expected = [(e[0], *e[2:7], -e[7], -1, *e[9:11]) for e in own]
    if [(e.reverses, *e[2:11]) for e in entries if e.sign < 0] != expected:
        return "the entries it takes back are not those"
    back = [(d.reverses, *d[2:13]) for d in declared if d.reverses is not None]
    stated = sql.fetch(
        f"SELECT {','.join(DECLARATION_COLUMNS)} FROM ledger_declaration"
        " WHERE posting = %s AND reverses IS NULL ORDER BY id",
        [number],
    ) if number or back else []  # fmt: skip
    if back != [(d[0], *d[2:13]) for d in stated]:
        return "the declarations it takes back are not those"
    return None


def _anchors(heads: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    for book, (seq, hash_) in sorted(heads.items()):
        rows = sql.fetch(
            "SELECT hash FROM ledger_posting WHERE book = %s AND seq = %s", [book, seq]
        )
        if seq and not rows:
            yield f"book {book}: seq {seq}, which an anchor names, is missing"
        elif seq and rows[0][0] != hash_:
            yield f"book {book}: seq {seq} is not what an anchor names"


def _rollup() -> Iterator[str]:
    for (table, columns, anew), (level, _) in product(_DERIVED, rollup.LEVELS):
        keys = columns[: columns.index("total")]
        kept = f"SELECT {', '.join(columns)} FROM {table} WHERE level = {level}"
        made = f"SELECT * FROM ({anew(level)}) AS made"
        if table == "ledger_running":
            # A cell may be there for what declarations weigh alone.
            weighed = " OR ".join(f"{name} <> 0" for name in rollup.WEIGHTS)
            counted = " OR ".join(f"{name} <> 0" for name in rollup.RUNNING)
            kept += f" AND ({counted} OR NOT ({weighed}))"
        for says, more, less in (("is not", kept, made), ("should be", made, kept)):
            for row in sql.fetch(f"{more} EXCEPT {less} ORDER BY 1, 2, 3, 4, 5 LIMIT 1"):
                cell = ", ".join(f"{k} {v}" for k, v in zip(keys, row, strict=False))
                yield f"{table}: the cell of {cell} {says} {row[len(keys) :]}"


def _from_nothing() -> list[Standing]:
    """The live declarations derived from the append-only tables and a rollup that is right."""
    stock = {id_ for id_, known in codes().items() if known.measure is Measure.STOCK}
    columns = ",".join(f"d.{column}" for column in DECLARATION_COLUMNS)
    rows = sql.fetch(
        f"SELECT {columns} FROM ledger_declaration d WHERE d.reverses IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM ledger_declaration r WHERE r.reverses = d.id) ORDER BY d.indicator, d.id"
    )
    declared = standing.from_rows(map(DeclarationRow._make, rows), stock)
    for d, sums in zip(declared, details([d.ask() for d in declared]), strict=True):
        d.read(sums)
    for _, group in groupby(declared, key=lambda d: d.indicator):
        standing.nest(list(group))
    return declared


def _standing() -> Iterator[str]:
    columns = ",".join(standing.COLUMNS)
    kept = {row[:2]: row for row in sql.fetch(f"SELECT {columns} FROM ledger_standing")}
    declared = _from_nothing()
    for row in sorted(standing.rows_of(declared)):
        mine = kept.pop(row[:2], None)
        where = f"standing: declaration {row[0]} part {row[1]}"
        if mine is None:
            yield f"{where} is missing"
        elif mine != row:
            pairs = zip(standing.COLUMNS, mine, row, strict=True)
            name, has, should = next(p for p in pairs if p[1] != p[2])
            yield f"{where}: {name} is {has}, should be {should}"
    for declaration, part in kept:
        yield f"standing: declaration {declaration} part {part} is not live"
    yield from _weighed(declared)


def _weighed(declared: Iterable[Standing]) -> Iterator[str]:
    anew = stated.anew(declared)
    columns = ", ".join(rollup.RUNNING_KEY + stated.WEIGHED)
    some = " OR ".join(f"{name} <> 0" for name in stated.WEIGHED)
    width = len(rollup.RUNNING_KEY)
    for row in sql.fetch(f"SELECT {columns} FROM ledger_running WHERE {some}"):
        cell = ", ".join(f"{k} {v}" for k, v in zip(rollup.RUNNING_KEY, row, strict=False))
        should = anew.pop(row[:width], None)
        if row[width:] != should:
            yield f"ledger_running: the cell of {cell} weighs {row[width:]}, should weigh {should}"
    for key in anew:
        cell = ", ".join(f"{k} {v}" for k, v in zip(rollup.RUNNING_KEY, key, strict=True))
        yield f"ledger_running: the cell of {cell} weighs nothing"
