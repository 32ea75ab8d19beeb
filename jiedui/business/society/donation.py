"""社会捐赠: money and goods that eastern society gave, and how many people took part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    BoundField,
    ChoiceField,
    CountField,
    DateField,
    MoneyField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Purpose(models.TextChoices):
    """What it is for (用途)."""

    EDUCATION = "education", _("捐资助学")
    MEDICAL = "medical", _("医疗卫生")
    INDUSTRY = "industry", _("产业发展")
    BUILDING = "building", _("基础设施")
    RELIEF = "relief", _("救助慰问")
    OTHER = "other", _("其他")


class Donation(Body):
    """One donation (一次捐赠) of money, of goods at their worth, or of people's hands and names."""

    kind = Kind(
        code="society.donation",
        label=_("社会捐赠"),
        line="society",
        one=_("一次捐赠"),
        on="received_on",
        region_label=_("受赠地区"),
        title=("donor", "purpose"),
        shown=("donor", "purpose", "money_fen", "goods_fen", "people"),
        total=("society.donations", "society.donations:money", "society.donors"),
    )

    donor = TextField(_("捐赠方"), required=True, hint=_("写单位或活动名称；个人捐赠不写姓名"))
    received_on = DateField(_("接收日期"), precisions=ANY)
    purpose = ChoiceField(_("用途"), choices=Purpose)
    money_fen = MoneyField(_("资金"), usual=10_000, required=False)
    goods_fen = MoneyField(_("物资折价"), usual=10_000, required=False)
    goods = TextField(_("物资名称和数量"))
    amount_bound = BoundField(_("金额的准确程度"))
    people = CountField(_("参与人数"), unit=_("人"), required=False)
    people_bound = BoundField(_("人数的准确程度"))
    receiver = TextField(_("接收方"))
    receipt = TextField(_("票据号"))
    credit_code = TextField(_("捐赠方信用代码"), max_length=18)

    posts = (
        Post(indicator="society.donations", value="money_fen", bound="amount_bound"),
        Post(indicator="society.donations:money", value="money_fen", bound="amount_bound"),
        Post(indicator="society.donations", value="goods_fen", bound="amount_bound"),
        Post(indicator="society.donations:goods", value="goods_fen", bound="amount_bound"),
        Post(indicator="society.donors", value="people", bound="people_bound"),
        Post(
            indicator="society.donors:education",
            value="people",
            bound="people_bound",
            when=rules.said("purpose", Purpose.EDUCATION),
        ),
    )

    sheet = Sheet(
        aliases={
            "donor": ("捐赠单位", "捐赠主体", "捐赠方名称"),
            "received_on": ("日期", "捐赠日期", "接收时间", "到账日期"),
            "purpose": ("捐赠用途", "类别"),
            "money_fen": ("资金额", "捐赠资金", "捐款", "捐款金额"),
            "goods_fen": ("物资", "物资折价金额", "捐物折价"),
            "goods": ("物资明细", "捐赠物资", "物资名称"),
            "people": ("人数", "捐赠人数"),
            "receiver": ("受赠方", "接收单位", "受赠单位"),
            "receipt": ("票据", "票据编号", "收据号"),
            "credit_code": ("统一社会信用代码", "捐赠方(统一社会信用代码)", "信用代码"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A donation is of something; goods that are named have a worth or are left uncounted."""
        errors = rules.one_of(cls, columns, "money_fen", "goods_fen", "people")
        errors |= rules.credit_codes(cls, columns, "credit_code")
        return columns, errors
