"""Sums above a list: asked from the ledger for a place and a window, never added from the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.accounts import scope
from jiedui.accounts.models import Grant, Side, User
from jiedui.indicators import catalogue
from jiedui.indicators.definitions import Indicator, Measure
from jiedui.ledger import totals
from jiedui.ledger.facts import Slice, Total
from jiedui.lib.periods import Window
from jiedui.lib.places import NATION, pairing_id, pairing_key, parse_pairing_key, six
from jiedui.records.kinds import Body
from jiedui.regions import places
from jiedui.ui.numbers import Number, digits


@dataclass(frozen=True, slots=True)
class Sum:
    """One indicator over the list's place and window: 已审核 beside 含待审核."""

    indicator: Indicator
    approved: Number
    pending: Number
    differs: bool


@dataclass(frozen=True, slots=True)
class Place:
    """The slice a list is summed over: a western place, a pairing or all of them."""

    region: int
    pairing: int | None


def askable(user: User, region: int | None, pairing: int | None, line: str) -> Place | None:
    """What a list of a user is summed over: the place and pairing it was filtered by, else the user's own.

    A grant limited to a book or to an eastern side narrows the pairing. None where no single grant
    covers the question, because a sum must never be silently partial.
    """
    window = Window(None, date.max)
    for grant in scope.grants(user):
        place = Place(grant_region(grant, region), grant_pairing(grant, region, pairing))
        ranges = places.ranges(place.region, window)
        boxes = places.boxes(place.pairing, window) if place.pairing else None
        if scope.covers(user, ranges=ranges, boxes=boxes, line=line):
            return place
    return None


def grant_region(grant: Grant, region: int | None) -> int:
    if region is not None:
        return region
    return grant.region if grant.side == Side.WEST else NATION


def grant_pairing(grant: Grant, region: int | None, pairing: int | None) -> int | None:
    """The pairing asked for, else the grant's book, else all pairings of its eastern side."""
    if pairing is not None:
        return pairing
    if grant.book:
        return parse_pairing_key(grant.book)
    if grant.side == Side.WEST:
        return None
    west = (region or 0) // 10**10 * 10**4
    return pairing_id(six(grant.region), west) if west else None


def sums(body: type[Body], place: Place | None, start: date | None, end: date) -> list[Sum]:
    """The kind's totals over an askable place; empty without one, or where the kind names none."""
    if place is None or not body.kind.total:
        return []
    window = Window(start, end)
    ranges = places.ranges(place.region, window)
    boxes = places.boxes(place.pairing, window) if place.pairing else None
    found = [catalogue.get(code) for code in body.kind.total]
    slices = [Slice(one.code, ranges, boxes, start, end) for one in found]
    approved, pending = totals.ask_both(slices)
    return [
        Sum(
            one,
            shown(one, a, place, start, end),
            shown(one, p, place, start, end, "pend"),
            (a.value, a.bound) != (p.value, p.bound),
        )
        for one, a, p in zip(found, approved, pending, strict=True)
    ]


def shown(
    indicator: Indicator, total: Total, place: Place, start: date | None, end: date, state: str = ""
) -> Number:
    """A total in the indicator's display unit, linked to its figure."""
    per = indicator.scale * indicator.display_scale
    text = None if total.value is None else digits(total.value, per, indicator.display_decimals)
    since = None if indicator.measure is Measure.STOCK else start
    href = figure_address(indicator.code, place.region, since, end, place.pairing)
    return Number(text, total.bound, href=href, state=state)


def figure_address(
    code: str,
    region: int,
    start: date | None,
    end: date,
    pairing: int | None = None,
    *,
    own: bool = False,
) -> str:
    """The one address of a figure (design §6); the page itself lives in a room above."""
    text = f"{region:012d}"
    short = text[:6] if region % 10**6 == 0 else text[:9] if region % 1000 == 0 else text
    query = f"?pairing={pairing_key(pairing)}" if pairing else ""
    return f"/f/{code}/{short}{'~own' if own else ''}/{start.isoformat() if start else ''}..{end.isoformat()}{query}"
