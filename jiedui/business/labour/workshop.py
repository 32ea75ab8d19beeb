"""就业帮扶车间、稳岗就业基地: a recognised place of work near home; a stock, and so are its workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    ChoiceField,
    CountField,
    DateField,
    LinesField,
    PartyField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class WorkshopSort(models.TextChoices):
    """What it is (类型): five sorts of workshop, or a base."""

    FACTORY = "factory", _("厂房式")
    HOME = "home", _("居家式")
    FARMING = "farming", _("种养式")
    TRADE = "trade", _("贸易流通式")
    TOURISM = "tourism", _("文化旅游式")
    BASE = "base", _("稳岗就业基地")


is_base = rules.said("sort", WorkshopSort.BASE)
is_workshop = rules.not_said("sort", WorkshopSort.BASE)


class Workshop(Body):
    """One workshop or base (一个车间或基地) from its recognition until it is taken off the list."""

    kind = Kind(
        code="labour.workshop",
        label=_("就业帮扶车间与基地"),
        line="labour",
        one=_("一个车间或基地"),
        on="recognised_on",
        region_label=_("所在县区"),
        total=("labour.workshops", "labour.workshop_jobs", "labour.bases", "labour.base_jobs"),
        once=Once(
            by=("name", "region"),
            until="withdrawn_on",
            sentence=_(
                "这个地区已有同名的车间或基地，请核对是否重复；人数有变请在原记录里加一行。"
            ),
        ),
    )

    name = TextField(_("名称"), required=True)
    sort = ChoiceField(_("类型"), choices=WorkshopSort)
    recognised_on = DateField(_("认定日期"), precisions=ANY)
    people = CountField(_("吸纳就业人数"), unit=_("人"), required=False, hint=_("认定时的务工人数"))
    poverty = CountField(_("其中脱贫人口"), unit=_("人"), required=False, hint=_("含监测对象"))
    changes = LinesField(
        _("人数变动"),
        hint=_("人数有变时更正本记录，加一行：日期 现有人数 其中脱贫；以前的人数不动"),
        columns={
            "on": DateField(_("截至日期")),
            "people": CountField(_("现有人数")),
            "poverty": CountField(_("其中脱贫"), required=False),
        },
    )
    withdrawn_on = DateField(
        _("退出日期"), precisions=ANY, required=False, hint=_("撤销、清理的填写，不再计入存量")
    )
    operator = PartyField(_("经营主体"), required=False, hint=_("写名称或统一社会信用代码"))
    document = TextField(_("认定文号"))
    place = TextField(_("地址"))

    posts = tuple(
        Post(indicator=indicator, value=value, levels=levels, on=on, sign=sign, when=when)
        for when, whole, jobs in (
            (is_workshop, "labour.workshops", "labour.workshop_jobs"),
            (is_base, "labour.bases", "labour.base_jobs"),
        )
        for on, sign in (("recognised_on", 1), ("withdrawn_on", -1))
        for indicator, value, levels in (
            (whole, 1, ""),
            (jobs, "people", "changes"),
            (f"{jobs}:poverty", "poverty", "changes"),
        )
    )

    sheet = Sheet(
        aliases={
            "name": ("车间名称", "帮扶车间名称", "基地名称"),
            "sort": ("车间类型", "类别", "式样"),
            "recognised_on": ("认定时间", "认定日期与文号", "日期"),
            "changes": ("季度监测", "人数监测"),
            "people": ("吸纳总数", "吸纳人数", "务工人数", "就业人数"),
            "poverty": ("脱贫人数", "脱贫人口", "吸纳脱贫人口", "其中脱贫人数"),
            "withdrawn_on": ("撤销日期", "清理日期", "退出时间"),
            "operator": ("经营单位", "企业名称", "负责单位"),
            "document": ("文号", "认定文件"),
            "place": ("地点", "所在地"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Nobody out of poverty who is not among the workers; no end before the beginning."""
        return columns, {
            **rules.at_most(cls, columns, "poverty", "people"),
            **rules.lines_at_most(cls, columns, "changes", "poverty", "people"),
            **rules.lines_between(cls, columns, "changes", "recognised_on", "withdrawn_on"),
            **rules.no_twins(cls, columns, "changes", "on"),
            **rules.in_order(cls, columns, "recognised_on", "withdrawn_on"),
        }
