"""消费帮扶馆、店: a place where western produce is sold; a stock with an opening and a closing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, PartyField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class OutletForm(models.TextChoices):
    """What it is (形式)."""

    HALL = "hall", _("专馆")
    ZONE = "zone", _("专区")
    COUNTER = "counter", _("专柜")
    STORE = "store", _("直营店")


class Outlet(Body):
    """One hall, zone, counter or store; closing it is a correction of its record."""

    kind = Kind(
        code="consumption.outlet",
        label=_("消费帮扶馆店"),
        line="consumption",
        one=_("一个馆店"),
        on="opened_on",
        region_label=_("产品来自的地区"),
        total=("consumption.outlets_opened", "consumption.outlets"),
    )

    name = TextField(_("名称"), required=True)
    form = ChoiceField(_("形式"), choices=OutletForm)
    opened_on = DateField(_("开馆日期"), precisions=ANY)
    closed_on = DateField(_("闭馆日期"), precisions=ANY, required=False)
    address = TextField(_("地址"))
    operator = PartyField(_("经营单位"), required=False)

    posts = (
        Post(indicator="consumption.outlets_opened"),
        Post(indicator="consumption.outlets", split="form"),
        Post(indicator="consumption.outlets", split="form", on="closed_on", sign=-1),
    )

    sheet = Sheet(
        aliases={"name": ("馆店名称", "消费帮扶馆名称"), "opened_on": ("开业日期", "开设日期")}
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Nothing closes before it opens."""
        return columns, rules.in_order(cls, columns, "opened_on", "closed_on")
