"""点对点输送: buses, trains or planes that the office chartered to bring workers to their jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    BoundField,
    ChoiceField,
    CountField,
    DateField,
    LinesField,
    RegionField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Means(models.TextChoices):
    """How they travelled (方式)."""

    BUS = "bus", _("包车")
    TRAIN = "train", _("专列")
    PLANE = "plane", _("包机")


class Charter(Body):
    """One departure (一批点对点输送), of however many vehicles."""

    kind = Kind(
        code="labour.charter",
        label=_("点对点输送"),
        line="labour",
        one=_("一批点对点输送"),
        on="departed_on",
        region_label=_("出发地区"),
        title=("destination", "means"),
        shown=("destination", "means", "people"),
        total=("labour.transported", "labour.transports"),
    )

    departed_on = DateField(_("发车日期"))
    means = ChoiceField(_("方式"), choices=Means)
    people = CountField(_("输送人数"), unit=_("人"))
    destination = TextField(_("目的地"), required=True, hint=_("例：深圳市宝安区"))
    vehicles = CountField(_("车次"), unit=_("趟"), required=False)
    bound = BoundField(_("人数的准确程度"))
    counties = LinesField(
        _("分县人数"),
        hint=_("几个县同批时填写，其余记在上面的地区"),
        columns={"region": RegionField(_("县区")), "people": CountField(_("人数"))},
    )

    posts = (
        Post(indicator="labour.transported", value="people", bound="bound", lines="counties"),
        Post(indicator="labour.transports"),
    )

    sheet = Sheet(
        aliases={
            "departed_on": ("日期", "出发日期", "输送日期", "发车时间"),
            "means": ("输送方式", "交通方式", "类型"),
            "people": ("人数", "务工人数", "返岗人数", "乘车人数"),
            "destination": ("输送目的地", "到达地", "务工地"),
            "vehicles": ("车辆数", "趟次", "车数"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Somebody travelled in some vehicle, at least one in each."""
        return columns, {
            **rules.at_most(cls, columns, "vehicles", "people"),
            **rules.not_zero(cls, columns, "people", "vehicles"),
        }
