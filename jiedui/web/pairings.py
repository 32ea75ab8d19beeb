"""What the directory and the page of a pairing show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import permissions
from jiedui.figures.questions import short_code
from jiedui.ledger import heads
from jiedui.lib.places import level_of, pairing_key, pairing_sides, twelve
from jiedui.regions import places
from jiedui.regions.models import Level, Pairing, Region
from jiedui.web.scopes import Scope

Address = Callable[[Scope], str]


def dates(pairing: Pairing) -> str:
    """2021-01-01 至今, or "" when nothing is known."""
    if not pairing.start_on and not pairing.end_on:
        return ""
    begin = pairing.start_on.isoformat() if pairing.start_on else ""
    end = pairing.end_on.isoformat() if pairing.end_on else _("今")
    return f"{begin} {_('至')} {end}".strip()


def directory(boards: Sequence[Scope], on: date, address: Address) -> list[dict[str, Any]]:
    """One row a pairing, by western then eastern code."""
    registered = {pairing.id: pairing for pairing in Pairing.objects.on(on)}
    listed: dict[int, list[Scope]] = {}
    for board in boards:
        listed.setdefault(board.pairing, []).append(board)
    rows = []
    for key in sorted(listed, key=lambda pairing: pairing_sides(pairing)[::-1]):
        scopes = listed[key]
        boxes = places.boxes(key)
        inside = sum(any(box.has(other) for box in boxes) for other in registered) - 1
        rows.append(
            {
                "key": pairing_key(key),
                "name": scopes[0].pairing_name,
                "level": Level(level_of(twelve(pairing_sides(key)[1]))).label,
                "dates": dates(registered[key]),
                "inside": inside,
                "book": places.book(key),
                "boards": [{"place": one.place, "href": address(one)} for one in scopes],
            }
        )
    return rows


def page(
    user: Anyone, pairing: Pairing, boards: Sequence[Scope], address: Address
) -> dict[str, Any]:
    """Both sides, the pairings inside, the book and its head.

    The head counts and proves every posting of the book: it is for who may read the whole of it.
    """
    boxes = places.boxes(pairing.id)
    inside = [
        other
        for other in Pairing.objects.order_by("west", "east")
        if other.id != pairing.id and any(box.has(other.id) for box in boxes)
    ]
    codes = {twelve(side) for one in [pairing, *inside] for side in (one.east, one.west)}
    regions = {region.code: region for region in Region.objects.filter(code__in=codes)}
    full = places.full_names(regions.values())
    book = places.book(pairing.id)
    seq, digest = heads.book_head(book) if permissions.may_read_book(user, book) else (None, "")
    return {
        "name": boards[0].pairing_name,
        "key": pairing.key,
        "dates": dates(pairing),
        "boards": [{"place": one.place, "href": address(one)} for one in boards],
        "sides": [
            _side(word, twelve(code), regions, full)
            for word, code in ((_("东部"), pairing.east), (_("西部"), pairing.west))
        ],
        "inside": [
            {
                "key": one.key,
                "east": _name(regions, one.east),
                "east_code": f"{one.east:06d}",
                "west": _name(regions, one.west),
                "west_code": f"{one.west:06d}",
                "dates": dates(one),
            }
            for one in inside
        ],
        "book": book,
        "seq": seq,
        "hash": digest,
    }


def _name(regions: dict[int, Region], code6: int) -> str:
    region = regions.get(twelve(code6))
    return region.name if region else f"{code6:06d}"


def _side(word: str, code: int, regions: dict[int, Region], full: dict[int, str]) -> dict[str, str]:
    return {
        "word": word,
        "name": regions[code].name if code in regions else short_code(code),
        "code": short_code(code),
        "full": full.get(code, ""),
        "href": reverse("web:region", args=[short_code(code)]),
    }
