"""The one place that decides what a user may see and do: every list, question and action asks here.

A grant covers a place (west) or an eastern side (east), narrowed to a book and a line of work. A
question must lie wholly inside one grant; two grants never add up to a wider one. Grants are read
once a request, because ``request.user`` is a new object in each: a changed grant counts at the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from jiedui.accounts.models import Grant, ReviewLevels, Role, Side, User
from jiedui.lib.clock import today
from jiedui.lib.places import (
    NATION,
    Box,
    Range,
    level_of,
    pairing_id,
    pairing_key,
    parse_pairing_key,
    range_of,
    six,
    twelve,
)
from jiedui.regions import places
from jiedui.regions.models import Pairing

Anyone = User | AnonymousUser

_EVERY_SIX = Range(0, 999_999)


# Grants.


def grants(user: Anyone, *, on: date | None = None) -> list[Grant]:
    """The user's grants that hold on a day (today in China).

    None for somebody not signed in, a disabled user or an administrator.
    """
    if not isinstance(user, User) or not user.is_active or user.administrator:
        return []
    if user.kept_grants is None:
        user.kept_grants = list(Grant.objects.filter(user=user).order_by("id"))
    day = on or today()
    return [
        grant
        for grant in user.kept_grants
        if (grant.valid_from is None or grant.valid_from <= day)
        and (grant.valid_to is None or day <= grant.valid_to)
    ]


def roles(user: Anyone) -> set[Role]:
    """All roles a user holds anywhere today, the administrator's one included."""
    held = {Role(grant.role) for grant in grants(user)}
    if isinstance(user, User) and user.is_active and user.administrator:
        held.add(Role(user.administrator))
    return held


def _book_boxes(grant: Grant) -> tuple[Box, ...]:
    """The pairings a grant reaches: its book, or all; for the east only those of its own side."""
    reached: tuple[Box, ...] = (Box(_EVERY_SIX, _EVERY_SIX),)
    if grant.book:
        reached = places.boxes(parse_pairing_key(grant.book))
    if grant.side == Side.WEST:
        return reached
    sides = [Range(six(lo), six(hi)) for lo, hi in places.ranges(grant.region)]
    return tuple(
        Box(Range(max(box.east.lo, side.lo), min(box.east.hi, side.hi)), box.west)
        for box in reached
        for side in sides
        if box.east.meets(side)
    )


# One thing.


def may(
    user: Anyone,
    role: Role | str,
    *,
    region: int,
    pairing: int,
    line: str = "",
    written_by: Side | str = "",
    on: date | None = None,
) -> bool:
    """Whether one grant of this role covers a slice; pairing 0 means all pairings.

    ``line`` "" asks for no particular line of work: a grant limited to a line does not answer it.
    ``written_by`` names the side that wrote what is there: an eastern grant then holds only for its own.
    """
    wanted = Role(role)
    asked_boxes = places.boxes(pairing) if pairing else None
    asked_ranges = (range_of(region),)
    return any(
        grant.role == wanted
        and not (written_by == Side.WEST and grant.side == Side.EAST)
        and _covers(grant, asked_ranges, asked_boxes, line)
        for grant in grants(user, on=on)
    )


def covers(
    user: Anyone, *, ranges: tuple[Range, ...], boxes: tuple[Box, ...] | None, line: str = ""
) -> bool:
    """Whether a question lies wholly inside one grant; every role may read its scope.

    ``ranges`` and ``boxes`` are those the ledger is asked with; boxes None means all pairings. No
    ranges at all is no question: False.
    """
    return bool(ranges) and any(_covers(grant, ranges, boxes, line) for grant in grants(user))


def _covers(
    grant: Grant, ranges: tuple[Range, ...], boxes: tuple[Box, ...] | None, line: str
) -> bool:
    if grant.line and grant.line != line:
        return False
    if grant.side == Side.WEST:
        own = places.ranges(grant.region)
        if not all(any(mine.holds(asked) for mine in own) for asked in ranges):
            return False
        if not grant.book:
            return True
    if boxes is None:
        return False
    reached = _book_boxes(grant)
    return bool(boxes) and all(any(mine.holds(asked) for mine in reached) for asked in boxes)


# Lists.


def region_q(user: Anyone, prefix: str = "", *, line: str = "") -> Q:
    """The rows a user may see, for any model with ``region``, ``pairing`` and ``book``.

    ``prefix`` leads to them ("record__"); ``line`` is the name of the model's field with the line of
    work. A model without one shows nothing to grants that are limited to a line.
    """
    return _any(_grant_q(grant, prefix, line) for grant in grants(user))


