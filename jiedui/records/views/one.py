"""One record: its fields, evidence, history, what it posted, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiedui.accounts.models import User
from jiedui.accounts.policies import policy
from jiedui.indicators import catalogue
from jiedui.ledger.facts import Declaration, Entry
from jiedui.lib import clock, money
from jiedui.lib.canonical import Canon
from jiedui.records import actions, doubts, permissions, review
from jiedui.records.columns import MoneyField
from jiedui.records.content import Change
from jiedui.records.differences import differences, shown
from jiedui.records.entries import entries_of
from jiedui.records.errors import CellErrors, RecordError
from jiedui.records.kinds import Body, body_of, columns_of
from jiedui.records.models import (
    OPEN,
    WAITING,
    Decision,
    Record,
    ReviewStep,
    Revision,
    State,
)
from jiedui.records.totals import figure_address
from jiedui.regions import places
from jiedui.ui.numbers import Number, digits


def record_or_404(request: HttpRequest, uid: UUID) -> Record:
    """A record inside the user's scope; what is outside does not exist."""
    found: Record = get_object_or_404(Record.objects.visible_to(request.user).for_pages(), uid=uid)
    return found


@policy()
@require_GET
def detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    record = record_or_404(request, uid)
    user = request.user
    assert isinstance(user, User)
    return render(request, "records/detail.html", page_of(record, user))


def page_of(record: Record, user: User, **more: Any) -> dict[str, Any]:
    """Everything the page of a record shows."""
    body = body_of(record.kind)
    newest = record.newest
    content = newest.data
    confirmations = list(record.confirmations.select_related("by").order_by("-at"))
    changes = []
    if record.posted_id and record.pending_id and content.change is not Change.VOID:
        posted = record.posted
        changes = differences(body, posted.data, content, by=user) if posted else []
    return {
        "record": record,
        "kind": body.kind,
        "newest": newest,
        "content": content,
        "fields": [
            (field, capital(body, field.name, content.fields))
            for field in shown(body, content, by=user)
        ],
        "changes": changes,
        "doubts": doubts_of(record),
        "returned": returned(record),
        "evidence": newest.evidence.order_by("pk"),
        "history": history(body, record, user),
        "postings": postings(body, record),
        "confirmations": confirmations,
        "may": permitted(record, user),
        "side": permissions.other_side_of(user, record),
        **more,
    }


def returned(record: Record) -> ReviewStep | None:
    """Who sent the pending revision back and why; None when nobody did."""
    if record.pending is None or record.pending.state != State.RETURNED:
        return None
    steps = record.pending.steps.filter(decision=Decision.RETURN).select_related("by")
    return steps.order_by("-pk").first()


def doubts_of(record: Record) -> list[str]:
    """What is unusual in a revision that is not posted yet; it stops nothing."""
    if record.pending is None or record.pending.change == Change.VOID:
        return []
    body = body_of(record.kind)
    found = doubts.doubts(body, [record.pending.data])
    return [f"{columns_of(body)[name].label}：{text}" for (_row, name), text in found.items()]


def capital(body: type[Body], name: str, fields: Mapping[str, Canon]) -> str:
    """财务大写 of a money column, for reading back; empty for any other."""
    value = fields.get(name)
    is_money = isinstance(columns_of(body).get(name), MoneyField)
    return money.capital(value) if is_money and isinstance(value, int) else ""


def permitted(record: Record, user: User) -> dict[str, bool]:
    """What the user may do with the record now; the actions ask again."""
    pending = record.pending
    enters = permissions.may_enter(user, record)
    waiting = pending is not None and pending.state in WAITING
    refusal = "x"
    if pending is not None and waiting:
        earlier = permissions.earlier_approvers([pending]).get(pending.pk, [])
        refusal = permissions.Reviewer(user).refusal(record, pending, earlier)
    is_author = pending is not None and user.pk in {pending.author_id, pending.submitted_by_id}
    is_void = record.status == "void"
    return {
        "edit": enters and pending is not None and pending.state in OPEN,
        "submit": enters and pending is not None and pending.state == "draft",
        "discard": enters and pending is not None and pending.state in OPEN,
        "withdraw": is_author and pending is not None and pending.state == "submitted",
        "approve": not refusal,
        "return": not refusal,
        "correct": enters and pending is None and not is_void,
        "void": enters and pending is None and not is_void,
        "confirm": record.posted_id is not None
        and not is_void
        and permissions.other_side_of(user, record) is not None,
    }


