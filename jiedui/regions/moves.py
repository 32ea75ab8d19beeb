"""One place as numbers: its ranges, its boxes and its book.

Nothing here walks a tree: a subtree is one range of codes. The only links followed are whole moves
(旬阳县 610928 → 旬阳市 610981), a few dozen rows that are read once a request.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from jiedui.lib.periods import Window
from jiedui.lib.places import (
    NATION,
    Box,
    Range,
    pairing_id,
    pairing_key,
    pairing_sides,
    parent_of,
    range_of,
    six,
    twelve,
)
from jiedui.regions.models import Region
from jiedui.regions.register import Kept

MUNICIPALITIES = frozenset({11, 12, 31, 50})
"""The provinces that are cities (直辖市)."""


class Member(NamedTuple):
    """One code of a place that changed its code, with the days it was in use."""

    code: int
    first: date | None
    last: date | None

    def meets(self, window: Window) -> bool:
        begun = self.first is None or self.first <= window.end
        ended = self.last is not None and window.start is not None and self.last < window.start
        return begun and not ended


_chains: Mapping[int, tuple[Member, ...]] | None = None


def forget_moves(**_kwargs: object) -> None:
    """Read the moves again at the next question (each request begins with this)."""
    global _chains
    _chains = None


def chains() -> Mapping[int, tuple[Member, ...]]:
    """The codes of every whole place that moved, by each of them; the very same while no region changes."""
    global _chains
    found = _chains
    if found is None:
        found = _chains = _kept.get()
    return found


def chain(code: int) -> tuple[Member, ...]:
    """All codes of the same whole place, the asked one first."""
    members = chains().get(code)
    if members is None:
        return (Member(code, None, None),)
    return tuple(sorted(members, key=lambda member: member.code != code))


def _read_chains() -> Mapping[int, tuple[Member, ...]]:
    old = list(Region.objects.filter(successor__isnull=False).select_related("successor"))
    groups: dict[int, set[Member]] = {}
    for region in old:
        new = region.successor
        assert new is not None
        joined = {_member(region), _member(new)}
        for code in (region.code, new.code):
            joined |= groups.get(code, set())
        for member in joined:
            groups[member.code] = joined
    return {code: tuple(sorted(members)) for code, members in groups.items()}


_kept = Kept(_read_chains)


def _member(region: Region) -> Member:
    return Member(region.code, region.valid_from, region.valid_to)


def ranges(code: int, window: Window | None = None) -> tuple[Range, ...]:
    """The code ranges that are the place ``code`` in a window, its own range first.

    Predecessors and successors count where the whole place moved: always within one parent (旬阳县,
    旬阳市), and for a county that changed city only when its other code was in use in the window, so
    that what is later stays inside the new city. Without a window every code counts. An unknown code
    is simply its own range.
    """
    members = chain(code)
    if window is not None:
        kept = [member for member in members if member.code == code or member.meets(window)]
        parents = {parent_of(member.code) for member in kept if member.code != NATION}
        members = tuple(
            member
            for member in members
            if member in kept or (member.code != NATION and parent_of(member.code) in parents)
        )
    return tuple(range_of(member.code) for member in members)


def _six_ranges(code6: int, window: Window | None) -> list[Range]:
    return [Range(six(lo), six(hi)) for lo, hi in ranges(twelve(code6), window)]


def boxes(pairing: int, window: Window | None = None) -> tuple[Box, ...]:
    """A pairing with all pairings inside it on both sides, renamed places included."""
    east, west = pairing_sides(pairing)
    wests = _six_ranges(west, window)
    return tuple(Box(e, w) for e in _six_ranges(east, window) for w in wests)


def book_side(code6: int) -> int:
    """A side cut for the book: a municipality to its province, a 省直辖县 to itself, else to its city."""
    province, city = code6 // 10_000, code6 // 100 % 100
    if city == 0 or province in MUNICIPALITIES:
        return province * 10_000
    return code6 if city == 90 else code6 // 100 * 100


def book(pairing: int) -> str:
    """The key of the partner offices' common ledger: 440304450125 → "440300-450100"."""
    east, west = pairing_sides(pairing)
    return pairing_key(pairing_id(book_side(east), book_side(west)))


def code_on(code: int, on: date) -> int:
    """The code that the place had or has on a day (610981 in 2019 → 610928); itself when unknown."""
    day = Window(on, on)
    valid = [member.code for member in chain(code) if member.meets(day)]
    return code if code in valid or not valid else valid[0]
