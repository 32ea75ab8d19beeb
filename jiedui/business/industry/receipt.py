"""到位投资: money that an eastern enterprise really brought, receipt by receipt."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.records.columns import ChoiceField, DateField, MoneyField, PartyField, TextField
from jiedui.records.kinds import Body, Kind, Post, Sheet


class Form(models.TextChoices):
    """In which form the money came (到位方式)."""

    CASH = "cash", _("货币")
    EQUIPMENT = "equipment", _("设备")
    CONSTRUCTION = "construction", _("在建工程")


class Receipt(Body):
    """One receipt of investment (一笔到账), proved by a bank slip, an audit or invoices."""

    kind = Kind(
        code="industry.receipt",
        label=_("到位投资"),
        line="industry",
        one=_("一笔到账"),
        region_label=_("落地县区"),
        title=("enterprise",),
        shown=("enterprise", "origin", "amount_fen"),
        total=("industry.investment",),
        evidence=_("进账单、验资报告、设备清单或发票"),
        evidence_required=True,
    )

    enterprise = PartyField(
        _("企业"),
        only="enterprise",
        hint=_("写名称或统一社会信用代码"),
    )
    received_on = DateField(_("到账日期"), hint=_("照进账单，例 2023-09-30"))
    amount_fen = MoneyField(_("本次到位金额"))
    form = ChoiceField(_("到位方式"), choices=Form)
    origin = TextField(_("资金来源地"), hint=_("例：深圳市福田区"))
    document = TextField(_("凭证号"))
    note = TextField(_("备注"), max_length=500, long=True)

    posts = (Post(indicator="industry.investment", value="amount_fen", subject="enterprise"),)

    sheet = Sheet(
        aliases={
            "enterprise": ("企业名称", "统一社会信用代码", "信用代码"),
            "received_on": ("到位日期", "日期"),
            "amount_fen": ("到位金额", "到位资金", "实际到位投资额", "金额"),
            "origin": ("来源地",),
        }
    )
