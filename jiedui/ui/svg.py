"""The pieces charts are made of: how values are written, where they stand, and single marks.

Colours are classes of the stylesheet, because an inline style would need a weaker policy. Values
are integers in smallest units; only coordinates are floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from jiedui.ui.numbers import digits

GRID_LINES = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """How values are written: the unit's name, smallest units in one of it, decimals."""

    unit: str
    per: int = 1
    decimals: int = 0

    def text(self, value: int) -> str:
        return digits(value, self.per, self.decimals)


@dataclass(frozen=True, slots=True)
class Axis:
    """Where a value stands between ``at_low`` and ``at_high``; the axis always holds zero."""

    low: int
    high: int
    step: int
    at_low: float
    at_high: float

    def at(self, value: int) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.at_low + share * (self.at_high - self.at_low), 1)

    def marks(self) -> range:
        return range(self.low, self.high + 1, self.step)


def axis(values: Sequence[int], at_low: float, at_high: float, *, whole: int = 1) -> Axis:
    """An axis over values and zero with at most five grid lines at round steps of ``whole``."""
    least, most = min(0, *values, 0), max(0, *values, 0)
    if least == most:
        most = whole
    step = _round_step(most - least, whole)
    low = -(-least // step) * step
    low -= step if low > least else 0
    high = -(-most // step) * step
    return Axis(low, high, step, at_low, at_high)


def _round_step(reach: int, whole: int) -> int:
    """The smallest 1, 2 or 5 × 10ⁿ wholes that needs at most four steps for ``reach``."""
    ten = whole
    while True:
        for factor in (1, 2, 5):
            if ten * factor * (GRID_LINES - 1) >= reach:
                return ten * factor
        ten *= 10


def picture(
    width: int, height: int, label: str, parts: Sequence[SafeString], *, kind: str = "chart"
) -> SafeString:
    size = SafeString(f' width="{width}" height="{height}"') if kind == "spark" else SafeString("")
    return format_html(
        '<svg class="{}"{} viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        kind,
        size,
        width,
        height,
        label,
        SafeString("".join(parts)),
    )


def grid_lines(grid: Axis, left: float, right: float, scale: Scale) -> SafeString:
    parts = [text("ax", 0, 13, scale.unit)]
    for mark in grid.marks():
        y = grid.at(mark)
        parts.append(line("base" if mark == 0 else "grid", left, y, right, y))
        parts.append(text("ax", left - 8, y + 4, scale.text(mark), "end"))
    return SafeString("".join(parts))


def text(kind: str, x: float, y: float, text: str, anchor: str = "") -> SafeString:
    placed = SafeString(f' text-anchor="{anchor}"') if anchor else SafeString("")
    return format_html(
        '<text class="{}" x="{}" y="{}"{}>{}</text>', kind, round(x, 1), round(y, 1), placed, text
    )


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        kind,
        *(round(value, 1) for value in (x1, y1, x2, y2)),
    )


def rect(
    kind: str, x: float, y: float, width: float, height: float, *, fill: str = ""
) -> SafeString:
    filled = SafeString(f' fill="{escape(fill)}"') if fill else SafeString("")
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>',
        kind,
        *(round(value, 1) for value in (x, y, width, height)),
        filled,
    )


def polyline(kind: str, points: Sequence[tuple[float, float]]) -> SafeString:
    listed = format_html_join(" ", "{},{}", points)
    return format_html('<polyline class="{}" points="{}"/>', kind, listed)


def linked(href: str, inner: SafeString) -> SafeString:
    return format_html('<a href="{}">{}</a>', href, inner) if href else inner


def hatch(name: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="hatch-bg" width="7" height="7"/>'
        '<line class="hatch-ln" x1="0" y1="0" x2="0" y2="7"/></pattern></defs>',
        name,
    )
