"""Places as numbers: 12-digit region codes, the ranges they span, and pairings (结对) as boxes.

A region code is a BIGINT of 12 digits (2 province, 2 city, 2 county, 3 township, 3 village). Every place
is a set of code ranges; a subtree is one range, so containment is arithmetic and never a recursion. A
pairing is a BIGINT too: six digits of the eastern code and six of the western, 440300450100.
"""

from __future__ import annotations

from typing import NamedTuple

NATION = 0
"""The code of the whole country in a question; its range holds every region."""

_STEPS = (10**12, 10**10, 10**8, 10**6, 10**3, 1)


class Range(NamedTuple):
    """Codes lo..hi, both included."""

    lo: int
    hi: int

    def holds(self, other: Range) -> bool:
        """Whether every code of ``other`` is in this range."""
        return self.lo <= other.lo and other.hi <= self.hi

    def meets(self, other: Range) -> bool:
        """Whether the two share a code."""
        return self.lo <= other.hi and other.lo <= self.hi


class Box(NamedTuple):
    """The pairings whose eastern six digits lie in ``east`` and western six digits in ``west``."""

    east: Range
    west: Range

    def holds(self, other: Box) -> bool:
        """Whether every pairing of ``other`` is in this box."""
        return self.east.holds(other.east) and self.west.holds(other.west)

    def meets(self, other: Box) -> bool:
        """Whether the two share a pairing."""
        return self.east.meets(other.east) and self.west.meets(other.west)

    def has(self, pairing: int) -> bool:
        """Whether one pairing lies in the box."""
        east, west = divmod(pairing, 10**6)
        return self.east.lo <= east <= self.east.hi and self.west.lo <= west <= self.west.hi


ALL_PAIRINGS = Box(Range(0, 999999), Range(0, 999999))


def span_of(code: int) -> int:
    """How many codes the place ``code`` holds: 10**12 nation, 10**10 province … 1 village.

    Raises ValueError unless 0 <= code < 10**12.
    """
    if not 0 <= code < 10**12:
        raise ValueError(f"region code out of range: {code}")
    return next(step for step in _STEPS if code % step == 0)


def level_of(code: int) -> int:
    """Digits that matter: 0 nation, 2 province, 4 city, 6 county, 9 township, 12 village."""
    return {10**12: 0, 10**10: 2, 10**8: 4, 10**6: 6, 10**3: 9, 1: 12}[span_of(code)]


def range_of(code: int, *, own: bool = False) -> Range:
    """The codes of a place with all below it; with ``own`` only the code itself (本级)."""
    return Range(code, code if own else code + span_of(code) - 1)


def parent_of(code: int) -> int:
    """The code one level up (NATION for a province). The nation has no parent: ValueError."""
    if code == NATION:
        raise ValueError("the nation has no parent")
    step = span_of(code)
    above = _STEPS[_STEPS.index(step) - 1]
    return code // above * above if above < 10**12 else NATION


def six(code: int) -> int:
    """The six-digit form of a 12-digit code at county level or above."""
    return code // 10**6


def twelve(code6: int) -> int:
    """The 12-digit form of a six-digit code."""
    return code6 * 10**6


def _six_range(code6: int) -> Range:
    span = range_of(twelve(code6))
    return Range(six(span.lo), six(span.hi))


def pairing_id(east6: int, west6: int) -> int:
    """The number of a pairing; 440300, 450100 -> 440300450100."""
    return east6 * 10**6 + west6


def pairing_sides(pairing: int) -> tuple[int, int]:
    """Eastern and western six-digit codes of a pairing."""
    return divmod(pairing, 10**6)


def pairing_key(pairing: int) -> str:
    """The written form, "440300-450100"."""
    east, west = pairing_sides(pairing)
    return f"{east:06d}-{west:06d}"


def parse_pairing_key(key: str) -> int:
    """The number of "440300-450100"; raises ValueError for anything else."""
    east, dash, west = key.partition("-")
    if not (
        dash and len(east) == len(west) == 6 and (east + west).isascii() and (east + west).isdigit()
    ):
        raise ValueError(f"not a pairing: {key!r}")
    return pairing_id(int(east), int(west))


def box_of(pairing: int) -> Box:
    """All pairings inside a pairing on both sides, by code alone (renamed places: see regions)."""
    east, west = pairing_sides(pairing)
    return Box(_six_range(east), _six_range(west))
