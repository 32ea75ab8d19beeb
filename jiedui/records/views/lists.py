"""The register of all kinds, and the list of one kind with its sums and its Excel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.accounts.policies import policy
from jiedui.indicators.definitions import Line
from jiedui.lib import clock
from jiedui.records import list_sheet, listing
from jiedui.records.kinds import (
    Body,
    UnknownKind,
    bodies,
    body_of,
    columns_of,
    date_column,
    shown_columns,
)
from jiedui.records.models import Record
from jiedui.records.sheets import XLSX
from jiedui.records.totals import askable, sums
from jiedui.regions import places
from jiedui.regions.models import Level, Region

PAGE = 50
MOST_EXPORTED = 20_000
TAB_WORDS = [
    ("", lazy("全部")),
    ("mine", lazy("待我审核")),
    ("waiting", lazy("待审核")),
    ("returned", lazy("退回")),
    ("draft", lazy("草稿")),
    ("approved", lazy("已审核")),
    ("void", lazy("已作废")),
]


def user_of(request: HttpRequest) -> User:
    """Who asks; the policy let nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def body_or_404(kind: str) -> type[Body]:
    try:
        return body_of(kind)
    except UnknownKind as error:
        raise Http404 from error


def may_enter_kind(user: User, body: type[Body]) -> bool:
    """Whether the user enters this line of work anywhere."""
    return any(
        grant.role == Role.ENTER and grant.line in {"", body.kind.line}
        for grant in scope.grants(user)
    )


@policy()
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every kind by line of work with how many records the user may see."""
    user = user_of(request)
    counts = dict(
        Record.objects.visible_to(user).order_by().values_list("kind").annotate(n=Count("pk"))
    )
    lines: dict[str, list[dict[str, Any]]] = {}
    for code, body in bodies().items():
        lines.setdefault(body.kind.line, []).append(
            {
                "kind": body.kind,
                "count": counts.get(code, 0),
                "may_enter": may_enter_kind(user, body),
            }
        )
    named = [
        {"label": line.label, "kinds": lines.pop(line.value)}
        for line in Line
        if line.value in lines
    ]
    rest = [kind for kinds in lines.values() for kind in kinds]
    return render(
        request,
        "records/index.html",
        {
            "lines": [*named, {"label": _("汇总"), "kinds": rest}] if rest else named,
        },
    )


@policy()
@require_GET
def kind_list(request: HttpRequest, kind: str) -> HttpResponse:
    user, body = user_of(request), body_or_404(kind)
    filters = listing.Filters.of(request.GET)
    for name, day in (("from", filters.first), ("to", filters.last)):
        if day is None and (written := request.GET.get(name, "").strip()):
            said = _("看不懂日期“%(written)s”，没有按它筛选；请写成 2023-09-30。")
            messages.error(request, said % {"written": written[:20]})
    found = listing.records(user, filters, body)
    counts = found.tab_counts(user)
    chosen = listing.ordered(listing.in_tab(found, user, filters.tab).for_pages(), filters.sort)
    pages = Paginator(chosen, PAGE)
    pages.count = counts.get(filters.tab, counts["all"])  # the tab's own, counted already
    page = pages.get_page(request.GET.get("page"))
    place = askable(user, filters.region, filters.pairing, body.kind.line)
    rows = listing.rows(body, list(page.object_list), user)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "kind": body.kind,
        "filters": filters,
        "page": page,
        "rows": rows,
        "heads": heads(body),
        "sorts": sort_links(request, filters.sort),
        "tabs": tabs(request, counts, filters.tab),
        "regions": region_options(user, filters.region),
        "sums": sums(body, place, filters.first, filters.last or clock.today()),
        "sum_place": places.names([place.region]).get(place.region, "") if place else "",
        "may_enter": may_enter_kind(user, body),
        "may_review": any(row.may_review for row in rows),
        "query": query.urlencode(),
        "today": clock.today(),
        "counts": counts,
    }
    return render(request, "records/list.html", context)


def heads(body: type[Body]) -> list[dict[str, str]]:
    """The heads of the kind's own columns: label, unit, side."""
    return [
        {"label": column.label, "unit": str(column.unit), "align": column.align}
        for name in shown_columns(body)
        if name != date_column(body)
        for column in [columns_of(body)[name]]
    ]


def sort_links(request: HttpRequest, sort: str) -> dict[str, dict[str, str]]:
    """For each head that sorts: its address and the arrow that says how the list is sorted now."""
    links = {}
    for name in listing.SORTS:
        query = request.GET.copy()
        query.pop("page", None)
        down = sort == f"-{name}"
        query["sort"] = name if down else f"-{name}"
        arrow = "↓" if down else "↑" if sort == name else ""
        links[name] = {"href": f"?{query.urlencode()}", "arrow": arrow}
    return links


def tabs(request: HttpRequest, counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The tabs with their counts; empty ones fall away but the first and the chosen one."""
    found = []
    for name, label in TAB_WORDS:
        query = request.GET.copy()
        query.pop("page", None)
        query["tab"] = name
        count = counts["all"] if not name else counts[name]
        if count or name in {"", chosen}:
            found.append(
                {
                    "label": label,
                    "count": count,
                    "here": name == chosen,
                    "href": f"?{query.urlencode()}",
                }
            )
    return found


def region_options(user: User, chosen: int | None) -> list[dict[str, Any]]:
    """The places of the user's grants down to counties, for the filter."""
    found = Region.objects.real().filter(scope.places_q(user), level__lte=Level.COUNTY)
    return [
        {"code": f"{region.code // 10**6:06d}", "name": region.name, "here": region.code == chosen}
        for region in found.order_by("code")[:400]
    ]


@policy()
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The filtered list as Excel, the heads being those that paste and import read back."""
    user, body = user_of(request), body_or_404(kind)
    filters = listing.Filters.of(request.GET)
    found = listing.in_tab(listing.records(user, filters, body), user, filters.tab)
    records = list(listing.ordered(found.for_pages(), filters.sort)[: MOST_EXPORTED + 1])
    is_cut, records = len(records) > MOST_EXPORTED, records[:MOST_EXPORTED]
    below = []
    if is_cut:
        below = [
            _("只导出前 %(most)d 件，其余请按地区或日期筛选后再导。") % {"most": MOST_EXPORTED}
        ]
    place = askable(user, filters.region, filters.pairing, body.kind.line)
    told = list_sheet.asked(
        filters,
        tab=str(dict(TAB_WORDS).get(filters.tab, TAB_WORDS[0][1])),
        count=len(records),
        sums=sums(body, place, filters.first, filters.last or clock.today()),
        place=places.names([place.region]).get(place.region, "") if place else "",
    )
    content = list_sheet.workbook(
        body, records, by=user, told=told, below=below, created_at=clock.now()
    )
    response = HttpResponse(content, content_type=XLSX)
    name = f"{body.kind.label}-{clock.today().isoformat()}.xlsx"
    response.headers["Content-Disposition"] = disposition(name)
    return response


def disposition(name: str) -> str:
    """A download under a name in any script (RFC 6266)."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
