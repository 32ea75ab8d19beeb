"""Which boards a person may open: a western place in a pairing, and the lines of work they read there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jiedui.accounts import scope
from jiedui.accounts.models import Side
from jiedui.accounts.scope import Anyone
from jiedui.indicators.catalogue import Line
from jiedui.lib.places import level_of, pairing_key, pairing_sides, range_of, twelve
from jiedui.regions import places
from jiedui.regions.models import Pairing


@dataclass(frozen=True, slots=True)
class Scope:
    """What a board is about. ``place`` and the two sides are names; ``lines`` those one may read.

    ``mark`` follows the pairing's name everywhere: （演示数据）, or nothing.
    """

    region: int
    pairing: int
    place: str
    east: str
    west: str
    lines: tuple[Line, ...]
    mark: str = ""

    @property
    def key(self) -> str:
        """The pairing as addresses write it."""
        return pairing_key(self.pairing)

    @property
    def is_whole(self) -> bool:
        """Whether the board is about the whole western side."""
        return self.region == twelve(pairing_sides(self.pairing)[1])

    @property
    def pairing_name(self) -> str:
        return f"{self.east} ⇄ {self.west}{self.mark}"


def lines_in(user: Anyone, region: int, pairing: int) -> tuple[Line, ...]:
    """The lines of work whose figures of this place and pairing the user may read; none: no board."""
    ranges, boxes = places.ranges(region), places.boxes(pairing)
    if scope.covers(user, ranges=ranges, boxes=boxes):
        return tuple(Line)
    return tuple(line for line in Line if scope.covers(user, ranges=ranges, boxes=boxes, line=line))


def boards_of(user: Anyone, on: date) -> list[Scope]:
    """Every board the user may open, the widest first: four queries whatever there is."""
    found: dict[tuple[int, int], tuple[Line, ...]] = {}
    marks = {}
    for pairing in Pairing.objects.on(on):
        marks[pairing.id] = places.mark_of(pairing.note)
        for region in _regions_in(user, pairing):
            if lines := lines_in(user, region, pairing.id):
                found[region, pairing.id] = lines
    return sorted(_named(found, marks), key=_order)


def scope_of(user: Anyone, pairing: int, region: int) -> Scope | None:
    """One board, or None when the user may not read it or the pairing does not exist."""
    if not _covers(pairing, region):
        return None
    notes = list(Pairing.objects.filter(id=pairing).values_list("note", flat=True))
    lines = lines_in(user, region, pairing) if notes else ()
    if not lines:
        return None
    return _named({(region, pairing): lines}, {pairing: places.mark_of(notes[0])})[0]


def scopes_at(user: Anyone, region: int, boards: Sequence[Scope]) -> list[Scope]:
    """Boards about a place itself, one in each pairing of ``boards`` that covers it, in their order."""
    found = {
        (region, board.pairing): lines
        for board in boards
        if _covers(board.pairing, region) and (lines := lines_in(user, region, board.pairing))
    }
    return _named(found, {board.pairing: board.mark for board in boards})


def _covers(pairing: int, region: int) -> bool:
    return range_of(twelve(pairing_sides(pairing)[1])).holds(range_of(region))


def _regions_in(user: Anyone, pairing: Pairing) -> list[int]:
    """The western side, and each place inside it that a grant begins at."""
    west = twelve(pairing.west)
    inside = [
        grant.region
        for grant in scope.grants(user)
        if grant.side == Side.WEST and range_of(west).holds(range_of(grant.region))
    ]
    return list(dict.fromkeys([west, *inside]))


def _named(
    found: Mapping[tuple[int, int], tuple[Line, ...]], marks: Mapping[int, str]
) -> list[Scope]:
    codes = {region for region, _pairing in found}
    for _region, pairing in found:
        codes |= {twelve(side) for side in pairing_sides(pairing)}
    names = places.names(codes)

    def name(code: int) -> str:
        return names.get(code, f"{code:012d}")

    found_scopes = []
    for (region, pairing), lines in found.items():
        east, west = (name(twelve(side)) for side in pairing_sides(pairing))
        found_scopes.append(
            Scope(region, pairing, name(region), east, west, lines, marks.get(pairing, ""))
        )
    return found_scopes


def _order(board: Scope) -> tuple[int, int, int]:
    return level_of(board.region), board.region, board.pairing


def may_know(boards: list[Scope], region: int) -> bool:
    """Whether a place has to do with one of the boards: inside, around or on the other side of it."""
    asked = range_of(region)
    for board in boards:
        east = range_of(twelve(pairing_sides(board.pairing)[0]))
        if asked.meets(range_of(board.region)) or asked.meets(east):
            return True
    return False


def codes_of(board: Scope) -> tuple[int, int]:
    """The places a board has to do with: its own, and the eastern side."""
    return board.region, twelve(pairing_sides(board.pairing)[0])
