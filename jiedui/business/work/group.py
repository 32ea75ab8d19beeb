"""工作组: the seconded cadres' own organisation and the teams (小组) inside it; stocks."""

from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, DateField, LinesField, PersonField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class Group(Body):
    """One work group (一个工作组) of a batch, with its teams, until it is dissolved."""

    kind = Kind(
        code="work.group",
        label=_("工作组"),
        line="work",
        one=_("一个工作组"),
        on="founded_on",
        region_label=_("派出或服务的西部地区"),
        shown=("name", "batch", "teams"),
        total=("work.groups", "work.teams"),
        once=Once(
            by=("name", "region"),
            until="dissolved_on",
            sentence=_(
                "这个地区已有同名、未撤销的工作组：换批次请先给上一批填撤销日期，小组有变请更正原记录。"
            ),
        ),
    )

    name = TextField(_("工作组名称"), required=True)
    founded_on = DateField(_("成立日期"), precisions=ANY)
    batch = TextField(_("批次"), max_length=20, hint=_("例：第6批"))
    teams = LinesField(
        _("内设小组"),
        hint=_("一行一个名称"),
        columns={"name": TextField(_("小组名称"), required=True)},
    )
    leader = PersonField(_("组长"), required=False)
    dissolved_on = DateField(
        _("撤销日期"), precisions=ANY, required=False, hint=_("本批结束时填写，不再计入存量")
    )

    posts = (
        Post(indicator="work.groups"),
        Post(indicator="work.teams", value="teams"),
        Post(indicator="work.groups", on="dissolved_on", sign=-1),
        Post(indicator="work.teams", value="teams", on="dissolved_on", sign=-1),
    )

    sheet = Sheet(
        aliases={
            "name": ("名称", "工作组", "工作队名称"),
            "founded_on": ("成立日", "成立时间", "日期"),
            "batch": ("挂职批次", "届次"),
            "teams": ("小组", "工作小组", "内设机构"),
            "dissolved_on": ("结束日期", "解散日期"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A team is named once; no end before the beginning."""
        errors = rules.no_twins(cls, columns, "teams", "name")
        return columns, errors | rules.in_order(cls, columns, "founded_on", "dissolved_on")
