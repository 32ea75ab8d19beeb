"""The chart of a figure by month, with 未分月 beside the months and never spread over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer
from jiedui.figures.breakdown import MonthPart, Months, by_month
from jiedui.figures.kept import Kept
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.ui import charts
from jiedui.ui.charts import Month
from jiedui.ui.numbers import Number
from jiedui.ui.svg import Scale


@dataclass(frozen=True, slots=True)
class MonthPicture:
    """Strip, chart and the same as a table."""

    caption: str
    strip: SafeString
    chart: SafeString
    notes: str
    rows: list[dict[str, Any]]
    adds_up: bool


def part(indicator: Indicator, amount: int, reason: str, *, href: str = "") -> Number:
    """A part of a sum for a table; a dash with its reason for nothing."""
    if not amount:
        return Number(None, reason=reason)
    return Number(formats.part_digits(indicator, amount), href=href)


def months(answer: Answer, kept: Kept | None = None) -> MonthPicture | None:
    """The months of an answer; None where there are none, or nothing to show."""
    found = by_month(answer, kept)
    if found is None or not answer.approved.is_recorded:
        return None
    if not any(one.amount for one in found.parts) and not found.before and not found.rest:
        return None
    indicator = answer.indicator
    scale = Scale(indicator.display_unit, formats.per(indicator), indicator.display_decimals)
    drawn = [_month(one) for one in found.parts]
    if indicator.measure is Measure.STOCK:
        chart = charts.stock_line(drawn, scale, label=_("%s，各月末") % indicator.name)
        return MonthPicture(
            _("各月末的时点数"), SafeString(""), chart, "", _rows(answer, found), False
        )
    strip = SafeString("")
    if found.rest > 0:
        known = found.before + sum(one.amount for one in found.parts)
        strip = charts.undivided(known, found.rest, scale)
    chart = SafeString("")
    if any(one.amount for one in found.parts):
        chart = charts.month_bars(drawn, scale, label=_("%s，逐月") % indicator.name)
    caption = _("按%s；横轴为月，下行为各年合计") % (indicator.date_name or _("日期"))
    return MonthPicture(caption, strip, chart, _notes(answer, found), _rows(answer, found), True)


def _month(one: MonthPart) -> Month:
    return Month(one.month, one.amount, one.bound, one.question.address, one.unfinished)


def _notes(answer: Answer, found: Months) -> str:
    said = []
    if found.before_question is not None:
        said.append(
            _("%(day)s 及以前 %(value)s %(unit)s，未画出。")
            % {
                "day": found.before_question.window.end.isoformat(),
                "value": formats.part_digits(answer.indicator, found.before),
                "unit": answer.indicator.display_unit,
            }
        )
    if found.rest < 0:
        said.append(
            _("各月之和多出 %(value)s %(unit)s：跨月的汇总数与逐月的数交叉。")
            % {
                "value": formats.part_digits(answer.indicator, -found.rest),
                "unit": answer.indicator.display_unit,
            }
        )
    return "".join(said)


def _rows(answer: Answer, found: Months) -> list[dict[str, Any]]:
    indicator = answer.indicator
    rows: list[dict[str, Any]] = []
    if found.before_question is not None:
        day = found.before_question.window.end.isoformat()
        number = part(indicator, found.before, "", href=found.before_question.address)
        rows.append({"label": _("%s 及以前") % day, "number": number, "is_rest": False})
    for one in found.parts:
        label = f"{one.month // 12}-{one.month % 12 + 1:02d}"
        number = Number(
            formats.part_digits(indicator, one.amount), one.bound, href=one.question.address
        )
        rows.append({"label": label, "number": number, "is_rest": False})
    if found.rest:
        rows.append(
            {"label": _("未分月"), "number": part(indicator, found.rest, ""), "is_rest": True}
        )
    return rows
