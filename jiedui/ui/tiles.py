"""A tile diagram (示意图): one tile a place, set so that directions hold; it shows no borders."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.html import format_html
from django.utils.safestring import SafeString

from jiedui.lib.bounds import Bound
from jiedui.ui.svg import Scale, axis

WIDE, HIGH, STEP_X, STEP_Y = 70, 46, 72, 48
MOST_COLUMNS = 6
Key = TypeVar("Key", bound=Hashable)
Cell = tuple[int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tile:
    """One place of the diagram; ``value`` None is 无数."""

    column: int
    row: int
    name: str
    value: int | None
    bound: Bound = Bound.EXACT
    href: str = ""
    full_name: str = ""


def layout(points: Mapping[Key, Point]) -> dict[Key, Cell]:
    """A cell (column, row) for each place from its longitude and latitude; no two share one.

    Tries grids with more and more free cells and keeps the smallest that gets the most directions
    right. On each, tiles start where their points fall, then move and swap while that makes
    directions truer. The same points always give the same cells.
    """
    keys = sorted(points, key=lambda key: (points[key], str(key)))
    if not keys:
        return {}
    drawn = [_drawn(keys, points, spare) for spare in (1.3, 1.6, 2.0, 2.5)]
    cells = min(drawn, key=lambda cells: len(wrong_pairs(points, cells)))
    return _closed_up(points, cells)


def _closed_up(points: Mapping[Key, Point], cells: dict[Key, Cell]) -> dict[Key, Cell]:
    """The same tiles without the rows and columns that no direction needs."""
    wrong = len(wrong_pairs(points, cells))
    for side in (1, 0):
        line = 0
        while line < max(cell[side] for cell in cells.values()):
            closer = {
                key: (column - (side == 0 and column > line), row - (side == 1 and row > line))
                for key, (column, row) in cells.items()
            }
            apart = len(set(closer.values())) == len(closer)
            if apart and len(wrong_pairs(points, closer)) <= wrong:
                cells = closer
            else:
                line += 1
        first = min(cell[side] for cell in cells.values())
        cells = {
            key: (column - (first if side == 0 else 0), row - (first if side == 1 else 0))
            for key, (column, row) in cells.items()
        }
    return cells


def wrong_pairs(points: Mapping[Key, Point], cells: Mapping[Key, Cell]) -> list[tuple[Key, Key]]:
    """Pairs that lie clearly east–west or north–south of each other and are not drawn so."""
    found: list[tuple[Key, Key]] = []
    keys = list(points)
    for index, one in enumerate(keys):
        for two in keys[index + 1 :]:
            east = (points[two][0] - points[one][0]) * _squeeze(points)
            south = points[one][1] - points[two][1]
            right, down = cells[two][0] - cells[one][0], cells[two][1] - cells[one][1]
            across = abs(east) > 2 * abs(south) and right * east <= 0
            along = abs(south) > 2 * abs(east) and down * south <= 0
            if across or along:
                found.append((one, two))
    return found


def _squeeze(points: Mapping[Key, Point]) -> float:
    """How long a degree of longitude is there, a degree of latitude being 1."""
    return math.cos(math.radians(sum(point[1] for point in points.values()) / len(points)))


def _drawn(keys: Sequence[Key], points: Mapping[Key, Point], spare: float) -> dict[Key, Cell]:
    """The best cells on a grid of ``spare`` times as many cells as places."""
    wanted, columns, rows = _wanted(points, spare)
    every = [(column, row) for row in range(rows) for column in range(columns)]
    cells: dict[Key, Cell] = {}
    for key in keys:
        free = [cell for cell in every if cell not in cells.values()]
        cells[key] = min(free, key=lambda cell: (math.dist(cell, wanted[key]), cell))
    _settle(cells, keys, every, wanted)
    return cells


def _wanted(points: Mapping[Key, Point], spare: float) -> tuple[dict[Key, Point], int, int]:
    """Where each place would lie on the grid, north up, and the grid's size."""
    east_west = [point[0] for point in points.values()]
    north_south = [point[1] for point in points.values()]
    squeeze = _squeeze(points)
    width = (max(east_west) - min(east_west)) * squeeze or 0.01
    height = (max(north_south) - min(north_south)) or 0.01
    cells = len(points) * spare
    columns = round(math.sqrt(cells * (width / STEP_X) / (height / STEP_Y)))
    columns = max(1, min(columns, MOST_COLUMNS, len(points)))
    rows = max(1, math.ceil(cells / columns))
    wanted = {
        key: (
            (x - min(east_west)) * squeeze / width * (columns - 1),
            (max(north_south) - y) / height * (rows - 1),
        )
        for key, (x, y) in points.items()
    }
    return wanted, columns, rows


