"""Reviewing records: approve (审核), return (退回), withdraw (撤回), confirm and dispute by the other side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.ledger import pending as ledger_pending
from jiedui.ledger import posting as ledger_posting
from jiedui.records import permissions
from jiedui.records.content import Change, Content
from jiedui.records.errors import CellErrors, NotAllowed, StaleRevision, WrongState
from jiedui.records.kinds import body_of
from jiedui.records.models import (
    OPEN,
    WAITING,
    Confirmation,
    Decision,
    Evidence,
    Record,
    ReviewStep,
    Revision,
    SignedSheet,
    State,
)
from jiedui.records.projection import BATCH, faces, write_bodies
from jiedui.records.revisions import (
    cells_of,
    header,
    locked,
    pending_of,
    posting_of,
    refreshed,
    write_revision,
    writing,
)


def approve_many(
    *,
    records: Sequence[Record],
    by: User,
    now: datetime,
    signed_sheet: SignedSheet | None = None,
    seen: dict[int, str] | None = None,
) -> list[Record]:
    """Take the next step of waiting records, all or none; the last step posts them to the ledger.

    One level: the 审核 posts. Two levels: 审核 approves first (县初审), 复审 posts. The approver is
    neither the author nor the one who submitted, nor the approver of the level before. ``seen`` are
    marks by record key: what was looked at must be what is approved. Send some thousands a call.
    Raises WrongState, NotAllowed, StaleRevision, and what the ledger raises.
    """
    with writing():
        found = locked(records)
        revisions = [waiting_of(record, seen) for record in found]
        reviewer = permissions.Reviewer(by)
        earlier = permissions.earlier_approvers(revisions)
        steps: list[ReviewStep] = []
        first: list[Revision] = []
        last: list[Record] = []
        for record, revision in zip(found, revisions, strict=True):
            if why := reviewer.refusal(record, revision, earlier.get(revision.pk, [])):
                raise NotAllowed(f"{record.number} {why}")
            is_first = revision.state == State.SUBMITTED and reviewer.levels(revision.region) == 2
            level = 2 if revision.state == State.FIRST_APPROVED else 1
            steps.append(
                ReviewStep(
                    revision=revision,
                    decision=Decision.APPROVE,
                    level=level,
                    by=by,
                    at=now,
                    signed_sheet=signed_sheet,
                )
            )
            if is_first:
                first.append(revision)
            else:
                last.append(record)
        ReviewStep.objects.bulk_create(steps, batch_size=BATCH)
        set_state(first, State.FIRST_APPROVED)
        post(last, now)
        return [refreshed(record) for record in found] if len(found) == 1 else found


def approve(*, record: Record, by: User, now: datetime, seen: str = "") -> Record:
    """Take the next step of one record; see approve_many."""
    marks = {record.pk: seen} if seen else None
    return approve_many(records=[record], by=by, now=now, seen=marks)[0]


def post(records: Sequence[Record], now: datetime) -> None:
    """Post pending revisions to the ledger and make them the records' posted ones."""
    if not records:
        return
    revisions = [pending_of(record) for record in records]
    hashes = evidence_hashes(revisions)
    contents = [revision.data for revision in revisions]
    postings = [
        posting_of(body_of(record.kind), record, content, hashes.get(revision.pk, ()))
        for record, revision, content in zip(records, revisions, contents, strict=True)
    ]
    receipts = ledger_posting.post(postings, now=now)
    set_state(revisions, State.APPROVED)
    for revision, receipt in zip(revisions, receipts, strict=True):
        revision.posting = receipt.posting
    with connection.cursor() as cursor:
        # One prepared statement for all: a CASE over thousands of rows costs more than the posting.
        cursor.executemany(
            "UPDATE records_revision SET posting = %s WHERE id = %s",
            [(revision.posting, revision.pk) for revision in revisions],
        )
    changed = [
        (record, content)
        for record, content in zip(records, contents, strict=True)
        if content.change is Change.CORRECTION
    ]
    for record, revision in zip(records, revisions, strict=True):
        record.posted, record.pending = revision, None
    for start in range(0, len(records), BATCH):
        keys = [record.pk for record in records[start : start + BATCH]]
        Record.objects.filter(pk__in=keys).update(posted=F("pending"), pending=None)
    project(changed)


def project(pairs: Sequence[tuple[Record, Content]]) -> None:
    """Make header and body of corrected records say what is now posted."""
    for kind in dict.fromkeys(record.kind for record, _content in pairs):
        body = body_of(kind)
        records = [record for record, _content in pairs if record.kind == kind]
        contents = [content for record, content in pairs if record.kind == kind]
        for record, content, face in zip(records, contents, faces(body, contents), strict=True):
            for name, value in header(content, face).items():
                setattr(record, name, value)
        Record.objects.bulk_update(
            records,
            ["region", "pairing", "book", "first_on", "last_on", "title", "words"],
            batch_size=100,
        )
        write_bodies(body, records, contents)


def return_many(
    *,
    records: Sequence[Record],
    reason: str,
    by: User,
    now: datetime,
    seen: dict[int, str] | None = None,
) -> list[Record]:
    """Send waiting records back to their authors with a reason (退回), all or none.

    Raises CellErrors without a reason, WrongState, NotAllowed, StaleRevision.
    """
    if not reason.strip():
        raise CellErrors({(0, "reason"): _("请写退回的理由。")})
    with writing():
        found = locked(records)
        revisions = [waiting_of(record, seen) for record in found]
        reviewer = permissions.Reviewer(by)
        earlier = permissions.earlier_approvers(revisions)
        for record, revision in zip(found, revisions, strict=True):
            if why := reviewer.refusal(record, revision, earlier.get(revision.pk, [])):
                raise NotAllowed(f"{record.number} {why}")
        step_all(revisions, Decision.RETURN, by, now, reason.strip())
        set_state(revisions, State.RETURNED)
        ledger_pending.withdraw([record.uid for record in found])
        return [refreshed(record) for record in found] if len(found) == 1 else found