def role_q(
    user: Anyone, role: Role | str, prefix: str = "", *, line: str = "", written_by: str = ""
) -> Q:
    """Like region_q, for the rows in which the user holds one role (queues, choices).

    ``written_by`` is the name of the field with the side that wrote a row; see ``may``.
    """
    wanted = Role(role)
    return _any(
        _grant_q(grant, prefix, line, written_by) for grant in grants(user) if grant.role == wanted
    )


def _grant_q(grant: Grant, prefix: str, line: str, written_by: str = "") -> Q | None:
    condition = Q()
    if grant.side == Side.WEST:
        own = places.ranges(grant.region)
        condition &= _joined(Q((f"{prefix}region__range", tuple(mine))) for mine in own)
    else:
        condition &= _joined(
            Q((f"{prefix}pairing__range", (six(lo) * 10**6, six(hi) * 10**6 + 999_999)))
            for lo, hi in places.ranges(grant.region)
        )
        if written_by:
            condition &= Q((f"{prefix}{written_by}", Side.EAST))
    if grant.book:
        condition &= _book_q(grant.book, prefix)
    if grant.line:
        if not line:
            return None
        condition &= Q((f"{prefix}{line}", grant.line))
    return condition


def _book_q(book: str, prefix: str) -> Q:
    """Books inside a granted one: itself between cities, all of their cities' between provinces."""
    conditions = []
    for box in places.boxes(parse_pairing_key(book)):
        east, west = _significant(box.east.lo), _significant(box.west.lo)
        conditions.append(
            Q((f"{prefix}book__startswith", east), (f"{prefix}book__contains", f"-{west}"))
            if min(len(east), len(west)) == 2
            else Q((f"{prefix}book", pairing_key(pairing_id(box.east.lo, box.west.lo))))
        )
    return _joined(conditions)


def _significant(code6: int) -> str:
    """The digits that matter: 440000 → "44", 440300 → "4403", 429004 → itself."""
    return f"{code6:06d}"[: level_of(twelve(code6))]


def _joined(conditions: Iterable[Q]) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined


def _any(conditions: Iterable[Q | None]) -> Q:
    given = [condition for condition in conditions if condition is not None]
    return _joined(given) if given else Q(pk__in=[])


# Places to choose from, and review.


def places_q(user: Anyone, role: Role | str | None = None) -> Q:
    """The regions of a user's grants (of one role), as a condition on Region: what a picker offers.

    For the east these are the western sides of the registered pairings of their own side.
    """
    wanted = None if role is None else Role(role)
    conditions = []
    for grant in grants(user):
        if wanted is not None and grant.role != wanted:
            continue
        if grant.side == Side.WEST:
            spans = list(places.ranges(grant.region))
        else:
            wests = [
                pairing.west
                for pairing in Pairing.objects.all()
                if any(box.has(pairing.id) for box in _book_boxes(grant))
            ]
            spans = [span for west in wests for span in places.ranges(twelve(west))]
        conditions += [Q(code__range=tuple(span)) for span in spans]
    return _any(conditions)


def works_with(user: Anyone, role: Role | str, region: int) -> bool:
    """Whether a place lies in one of the user's grants of a role, or on the other side of its pairings.

    For what belongs to a place and to no slice: entries of the registers. Lines of work are not asked.
    """
    wanted, asked = Role(role), range_of(region)
    held = [grant for grant in grants(user) if grant.role == wanted]
    if any(mine.holds(asked) for grant in held for mine in places.ranges(grant.region)):
        return True
    registered = list(Pairing.objects.all()) if held else []
    return any(
        range_of(twelve(pairing.east if grant.side == Side.WEST else pairing.west)).holds(asked)
        for grant in held
        for pairing in registered
        if _is_of(grant, pairing)
    )


def _is_of(grant: Grant, pairing: Pairing) -> bool:
    """Whether a pairing is one of those in which the holder of a grant works."""
    if not any(box.has(pairing.id) for box in _book_boxes(grant)):
        return False
    west = range_of(twelve(pairing.west))
    return grant.side == Side.EAST or any(
        west.holds(mine) or mine.holds(west) for mine in places.ranges(grant.region)
    )


def review_levels(region: int) -> int:
    """How many levels approve a region's records: its own rule, else the nearest above, else 1."""
    codes = [NATION, *places.above(region), region]
    rules = dict(ReviewLevels.objects.filter(region__in=codes).values_list("region", "levels"))
    return next((rules[code] for code in reversed(codes) if code in rules), 1)