def _settle(
    cells: dict[Key, Cell],
    keys: Sequence[Key],
    every: Sequence[Cell],
    wanted: Mapping[Key, Point],
) -> None:
    """Move a tile to a free cell or swap two while the whole gets truer; ends in a fixed order."""
    best = _falseness(cells, keys, wanted)
    for _round in range(12):
        before = best
        for key in keys:
            for cell in every:
                here = cells[key]
                if cell == here:
                    continue
                other = next((name for name, taken in cells.items() if taken == cell), None)
                cells[key] = cell
                if other is not None:
                    cells[other] = here
                now = _falseness(cells, keys, wanted)
                if now < best - 1e-9:
                    best = now
                    continue
                cells[key] = here
                if other is not None:
                    cells[other] = cell
        if best >= before:
            return


def _falseness(
    cells: Mapping[Key, Cell], keys: Sequence[Key], wanted: Mapping[Key, Point]
) -> float:
    """How far tiles lie from where they belong, and heavily how many pairs point the wrong way."""
    total = 0.0
    for key in keys:
        total += math.dist(cells[key], wanted[key]) ** 2
    for index, one in enumerate(keys):
        for two in keys[index + 1 :]:
            for side in (0, 1):
                true = wanted[two][side] - wanted[one][side]
                drawn = cells[two][side] - cells[one][side]
                if abs(true) > 0.6 and (drawn == 0 or (drawn > 0) != (true > 0)):
                    total += abs(true) * (1 if drawn == 0 else 6)
    return total


def shades(values: Sequence[int], scale: Scale) -> list[int]:
    """Three round thresholds between the four shades; fewer when the values are few or small."""
    most = max(values, default=0)
    if most <= 0:
        return []
    step = axis([most], 0, 1, whole=scale.per).step
    return [step * part for part in (1, 2, 3) if step * part <= most]


def tile_map(tiles: Sequence[Tile], scale: Scale, *, label: str) -> SafeString:
    """The diagram; shade and written value say the same, a place without a number stays white."""
    cuts = shades([tile.value for tile in tiles if tile.value is not None], scale)
    columns = max((tile.column for tile in tiles), default=0) + 1
    rows = max((tile.row for tile in tiles), default=0) + 1
    parts = []
    for tile in sorted(tiles, key=lambda tile: (tile.row, tile.column)):
        shade = 1 + sum(tile.value >= cut for cut in cuts) if tile.value else 0
        text = "—" if tile.value is None else tile.bound.sign + scale.text(tile.value)
        body = format_html(
            '<title>{} {} {}</title><rect class="t{}" width="{}" height="{}"/>'
            '<text x="35" y="19">{}</text><text class="v" x="35" y="37">{}</text>',
            tile.full_name or tile.name,
            text,
            scale.unit,
            shade,
            WIDE,
            HIGH,
            tile.name,
            text,
        )
        kind = "tile on4" if shade == 4 else "tile"
        place = f"translate({tile.column * STEP_X + 1},{tile.row * STEP_Y + 1})"
        if tile.href:
            body = format_html('<a href="{}" class="{}">{}</a>', tile.href, kind, body)
        parts.append(format_html('<g class="{}" transform="{}">{}</g>', kind, place, body))
    width, height = columns * STEP_X, rows * STEP_Y
    return format_html(
        '<svg class="tiles" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img"'
        ' aria-label="{2}">{3}</svg>',
        width,
        height,
        label,
        SafeString("".join(parts)),
    )


def legend(tiles: Sequence[Tile], scale: Scale) -> list[tuple[str, str]]:
    """Class and words of each shade, light to dark: ("t1", "< 100"), ("t2", "100—199") …"""
    cuts = shades([tile.value for tile in tiles if tile.value is not None], scale)
    if not cuts:
        return []
    names = [("t1", f"< {scale.text(cuts[0])}")]
    for index, cut in enumerate(cuts):
        words = f"≥ {scale.text(cut)}"
        if index < len(cuts) - 1:
            words = f"{scale.text(cut)}—{scale.text(cuts[index + 1] - scale.per)}"
        names.append((f"t{index + 2}", words))
    return names
