"""Writing records: drafts, submission, correction, void. Every action works on sets and is atomic.

Review, return and confirmation are in ``review.py``; what both are made of is in ``revisions.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.ledger import pending as ledger_pending
from jiedui.lib.canonical import Canon
from jiedui.lib.ids import uuid7
from jiedui.lib.periods import china_day
from jiedui.records import checks, permissions
from jiedui.records.cleaning import Row, clean
from jiedui.records.content import Change, Content, content_hash
from jiedui.records.errors import CellErrors, RecordConflict, StaleRevision, WrongState
from jiedui.records.kinds import Body, Errors, body_of
from jiedui.records.models import (
    WAITING,
    Decision,
    Evidence,
    Record,
    ReviewStep,
    Revision,
    State,
)
from jiedui.records.projection import BATCH, faces, write_bodies
from jiedui.records.revisions import (
    cells_of,
    draft_cells,
    hashes_of,
    header,
    link,
    locked,
    new_revision,
    pending_of,
    posting_of,
    records_by_uid,
    refreshed,
    set_pending,
    typed_cells,
    write_revision,
    writing,
)
from jiedui.regions import places

HEADER_ERRORS = ("region", "pairing")


def record_many(
    *,
    kind: str,
    rows: Sequence[Row],
    by: User,
    now: datetime,
    submit: bool = False,
    evidence: Mapping[UUID, Sequence[Evidence]] | None = None,
    units: Mapping[str, str] | None = None,
) -> list[Record]:
    """Record rows of raw cells of one kind, all or none; answered in order.

    A row holds ``region``, maybe ``pairing``, the kind's columns by name and maybe ``uid`` (a UUIDv7;
    one is made if missing). The same uid with the same content answers the same record again. With
    ``submit`` the rows are checked as a whole and reported at once, else they are drafts, which may
    lack anything but region and pairing. ``evidence`` is given by uid. Send some thousands a call.
    Raises CellErrors, RecordConflict, NotAllowed, cleaning.UnknownColumns.
    """
    body = body_of(kind)
    uids = [UUID(str(row.get("uid") or uuid7())) for row in rows]
    cells = [{name: cell for name, cell in row.items() if name != "uid"} for row in rows]
    cleaned = clean(body, cells, by=by, today=china_day(now), draft=not submit, units=units)
    linked = [tuple((evidence or {}).get(uid, ())) for uid in uids]
    errors = blocking(cleaned.errors, submit) | permissions.entry_errors(by, body, cleaned.contents)
    contents = [content for content in cleaned.contents if content is not None]
    if submit and not errors:
        errors = checks.run(body, contents, uids)
    if submit:
        errors |= missing_evidence(body, cleaned.fields, linked)
    if errors:
        raise CellErrors(errors)
    typed = [{} if submit else typed_cells(row) for row in cells]
    try:
        with writing():
            return _record_new(body, uids, contents, typed, linked, by, now, submit)
    except IntegrityError:
        # Another request wrote one of the uids meanwhile: now it is seen and compared.
        with writing():
            return _record_new(body, uids, contents, typed, linked, by, now, submit)


def _record_new(
    body: type[Body],
    uids: Sequence[UUID],
    contents: Sequence[Content],
    typed: Sequence[dict[str, Any]],
    linked: Sequence[Sequence[Evidence]],
    by: User,
    now: datetime,
    submit: bool,
) -> list[Record]:
    texts = [content.text for content in contents]
    hashes = [content_hash(text) for text in texts]
    known = records_by_uid(uids)
    said = hashes_of(known.values())
    for uid, hashed, cells in zip(uids, hashes, typed, strict=True):
        if uid in known and not (hashed in said[known[uid].pk] and same_draft(known[uid], cells)):
            raise RecordConflict(known[uid])
    fresh = {uid: row for row, uid in enumerate(uids) if uid not in known}
    rows = list(fresh.values())
    some = [contents[row] for row in rows]
    records = [
        Record(
            uid=uids[row],
            kind=body.kind.code,
            line=body.line_of(contents[row]),
            author=by,
            created_at=now,
            side=permissions.side_of(by, contents[row]),
            **header(contents[row], face),
        )
        for row, face in zip(rows, faces(body, some), strict=True)
    ]
    Record.objects.bulk_create(records, batch_size=BATCH)
    revisions = [
        new_revision(record, 1, contents[row], texts[row], hashes[row], by, now, typed[row])
        for record, row in zip(records, rows, strict=True)
    ]
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    set_pending(records, revisions)
    link([(rev, linked[row]) for rev, row in zip(revisions, rows, strict=True)])
    if submit:
        _submit(body, records, some, by, now)
    known |= {record.uid: record for record in records}
    return [known[uid] for uid in uids]


def same_draft(record: Record, typed: dict[str, Any]) -> bool:
    """Whether a draft holds the same cells; what could not be read is in no hash."""
    return record.pending is None or record.pending.typed in ({}, typed)


def revise(
    *,
    record: Record,
    cells: Row,
    by: User,
    now: datetime,
    seen: str,
    submit: bool = False,
    reason: str = "",
    units: Mapping[str, str] | None = None,
    items: Sequence[Evidence] | None = None,
) -> Record:
    """Write a record anew from raw cells: a draft, a returned revision, or a correction (更正).

    ``seen`` is the mark of the revision the person started from; ``items`` is the evidence from now on
    (None: as before). A posted record gets a next
    revision with its own date and a reason; its figures stand until that one is approved. A
    correction may change the region (with rights in both) but never the book.
    Raises StaleRevision, WrongState, CellErrors, NotAllowed.
    """
    with writing():
        record = locked([record])[0]
        body = body_of(record.kind)
        if record.newest.mark != seen:
            raise StaleRevision(record)
        if record.status in {"void", "correcting"} or (
            record.pending and record.pending.state in WAITING
        ):
            raise WrongState(_("这一件已报送或已作废，不能改；已报送的可先撤回。"))
        permissions.require_entry(by, record)
        change = Change.CORRECTION if record.posted else Change.NEW
        before = record.newest
        linked = tuple(before.evidence.all() if items is None else items)
        cleaned = clean(
            body,
            [cells],
            by=by,
            today=china_day(now),
            draft=not submit,
            change=change,
            units=units,
            earlier=[said_earlier(record)],
            already=[before.data],
        )
        content = cleaned.contents[0]
        errors = blocking(cleaned.errors, submit) | permissions.entry_errors(by, body, [content])
        if submit:
            errors |= correction_errors(record, content, reason)
        if submit and content and not errors:
            errors = checks.run(body, [content], [record.uid])
        if submit:
            errors |= missing_evidence(body, cleaned.fields, [linked])
        if errors or content is None:
            raise CellErrors(errors)
        revision = write_revision(
            record, before, content, by, now, reason.strip(), {} if submit else typed_cells(cells)
        )
        revision.evidence.set(linked)
        if not record.posted:
            face = faces(body, [content])[0]
            Record.objects.filter(pk=record.pk).update(**header(content, face))
        if submit:
            _submit(body, [record], [content], by, now)
        return refreshed(record)


def submit_many(*, records: Sequence[Record], by: User, now: datetime) -> list[Record]:
    """Report drafts (报送): checked as a whole, then waiting for review and in 含待审核.

    Raises CellErrors (rows number the records given), WrongState, NotAllowed.
    """
    with writing():
        found = locked(records)
        errors: Errors = {}
        for kind in dict.fromkeys(record.kind for record in found):
            body = body_of(kind)
            rows = [row for row, record in enumerate(found) if record.kind == kind]
            some = [found[row] for row in rows]
            if any(r.pending is None or r.pending.state != State.DRAFT for r in some):
                raise WrongState(_("只有草稿可以报送。"))
            drafts = [pending_of(record) for record in some]
            cleaned = clean(
                body,
                [draft_cells(body, draft, by) for draft in drafts],
                by=by,
                today=china_day(now),
                earlier=[said_earlier(record) for record in some],
                already=[draft.data for draft in drafts],
            )
            contents = [content for content in cleaned.contents if content is not None]
            found_here = cleaned.errors | permissions.entry_errors(by, body, cleaned.contents)
            for row, (record, draft, content) in enumerate(
                zip(some, drafts, cleaned.contents, strict=True)
            ):
                correcting = correction_errors(record, content, draft.reason)
                found_here |= {(row, name): text for (_row, name), text in correcting.items()}
            if not found_here:
                found_here = checks.run(body, contents, [record.uid for record in some])
            links = [tuple(draft.evidence.all()) for draft in drafts]
            found_here |= missing_evidence(body, cleaned.fields, links)
            errors |= {(rows[row], name): text for (row, name), text in found_here.items()}
            if found_here:
                continue
            for record, draft, content in zip(some, drafts, contents, strict=True):
                fixed = replace(content, change=Change(draft.change))
                write_revision(record, draft, fixed, draft.author, now, draft.reason, {})
            _submit(body, some, [pending_of(record).data for record in some], by, now)
        if errors:
            raise CellErrors(errors)
        return [refreshed(record) for record in found] if len(found) == 1 else found


def said_earlier(record: Record) -> Content | None:
    """What was submitted before, whose dates keep their spans: posted, or the first one sent."""
    if record.posted is not None:
        return record.posted.data
    if record.pending is None or record.pending.number == 1:
        return None
    sent = record.revisions.filter(submitted_at__isnull=False).order_by("number").first()
    return sent.data if sent else None


def correction_errors(record: Record, content: Content | None, reason: str) -> Errors:
    """A correction has its reason and stays in its book; nothing for a new record."""
    errors: Errors = {}
    if record.posted is None:
        return errors
    if not reason.strip():
        errors[0, "reason"] = _("请写更正的理由。")
    if content and content.pairing and places.book(content.pairing) != record.book:
        errors[0, "region"] = _("更正不能换到别的结对城市的账上；请作废后重新登记。")
    return errors


def submit(*, record: Record, by: User, now: datetime) -> Record:
    """Report one draft; see submit_many."""
    return submit_many(records=[record], by=by, now=now)[0]


def void(*, record: Record, reason: str, by: User, now: datetime, seen: str) -> Record:
    """Propose to void a posted record (作废); its figures go once a second person approves.

    Raises StaleRevision, WrongState, NotAllowed, CellErrors without a reason.
    """
    with writing():
        record = locked([record])[0]
        if record.newest.mark != seen:
            raise StaleRevision(record)
        if record.posted is None or record.pending is not None or record.status == "void":
            raise WrongState(_("只有已审核、没有待办更正的记录可以作废。"))
        permissions.require_entry(by, record)
        if not reason.strip():
            raise CellErrors({(0, "reason"): _("请写作废的理由。")})
        content = replace(record.posted.data, change=Change.VOID)
        write_revision(record, record.posted, content, by, now, reason.strip(), {})
        _submit(body_of(record.kind), [record], [content], by, now)
        return refreshed(record)


def _submit(
    body: type[Body],
    records: Sequence[Record],
    contents: Sequence[Content],
    by: User,
    now: datetime,
) -> None:
    """Mark pending revisions as submitted, project new records, propose to the ledger."""
    pendings = [pending_of(record) for record in records]
    for start in range(0, len(pendings), BATCH):
        some = pendings[start : start + BATCH]
        Revision.objects.filter(pk__in=[revision.pk for revision in some]).update(
            state=State.SUBMITTED, submitted_by=by, submitted_at=now
        )
    for revision in pendings:
        revision.state, revision.submitted_by, revision.submitted_at = State.SUBMITTED, by, now
    ReviewStep.objects.bulk_create(
        [
            ReviewStep(revision=revision, decision=Decision.SUBMIT, by=by, at=now)
            for revision in pendings
        ],
        batch_size=BATCH,
    )
    unposted = [row for row, record in enumerate(records) if record.posted_id is None]
    write_bodies(body, [records[row] for row in unposted], [contents[row] for row in unposted])
    ledger_pending.propose(
        [posting_of(body, *pair) for pair in zip(records, contents, strict=True)]
    )


def blocking(errors: Errors, submit: bool) -> Errors:
    """All sentences when submitting; a draft only needs its place."""
    return errors if submit else {at: s for at, s in errors.items() if at[1] in HEADER_ERRORS}


def missing_evidence(
    body: type[Body], said: Sequence[Mapping[str, Canon]], linked: Sequence[Sequence[Evidence]]
) -> Errors:
    """A sentence for every row without the evidence the kind wants of such fields."""
    sentence = _("请附佐证：%(evidence)s。") % {"evidence": body.kind.evidence}
    return {
        (row, "evidence"): sentence
        for row, (fields, some) in enumerate(zip(said, linked, strict=True))
        if not some and body.kind.needs_evidence(fields)
    }


__all__ = ["cells_of", "draft_cells", "record_many", "revise", "submit", "submit_many", "void"]
