"""What waits (待办), and approving or returning many at once with what would change in sight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiedui.accounts import scope
from jiedui.accounts.models import Role, Side, User
from jiedui.accounts.policies import policy
from jiedui.ledger.posting import PostingError
from jiedui.lib import clock
from jiedui.records import evidence, review
from jiedui.records.content import Change
from jiedui.records.differences import Difference, differences, shown
from jiedui.records.errors import CellErrors, RecordError, StaleRevision
from jiedui.records.kinds import body_of
from jiedui.records.listing import amount_of, evidence_counts, waiting_for
from jiedui.records.models import Record, SignedSheet
from jiedui.records.querysets import RecordQuerySet
from jiedui.records.views.lists import user_of
from jiedui.records.views.one import doubts_of
from jiedui.regions import places

MOST = 200
KEY = re.compile(r"[0-9]{1,18}")
PAGE = 30
REVIEWERS = {Role.REVIEW, Role.FINAL}


@policy()
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person: to review, returned to them, disputed, their drafts."""
    user = user_of(request)
    visible = Record.objects.visible_to(user)
    page = Paginator(oldest_first(visible.to_review_by(user)), PAGE).get_page(
        request.GET.get("page")
    )
    groups = {
        "returned": visible.in_state("returned").filter(pending__author=user),
        "disputed": visible.disputed().filter(author=user),
        "drafts": visible.in_state("draft").filter(pending__author=user),
    }
    found = {name: list(oldest_first(some)[:PAGE]) for name, some in groups.items()}
    counts = {
        name: len(some) if len(some) < PAGE else groups[name].count()
        for name, some in found.items()
    }
    found["review"] = list(page.object_list)
    roles = scope.roles(user)
    names = places.names({record.region for some in found.values() for record in some})
    return render(
        request,
        "records/queue.html",
        {
            "groups": {
                name: [item(record, names) for record in some] for name, some in found.items()
            },
            "counts": counts,
            "page": page,
            "today": clock.today(),
            # What cannot concern a person is not there to be read every day.
            "reviews": bool(roles & REVIEWERS or found["review"]),
            "confirms": any(grant.side == Side.EAST for grant in scope.grants(user)),
            "enters": Role.ENTER in roles,
            "has_own": any(found[name] for name in groups),
        },
    )


def oldest_first(found: RecordQuerySet) -> RecordQuerySet:
    """What waited longest comes first."""
    return found.for_pages().order_by("pending__submitted_at", "pk")


def item(record: Record, names: dict[int, str]) -> dict[str, Any]:
    """One line of the queue."""
    return {
        "record": record,
        "kind": body_of(record.kind).kind,
        "region": names.get(record.region, "") + own_of(record),
        "when": record.first_on,
        "amount": amount_of(record),
    }


def own_of(record: Record) -> str:
    """本级 behind the name of a place that stands for its own level alone."""
    return places.OWN if record.newest.data.own else ""


@policy(roles=REVIEWERS)
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Show what approving the chosen records would change; with ``verb`` do it, all or none."""
    user = user_of(request)
    records = chosen(request, user)
    verb = request.POST.get("verb", "")
    if not records:
        messages.error(request, _("没有选中可审核的记录。"))
        return redirect("records:queue")
    if verb not in {"approve", "return"}:
        return preview(request, user, records)
    seen = {record.pk: request.POST.get(f"seen-{record.pk}", "") for record in records}
    try:
        if verb == "return":
            reason = request.POST.get("reason", "")
            review.return_many(records=records, reason=reason, by=user, now=clock.now(), seen=seen)
            said = _("已退回 %(n)d 件。")
        else:
            sheet = sheet_in(request, user)
            review.approve_many(
                records=records, by=user, now=clock.now(), signed_sheet=sheet, seen=seen
            )
            said = _("已审核 %(n)d 件。")
    except CellErrors as problem:
        return preview(request, user, records, next(iter(problem.errors.values())), 422)
    except StaleRevision as problem:
        return preview(request, user, records, f"{problem.record.number} {problem}", 409)
    except (RecordError, PostingError) as problem:
        return preview(request, user, records, str(problem), 409)
    messages.success(request, said % {"n": len(records)})
    return redirect("records:queue")


def chosen(request: HttpRequest, user: User) -> list[Record]:
    """The records ticked in a list; one that is not the user's to review spoils the whole set."""
    keys = [int(text) for text in request.POST.getlist("record") if KEY.fullmatch(text)]
    visible = Record.objects.visible_to(user).filter(pk__in=keys[:MOST])
    found = list(visible.for_pages().order_by("region", "kind", "pk"))
    return found if len(found) == len(set(keys)) and waiting_for(user, found) == set(keys) else []


def preview(
    request: HttpRequest,
    user: User,
    records: Sequence[Record],
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    names = places.names({record.newest.region for record in records})
    counts = evidence_counts([record.newest for record in records])
    lines = [
        {
            "record": record,
            "revision": record.newest,
            "kind": body_of(record.kind).kind,
            "region": names.get(record.newest.region, "") + own_of(record),
            "changes": changes_of(record, user),
            "fields": shown(body_of(record.kind), record.newest.data, by=user),
            "doubts": doubts_of(record),
            "evidence": counts.get(record.newest.pk, 0),
        }
        for record in records
    ]
    kept = {
        name: request.POST.get(name, "") for name in ("reason", "title", "signed_on", "signers")
    }
    return render(
        request,
        "records/approve.html",
        {
            "lines": lines,
            "refused": refused,
            "kept": kept,
            "today": clock.today(),
        },
        status=status,
    )


def changes_of(record: Record, user: User) -> list[Difference]:
    """What approving a correction would change; empty for a new record and for a void."""
    content = record.newest.data
    if record.posted is None or content.change is Change.VOID:
        return []
    return differences(body_of(record.kind), record.posted.data, content, by=user)


def sheet_in(request: HttpRequest, user: User) -> SignedSheet | None:
    """The signed sheet of the form, if one was named. Raises CellErrors."""
    title, signers = request.POST.get("title", ""), request.POST.get("signers", "")
    if not title.strip() and not signers.strip():
        return None
    try:
        signed_on = date.fromisoformat(request.POST.get("signed_on", ""))
    except ValueError as error:
        raise CellErrors({(0, "signed_on"): _("签字日期请写成 2023-09-30。")}) from error
    scan = None
    if file := request.FILES.get("scan"):
        scan = evidence.store(chunks=file.chunks(), name=file.name or "", by=user, now=clock.now())
    return review.sign_sheet(
        title=title, signed_on=signed_on, signers=signers, by=user, now=clock.now(), scan=scan
    )
