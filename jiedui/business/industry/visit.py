"""投资考察: a journey to look at investment, eastern firms to the west or western people to the east."""

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
    PartyField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Heading(models.TextChoices):
    """Who travels where (方向)."""

    TO_WEST = "to_west", _("东部来考察")
    TO_EAST = "to_east", _("赴东部考察")


class InvestmentVisit(Body):
    """One journey (一次投资考察) with the firms and bodies that came, or that were called on."""

    kind = Kind(
        code="industry.visit",
        label=_("投资考察"),
        line="industry",
        one=_("一次投资考察"),
        on="visited_on",
        region_label=_("西部一侧地区"),
        shown=("name", "heading", "entrepreneurs"),
        total=("industry.inspecting", "industry.visitors", "industry.explored"),
    )

    name = TextField(_("考察名称"), required=True, hint=_("例：无锡企业家来石泉考察"))
    heading = ChoiceField(_("方向"), choices=Heading)
    visited_on = DateField(
        _("考察日期"), precisions=ANY, hint=_("几天的写起止：2023-12-08 至 2023-12-10")
    )
    parties = LinesField(
        _("单位和企业"),
        hint=_("来考察的写来访单位，赴东部的写走访单位；一行一家，同一家多次只计一家"),
        columns={"party": PartyField(_("单位名称"))},
    )
    entrepreneurs = CountField(
        _("实地考察企业家人数"),
        unit=_("人"),
        required=False,
        hint=_("东部来考察时填写；推介活动里已填的不再填"),
    )
    bound = BoundField(_("人数的准确程度"))
    leader = TextField(_("带队单位"))
    result = TextField(_("成果"), max_length=500, long=True)

    posts = (
        Post(
            indicator="industry.inspecting",
            value="entrepreneurs",
            bound="bound",
            when=rules.said("heading", Heading.TO_WEST),
        ),
        Post(
            indicator="industry.visitors",
            lines="parties",
            subject="party",
            when=rules.said("heading", Heading.TO_WEST),
        ),
        Post(
            indicator="industry.explored",
            lines="parties",
            subject="party",
            when=rules.said("heading", Heading.TO_EAST),
        ),
    )

    sheet = Sheet(
        aliases={
            "name": ("名称", "活动名称", "考察团名称"),
            "heading": ("考察方向", "类型"),
            "visited_on": ("日期", "来访日期", "考察时间"),
            "parties": ("来访单位", "考察单位", "企业名称", "单位名称"),
            "entrepreneurs": ("企业家人数", "考察企业家人数", "人数"),
            "leader": ("带队", "带队领导", "带队单位及职务"),
            "result": ("考察成果", "达成意向"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Entrepreneurs are counted on the way to the west only; a body stands in the list once."""
        errors = rules.empty_when(cls, columns, "entrepreneurs", "heading", Heading.TO_EAST)
        return columns, errors | rules.no_twins(cls, columns, "parties", "party")
