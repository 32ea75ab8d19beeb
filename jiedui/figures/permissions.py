"""Who may read which figure: a question must lie wholly inside one grant."""

from __future__ import annotations

from datetime import date

from jiedui.accounts import scope
from jiedui.accounts.models import Side
from jiedui.accounts.scope import Anyone
from jiedui.figures.answers import slice_of
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Line, Measure
from jiedui.lib.places import pairing_sides, parse_pairing_key, range_of, twelve
from jiedui.regions import places
from jiedui.regions.models import Pairing


def may_read(user: Anyone, question: Question) -> bool:
    """Whether one grant of the user holds the whole question: its place, pairings and line of work."""
    indicator = catalogue.get(question.indicator)
    code = indicator.numerator if indicator.measure is Measure.RATIO else indicator.code
    asked = slice_of(question, code)
    return scope.covers(user, ranges=asked.ranges, boxes=asked.boxes, line=indicator.line)


def may_read_book(user: Anyone, book: str) -> bool:
    """Whether one grant of the user holds a whole book, all lines of work of it."""
    pairing = parse_pairing_key(book)
    west = twelve(pairing_sides(pairing)[1])
    return scope.covers(user, ranges=places.ranges(west), boxes=places.boxes(pairing))


def lines_of(user: Anyone, region: int, pairing: int | None) -> list[Line]:
    """The lines of work the user may read at a place; none when the place is out of reach."""
    ranges = places.ranges(region)
    boxes = None if pairing is None else places.boxes(pairing)
    return [line for line in Line if scope.covers(user, ranges=ranges, boxes=boxes, line=line)]


def places_of(user: Anyone, on: date) -> list[tuple[int, int]]:
    """(region, pairing) the user may ask about, the widest first: each pairing's west, and own grants."""
    found: dict[tuple[int, int], None] = {}
    for pairing in Pairing.objects.on(on).order_by("west", "east"):
        west = range_of(twelve(pairing.west))
        own = [
            grant.region
            for grant in scope.grants(user)
            if grant.side == Side.WEST and west.holds(range_of(grant.region))
        ]
        for region in [west.lo, *own]:
            if lines_of(user, region, pairing.id):
                found[region, pairing.id] = None
    return sorted(found, key=lambda key: (-(range_of(key[0]).hi - key[0]), key))
