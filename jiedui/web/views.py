"""The pages of the workbench: home, board, directory, pairing, region, search."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jiedui.accounts.policies import policy
from jiedui.figures.questions import short_code
from jiedui.ledger import heads
from jiedui.lib.clock import now, today
from jiedui.lib.periods import Window, month_number, month_span
from jiedui.lib.places import pairing_sides, twelve
from jiedui.regions.models import Pairing
from jiedui.web import (
    board,
    components,
    counties,
    pairings,
    regions,
    scopes,
    searching,
    sheet,
    todo,
)
from jiedui.web.rows import year_of
from jiedui.web.scopes import Scope

SHOWN_CHANGES = 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@policy()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The board looked at last, else the widest there is."""
    boards = scopes.boards_of(request.user, today())
    if not boards:
        return render(request, "web/home.html")
    last = request.session.get("board")
    chosen = next((one for one in boards if [one.pairing, one.region] == last), boards[0])
    return redirect(address(chosen))


def address(scope: Scope) -> str:
    """Where a board lives."""
    page = reverse("web:board", args=[scope.key])
    return page if scope.is_whole else f"{page}?region={short_code(scope.region)}"


@policy()
@require_GET
def board_page(request: HttpRequest, pairing: int) -> HttpResponse:
    scope, day = _asked(request, pairing)
    _remember(request, scope)
    written = request.GET.get("day", "").strip()
    if written and written != day.isoformat():
        # Another day than the one typed must not look like it.
        told = {"written": written[:20], "day": day}
        messages.error(
            request, _("没有按“%(written)s”列出：不是日期，或晚于今天。现列 %(day)s。") % told
        )
    every_part = request.GET.get("parts") == "all"
    read, table, cumulative = _look(request, scope, day, every_part=every_part)
    query = request.GET.dict()
    context = {
        "scope": scope,
        "board": read,
        "today": today(),
        "days": days_to_choose(today()),
        "unfinished": month_span(month_number(day)).last != day,
        "with_pending": request.GET.get("pending") != "0",
        "every_part": every_part,
        "cumulative": cumulative,
        "counties": table,
        "changes": read.changes[:SHOWN_CHANGES],
        "more_changes": read.changes[SHOWN_CHANGES:],
        "export": _export_address(request, scope),
        "todo": todo.read(request.user, today()),
        "kept_query": [(name, value) for name, value in query.items() if name != "day"],
        "map_query": [(name, value) for name, value in query.items() if name != "map"],
    }
    return render(request, "web/board.html", context)


@policy()
@require_GET
def board_sheet(request: HttpRequest, pairing: int) -> HttpResponse:
    """The board as an Excel file: the same numbers, with pending beside approved."""
    scope, day = _asked(request, pairing)
    read, table, _cumulative = _look(request, scope, day, every_part=True)
    response = HttpResponse(sheet.workbook(read, table, created_at=now()), content_type=XLSX)
    name = f"board-{scope.key}-{day.isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest, pairing: int) -> tuple[Scope, date]:
    """The board and day asked for; 404 for what does not exist or may not be seen."""
    written = request.GET.get("region", "")
    region = twelve(pairing_sides(pairing)[1])
    if written:
        if not (written.isascii() and written.isdigit() and len(written) in {6, 9, 12}):
            raise Http404
        region = int(written.ljust(12, "0"))
    scope = scopes.scope_of(request.user, pairing, region)
    if scope is None:
        raise Http404
    return scope, _day(request)


def _look(
    request: HttpRequest, scope: Scope, day: date, *, every_part: bool
) -> tuple[board.Board, counties.Counties, bool]:
    """The board, its counties, and whether those are shown by 累计: all as known at one head."""

    def look() -> tuple[board.Board, counties.Counties, bool]:
        read = board.read(scope, day, every_part=every_part)
        cumulative = shows_totals(request.GET.get("by"), read)
        columns = counties.columns_of(read.rows, cumulative=cumulative)
        window = Window(None, day) if cumulative else year_of(day)
        mapped = request.GET.get("map", "")
        table = counties.read(request.user, scope, window, columns, mapped, kept=read.kept)
        return read, table, cumulative

    return heads.steady(look)[1]