def return_with_reason(
    *, record: Record, reason: str, by: User, now: datetime, seen: str = ""
) -> Record:
    """Send one record back; see return_many."""
    marks = {record.pk: seen} if seen else None
    return return_many(records=[record], reason=reason, by=by, now=now, seen=marks)[0]


def withdraw(*, record: Record, by: User, now: datetime) -> Record:
    """Take one's own submission back before anybody approved it (撤回); its next revision is a draft.

    Raises WrongState, NotAllowed.
    """
    with writing():
        record = locked([record])[0]
        revision = pending_of(record)
        if revision.state != State.SUBMITTED:
            raise WrongState(_("只有待审核的记录可以撤回。"))
        if by.pk not in {revision.author_id, revision.submitted_by_id}:
            raise NotAllowed(_("只有填报人可以撤回。"))
        step_all([revision], Decision.WITHDRAW, by, now)
        set_state([revision], State.VOID)
        ledger_pending.withdraw([record.uid])
        if revision.change == Change.VOID:
            Record.objects.filter(pk=record.pk).update(pending=None)
        else:
            content = revision.data
            typed = cells_of(body_of(record.kind), content)
            write_revision(record, revision, content, by, now, revision.reason, typed)
        return refreshed(record)


def discard(*, record: Record, by: User, now: datetime) -> Record:
    """Give up a draft or a returned revision (放弃); a posted record keeps what is posted.

    Raises WrongState, NotAllowed.
    """
    with writing():
        record = locked([record])[0]
        revision = pending_of(record)
        if revision.state not in OPEN:
            raise WrongState(_("只有草稿和退回的可以放弃。"))
        permissions.require_entry(by, record)
        step_all([revision], Decision.DISCARD, by, now)
        set_state([revision], State.VOID)
        Record.objects.filter(pk=record.pk).update(pending=None)
        return refreshed(record)


def confirm(*, record: Record, by: User, now: datetime) -> Confirmation:
    """The other side says the posted record is right (确认). Raises WrongState, NotAllowed."""
    return _speak(record, True, "", by, now)


def dispute(*, record: Record, reason: str, by: User, now: datetime) -> Confirmation:
    """The other side disagrees (有异议), saying why. Raises CellErrors, WrongState, NotAllowed."""
    if not reason.strip():
        raise CellErrors({(0, "reason"): _("请写明有异议的地方。")})
    return _speak(record, False, reason.strip(), by, now)


def _speak(record: Record, agrees: bool, reason: str, by: User, now: datetime) -> Confirmation:
    with writing():
        record = locked([record])[0]
        if record.posted is None or record.status == "void":
            raise WrongState(_("已审核的记录才能由对方确认。"))
        side = permissions.other_side_of(by, record)
        if side is None:
            raise NotAllowed(_("由结对的另一方确认。"))
        return Confirmation.objects.create(
            record=record,
            revision=record.posted,
            side=side,
            agrees=agrees,
            reason=reason,
            by=by,
            at=now,
        )


def sign_sheet(
    *,
    title: str,
    signed_on: date,
    signers: str,
    by: User,
    now: datetime,
    scan: Evidence | None = None,
) -> SignedSheet:
    """Enter a signed sheet (签字表) that approves a batch. Raises CellErrors."""
    words = {"title": title.strip(), "signers": signers.strip()}
    if missing := {
        (0, name): _("请填写签字表的名称和签字人。") for name in words if not words[name]
    }:
        raise CellErrors(missing)
    return SignedSheet.objects.create(
        signed_on=signed_on, scan=scan, created_by=by, created_at=now, **words
    )


# Small parts.


def waiting_of(record: Record, seen: dict[int, str] | None) -> Revision:
    """The revision that waits for review; raises WrongState or StaleRevision."""
    revision = pending_of(record)
    if revision.state not in WAITING:
        raise WrongState(_("%(number)s 不在待审核中。") % {"number": record.number})
    if seen is not None and seen.get(record.pk) != revision.mark:
        raise StaleRevision(record)
    return revision


def set_state(revisions: Sequence[Revision], state: State) -> None:
    for start in range(0, len(revisions), BATCH):
        keys = [revision.pk for revision in revisions[start : start + BATCH]]
        Revision.objects.filter(pk__in=keys).update(state=state)
    for revision in revisions:
        revision.state = state


def step_all(
    revisions: Sequence[Revision], decision: Decision, by: User, now: datetime, reason: str = ""
) -> None:
    ReviewStep.objects.bulk_create(
        [
            ReviewStep(
                revision=revision,
                decision=decision,
                by=by,
                at=now,
                reason=reason,
                level=2 if revision.state == State.FIRST_APPROVED else 1,
            )
            for revision in revisions
        ],
        batch_size=BATCH,
    )


def evidence_hashes(revisions: Sequence[Revision]) -> dict[int, list[str]]:
    """SHA-256 of the evidence of each revision, by its key."""
    through = Revision.evidence.through._default_manager  # noqa: SLF001
    found: dict[int, list[str]] = {}
    keys = [revision.pk for revision in revisions]
    for start in range(0, len(keys), BATCH):
        rows = through.filter(revision_id__in=keys[start : start + BATCH])
        for key, digest in rows.values_list("revision_id", "evidence__sha256"):
            found.setdefault(key, []).append(digest)
    return found


__all__ = [
    "approve",
    "approve_many",
    "confirm",
    "discard",
    "dispute",
    "return_many",
    "return_with_reason",
    "sign_sheet",
    "withdraw",
]
