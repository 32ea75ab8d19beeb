"""Which boards a person may open: a western place in a pairing, and the lines of work they read there."""

from __future__ import annotations

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
    for pairing in Pairing.objects.on(on):
        for region in _regions_in(user, pairing):
            if lines := lines_in(user, region, pairing.id):
                found[region, pairing.id] = lines
    return sorted(_named(found), key=_order)


def scope_of(user: Anyone, pairing: int, region: int) -> Scope | None:
    """One board, or None when the user may not read it or the pairing does not exist."""
    west = range_of(twelve(pairing_sides(pairing)[1]))
    if not west.holds(range_of(region)) or not Pairing.objects.filter(id=pairing).exists():
        return None
    lines = lines_in(user, region, pairing)
    return _named({(region, pairing): lines})[0] if lines else None


def _regions_in(user: Anyone, pairing: Pairing) -> list[int]:
    """The western side, and each place inside it that a grant begins at."""
    west = twelve(pairing.west)
    inside = [
        grant.region
        for grant in scope.grants(user)
        if grant.side == Side.WEST and range_of(west).holds(range_of(grant.region))
    ]
    return list(dict.fromkeys([west, *inside]))


def _named(found: dict[tuple[int, int], tuple[Line, ...]]) -> list[Scope]:
    codes = {region for region, _pairing in found}
    for _region, pairing in found:
        codes |= {twelve(side) for side in pairing_sides(pairing)}
    names = places.names(codes)

    def name(code: int) -> str:
        return names.get(code, f"{code:012d}")

    marks = places.pairing_marks(pairing for _region, pairing in found)
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
