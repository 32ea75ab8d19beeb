"""Charts as SVG (decision 0009): zero baseline, unit on the axis, labels on the marks.

Every chart carries an ``aria-label`` with its values; the table beside it is the full reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.lib.bounds import Bound
from jiedui.ui import svg
from jiedui.ui.numbers import digits
from jiedui.ui.svg import Scale


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a chart; ``month`` counts months since year 0 (lib.periods.month_number)."""

    month: int
    value: int
    bound: Bound = Bound.EXACT
    href: str = ""
    unfinished: bool = False

    @property
    def name(self) -> str:
        return f"{self.month // 12}-{self.month % 12 + 1:02d}"


@dataclass(frozen=True, slots=True)
class Row:
    """One horizontal bar, with the part of it (其中) below, if there is one."""

    label: str
    value: int
    bound: Bound = Bound.EXACT
    part: int | None = None
    href: str = ""


def month_bars(months: Sequence[Month], scale: Scale, *, label: str) -> SafeString:
    """A flow by month: bars, the unfinished month hollow, years below with their sums."""
    if not months:
        return SafeString("")
    width, foot, left, right = 820, 192, 64, 764
    values = [month.value for month in months]
    grid = svg.axis(values, foot, 28, whole=scale.per)
    slot = (right - left) / len(months)
    parts = [svg.grid_lines(grid, left, right, scale)]
    marked = {len(months) - 1, max(range(len(months)), key=values.__getitem__)}
    zero = grid.at(0)
    for index, month in enumerate(months):
        x, top = left + index * slot + slot * 0.14, grid.at(month.value)
        text = month.bound.sign + scale.text(month.value)
        parts.append(
            svg.linked(
                month.href,
                format_html(
                    '<rect class="{}" x="{}" y="{}" width="{}" height="{}">'
                    "<title>{} {} {}{}</title></rect>",
                    "hollow" if month.unfinished else "k1",
                    round(x, 1),
                    min(zero, top),
                    round(slot * 0.72, 1),
                    round(abs(zero - top), 1),
                    month.name,
                    text,
                    scale.unit,
                    _("，未满") if month.unfinished else "",
                ),
            )
        )
        if index in marked and month.value:
            parts.append(svg.text("lb", x + slot * 0.36, min(zero, top) - 6, text, "middle"))
    parts.append(_years(months, left, slot, foot, scale))
    return svg.picture(width, 236, _said(label, months, scale), parts)


