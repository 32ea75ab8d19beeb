"""汇总数: a total that somebody stated for a slice; it counts only what its details do not (decision 0001)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.indicators import catalogue
from jiedui.indicators.definitions import Measure
from jiedui.ledger.facts import Declaration
from jiedui.lib import money
from jiedui.lib.bounds import Bound
from jiedui.lib.canonical import Canon
from jiedui.lib.periods import Window
from jiedui.lib.places import range_of
from jiedui.records.columns import (
    BoundField,
    Column,
    DateField,
    TextField,
    UnreadableCell,
    When,
)
from jiedui.records.columns.base import TextColumn
from jiedui.records.content import Content
from jiedui.records.kinds import Body, Columns, Errors, Kind, Sheet
from jiedui.regions import places


class IndicatorField(Column, TextColumn):
    """An indicator of the catalogue by name, alias or code; ratios are never declared."""

    def __init__(self, label: Any = "", **kwargs: Any):
        kwargs.setdefault("max_length", 60)
        super().__init__(label, **kwargs)

    def read_one(self, text: str, reading: Any) -> Canon:
        try:
            indicator = catalogue.find(text.strip())
        except catalogue.UnknownIndicator as error:
            raise UnreadableCell(str(error)) from error
        if indicator.measure is Measure.RATIO:
            raise UnreadableCell(_now("比率由分子分母算出，不能直接填报。"))
        return indicator.code

    def shown(self, value: Canon) -> str:
        return catalogue.get(str(value)).name if value else ""


class SummaryRecord(Body):
    """One declared total: indicator, place (or 本级), pairing, window, value as worded."""

    kind = Kind(
        code="summary",
        label=_("汇总数"),
        line="summary",
        one=_("一个汇总数"),
        on="end_on",
        title=("indicator", "stated"),
        shown=("indicator", "bound", "stated", "start_on"),
        evidence=_("报告、通报或公开报道"),
        own=True,
    )

    indicator = IndicatorField(_("指标"))
    stated = TextField(
        _("数值"), required=True, max_length=40, hint=_("带单位写，例：49.72 亿元、109 个")
    )
    bound = BoundField(_("界"))
    start_on = DateField(_("起始日期"), required=False, hint=_("不填即自始累计"))
    end_on = DateField(_("截至日期"))
    wording = TextField(_("原文"), max_length=500, long=True)

    sheet = Sheet(aliases={"indicator": ("指标名称",), "end_on": ("截至", "截止日期")})

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """The value must fit the indicator's unit; the window must be in order."""
        errors = rules.in_order(cls, columns, "start_on", "end_on")
        for row, (code, stated) in enumerate(
            zip(columns["indicator"], columns["stated"], strict=True)
        ):
            if code and stated:
                try:
                    stated_value(str(code), str(stated))
                except ValueError as problem:
                    errors[row, "stated"] = str(problem)
        return columns, errors

    @classmethod
    def line_of(cls, content: Content) -> str:
        return str(content.fields["indicator"] or cls.kind.code).partition(".")[0]

    @classmethod
    def declarations(cls, content: Content) -> list[Declaration]:
        fields = content.fields
        start = When.of(fields["start_on"]).first if fields["start_on"] else None
        end = When.of(fields["end_on"]).last
        window = Window(start, end)
        own = (range_of(content.region, own=True),)
        return [
            Declaration(
                indicator=str(fields["indicator"]),
                region=content.region,
                own=content.own,
                pairing=content.pairing,
                start=start,
                end=end,
                value=stated_value(str(fields["indicator"]), str(fields["stated"])),
                bound=Bound(str(fields["bound"] or Bound.EXACT)),
                wording=str(fields["wording"] or fields["stated"]),
                ranges=own if content.own else places.ranges(content.region, window),
                boxes=places.boxes(content.pairing, window),
            )
        ]


def stated_value(code: str, stated: str) -> int:
    """A stated value in the indicator's smallest unit; raises ValueError with a Chinese sentence."""
    indicator = catalogue.get(code)
    try:
        return money.parse_measure(stated, indicator.unit, indicator.scale)
    except ValueError as error:
        raise ValueError(
            _now("“%(stated)s”不是以%(unit)s计的数。") % {"stated": stated, "unit": indicator.unit}
        ) from error