def history(body: type[Body], record: Record, user: User) -> list[dict[str, Any]]:
    """Every revision, newest first, with what it changed and who did what with it.

    What a record said while it stood at another place is not told to who may not read that place.
    """
    revisions = list(
        record.revisions.select_related("author", "submitted_by")
        .prefetch_related("steps__by", "steps__signed_sheet")
        .order_by("number")
    )
    found = []
    before: Revision | None = None
    for revision in revisions:
        content = revision.data
        changed = []
        told = permissions.may_see(user, record, revision)
        if before is not None and content.change is not Change.VOID and told:
            known = permissions.may_see(user, record, before)
            changed = differences(body, before.data, content, by=user) if known else []
        steps = sorted(revision.steps.all(), key=lambda step: step.pk)
        found.append({"revision": revision, "changes": changed, "steps": steps, "told": told})
        before = revision
    return found[::-1]


def postings(body: type[Body], record: Record) -> list[dict[str, Any]]:
    """What the posted revision says in the ledger, each value linked to its figure."""
    posted = record.posted
    if posted is None:
        return []
    content = posted.data
    entries: list[Entry | Declaration] = [*entries_of(body, content)]
    if content.change is not Change.VOID:
        entries += body.declarations(content)
    names = places.names({entry.region for entry in entries})
    return [line_of(entry, names) for entry in entries]


def line_of(entry: Entry | Declaration, names: dict[int, str]) -> dict[str, Any]:
    indicator = catalogue.get(entry.indicator)
    first, last = (
        (entry.start, entry.end) if isinstance(entry, Declaration) else (entry.first, entry.last)
    )
    per = indicator.scale * indicator.display_scale
    decimals = indicator.display_decimals if entry.value % per == 0 else 2
    own = isinstance(entry, Declaration) and entry.own
    return {
        "indicator": indicator,
        "region": names.get(entry.region, "") + (places.OWN if own else ""),
        "first": first,
        "last": last,
        "number": Number(
            digits(entry.value, per, decimals),
            entry.bound,
            href=figure_address(entry.indicator, entry.region, first, last, entry.pairing, own=own),
        ),
    }


VERBS = {"submit", "withdraw", "discard", "approve", "return", "void", "confirm", "dispute"}


@policy()
@require_POST
def act(request: HttpRequest, uid: UUID, verb: str) -> HttpResponse:
    """One step of a record's life; the action decides whether this person may take it."""
    record = record_or_404(request, uid)
    user = request.user
    assert isinstance(user, User)
    if verb not in VERBS:
        raise Http404
    try:
        said = take(
            verb, record, user, request.POST.get("reason", ""), request.POST.get("seen", "")
        )
    except CellErrors as problem:
        if verb == "submit":
            messages.error(request, str(problem))
            return redirect("records:edit", uid)
        context = page_of(record, user, refused=next(iter(problem.errors.values())), verb=verb)
        return render(request, "records/detail.html", context, status=422)
    except RecordError as problem:
        context = page_of(record_or_404(request, uid), user, refused=str(problem), verb=verb)
        return render(request, "records/detail.html", context, status=409)
    messages.success(request, f"{record.number} {said}")
    return (
        redirect("records:queue") if request.POST.get("back") else redirect("records:detail", uid)
    )


def take(verb: str, record: Record, user: User, reason: str, seen: str) -> str:
    """Take the step and say what happened. Raises RecordError."""
    now = clock.now()
    match verb:
        case "submit":
            actions.submit(record=record, by=user, now=now)
            return _("已报送，等待审核。")
        case "withdraw":
            review.withdraw(record=record, by=user, now=now)
            return _("已撤回为草稿。")
        case "discard":
            review.discard(record=record, by=user, now=now)
            return _("已放弃。")
        case "approve":
            after = review.approve(record=record, by=user, now=now, seen=seen)
            return (
                _("已审核，数字已入账。") if after.pending_id is None else _("初审通过，等待复审。")
            )
        case "return":
            review.return_with_reason(record=record, reason=reason, by=user, now=now, seen=seen)
            return _("已退回。")
        case "void":
            actions.void(record=record, reason=reason, by=user, now=now, seen=seen)
            return _("作废已报送，等待审核。")
        case "confirm":
            review.confirm(record=record, by=user, now=now)
            return _("已确认。")
    review.dispute(record=record, reason=reason, by=user, now=now)
    return _("已提出异议。")
