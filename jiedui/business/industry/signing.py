"""签约: an agreement that an eastern firm or chamber signed with the place."""

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
    YesNoField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class Signer(models.TextChoices):
    """Who signs (签约方类型)."""

    ENTERPRISE = "enterprise", _("企业")
    ASSOCIATION = "association", _("商协会")


class Signing(Body):
    """One agreement (一份签约); the firm or chamber itself counts once a year."""

    kind = Kind(
        code="industry.signing",
        label=_("签约"),
        line="industry",
        one=_("一份签约"),
        on="signed_on",
        region_label=_("项目所在县区"),
        title=("party", "project"),
        shown=("party", "project", "amount_fen"),
        total=(
            "industry.signed_enterprises",
            "industry.signed_associations",
            "industry.signed_projects",
            "industry.signed_amount",
        ),
        once=Once(
            by=("party",),
            yearly=True,
            unless="again",
            sentence=_(
                "这一家同年已计过签约家数（一家一年计一次）。"
                "若是又签了一个项目，请在“同年又签”选“是”。"
            ),
        ),
    )

    party = PartyField(_("签约企业或商协会"), hint=_("写名称或统一社会信用代码"))
    signer = ChoiceField(_("签约方类型"), choices=Signer)
    signed_on = DateField(_("签约日期"), precisions=ANY)
    project = TextField(_("项目名称"), hint=_("签有投资项目的填写，计入签约项目数"))
    amount_fen = MoneyField(
        _("协议金额"), usual=1_000_000, required=False, hint=_("协议载明的投资额，不是到位资金")
    )
    bound = BoundField(_("金额的准确程度"))
    framework = YesNoField(_("框架协议"))
    again = YesNoField(_("同年又签"), hint=_("同一家同年的第二份起选“是”，家数不再计"))
    number = TextField(_("协议编号"))

    posts = (
        Post(
            indicator="industry.signed_enterprises",
            subject="party",
            when=lambda fields: fields["signer"] == "enterprise" and not fields["again"],
        ),
        Post(
            indicator="industry.signed_associations",
            subject="party",
            when=lambda fields: fields["signer"] == "association" and not fields["again"],
        ),
        Post(indicator="industry.signed_projects", when=lambda fields: bool(fields["project"])),
        Post(indicator="industry.signed_amount", value="amount_fen", bound="bound"),
    )

    sheet = Sheet(
        aliases={
            "party": ("企业名称", "签约企业", "签约商协会", "签约主体", "乙方"),
            "signer": ("类型", "主体类型"),
            "signed_on": ("日期", "签订日期", "签约时间"),
            "project": ("签约项目", "项目"),
            "amount_fen": ("签约金额", "协议投资额", "计划投资", "合同金额", "签约资金"),
            "framework": ("是否框架协议", "协议性质"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A sum belongs to a project: 签约金额 is what signed projects are worth."""
        errors = rules.given_with(cls, columns, "project", "amount_fen")
        return columns, errors | rules.not_zero(cls, columns, "amount_fen")
