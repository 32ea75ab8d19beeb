"""消费帮扶购销协议: a signed promise to buy western produce; never added to what was really sold."""

from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import CountField, DateField, MoneyField, PartyField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Agreement(Body):
    """One agreement between a buyer and a supplier (一份购销协议), with the sum it names."""

    kind = Kind(
        code="consumption.agreement",
        label=_("消费帮扶购销协议"),
        line="consumption",
        one=_("一份购销协议"),
        on="signed_on",
        region_label=_("产品来自的地区"),
        title=("buyer", "supplier"),
        shown=("buyer", "supplier", "amount_fen"),
        total=("consumption.agreement_amount", "consumption.agreements"),
    )

    buyer = PartyField(_("采购方"), hint=_("写名称或统一社会信用代码"))
    amount_fen = MoneyField(_("协议金额"), usual=10_000, hint=_("协议载明的金额，不是销售额"))
    signed_on = DateField(_("签订日期"))
    supplier = PartyField(_("供应方"), required=False)
    goods = TextField(_("产品"))
    ends_on = DateField(_("协议到期日"), required=False, future=True)
    number = TextField(_("协议编号"))
    copies = CountField(_("份数"), unit=_("份"), required=False, hint=_("几份一起登记时填写"))

    posts = (
        Post(indicator="consumption.agreement_amount", value="amount_fen"),
        Post(indicator="consumption.agreements", value="copies"),
    )

    sheet = Sheet(
        aliases={
            "buyer": ("采购单位", "购买方", "甲方", "需方"),
            "supplier": ("供货方", "供应商", "销售方", "乙方", "供方"),
            "amount_fen": ("购销协议金额", "签约金额", "合同金额", "金额"),
            "signed_on": ("签约日期", "签订时间", "日期"),
            "goods": ("产品名称", "品类", "采购产品"),
            "number": ("合同编号", "协议号"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """One agreement unless told otherwise, worth something, not over before it is signed."""
        columns["copies"] = [1 if copies is None else copies for copies in columns["copies"]]
        return columns, {
            **rules.not_zero(cls, columns, "amount_fen", "copies"),
            **rules.in_order(cls, columns, "signed_on", "ends_on"),
        }
