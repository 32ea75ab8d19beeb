"""劳务协作培训: a course for workers: one session (期), its people, those out of poverty among them."""

from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    CountField,
    DateField,
    LinesField,
    PartyField,
    RegionField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Training(Body):
    """One course (一期培训班); several counties may send people, each in a line of its own."""

    kind = Kind(
        code="labour.training",
        label=_("劳务协作培训"),
        line="labour",
        one=_("一期培训"),
        on="ended_on",
        title=("course",),
        total=("labour.training_sessions", "labour.trainees"),
    )

    course = TextField(_("班次或工种"), required=True)
    ended_on = DateField(
        _("结业日期"), precisions=ANY, hint=_("可写起止：2023-09-01 至 2023-09-12")
    )
    people = CountField(_("培训人次"), unit=_("人次"))
    poverty = CountField(_("其中脱贫人口"), unit=_("人次"), required=False)
    counties = LinesField(
        _("分县人次"),
        hint=_("几个县同班时填写，其余记在上面的地区"),
        columns={
            "region": RegionField(_("县区")),
            "people": CountField(_("人次")),
            "poverty": CountField(_("其中脱贫"), required=False),
        },
    )
    provider = PartyField(_("培训机构"), required=False)
    place = TextField(_("地点"))

    posts = (
        Post(indicator="labour.training_sessions"),
        Post(indicator="labour.trainees", value="people", lines="counties"),
        Post(indicator="labour.trainees:poverty", value="poverty", lines="counties"),
    )

    sheet = Sheet(
        aliases={
            "course": ("培训班名称", "班次", "工种"),
            "people": ("人数", "培训人数"),
            "poverty": ("脱贫人数", "脱贫人口"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """其中 is at most the whole."""
        return columns, rules.at_most(cls, columns, "poverty", "people")
