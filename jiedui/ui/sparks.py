"""Small trends in the rows of a board: each its own scale from zero, said once below it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.ui import svg
from jiedui.ui.svg import Scale


def spark_bars(
    values: Sequence[int], scale: Scale, *, label: str, unfinished: bool = True
) -> SafeString:
    """Twelve months as bars; the last one hollow while its month runs."""
    low, high = min(0, *values, 0), max(0, *values, 0)
    reach = (high - low) or 1
    parts = []
    slot = 120 / max(len(values), 1)
    zero = 2 + 19 * high / reach if low < 0 else 21.0
    for index, value in enumerate(values):
        deep = round(19 * abs(value) / reach, 1)
        if not value:
            continue
        last = unfinished and index == len(values) - 1
        y = zero - deep if value > 0 else zero
        parts.append(
            svg.rect("hollow" if last else "k1", index * slot + 1, y, slot - 2.4, max(deep, 0.8))
        )
    parts.append(svg.line("base", 0, round(zero, 1) + 0.5, 120, round(zero, 1) + 0.5))
    return _spark(label, values, scale, parts)


def spark_line(values: Sequence[int], scale: Scale, *, label: str) -> SafeString:
    """A stock or a rate over twelve months as a stepped line."""
    high, slot = max(*values, 1), 120 / max(len(values), 1)
    points: list[tuple[float, float]] = []
    for index, value in enumerate(values):
        y = round(21 - 19 * max(value, 0) / high, 1)
        points += [(round(index * slot, 1), y), (round((index + 1) * slot, 1), y)]
    parts = [svg.polyline("ln thin", points), svg.line("base", 0, 21.5, 120, 21.5)]
    return _spark(label, values, scale, parts)


def spark_undivided(*, label: str) -> SafeString:
    """A year known only as a total: hatched, 未分月."""
    parts = [
        svg.hatch("spark-undivided"),
        svg.rect("hatch", 0.5, 13.5, 119, 8, fill="url(#spark-undivided)"),
        svg.text("ax", 60, 10, _("未分月"), "middle"),
    ]
    said = _("%(label)s：未分月") % {"label": label}
    return svg.picture(120, 22, said, parts, kind="spark")


def _spark(
    label: str, values: Sequence[int], scale: Scale, parts: Sequence[SafeString]
) -> SafeString:
    said = f"{label}：{'、'.join(scale.text(value) for value in values)} {scale.unit}"
    return svg.picture(120, 22, said, parts, kind="spark")
