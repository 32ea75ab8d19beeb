"""Entering and correcting one record, on a wide screen or a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiedui.accounts.models import Role
from jiedui.accounts.policies import policy
from jiedui.indicators import catalogue
from jiedui.lib import clock
from jiedui.lib.ids import uuid7
from jiedui.records import actions, permissions
from jiedui.records.cleaning import clean
from jiedui.records.content import Content
from jiedui.records.differences import differences
from jiedui.records.errors import (
    CellErrors,
    RecordConflict,
    RecordError,
    StaleRevision,
)
from jiedui.records.forms import RecordForm, form_for
from jiedui.records.kinds import Body, body_of, columns_of
from jiedui.records.listing import last_steps
from jiedui.records.models import WAITING, Evidence, Record
from jiedui.records.views.attached import evidence_in, kept_items, with_cells
from jiedui.records.views.lists import body_or_404, may_enter_kind, user_of
from jiedui.records.views.one import record_or_404, returned


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new record: the uid in address and form makes a double submit one record."""
    user, body = user_of(request), body_or_404(kind)
    if not may_enter_kind(user, body):
        return not_here(request)
    if request.method == "GET":
        start = started(request)
        if isinstance(start, HttpResponse):
            return start
        if saved := Record.objects.visible_to(user).filter(uid=start).first():
            said = _("%(number)s 已经存上，不必再填。") % {"number": saved.number}
            messages.info(request, said)
            return redirect("records:detail", start)
        form = form_for(body, user, initial={"uid": start} | given(request, body))
        return form_page(request, body, form, [], action=sent_to(start))
    form = form_for(body, user, data=request.POST)
    items: list[Evidence] = []
    submit = request.POST.get("verb") == "submit"
    try:
        uid = UUID(request.POST.get("uid", ""))
        items, refused = evidence_in(request, user)
        if refused:
            raise with_cells(body, form, user, submit, refused)
        record = actions.record_many(
            kind=kind,
            rows=[form.cells() | {"uid": uid}],
            by=user,
            now=clock.now(),
            submit=submit,
            evidence={uid: items},
        )[0]
    except CellErrors as problem:
        form.tell(problem.of_row(0))
        kept = items or kept_items(request, user)
        return form_page(request, body, form, kept, status=422, action=sent_to(uid))
    except RecordConflict as conflict:
        if not Record.objects.visible_to(user).filter(pk=conflict.record.pk).exists():
            # Nobody learns from a uid that a foreign record has it, still less what it says.
            return not_here(request)
        return conflict_page(request, body, form, conflict.record, str(conflict), items)
    except ValueError:
        return redirect(request.path)
    return done(request, record, submit)


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A draft or returned record again, or the correction of a posted one."""
    user, record = user_of(request), record_or_404(request, uid)
    body = body_of(record.kind)
    if not permissions.may_enter(user, record):
        return not_here(request)
    newest = record.newest
    correcting = record.posted_id is not None
    if request.method == "GET":
        if newest.state in WAITING or record.status == "void":
            return redirect("records:detail", uid)
        cells = actions.draft_cells(body, newest, user)
        start = cells | {
            "uid": uid,
            "seen": newest.mark,
            "reason": newest.reason if record.pending_id else "",
        }
        form = form_for(body, user, initial=start, correcting=correcting)
        return form_page(request, body, form, list(newest.evidence.all()), record)
    form = form_for(body, user, data=request.POST, correcting=correcting)
    items: list[Evidence] = []
    submit = request.POST.get("verb") == "submit"
    try:
        items, refused = evidence_in(request, user)
        if refused:
            raise with_cells(body, form, user, submit, refused)
        record = actions.revise(
            record=record,
            cells=form.cells(),
            by=user,
            now=clock.now(),
            submit=submit,
            items=items,
            seen=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
        )
    except CellErrors as problem:
        form.tell(problem.of_row(0))
        return form_page(
            request, body, form, items or kept_items(request, user), record, status=422
        )
    except StaleRevision as stale:
        return conflict_page(request, body, form, stale.record, str(stale), items)
    except RecordError as problem:
        form.tell({"": str(problem)})
        return form_page(request, body, form, items, record, status=422)
    return done(request, record, submit)


def started(request: HttpRequest) -> UUID | HttpResponse:
    """The uid that the address of an empty form carries; without one, the same address with a new uid.

    An address is what a browser keeps: whoever goes back because the answer was lost sends the form
    under the uid it had.
    """
    try:
        return UUID(request.GET.get("uid", ""))
    except ValueError:
        query = request.GET.copy()
        query["uid"] = str(uuid7())
        return redirect(f"{request.path}?{query.urlencode()}")


def sent_to(uid: UUID) -> str:
    """Where such a form is sent: not to its own address, which an error page would take the place of."""
    return f"?uid={uid}&sent=1"


def done(request: HttpRequest, record: Record, submit: bool) -> HttpResponse:
    said = _("已报送，等待审核。") if submit else _("草稿已存。")
    messages.success(request, f"{record.number} {said}")
    if request.POST.get("next") == "new":
        return redirect("records:new", record.kind)
    return redirect("records:detail", record.uid)


def form_page(
    request: HttpRequest,
    body: type[Body],
    form: RecordForm,
    items: Sequence[Evidence],
    record: Record | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    return render(
        request,
        "records/form.html",
        {
            "kind": body.kind,
            "form": form,
            "items": items,
            "record": record,
            "required": sum(c.required for c in columns_of(body).values())
            + 1
            + body.kind.evidence_required,
            "counted": [
                catalogue.get(code) for code in dict.fromkeys(post.indicator for post in body.posts)
            ],
            "correcting": record is not None and record.posted_id is not None,
            "returned_for": last_steps([record])[1].get(record.newest.pk, "") if record else "",
            "returned": returned(record) if record else None,
            "today": clock.today(),
            **context,
        },
        status=status,
    )


def conflict_page(
    request: HttpRequest,
    body: type[Body],
    form: RecordForm,
    record: Record,
    sentence: str,
    items: Sequence[Evidence],
) -> HttpResponse:
    """The form once more with what was typed, beside what somebody else wrote meanwhile."""
    user = user_of(request)
    cleaned = clean(body, [form.cells()], by=user, today=clock.today(), draft=True)
    mine = cleaned.contents[0]
    theirs = record.newest
    found = differences(body, theirs.data, mine, by=user) if isinstance(mine, Content) else []
    data = request.POST.copy()
    data["seen"], data["uid"] = theirs.mark, str(record.uid)
    form.data = data
    return form_page(
        request,
        body,
        form,
        items,
        record,
        status=409,
        conflict=sentence,
        theirs=theirs,
        differences=found,
        action=reverse("records:edit", args=[record.uid]),
    )


def given(request: HttpRequest, body: type[Body]) -> dict[str, str]:
    """Cells a link may prefill."""
    names = {"region", "pairing", *columns_of(body)}
    return {name: request.GET.get(name, "") for name in request.GET if name in names}


def not_here(request: HttpRequest) -> HttpResponse:
    raise Http404(request.path)
