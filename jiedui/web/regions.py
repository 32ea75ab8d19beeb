"""What the page of a place shows: its history, pairings, main figures and records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures.kept import Kept
from jiedui.figures.questions import short_code
from jiedui.ledger import heads
from jiedui.records.kinds import bodies
from jiedui.records.models import Record
from jiedui.regions import places
from jiedui.regions.models import Region
from jiedui.web import scopes
from jiedui.web.pairings import dates
from jiedui.web.rows import read_rows
from jiedui.web.scopes import Scope

Address = Callable[[Scope], str]
MOST_BOARDS = 3


def page(
    user: Anyone, code: int, boards: Sequence[Scope], on: date, address: Address
) -> dict[str, Any] | None:
    """What stands on the page; None for a code that is no place."""
    region = Region.objects.select_related("successor").filter(code=code).first()
    if region is None:
        return None
    uppers = {upper.code: upper for upper in Region.objects.filter(code__in=places.above(code))}
    own = scopes.scopes_at(user, code, boards)
    pairings = places.pairings_of(code, on)
    names = places.pairing_names(pairing.id for pairing in pairings)
    shown = own[:MOST_BOARDS]
    _head, boards_rows = heads.steady(lambda: read_rows(shown, on, Kept()))
    figures = [
        {"name": one.pairing_name, "rows": [row for row in found.rows if not row.indent]}
        for one, found in zip(shown, boards_rows, strict=True)
    ]
    return {
        "region": region,
        "today": on,
        "full": places.full_names([region])[code],
        "path": [_step(upper, boards) for upper in uppers.values()],
        "dates": _validity(region),
        "before": list(region.predecessors.order_by("code")),
        "successor_href": _href(region.successor.code) if region.successor else "",
        "boards": [{"name": one.pairing_name, "href": address(one)} for one in own],
        "figures": figures,
        "pairings": [
            {"key": one.key, "name": names[one.id].replace("—", " ⇄ "), "dates": dates(one)}
            for one in pairings
            if any(known.pairing == one.id for known in boards)
        ],
        "records": _records(user, code),
        "children": places.children(code, on),
    }


def _href(code: int) -> str:
    return reverse("web:region", args=[short_code(code)])


def _step(region: Region, boards: Sequence[Scope]) -> dict[str, str]:
    href = _href(region.code) if scopes.may_know(list(boards), region.code) else ""
    return {"name": region.name, "href": href}


def _validity(region: Region) -> str:
    begin = region.valid_from.isoformat() if region.valid_from else ""
    end = region.valid_to.isoformat() if region.valid_to else _("今")
    return f"{begin} {_('至')} {end}".strip()


def _records(user: Anyone, code: int) -> dict[str, Any]:
    """How many records of each kind the user may see there, with the list that shows them."""
    here = Q()
    for span in places.ranges(code):
        here |= Q(region__range=tuple(span))
    found = Record.objects.visible_to(user).filter(here)
    counted = dict(
        found.order_by()
        .values_list("kind")
        .annotate(count=Count("pk"))
        .values_list("kind", "count")
    )
    kinds = [
        {
            "label": body.kind.label,
            "count": counted[kind],
            "href": f"{reverse('records:list', args=[kind])}?region={short_code(code)}",
        }
        for kind, body in bodies().items()
        if kind in counted
    ]
    return {"kinds": kinds, "count": sum(counted.values())}
