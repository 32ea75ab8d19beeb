"""Sums above a list: asked from the ledger for a place and a window, never added from the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiedui.accounts import scope
from jiedui.accounts.models import Side, User
from jiedui.indicators import catalogue
from jiedui.indicators.definitions import Indicator, Measure
from jiedui.ledger import totals
from jiedui.ledger.facts import Slice, Total
from jiedui.lib.periods import Window
from jiedui.lib.places import NATION, pairing_key, parse_pairing_key
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


def default_place(user: User) -> Place | None:
    """The one place of a user's grants; None where they hold several that do not nest."""
    held = scope.grants(user)
    spans = {(grant.side, grant.region, grant.book) for grant in held}
    if len(spans) != 1:
        return None
    side, region, book = spans.pop()
    if side == Side.EAST:
        return Place(NATION, parse_pairing_key(book)) if book else None
    return Place(region, parse_pairing_key(book) if book else None)


def sums(body: type[Body], user: User, place: Place | None, start: date | None, end: date) -> list[Sum]:
    """The kind's totals, empty when the user may not ask that place or the kind names none."""
    if place is None or not body.kind.total:
        return []
    window = Window(start, end)
    ranges = places.ranges(place.region, window)
    boxes = places.boxes(place.pairing, window) if place.pairing else None
    if not scope.covers(user, ranges=ranges, boxes=boxes, line=body.kind.line):
        return []
    found = [catalogue.get(code) for code in body.kind.total]
    slices = [Slice(one.code, ranges, boxes, start, end) for one in found]
    approved, pending = totals.ask(slices), totals.ask(slices, pending=True)
    return [
        Sum(one, shown(one, a, place, start, end), shown(one, p, place, start, end, "pend"),
            (a.value, a.bound) != (p.value, p.bound))
        for one, a, p in zip(found, approved, pending, strict=True)
    ]


def shown(indicator: Indicator, total: Total, place: Place, start: date | None, end: date,
          state: str = "") -> Number:
    """A total in the indicator's display unit, linked to its figure."""
    per = indicator.scale * indicator.display_scale
    text = None if total.value is None else digits(total.value, per, indicator.display_decimals)
    since = None if indicator.measure is Measure.STOCK else start
    href = figure_address(indicator.code, place.region, since, end, place.pairing)
    return Number(text, total.bound, href=href, state=state)


def figure_address(code: str, region: int, start: date | None, end: date,
                   pairing: int | None = None) -> str:
    """The one address of a figure (design §6); the page itself lives in a room above."""
    text = f"{region:012d}"
    short = text[:6] if region % 10**6 == 0 else text[:9] if region % 1000 == 0 else text
    query = f"?pairing={pairing_key(pairing)}" if pairing else ""
    return f"/f/{code}/{short}/{start.isoformat() if start else ''}..{end.isoformat()}{query}"
