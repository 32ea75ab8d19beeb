"""落地项目: a signed project that was registered, begun or set going in the place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    BoundField,
    ChoiceField,
    DateField,
    MoneyField,
    PartyField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class LandingSign(models.TextChoices):
    """By what it counts as landed (落地标志)."""

    REGISTERED = "registered", _("已注册")
    STARTED = "started", _("已开工")
    RUNNING = "running", _("已实施")


class Landing(Body):
    """One landed project (一个落地项目) with its planned total investment."""

    kind = Kind(
        code="industry.landing",
        label=_("落地项目"),
        line="industry",
        one=_("一个落地项目"),
        on="landed_on",
        region_label=_("落地县区"),
        title=("project",),
        shown=("project", "enterprise", "total_fen"),
        total=("industry.landed_projects", "industry.landed_investment"),
        once=Once(
            by=("project", "region"), sentence=_("这个地区已登记过同名的落地项目，请核对是否重复。")
        ),
    )

    project = TextField(_("项目名称"), required=True)
    landed_on = DateField(_("落地日期"), precisions=ANY)
    total_fen = MoneyField(
        _("总投资"),
        usual=1_000_000,
        required=False,
        hint=_("计划总投资，不是到位资金；公益基金等可不填"),
    )
    bound = BoundField(_("金额的准确程度"))
    enterprise = PartyField(_("投资企业"), required=False, hint=_("写名称或统一社会信用代码"))
    sign = ChoiceField(_("落地标志"), choices=LandingSign, required=False)
    place = TextField(_("园区或地点"))

    posts = (
        Post(indicator="industry.landed_projects"),
        Post(indicator="industry.landed_investment", value="total_fen", bound="bound"),
    )

    sheet = Sheet(
        aliases={
            "project": ("项目", "落地项目", "落地项目名称"),
            "landed_on": ("日期", "落地时间"),
            "total_fen": ("总投资额", "项目总投资", "计划总投资", "投资额"),
            "enterprise": ("企业名称", "投资方", "投资主体"),
            "place": ("用地/园区", "建设地点", "地点"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """An investment that is written is more than 0."""
        return columns, rules.not_zero(cls, columns, "total_fen")
