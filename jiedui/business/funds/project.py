"""协作项目: a project of the yearly plan that eastern public money pays for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    ChoiceField,
    CountField,
    DateField,
    LinesField,
    MoneyField,
    PartyField,
    RegionField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class Category(models.TextChoices):
    """What the money is for (项目类别)."""

    INDUSTRY = "industry", _("产业")
    LABOUR = "labour", _("就业")
    CONSUMPTION = "consumption", _("消费帮扶")
    TALENT = "talent", _("人才")
    RURAL = "rural", _("乡村建设")
    EDUCATION = "education", _("教育")
    MEDICAL = "medical", _("医疗")
    OTHER = "other", _("其他")


class Nature(models.TextChoices):
    """New, or going on from a year before (建设性质)."""

    NEW = "new", _("新建")
    CONTINUED = "continued", _("续建")


class Project(Body):
    """One project of one year's plan (一个协作项目) with the cooperation money set aside for it."""

    kind = Kind(
        code="funds.project",
        label=_("协作项目"),
        line="funds",
        one=_("一个协作项目"),
        on="planned_on",
        region_label=_("实施地区"),
        shown=("name", "category", "amount_fen", "started_on", "completed_on"),
        total=("funds.projects", "funds.arranged", "funds.started", "funds.completed"),
        once=Once(
            by=("name", "region"),
            yearly=True,
            sentence=_(
                "这个地区同年的计划里已有同名项目，请核对是否重复；资金有调整请更正原记录。"
            ),
        ),
    )

    name = TextField(_("项目名称"), required=True)
    category = ChoiceField(_("项目类别"), choices=Category)
    planned_on = DateField(_("批复日期"), precisions=ANY, hint=_("项目计划批复或下达的日期"))
    amount_fen = MoneyField(
        _("协作资金"), usual=20_000, hint=_("计划安排的东部财政援助资金，不含其他资金")
    )
    nature = ChoiceField(
        _("建设性质"), choices=Nature, required=False, hint=_("续建的只计资金，项目数不重复计")
    )
    started_on = DateField(_("实际开工日期"), precisions=ANY, required=False)
    completed_on = DateField(_("实际完工日期"), precisions=ANY, required=False)
    document = TextField(_("批复文号"))
    code = TextField(_("项目编码"), max_length=60)
    total_fen = MoneyField(_("总投资"), required=False, hint=_("含协作资金和其他资金"))
    implementer = PartyField(_("实施单位"), required=False)
    content = TextField(_("建设内容及规模"), max_length=1000, long=True)
    households = CountField(_("受益户数"), unit=_("户"), required=False)
    poverty = CountField(_("其中脱贫户数"), unit=_("户"), required=False)
    owner = TextField(_("资产归属"))
    counties = LinesField(
        _("分县资金"),
        hint=_("跨县项目填写，其余记在上面的地区；项目数记在上面的地区"),
        columns={"region": RegionField(_("县区")), "amount_fen": MoneyField(_("协作资金"))},
    )

    posts = (
        Post(
            indicator="funds.projects",
            split="category",
            when=rules.not_said("nature", Nature.CONTINUED),
        ),
        Post(indicator="funds.arranged", value="amount_fen", split="category", lines="counties"),
        Post(indicator="funds.started", on="started_on"),
        Post(indicator="funds.completed", on="completed_on"),
    )

    sheet = Sheet(
        aliases={
            "name": ("项目", "名称"),
            "category": ("类别", "项目类型", "资金类别"),
            "planned_on": ("计划下达日期", "批复时间", "批复文号与日期", "年度"),
            "amount_fen": ("协作资金额", "计划资金", "安排资金", "东西部协作资金", "投入协作资金"),
            "nature": ("性质", "新建/续建"),
            "started_on": ("实际开工", "开工日期", "开工时间"),
            "completed_on": ("实际完工", "完工日期", "竣工日期", "完工时间"),
            "document": ("文号", "计划文号"),
            "code": ("编码", "项目编号"),
            "total_fen": ("项目总投资", "投资总额"),
            "implementer": ("项目实施单位", "建设单位"),
            "content": ("建设内容", "主要建设内容"),
            "households": ("受益户", "受益户/人(脱贫)"),
            "poverty": ("受益脱贫户", "脱贫户"),
            "owner": ("资产权属", "权属"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Begun before it is done, paid for within its whole, each county once."""
        return columns, {
            **rules.at_most(cls, columns, "amount_fen", "total_fen", alone=True),
            **rules.not_zero(cls, columns, "amount_fen"),
            **rules.at_most(cls, columns, "poverty", "households"),
            **rules.in_order(cls, columns, "started_on", "completed_on"),
            **rules.given_with(cls, columns, "started_on", "completed_on"),
            **rules.no_twins(cls, columns, "counties", "region"),
        }
