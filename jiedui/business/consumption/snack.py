"""特色小吃店、中央厨房: eastern shops that cook western food; a stock with an opening and a closing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, PartyField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class SnackForm(models.TextChoices):
    """What it is (形式)."""

    SHOP = "shop", _("特色小吃店")
    KITCHEN = "kitchen", _("中央厨房")


class SnackShop(Body):
    """One snack shop, or the kitchen that supplies several (一家小吃店或中央厨房)."""

    kind = Kind(
        code="consumption.snack",
        label=_("特色小吃店与中央厨房"),
        line="consumption",
        one=_("一家小吃店或中央厨房"),
        on="opened_on",
        region_label=_("美食来自的地区"),
        total=("consumption.snack_shops", "consumption.kitchens"),
    )

    name = TextField(_("店名"), required=True)
    form = ChoiceField(_("形式"), choices=SnackForm)
    opened_on = DateField(_("开业日期"), precisions=ANY)
    closed_on = DateField(
        _("停业日期"), precisions=ANY, required=False, hint=_("填写后不再计入存量")
    )
    operator = PartyField(_("经营单位"), required=False)
    address = TextField(_("地址"))

    posts = (
        Post(indicator="consumption.snack_shops", when=rules.said("form", SnackForm.SHOP)),
        Post(
            indicator="consumption.snack_shops",
            on="closed_on",
            sign=-1,
            when=rules.said("form", SnackForm.SHOP),
        ),
        Post(indicator="consumption.kitchens", when=rules.said("form", SnackForm.KITCHEN)),
        Post(
            indicator="consumption.kitchens",
            on="closed_on",
            sign=-1,
            when=rules.said("form", SnackForm.KITCHEN),
        ),
    )

    sheet = Sheet(
        aliases={
            "name": ("名称", "小吃店名称", "门店名称"),
            "form": ("类型", "业态"),
            "opened_on": ("开办日期", "开设日期", "日期"),
            "closed_on": ("关店日期", "闭店日期"),
            "operator": ("经营主体", "运营单位"),
            "address": ("门店地址", "地点"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Nothing closes before it opens."""
        return columns, rules.in_order(cls, columns, "opened_on", "closed_on")
