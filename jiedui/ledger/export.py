"""The whole ledger as one file of JSON lines that anyone can verify without us: see `verify_export.py`.

Line 1 is the header (format, indicators), then one line a posting in order of posting, just as it was hashed
and its hash; the last line counts and names the heads.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from jiedui.ledger import chain, sql
from jiedui.ledger.check import pages
from jiedui.ledger.indicators import codes
from jiedui.ledger.peekable import Peekable
from jiedui.ledger.rows import (
    DECLARATION_COLUMNS,
    ENTRY_COLUMNS,
    POSTING_COLUMNS,
    DeclarationRow,
    EntryRow,
    PostingRow,
)
from jiedui.lib.canonical import Canon, canonical

FORMAT = "jiedui-ledger"


class Exported(NamedTuple):
    """What went out."""

    postings: int
    entries: int
    declarations: int


def export(path: Path) -> Exported:
    """Write the ledger to a new file; raises FileExistsError for one that is there."""
    known = codes()
    names = {id_: indicator.code for id_, indicator in known.items()}
    measures = {indicator.code: indicator.measure.value for indicator in known.values()}
    heads: dict[str, Canon] = {}
    count = Exported(0, 0, 0)
    with path.open("xb") as file, transaction.atomic():
        newest = sql.fetch("SELECT coalesce(max(id), 0) FROM ledger_posting")[0][0]
        _line(file.write, {"format": FORMAT, "v": chain.VERSION, "indicators": measures})
        entries = Peekable(map(EntryRow._make, pages("ledger_entry", ENTRY_COLUMNS)))
        stated = Peekable(
            map(DeclarationRow._make, pages("ledger_declaration", DECLARATION_COLUMNS))
        )
        written: dict[int, tuple[str, int]] = {}
        for row in map(PostingRow._make, pages("ledger_posting", POSTING_COLUMNS)):
            if row.id > newest:
                break
            mine = list(entries.take(lambda e, last=row.last_entry: e.id <= last))  # type: ignore[misc]
            declared = list(stated.take(lambda d, id_=row.id: d.posting == id_))  # type: ignore[misc]
            body = chain.posting_body(
                book=row.book,
                seq=row.seq,
                prev=row.prev,
                record=row.record,
                revision=row.revision,
                recorded_at=row.recorded_at,
                reverses=written[row.reverses] if row.reverses is not None else None,
                commitment=row.commitment,
                evidence=json.loads(row.evidence),
                entries=[(e.entry(names[e.indicator]), e.sign) for e in mine],
                declarations=[
                    (d.declaration(names[d.indicator]), 1 if d.reverses is None else -1)
                    for d in declared
                ],
            )
            _line(file.write, {**body, "hash": row.hash})
            written[row.id] = row.record, row.revision
            heads[row.book] = {"seq": row.seq, "hash": row.hash}
            count = Exported(
                count.postings + 1, count.entries + len(mine), count.declarations + len(declared)
            )
        _line(file.write, {"end": {**count._asdict(), "heads": heads}})
    return count


def _line(write: object, content: Canon) -> None:
    assert callable(write)
    write(canonical(content) + b"\n")
