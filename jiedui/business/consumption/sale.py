"""消费帮扶销售: western produce that eastern buyers bought and paid, or were helped to find."""

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
    RecordField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Channel(models.TextChoices):
    """Where it was sold (渠道); each sale belongs to one only."""

    OFFICE = "office", _("进机关")
    COMMUNITY = "community", _("进社区")
    INSTITUTION = "institution", _("进单位")
    SCENIC = "scenic", _("进景区")
    SUPERMARKET = "supermarket", _("进商超")
    WINDOW = "window", _("进窗口")
    RESTAURANT = "restaurant", _("进饭店")
    ENTERPRISE = "enterprise", _("进企业")
    PLATFORM = "platform", _("进平台")
    PLATFORM832 = "platform832", _("832平台")
    LIVE = "live", _("直播")
    HALL = "hall", _("消费帮扶馆")
    FAIR = "fair", _("展销")
    OTHER = "other", _("其他")


class Way(models.TextChoices):
    """Bought by an eastern body itself, or sold with its help (方式)."""

    PURCHASE = "purchase", _("采购")
    ASSISTED = "assisted", _("帮销")


class Sale(Body):
    """One settled sale, or the settled sales of one channel in a span (一笔销售)."""

    kind = Kind(
        code="consumption.sale",
        label=_("消费帮扶销售"),
        line="consumption",
        one=_("一笔销售"),
        on="settled_on",
        region_label=_("产品来自的地区"),
        title=("channel", "product", "buyer"),
        shown=("channel", "product", "buyer", "amount_fen"),
        total=("consumption.sales",),
    )

    amount_fen = MoneyField(_("销售额"), usual=5_000, hint=_("已结算的，不是协议额"))
    settled_on = DateField(_("结算日期"), precisions=ANY, hint=_("只知道月份的写 2023-09"))
    channel = ChoiceField(_("渠道"), choices=Channel, hint=_("一笔只归一个渠道"))
    way = ChoiceField(_("方式"), choices=Way)
    buyer = PartyField(_("采购方"), required=False)
    supplier = PartyField(_("供应商"), required=False)
    product = RecordField(
        _("产品"), kind="consumption.product", required=False, hint=_("在“帮扶产品”里登记过的名称")
    )
    quantity = TextField(_("数量"), hint=_("连单位写，例：300 箱"))
    bound = BoundField(_("金额的准确程度"))
    document = TextField(_("凭证号"))

    posts = (
        Post(indicator="consumption.sales", value="amount_fen", split="channel", bound="bound"),
        Post(
            indicator="consumption.sales:purchase",
            value="amount_fen",
            bound="bound",
            when=rules.said("way", Way.PURCHASE),
        ),
        Post(
            indicator="consumption.sales:assisted",
            value="amount_fen",
            bound="bound",
            when=rules.said("way", Way.ASSISTED),
        ),
    )

    sheet = Sheet(
        aliases={
            "amount_fen": ("金额", "销售金额", "采购金额", "成交金额", "采购和帮销金额"),
            "settled_on": ("日期", "销售日期", "采购日期", "付款日期", "成交日期"),
            "channel": ("销售渠道", "渠道类型"),
            "way": ("采购/帮销", "采购或帮销", "类型"),
            "buyer": ("采购单位", "购买方", "采购方名称"),
            "supplier": ("供应商名称", "供货方", "销售方"),
            "product": ("产品名称", "商品名称"),
            "quantity": ("采购数量", "销售数量"),
            "document": ("凭证", "发票号", "订单号"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A sale is worth something."""
        return columns, rules.not_zero(cls, columns, "amount_fen")
