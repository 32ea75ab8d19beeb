"""The page of all components, with made-up numbers: what a page is built of, seen at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiedui.lib.bounds import Bound
from jiedui.ui import charts, sparks, tiles
from jiedui.ui.charts import Month, Row
from jiedui.ui.numbers import Number
from jiedui.ui.svg import Scale
from jiedui.ui.tiles import Tile

COLOURS = (
    ("ink", _("字、数、粗线")),
    ("ink-2", _("次要文字")),
    ("ink-3", _("单位、代码、注")),
    ("accent", _("链接、主按钮、图")),
    ("wrong", _("只表示有错")),
    ("pending", _("待审核")),
    ("agree", _("核校相符")),
    ("absent", _("账上没有")),
    ("rule", _("细线")),
    ("tint", _("组行、合计行")),
)
NUMBERS = (
    (_("确数"), Number("14,800", href="#main"), "万元", _("没有任何标记")),
    (_("不低于"), Number("2,000", Bound.AT_LEAST, href="#main"), "万元", _("超过、不低于、余、多")),
    (_("不超过"), Number("500", Bound.AT_MOST, href="#main"), "万元", _("近、不超过")),
    (_("约数"), Number("100", Bound.ABOUT, href="#main"), "人", _("约、左右")),
    (_("含待审核"), Number("16,000", state="pend", href="#main"), "万元", _("赭色，另有字样")),
    (_("有误"), Number("218", state="bad", href="#main"), "人", _("红色加符号，不改数")),
    (_("已作废"), Number("1,100", state="gone", href="#main"), "万元", _("不计入任何合计")),
    (_("零"), Number("0", href="#main"), "家", _("确有此数，为零")),
    (_("无数"), Number(None, reason="本年无记录"), "", _("没有记录或不适用；停留可见原因")),
    (_("比率"), Number("78.5", href="#main"), "%", _("分母为零显示 —")),
)
STATES = ("draft", "submitted", "approved", "returned", "correcting", "void")
FLOW = (62, 48, 91, 135, 118, 162, 124, 148, 176, 156, 188, 72)


class SampleForm(forms.Form):
    """Four fields in the states a form can be in."""

    received_on = forms.DateField(label=_("到账日期"), help_text=_("照进账单，例 2023-09-30"))
    amount = forms.CharField(label=_("本次到位金额"), help_text=_("只填数字"))
    county = forms.ChoiceField(label=_("落地县区"), choices=[("450125", "上林县 450125")])
    means = forms.ChoiceField(
        label=_("到位方式"),
        choices=[("cash", _("货币")), ("goods", _("设备"))],
        widget=forms.RadioSelect,
        required=False,
    )


def context() -> dict[str, Any]:
    form = SampleForm({"received_on": "9 月底", "amount": "8,000", "county": "450125"})
    form.fields["amount"].unit = "万元"  # type: ignore[attr-defined]
    form.fields["amount"].echo = True  # type: ignore[attr-defined]
    wan, people = Scale("万元", per=10), Scale("人")
    months = [
        Month(2023 * 12 + index, value * 100, unfinished=index == 11)
        for index, value in enumerate(FLOW)
    ]
    level = [Month(month.month, 12 + index) for index, month in enumerate(months)]
    drawn = [
        Tile(1, 0, "宁陕县", 61),
        Tile(0, 1, "石泉县", 174),
        Tile(1, 1, "汉滨区", 486),
        Tile(2, 1, "白河县", 140, Bound.AT_LEAST),
        Tile(2, 2, "镇坪县", None),
    ]
    return {
        "colours": COLOURS,
        "numbers": NUMBERS,
        "states": STATES,
        "form": form,
        "undivided": charts.undivided(18_346, 31_374, wan),
        "months": charts.month_bars(months, wan, label=str(_("逐月到位"))),
        "stock": charts.stock_line(
            level, people, label=str(_("在岗挂职干部")), name=str(_("在岗")), target=25
        ),
        "rows": charts.row_bars(
            [
                Row("汉滨区", 612, part=301),
                Row("汉阴县", 196, part=218),
                Row("石泉县", 288, part=131),
            ],
            people,
            label=str(_("帮助就业")),
            part=str(_("其中脱贫人口")),
        ),
        "spark_bars": sparks.spark_bars(FLOW, wan, label=str(_("近 12 个月"))),
        "spark_line": sparks.spark_line(list(range(12, 24)), people, label=str(_("近 12 个月"))),
        "spark_undivided": sparks.spark_undivided(label=str(_("近 12 个月"))),
        "tiles": tiles.tile_map(drawn, people, label=str(_("示意图，数字为示例"))),
        "legend": tiles.legend(drawn, people),
    }
