"""Pasting rows from Excel: a preview with what is wrong cell by cell, then all rows or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiedui.accounts.models import Role
from jiedui.accounts.policies import policy
from jiedui.lib import clock
from jiedui.lib.ids import uuid7
from jiedui.records import actions, permissions
from jiedui.records.cleaning import clean
from jiedui.records.columns.base import cell_text
from jiedui.records.errors import CellErrors, NotAllowed, RecordConflict
from jiedui.records.kinds import Body, columns_of
from jiedui.records.models import Record
from jiedui.records.sheets import MOST_ROWS, heads_of, own_order, pasted, read_table
from jiedui.records.views.entry import not_here, sent_to, started
from jiedui.records.views.lists import body_or_404, may_enter_kind, user_of

SHOWN_ROWS = 200


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, kind: str) -> HttpResponse:
    """Rows copied from Excel: shown with what is wrong cell by cell, then written all at once."""
    user, body = user_of(request), body_or_404(kind)
    if not may_enter_kind(user, body):
        return not_here(request)
    names = own_order(body)
    context: dict[str, Any] = {"kind": body.kind, "heads": heads_of(body, names), "text": ""}
    if request.method == "GET":
        start = started(request)
        if isinstance(start, HttpResponse):
            return start
        if Record.objects.visible_to(user).filter(uid=uid_of_row(start, 0)).exists():
            messages.info(request, _("这一批已经存上，不必再贴。"))
            return redirect("records:list", kind)
        return render(
            request, "records/paste.html", context | {"uid": start, "action": sent_to(start)}
        )
    text = request.POST.get("text", "")
    table = read_table(body, pasted(text))
    context |= {
        "text": text,
        "table": table,
        "uid": (uid := given_uid(request)),
        "action": sent_to(uid),
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
            rows = [row | {"uid": uid_of_row(uid, n)} for n, row in enumerate(table.rows)]
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


def given_uid(request: HttpRequest) -> UUID:
    """The uid of the form that was sent; a new one for none or nonsense."""
    try:
        return UUID(request.POST.get("uid", ""))
    except ValueError:
        return uuid7()


def uid_of_row(base: UUID, number: int) -> UUID:
    """The uid of a pasted row: the same paste sent twice is the same records."""
    return uuid5(base, str(number))


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
