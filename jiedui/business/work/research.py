"""调研报道、经验做法: what seconded cadres wrote, and what journals and bulletins took up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class ResearchSort(models.TextChoices):
    """What it is (类型)."""

    REPORT = "report", _("调研报告")
    STORY = "story", _("深度报道")
    CASE = "case", _("经验做法与典型案例")


class Level(models.TextChoices):
    """The highest level that took it up (采用层级)."""

    COUNTY = "county", _("县级")
    CITY = "city", _("市级")
    PROVINCE = "province", _("省级")
    NATION = "nation", _("国家级")


class Research(Body):
    """One piece of writing (一篇); printed in several places it is still one."""

    kind = Kind(
        code="work.research",
        label=_("调研报道与经验做法"),
        line="work",
        one=_("一篇调研报道或经验做法"),
        on="published_on",
        title=("name",),
        total=("work.reports", "work.cases"),
        once=Once(
            by=("name", "region"),
            sentence=_("已登记过同题的一篇；多处刊发只计一篇，请更正原记录的刊发处。"),
        ),
    )

    name = TextField(_("题名"), required=True)
    sort = ChoiceField(_("类型"), choices=ResearchSort)
    published_on = DateField(_("刊发或提交日期"), precisions=ANY)
    outlet = TextField(_("刊发处"), hint=_("几处刊发的都写上"))
    level = ChoiceField(
        _("采用层级"), choices=Level, required=False, hint=_("经验做法必填，写最高的一级")
    )
    unit = TextField(_("撰写单位"))
    url = TextField(_("网址"), max_length=500)

    posts = (
        Post(
            indicator="work.reports",
            when=rules.said("sort", ResearchSort.REPORT, ResearchSort.STORY),
        ),
        Post(indicator="work.cases", split="level", when=rules.said("sort", ResearchSort.CASE)),
    )

    sheet = Sheet(
        aliases={
            "name": ("标题", "题目", "名称", "篇名"),
            "sort": ("类别", "材料类型"),
            "published_on": ("日期", "刊发日期", "发表日期", "提交日期", "采用日期"),
            "outlet": ("刊物", "刊发媒体", "采用单位", "发表刊物"),
            "level": ("级别", "采用级别", "刊物级别"),
            "url": ("链接",),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A 经验做法 counts by the level that took it up."""
        return columns, rules.wanted_when(cls, columns, "level", "sort", ResearchSort.CASE)
