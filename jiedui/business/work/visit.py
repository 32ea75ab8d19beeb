"""互访: officials of one side who travel to the other on cooperation's business."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    ChoiceField,
    CountField,
    DateField,
    TextField,
    YesNoField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class VisitWay(models.TextChoices):
    """Who travels where (方向)."""

    TO_EAST = "to_east", _("赴东部对接")
    TO_WEST = "to_west", _("东部来访")


class MutualVisit(Body):
    """One journey of one delegation (一次互访); firms that look at investment are 投资考察."""

    kind = Kind(
        code="work.visit",
        label=_("互访"),
        line="work",
        one=_("一次互访"),
        on="departed_on",
        region_label=_("西部一侧地区"),
        title=("topic",),
        shown=("topic", "way", "leaders", "people"),
        total=("work.visits", "work.visits:leaders", "work.visit_people"),
    )

    topic = TextField(_("互访事项"), required=True, hint=_("例：常州市党政代表团来访"))
    way = ChoiceField(_("方向"), choices=VisitWay)
    departed_on = DateField(_("出发日期"), precisions=ANY)
    leaders = YesNoField(_("党政主要领导带队"), hint=_("党委或政府主要负责人带队的选“是”"))
    people = CountField(_("人数"), unit=_("人"), required=False)
    unit = TextField(_("带队单位"))
    place = TextField(_("到访地"))

    posts = (
        Post(indicator="work.visits", split="way"),
        Post(indicator="work.visits:leaders", when=lambda fields: bool(fields["leaders"])),
        Post(indicator="work.visit_people", value="people"),
    )

    sheet = Sheet(
        aliases={
            "topic": ("事项", "互访内容", "活动名称", "内容"),
            "way": ("互访方向", "类型"),
            "departed_on": ("日期", "互访日期", "时间", "来访日期", "出访日期"),
            "leaders": ("是否主要领导", "主要领导带队", "主要领导"),
            "people": ("互访人数", "人次", "参加人数"),
            "unit": ("带队领导单位", "来访单位", "出访单位"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Whoever travels is somebody."""
        return columns, rules.not_zero(cls, columns, "people")
