"""Parts of actions that write and read headers and revisions; whoever calls holds the transaction."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.ledger.facts import NewPosting
from jiedui.ledger.locks import posting_lock
from jiedui.lib.places import pairing_key
from jiedui.records.cleaning import Row
from jiedui.records.columns import RecordField
from jiedui.records.columns.base import cell_text
from jiedui.records.content import Change, Content, commitment, content_hash
from jiedui.records.entries import entries_of
from jiedui.records.errors import WrongState
from jiedui.records.kinds import Body, columns_of
from jiedui.records.models import Evidence, Record, Revision, State
from jiedui.records.projection import BATCH, Face
from jiedui.regions.places import OWN


@contextmanager
def writing() -> Iterator[None]:
    """One transaction behind the ledger's fair lock, which must be taken before it begins."""
    with posting_lock(), transaction.atomic():
        yield


def records_by_uid(uids: Sequence[UUID]) -> dict[UUID, Record]:
    """The records that exist already, with their newest revisions."""
    found: dict[UUID, Record] = {}
    for start in range(0, len(uids), BATCH):
        some = Record.objects.filter(uid__in=uids[start : start + BATCH])
        found |= {record.uid: record for record in some.select_related("pending", "posted")}
    return found


def hashes_of(records: Collection[Record]) -> dict[int, set[str]]:
    """What every revision of the records says, as content hashes by record key."""
    said: dict[int, set[str]] = {}
    keys = [record.pk for record in records]
    for start in range(0, len(keys), BATCH):
        rows = Revision.objects.filter(record__in=keys[start : start + BATCH])
        for key, hashed in rows.values_list("record_id", "hash"):
            said.setdefault(key, set()).add(hashed)
    return said


def locked(records: Sequence[Record]) -> list[Record]:
    """The records as they are now, held until the transaction ends, in the order given."""
    keys = [record.pk for record in records]
    in_order = sorted(keys)  # so that two sets never wait for each other
    found: dict[int, Record] = {}
    for start in range(0, len(keys), BATCH):
        some = Record.objects.filter(pk__in=in_order[start : start + BATCH])
        # Whoever had to wait must read again: PostgreSQL refreshes a locked row, not what it joins.
        list(some.order_by("pk").select_for_update().values_list("pk"))
        found |= {record.pk: record for record in some.select_related("posted", "pending")}
    return [found[key] for key in keys]


def pending_of(record: Record) -> Revision:
    """The revision on its way; raises WrongState when there is none."""
    if record.pending is None:
        raise WrongState(_("这一件没有待办的版本。"))
    return record.pending


def refreshed(record: Record) -> Record:
    """The record as it is now."""
    now: Record = Record.objects.for_pages().get(pk=record.pk)
    return now


def new_revision(
    record: Record,
    number: int,
    content: Content,
    text: str,
    hashed: str,
    by: User,
    now: datetime,
    typed: dict[str, Any],
) -> Revision:
    return Revision(
        record=record,
        number=number,
        change=content.change.value,
        content=text,
        hash=hashed,
        salt=secrets.token_bytes(32),
        typed=typed,
        author=by,
        created_at=now,
        region=content.region,
        pairing=content.pairing,
        book=record.book,
        first_on=record.first_on,
        last_on=record.last_on,
    )


def write_revision(
    record: Record,
    before: Revision,
    content: Content,
    by: User,
    now: datetime,
    reason: str,
    typed: dict[str, Any],
) -> Revision:
    """Overwrite a draft, or add the next revision with the evidence of the one before."""
    text = content.text
    # A discarded revision keeps its number, so the next one is counted over all of them.
    last = record.revisions.order_by("-number").values_list("number", flat=True)[0]
    number = before.number if before.state == State.DRAFT else last + 1
    revision = new_revision(record, number, content, text, content_hash(text), by, now, typed)
    revision.reason = reason
    if before.state == State.DRAFT:
        revision.pk = before.pk
        revision.save(force_update=True)
    else:
        revision.save(force_insert=True)
        link([(revision, tuple(before.evidence.all()))])
    record.pending = revision
    record.save(update_fields=["pending"])
    return revision


def set_pending(records: Sequence[Record], revisions: Sequence[Revision]) -> None:
    """Point headers to their only revision, in one statement a batch."""
    only = Revision.objects.filter(record=OuterRef("pk")).values("pk")
    for start in range(0, len(records), BATCH):
        keys = [record.pk for record in records[start : start + BATCH]]
        Record.objects.filter(pk__in=keys).update(pending=Subquery(only))
    for record, revision in zip(records, revisions, strict=True):
        record.pending = revision


def link(pairs: Sequence[tuple[Revision, Sequence[Evidence]]]) -> None:
    """Link evidence to revisions."""
    through = Revision.evidence.through
    through._default_manager.bulk_create(  # noqa: SLF001
        [
            through(revision_id=revision.pk, evidence_id=item.pk)
            for revision, items in pairs
            for item in items
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def header(content: Content, face: Face) -> dict[str, Any]:
    """The header's fields for a content."""
    return {"region": content.region, "pairing": content.pairing, **face._asdict()}


def typed_cells(cells: Row) -> dict[str, Any]:
    """Cells as typed, for a draft; lists of lines stay lists."""
    return {
        name: cell if isinstance(cell, list) else cell_text(cell) for name, cell in cells.items()
    }


def cells_of(body: type[Body], content: Content, *, by: User | None = None) -> dict[str, Any]:
    """A content as cells a person could have typed: what forms and withdrawn drafts start from.

    A linked record goes by its title for ``by`` who may see it, else by its number.
    """
    cells: dict[str, Any] = {
        name: column.show([content.fields.get(name)], by)[0]
        if isinstance(column, RecordField)
        else column.typed(content.fields.get(name))
        for name, column in columns_of(body).items()
    }
    own = OWN if content.own else ""
    return {
        "region": f"{content.region:012d}{own}",
        "pairing": pairing_key(content.pairing),
    } | cells


def draft_cells(body: type[Body], revision: Revision, by: User) -> dict[str, Any]:
    """The cells of a revision as ``by`` may read them: as typed, links as they are shown to ``by``.

    Whoever typed the draft may see more than who goes on with it.
    """
    columns, said = columns_of(body), revision.data
    typed = {
        name: cell
        for name, cell in revision.typed.items()
        if not (isinstance(columns.get(name), RecordField) and said.fields.get(name))
    }
    return cells_of(body, said, by=by) | typed


def posting_of(
    body: type[Body], record: Record, content: Content, evidence: Sequence[str] = ()
) -> NewPosting:
    """What approving the pending revision posts: the old posting back, the new entries in."""
    revision = pending_of(record)
    is_void = content.change is Change.VOID
    return NewPosting(
        record=record.uid,
        revision=revision.number,
        book=record.book,
        entries=tuple(entries_of(body, content)),
        declarations=() if is_void else tuple(body.declarations(content)),
        reverses=record.posted.posting if record.posted else None,
        evidence=tuple(sorted(evidence)),
        commitment=commitment(bytes(revision.salt), revision.hash),
    )