def _years(
    months: Sequence[Month], left: float, slot: float, foot: float, scale: Scale
) -> SafeString:
    """Month numbers under the axis, each year's name and sum below, a hairline between years."""
    parts: list[SafeString] = []
    every = 1 if len(months) <= 18 else 3
    index = 0
    for year, group in groupby(months, key=lambda month: month.month // 12):
        inside = list(group)
        for offset, month in enumerate(inside):
            if (month.month % 12) % every == 0:
                x = left + (index + offset + 0.5) * slot
                parts.append(svg.text("ax", x, foot + 16, str(month.month % 12 + 1), "middle"))
        if index:
            x = left + index * slot
            parts.append(svg.line("grid", x, foot, x, foot + 34))
        bound = Bound.EXACT
        for month in inside:
            bound = bound | month.bound
        total = scale.text(sum(month.value for month in inside))
        name = _("%(year)s 年") % {"year": year}
        said = f"{name} {bound.sign}{total}" if len(inside) * slot > 96 else name
        middle = left + (index + len(inside) / 2) * slot
        parts.append(svg.text("lb", middle, foot + 34, said, "middle"))
        index += len(inside)
    return SafeString("".join(parts))


def undivided(divided: int, rest: int, scale: Scale) -> SafeString:
    """The strip above a month chart: 已分月 solid, 未分月 hatched, never spread over months.

    Its words stand above the picture, so that they wrap on a phone and keep their size.
    """
    total = divided + rest
    if total <= 0 or divided < 0 or rest < 0:
        return SafeString("")
    edge = round(820 * divided / total, 1)

    def share(value: int) -> str:
        return digits(value * 100, total, 1)

    known = _("已分月 %(value)s %(unit)s，%(share)s%%") % {
        "value": scale.text(divided),
        "unit": scale.unit,
        "share": share(divided),
    }
    unknown = _("未分月 %(value)s %(unit)s，%(share)s%%：只有汇总数，不摊到各月") % {
        "value": scale.text(rest),
        "unit": scale.unit,
        "share": share(rest),
    }
    parts = [
        svg.hatch("undivided"),
        svg.rect("k1", 0, 0, edge, 22),
        svg.rect("hatch", edge + 0.5, 0.5, 819 - edge, 21, fill="url(#undivided)"),
    ]
    drawn = svg.picture(820, 22, f"{known}；{unknown}", parts)
    return format_html(
        '<div class="divided"><p><span>{}</span><span>{}</span></p>{}</div>', known, unknown, drawn
    )


def stock_line(
    months: Sequence[Month], scale: Scale, *, label: str, name: str = "", target: int | None = None
) -> SafeString:
    """A stock at the end of each month: a line from zero, its end labelled, the target dashed."""
    if not months:
        return SafeString("")
    foot, left, right = 192, 64, 680
    values = [month.value for month in months] + ([] if target is None else [target])
    grid = svg.axis(values, foot, 28, whole=scale.per)
    slot = (right - left) / len(months)
    parts = [svg.grid_lines(grid, left, right, scale)]
    points = [
        (round(left + (index + 0.5) * slot, 1), grid.at(month.value))
        for index, month in enumerate(months)
    ]
    if target is not None:
        aim = grid.at(target)
        # The two labels at the right end never lie over each other.
        gap = aim - points[-1][1]
        shift = 0.0 if abs(gap) >= 16 else (16 - abs(gap)) * (1 if gap > 0 else -1)
        parts += [
            svg.line("aim", left, aim, right, aim),
            svg.text("ax", right + 8, aim + 4 + shift, f"{_('目标')} {scale.text(target)}"),
        ]
    if len(points) > 1:
        parts.append(svg.polyline("ln", points))
    x, y = points[-1]
    last = months[-1]
    said = f"{name} {last.bound.sign}{scale.text(last.value)}".strip()
    parts += [
        format_html('<circle class="dot" cx="{}" cy="{}" r="3.5"/>', x, y),
        svg.text("lb wt", x + 10, y + 4, said),
        _year_names(months, left, slot, foot),
    ]
    return svg.picture(820, 236, _said(label, months, scale), parts)


def _year_names(months: Sequence[Month], left: float, slot: float, foot: float) -> SafeString:
    parts: list[SafeString] = []
    every = 1 if len(months) <= 18 else 3
    for index, month in enumerate(months):
        x = left + (index + 0.5) * slot
        if (month.month % 12) % every == 0:
            parts.append(svg.text("ax", x, foot + 16, str(month.month % 12 + 1), "middle"))
        if index == 0 or month.month % 12 == 0:
            name = _("%(year)s 年") % {"year": month.month // 12}
            parts.append(svg.text("lb", x, foot + 34, name, "middle"))
    return SafeString("".join(parts))


def row_bars(rows: Sequence[Row], scale: Scale, *, label: str, part: str = "") -> SafeString:
    """Horizontal bars in the order given (region code); a part above its whole is marked Σ."""
    if not rows:
        return SafeString("")
    left = 20 + 13 * max(len(row.label) for row in rows)
    deep = 36 if any(row.part is not None for row in rows) else 24
    values = [row.value for row in rows] + [row.part or 0 for row in rows]
    grid = svg.axis(values, left, 620, whole=scale.per)
    zero = grid.at(0)
    height = 20 + deep * len(rows) + 8
    parts = [svg.text("ax", 0, 13, scale.unit)]
    for index, row in enumerate(rows):
        y, end = 22 + index * deep, grid.at(row.value)
        text = row.bound.sign + scale.text(row.value)
        bar = svg.rect("k1", min(zero, end), y, abs(end - zero), 12)
        parts += [
            svg.text("lb", 0, y + 11, row.label),
            svg.linked(row.href, bar),
            svg.text("lb", max(zero, end) + 6, y + 11, text),
        ]
        if row.part is not None:
            wrong = row.part > row.value
            end = grid.at(row.part)
            said = scale.text(row.part)
            said = f"Σ {said} {_('大于总数')}" if wrong else f"{said} {part}" if not index else said
            parts += [
                svg.rect("amiss" if wrong else "k2", zero, y + 14, abs(end - zero), 10),
                svg.text("lb oops" if wrong else "lb", end + 6, y + 24, said),
            ]
    parts.append(svg.line("base", zero, 18, zero, height - 4))
    said = "、".join(f"{row.label} {row.bound.sign}{scale.text(row.value)}" for row in rows)
    return svg.picture(820, height, f"{label}：{said} {scale.unit}", parts)


def _said(label: str, months: Sequence[Month], scale: Scale) -> str:
    listed = "；".join(
        f"{month.name} {month.bound.sign}{scale.text(month.value)}" for month in months
    )
    return f"{label}，{scale.unit}：{listed}"
