"""What is submitted and not yet approved (含待审核): the rows a posting would write, kept until it does.

They are neither hashed nor append-only. `post` deletes those of the records it posts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from jiedui.ledger import sql
from jiedui.ledger.facts import Measure, NewPosting
from jiedui.ledger.indicators import known
from jiedui.ledger.posting import check, codes_of
from jiedui.ledger.rows import DeclarationRow, declaration_row, entry_row, own_entries

_COLUMNS = (
    "record", "indicator", "region", "pairing", "first_day", "last_day", "value", "sign", "bound",
    "subject",
)  # fmt: skip


def propose(postings: Sequence[NewPosting]) -> None:
    """Show what these would post, also what they would take back; what their records proposed before is gone.

    Joins the caller's transaction. Raises UnknownIndicator and BadEntry; a slice declared already is refused
    by `post` only and counts as crossing until then.
    """
    if not postings:
        return
    indicators = known(codes_of(postings))
    headers, rows = [], []
    for posting in postings:
        check(posting, indicators)
        record = str(posting.record)
        back = own_entries(posting.reverses) if posting.reverses is not None else []
        rows += [(record, *e[2:7], -e.value, -1, *e[9:11]) for e in back]
        for entry in posting.entries:
            e = entry_row(0, 0, indicators[entry.indicator].id, entry, 1, None)
            rows.append((record, *e[2:11]))
        stated = []
        for declaration in posting.declarations:
            indicator = indicators[declaration.indicator]
            if indicator.measure is Measure.STOCK:
                declaration = replace(declaration, start=None)
            stated.append(declaration_row(0, 0, indicator.id, declaration, None))
        headers.append((record, posting.revision, posting.reverses, json.dumps(stated)))
    with transaction.atomic():
        withdraw(posting.record for posting in postings)
        sql.insert("ledger_pending", ("record", "revision", "reverses", "declarations"), headers)
        sql.insert("ledger_pending_entry", _COLUMNS, rows)


def withdraw(records: Iterable[UUID]) -> None:
    """Forget what these records proposed; nothing for records that proposed nothing."""
    for part in sql.chunks(sorted(str(record) for record in records)):
        for table in ("ledger_pending", "ledger_pending_entry"):
            sql.run(f"DELETE FROM {table} WHERE record IN ({sql.marks(part)})", part)


AFTER = 2**62
"""What waits is numbered from here on: after every posting, in order of submission."""


def declarations() -> tuple[set[int], list[DeclarationRow]]:
    """The postings that would be taken back, and the declarations that would be made, in order."""
    rows = sql.fetch(
        "SELECT id, reverses, declarations FROM ledger_pending"
        " WHERE reverses IS NOT NULL OR declarations <> '[]' ORDER BY id"
    )
    gone = {reverses for _, reverses, _ in rows if reverses is not None}
    return gone, [
        DeclarationRow(*stated)._replace(posting=AFTER + number)
        for number, _, text in rows
        for stated in json.loads(text)
    ]
