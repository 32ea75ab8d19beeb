"""The page of a figure, its details as Excel, and the list of all indicators."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jiedui.accounts.policies import policy
from jiedui.figures import formats, index, page, permissions, sheet
from jiedui.figures.questions import BadAddress, Question
from jiedui.indicators import catalogue
from jiedui.ledger import heads
from jiedui.lib.clock import now
from jiedui.regions import places

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@policy()
@require_GET
def figure(request: HttpRequest, code: str, place: str, window: str) -> HttpResponse:
    """One figure and everything behind it; 404 for what does not exist or may not be read."""
    question = asked(request, code, place, window)
    until = request.GET.get("until")
    if until is not None:
        head = _head(until)
        since = _head(request.GET.get("since", ""))
        address = question.known(head).address
        mark = "&" if "?" in address else "?"
        return redirect(f"{address}{mark}since={since}#known" if since is not None else address)
    since = _head(request.GET.get("since", ""))
    context = {"page": page.context(question, user=request.user, since=since)}
    return render(request, "figures/figure.html", context)


@policy()
@require_GET
def export(request: HttpRequest, code: str, place: str, window: str) -> HttpResponse:
    """The details behind a figure as an Excel file."""
    question = asked(request, code, place, window)
    content = sheet.workbook(question, created_at=now(), reader=request.user)
    response = HttpResponse(content, content_type=XLSX)
    name = f"{catalogue.get(question.indicator).name}-{formats.place_name(question)}.xlsx"
    response["Content-Disposition"] = (
        f"attachment; filename=\"figure.xlsx\"; filename*=UTF-8''{quote(name)}"
    )
    return response


@policy()
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All indicators by line of work, each asked at one place, pairing and window."""
    chosen = index.chosen(request.user, request.GET)
    context: dict[str, Any] = {
        "index": chosen and index.read(request.user, chosen),
        "only": request.GET.get("only") == "1",
    }
    return render(request, "figures/index.html", context)


def asked(request: HttpRequest, code: str, place: str, window: str) -> Question:
    """The question of an address, when it exists and the user may read it; else Http404."""
    query = f"?pairing={request.GET['pairing']}" if request.GET.get("pairing") else ""
    try:
        question = Question.parse(f"{code}/{place}/{window}{query}")
        catalogue.get(question.indicator)
        if question.region:
            places.get(question.region)
    except (BadAddress, catalogue.UnknownIndicator, places.UnknownRegion) as error:
        raise Http404(_("没有这个数字")) from error
    if question.known_at is not None and question.known_at > heads.head():
        raise Http404(_("没有这个账头"))
    if question.window.end.year > 9000 or question.window.end < date(1949, 10, 1):
        raise Http404(_("没有这个期间"))
    if not permissions.may_read(request.user, question):
        raise Http404(_("没有这个数字"))
    return question


def _head(text: str) -> int | None:
    """A head out of a query; None for nothing and for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
