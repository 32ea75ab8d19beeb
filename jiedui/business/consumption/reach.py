"""特色美食进机关、进食堂: places in the east where western food is served; a stock."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, PartyField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class ReachSort(models.TextChoices):
    """What kind of place it is (类型)."""

    OFFICE = "office", _("政府机关")
    CANTEEN = "canteen", _("企业食堂")
    COMMUNITY = "community", _("社区")
    SCHOOL = "school", _("学校")


class Reach(Body):
    """One office, canteen, community or school that western food reached (进入的一家)."""

    kind = Kind(
        code="consumption.reach",
        label=_("特色美食进机关进食堂"),
        line="consumption",
        one=_("进入的一家"),
        on="since_on",
        region_label=_("产品来自的地区"),
        total=("consumption.offices_reached", "consumption.canteens_reached"),
        once=Once(
            by=("unit", "sort"),
            until="ended_on",
            sentence=_("这家单位已登记且未停止供应，请核对是否重复。"),
        ),
    )

    unit = PartyField(_("单位名称"), hint=_("写名称或统一社会信用代码"))
    sort = ChoiceField(_("类型"), choices=ReachSort)
    since_on = DateField(_("开始供应日期"), precisions=ANY)
    ended_on = DateField(
        _("停止供应日期"), precisions=ANY, required=False, hint=_("填写后不再计入存量")
    )
    supplier = PartyField(_("供应商"), required=False)
    goods = TextField(_("供应品类"))

    posts = tuple(
        Post(indicator=indicator, on=on, sign=sign, when=rules.said("sort", sort))
        for sort, indicator in (
            (ReachSort.OFFICE, "consumption.offices_reached"),
            (ReachSort.CANTEEN, "consumption.canteens_reached"),
            (ReachSort.COMMUNITY, "consumption.communities_reached"),
            (ReachSort.SCHOOL, "consumption.schools_reached"),
        )
        for on, sign in (("since_on", 1), ("ended_on", -1))
    )

    sheet = Sheet(
        aliases={
            "unit": ("单位", "机关名称", "食堂名称", "企业名称"),
            "sort": ("单位类型", "类别"),
            "since_on": ("起始日", "进驻日期", "开始日期", "日期"),
            "ended_on": ("停供日期", "结束日期"),
            "goods": ("品类", "产品"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Nothing stops before it begins."""
        return columns, rules.in_order(cls, columns, "since_on", "ended_on")
