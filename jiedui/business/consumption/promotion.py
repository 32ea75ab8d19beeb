"""消费推介活动: an event that shows western produce, food or landscapes to eastern people."""

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
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Theme(models.TextChoices):
    """What is shown above all (主题)."""

    PRODUCE = "produce", _("农产品")
    FOOD = "food", _("美食")
    TOURISM = "tourism", _("文化旅游")


class ConsumptionPromotion(Body):
    """One promotion or fair (一场推介活动), with what was sold on the spot if that is known."""

    kind = Kind(
        code="consumption.promotion",
        label=_("消费推介活动"),
        line="consumption",
        one=_("一场推介活动"),
        on="held_on",
        region_label=_("推介哪里的产品"),
        shown=("name", "theme", "place"),
        total=("consumption.events",),
    )

    name = TextField(_("活动名称"), required=True)
    theme = ChoiceField(_("主题"), choices=Theme)
    held_on = DateField(
        _("举办日期"), precisions=ANY, hint=_("几天的写起止：2023-09-01 至 2023-09-03")
    )
    place = TextField(_("地点"))
    organiser = PartyField(_("主办单位"), required=False)
    sales_fen = MoneyField(
        _("现场销售额"),
        usual=5_000,
        required=False,
        hint=_("计入展销渠道；已在“消费帮扶销售”登记的不再填"),
    )
    bound = BoundField(_("销售额的准确程度"))

    posts = (
        Post(indicator="consumption.events", split="theme"),
        Post(indicator="consumption.sales", value="sales_fen", bound="bound"),
        Post(indicator="consumption.sales:fair", value="sales_fen", bound="bound"),
        Post(indicator="consumption.sales:assisted", value="sales_fen", bound="bound"),
    )

    sheet = Sheet(
        aliases={
            "name": ("名称", "推介活动名称", "活动主题"),
            "theme": ("类型", "活动类型", "推介类型"),
            "held_on": ("日期", "活动日期", "活动时间", "举办时间"),
            "place": ("活动地点", "举办地点"),
            "organiser": ("主办方", "承办单位"),
            "sales_fen": ("销售额", "现场成交额", "成交金额"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A word on how exact the sales are needs sales."""
        return columns, rules.wanted_when(
            cls, columns, "sales_fen", "bound", "at_least", "at_most", "about"
        )
