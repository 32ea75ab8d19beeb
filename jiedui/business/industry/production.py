"""落地投产企业: an eastern firm that cooperation brought, registered there and producing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, PartyField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class Origin(models.TextChoices):
    """Where the investor comes from (来源)."""

    PAIRED = "paired", _("结对东部地区")
    EAST = "east", _("其他东部地区")


class Production(Body):
    """One firm that began to produce (一家投产企业); one place counts it, once a year."""

    kind = Kind(
        code="industry.production",
        label=_("落地投产企业"),
        line="industry",
        one=_("一家投产企业"),
        on="produced_on",
        region_label=_("落地县区"),
        title=("enterprise",),
        shown=("enterprise", "origin", "place"),
        total=("industry.enterprises",),
        once=Once(
            by=("enterprise",),
            yearly=True,
            sentence=_("这家企业同年已计过一次；一家企业一年只由一地计一次，请核对是否重报。"),
        ),
    )

    enterprise = PartyField(_("企业"), only="enterprise", hint=_("写名称或统一社会信用代码"))
    produced_on = DateField(_("投产日期"), precisions=ANY)
    registered_on = DateField(_("注册日期"), required=False, hint=_("照营业执照"))
    origin = ChoiceField(_("来源"), choices=Origin, required=False)
    origin_place = TextField(_("来源地"), hint=_("例：深圳市福田区"))
    trade = TextField(_("行业"))
    place = TextField(_("园区或地点"))
    introducer = TextField(_("引荐单位"), hint=_("写单位，不写个人姓名"))

    posts = (Post(indicator="industry.enterprises", subject="enterprise"),)

    sheet = Sheet(
        aliases={
            "enterprise": ("企业名称", "统一社会信用代码", "信用代码"),
            "produced_on": ("投产", "投产时间", "日期"),
            "registered_on": ("注册", "注册时间", "成立日期"),
            "origin": ("来源类型",),
            "origin_place": ("投资来源地", "来源地区"),
            "trade": ("所属行业",),
            "place": ("用地/园区", "所在园区", "地址"),
            "introducer": ("引荐人", "引荐人/单位"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """No firm produces before it is registered."""
        return columns, rules.in_order(cls, columns, "registered_on", "produced_on")
