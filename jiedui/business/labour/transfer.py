"""转移就业: people of the countryside who found work with cooperation's help, by where they went."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    BoundField,
    ChoiceField,
    CountField,
    DateField,
    LinesField,
    RegionField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Destination(models.TextChoices):
    """Where they work (去向)."""

    PAIRED = "paired", _("结对东部省份")
    NEARBY = "nearby", _("省内就近就地")
    ELSEWHERE = "elsewhere", _("其他地区")
    PUBLIC = "public", _("公益性岗位")


class Transfer(Body):
    """People newly employed at one kind of place in a span (一批转移就业), mostly a month's report."""

    kind = Kind(
        code="labour.transfer",
        label=_("转移就业"),
        line="labour",
        one=_("一批转移就业"),
        on="employed_on",
        region_label=_("户籍地区"),
        title=("destination", "place"),
        shown=("destination", "people", "poverty"),
        total=("labour.employed", "labour.employed:paired", "labour.employed:poverty"),
    )

    destination = ChoiceField(_("去向"), choices=Destination)
    employed_on = DateField(_("就业日期"), precisions=ANY, hint=_("按月报的写 2023-09"))
    people = CountField(_("新就业人数"), unit=_("人"), hint=_("只写本期新增的，不写累计数"))
    poverty = CountField(_("其中脱贫人口"), unit=_("人"), required=False, hint=_("含监测对象"))
    bound = BoundField(_("人数的准确程度"))
    place = TextField(_("务工地"), hint=_("例：广东省深圳市"))
    counties = LinesField(
        _("分县人数"),
        hint=_("几个县一起报时填写，其余记在上面的地区"),
        columns={
            "region": RegionField(_("县区")),
            "people": CountField(_("人数")),
            "poverty": CountField(_("其中脱贫"), required=False),
        },
    )

    posts = (
        Post(
            indicator="labour.employed",
            value="people",
            split="destination",
            bound="bound",
            lines="counties",
        ),
        Post(indicator="labour.employed:poverty", value="poverty", bound="bound", lines="counties"),
    )

    sheet = Sheet(
        aliases={
            "destination": ("就业去向", "类型", "就业区域"),
            "employed_on": ("日期", "月份", "年月", "就业时间"),
            "people": ("人数", "转移就业人数", "就业人数", "农村劳动力人数"),
            "poverty": ("脱贫人口", "脱贫人数", "脱贫劳动力", "其中脱贫劳动力"),
            "place": ("务工地点", "务工省市", "就业地"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Somebody found work, and those out of poverty are among them, in every county too."""
        return columns, {
            **rules.not_zero(cls, columns, "people"),
            **rules.lines_at_most(cls, columns, "counties", "poverty", "people"),
            **rules.at_most(cls, columns, "poverty", "people"),
        }
