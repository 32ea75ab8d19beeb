"""旅游团组: a group that cooperation brought to see the west."""

from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    BoundField,
    CountField,
    DateField,
    LinesField,
    PartyField,
    RegionField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Tour(Body):
    """One tour group (一个旅游团组); what is known only as “百人” says 约."""

    kind = Kind(
        code="consumption.tour",
        label=_("旅游团组"),
        line="consumption",
        one=_("一个旅游团组"),
        on="arrived_on",
        region_label=_("到访地区"),
        shown=("name", "people", "organiser"),
        total=("consumption.tour_groups", "consumption.tourists"),
    )

    name = TextField(_("团组名称"), required=True)
    arrived_on = DateField(_("抵达日期"), precisions=ANY)
    people = CountField(_("游客人数"), unit=_("人"))
    bound = BoundField(_("人数的准确程度"))
    organiser = PartyField(_("组织方"), required=False, hint=_("旅行社或单位"))
    route = TextField(_("线路"))
    counties = LinesField(
        _("分县人数"),
        hint=_("只到一地的不填；一人到几县的记在首站"),
        columns={"region": RegionField(_("县区")), "people": CountField(_("人数"))},
    )

    posts = (
        Post(indicator="consumption.tour_groups"),
        Post(indicator="consumption.tourists", value="people", bound="bound", lines="counties"),
    )

    sheet = Sheet(
        aliases={
            "name": ("团队名称", "旅游团名称"),
            "arrived_on": ("日期", "到达日期", "出发日期", "出行日期"),
            "people": ("人数", "团组人数"),
            "organiser": ("组团社", "组织单位", "旅行社"),
            "route": ("旅游线路", "行程"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A tour has people."""
        return columns, rules.not_zero(cls, columns, "people")