def _day(request: HttpRequest) -> date:
    """The day asked for, today for none or nonsense; never after today."""
    try:
        asked = date.fromisoformat(request.GET.get("day", "").strip())
    except ValueError:
        return today()
    return min(max(asked, date(1996, 1, 1)), today())


def _remember(request: HttpRequest, scope: Scope) -> None:
    """Keep the board for the bar and the next visit, writing the session only when it changes."""
    chosen = [scope.pairing, scope.region]
    if request.session.get("board") != chosen:
        request.session["board"] = chosen
        request.session["pairing_name"] = scope.pairing_name


def shows_totals(asked: str | None, read: board.Board) -> bool:
    """Whether counties are shown by 累计: when asked for, or when little happened this year."""
    if asked in {"year", "total"}:
        return asked == "total"
    rows = [row for row in read.rows if row.total is not None]
    this_year = sum(row.year.approved.is_recorded for row in rows)
    return this_year * 2 < len(rows)


def days_to_choose(last: date) -> list[date]:
    """Today, and the ends of the last twelve months and four years: what boards are asked for."""
    month, year = month_number(last), last.year
    ends = [month_span(month - back).last for back in range(1, 13)]
    years = [date(year - back, 12, 31) for back in range(1, 5)]
    return sorted({last, *ends, *years}, reverse=True)


def _export_address(request: HttpRequest, scope: Scope) -> str:
    kept = {name: request.GET[name] for name in ("region", "day", "by") if name in request.GET}
    page = reverse("web:board_sheet", args=[scope.key])
    return f"{page}?{urlencode(kept)}" if kept else page


@policy()
@require_GET
def switch(request: HttpRequest) -> HttpResponse:
    """The boards one may open, as a fragment for the bar."""
    boards = scopes.boards_of(request.user, today())
    listed = [(one, address(one)) for one in boards]
    return render(request, "web/_switch.html", {"boards": listed})


@policy()
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """The pairings one may see, each with its boards."""
    boards = scopes.boards_of(request.user, today())
    context = {"pairings": pairings.directory(boards, today(), address)}
    return render(request, "web/directory.html", context)


@policy()
@require_GET
def pairing_page(request: HttpRequest, pairing: int) -> HttpResponse:
    """Both sides of a pairing, the pairings inside it, and the book they keep together."""
    boards = [one for one in scopes.boards_of(request.user, today()) if one.pairing == pairing]
    found = Pairing.objects.filter(id=pairing).first()
    if found is None or not boards:
        raise Http404
    return render(request, "web/pairing.html", pairings.page(request.user, found, boards, address))


@policy()
@require_GET
def region_page(request: HttpRequest, code: int) -> HttpResponse:
    """What a place is, whom it is paired with, its main figures and its records."""
    boards = scopes.boards_of(request.user, today())
    if not scopes.may_know(boards, code):
        raise Http404
    context = regions.page(request.user, code, boards, today(), address)
    if context is None:
        raise Http404
    return render(request, "web/region.html", context)


@policy()
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Indicators, places, enterprises and records by a few words."""
    query = request.GET.get("q", "").strip()[:100]
    boards = scopes.boards_of(request.user, today()) if query else []
    hits = searching.search(request.user, query, on=today(), boards=boards)
    sections = [
        (_("数字"), hits.indicators),
        (_("记录"), hits.records),
        (_("企业"), hits.enterprises),
        (_("地区"), hits.places),
    ]
    return render(
        request,
        "web/search.html",
        {
            "query": query,
            "searched": query,
            "hits": hits,
            "sections": sections,
            "limit": searching.LIMIT,
        },
    )


@policy()
@require_GET
def components_page(request: HttpRequest) -> HttpResponse:
    """All components with made-up numbers."""
    context: dict[str, Any] = components.context()
    return render(request, "ui/components.html", context)
