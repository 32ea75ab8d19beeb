"""Entering and correcting one record, on a wide screen or a phone, and pasting many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

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
from jiedui.records.columns.base import cell_text
from jiedui.records.content import Content
from jiedui.records.differences import differences
from jiedui.records.errors import (
    CellErrors,
    NotAllowed,
    RecordConflict,
    RecordError,
    StaleRevision,
)
from jiedui.records.forms import RecordForm, form_for
from jiedui.records.kinds import Body, body_of, columns_of
from jiedui.records.listing import last_steps
from jiedui.records.models import WAITING, Evidence, Record
from jiedui.records.sheets import MOST_ROWS, heads_of, own_order, pasted, read_table
from jiedui.records.views.attached import evidence_in, kept_items, with_cells
from jiedui.records.views.lists import body_or_404, may_enter_kind, user_of
from jiedui.records.views.one import record_or_404, returned

SHOWN_ROWS = 200


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new record: the uid in the form makes a double submit one record."""
    user, body = user_of(request), body_or_404(kind)
    if not may_enter_kind(user, body):
        return not_here(request)
    if request.method == "GET":
        form = form_for(body, user, initial={"uid": uuid7()} | given(request, body))
        return form_page(request, body, form, [])
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
        return form_page(request, body, form, items or kept_items(request, user), status=422)
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


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, kind: str) -> HttpResponse:
    """Rows copied from Excel: shown with what is wrong cell by cell, then written all at once."""
    user, body = user_of(request), body_or_404(kind)
    if not may_enter_kind(user, body):
        return not_here(request)
    names = own_order(body)
    context: dict[str, Any] = {
        "kind": body.kind,
        "heads": heads_of(body, names),
        "uid": uuid7(),
        "text": "",
    }
    if request.method == "GET":
        return render(request, "records/paste.html", context)
    text = request.POST.get("text", "")
    table = read_table(body, pasted(text))
    context |= {
        "text": text,
        "table": table,
        "uid": request.POST.get("uid") or uuid7(),
        "asked": True,
    }
    if len(table.rows) > MOST_ROWS:
        context["refused"] = _("一次最多 %(most)d 行，请分几次粘贴。") % {"most": MOST_ROWS}
        return render(request, "records/paste.html", context, status=422)
    cleaned = clean(body, table.rows, by=user, today=clock.today(), units=table.units)
    errors = permissions.entry_errors(user, body, cleaned.contents) | cleaned.errors
    if request.POST.get("verb") in {"draft", "submit"} and table.rows:
        submit = request.POST["verb"] == "submit"
        try:
            base = UUID(str(context["uid"]))
            rows = [row | {"uid": uuid5(base, str(n))} for n, row in enumerate(table.rows)]
            actions.record_many(
                kind=kind, rows=rows, by=user, now=clock.now(), submit=submit, units=table.units
            )
        except CellErrors as problem:
            errors = problem.errors
        except (RecordConflict, NotAllowed, ValueError) as problem:
            context["refused"] = str(problem)
        else:
            said = _("已报送 %(n)d 件，等待审核。") if submit else _("已存 %(n)d 件草稿。")
            messages.success(request, said % {"n": len(rows)})
            return redirect("records:list", kind)
    context |= preview(body, table.names, table.rows, errors)
    return render(request, "records/paste.html", context, status=422 if errors else 200)


def preview(
    body: type[Body],
    names: Sequence[str],
    rows: Sequence[dict[str, Any]],
    errors: dict[tuple[int, str], str],
) -> dict[str, Any]:
    """The rows as typed, each cell with its sentence; rows with errors come in full, others up to a few."""
    bad = {row for row, _name in errors}
    missing = dict.fromkeys(name for _row, name in errors if name not in names)
    shown = [
        *names,
        *(name for name in missing if name in {"region", "pairing", *columns_of(body)}),
    ]
    lines = [
        {
            "number": number + 1,
            "bad": number in bad,
            "cells": [
                {"text": cell_text(row.get(name)), "error": errors.get((number, name), "")}
                for name in shown
            ],
            "other": [
                text for (at, name), text in errors.items() if at == number and name not in shown
            ],
        }
        for number, row in enumerate(rows)
        if number in bad or number < SHOWN_ROWS
    ][: SHOWN_ROWS * 2]
    return {
        "preview_heads": heads_of(body, shown),
        "lines": lines,
        "errors": len(errors),
        "rows": len(rows),
        "bad": len(bad),
    }
