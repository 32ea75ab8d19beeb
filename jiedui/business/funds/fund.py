"""协作资金流转: money on its way from the east's treasury to whoever does the work, slip by slip."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ChoiceField,
    DateField,
    LinesField,
    MoneyField,
    RecordField,
    RegionField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Stage(models.TextChoices):
    """How far it came (环节). What is set aside (安排) is said by the project, not here."""

    RECEIVED = "received", _("到位")
    ISSUED = "issued", _("下达")
    PAID = "paid", _("支付")
    REFUNDED = "refunded", _("退回国库")


class Source(models.TextChoices):
    """Whose budget it is (资金层级)."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("区县级")
    TOWNSHIP = "township", _("镇村结对")


class Fund(Body):
    """One movement of cooperation money (一笔资金): it arrived, was issued, was paid or came back."""

    kind = Kind(
        code="funds.fund",
        label=_("协作资金流转"),
        line="funds",
        one=_("一笔资金"),
        on="moved_on",
        title=("stage", "project", "payee"),
        shown=("stage", "project", "payee", "amount_fen"),
        total=("funds.received", "funds.issued", "funds.paid"),
        evidence=_("到账凭证、支付凭证或下达文件"),
        evidence_required=True,
        evidence_when=rules.said("stage", Stage.RECEIVED, Stage.PAID),
    )

    stage = ChoiceField(_("环节"), choices=Stage, hint=_("安排到项目的在“协作项目”登记"))
    moved_on = DateField(_("日期"), hint=_("照凭证：到账、下达或支付的日期"))
    amount_fen = MoneyField(_("金额"), usual=100_000)
    source = ChoiceField(
        _("资金层级"),
        choices=Source,
        required=False,
        hint=_("到位的必填；社会捐赠在“社会捐赠”登记"),
    )
    document = TextField(_("文号或凭证号"))
    project = RecordField(
        _("项目"), kind="funds.project", required=False, hint=_("写项目编号 R-… 或项目名称")
    )
    payee = TextField(_("收款方"))
    counties = LinesField(
        _("分县金额"),
        hint=_("一笔分到几个县时填写，其余记在上面的地区"),
        columns={"region": RegionField(_("县区")), "amount_fen": MoneyField(_("金额"))},
    )

    posts = (
        Post(
            indicator="funds.received",
            value="amount_fen",
            split="source",
            lines="counties",
            when=rules.said("stage", Stage.RECEIVED),
        ),
        Post(
            indicator="funds.issued",
            value="amount_fen",
            lines="counties",
            when=rules.said("stage", Stage.ISSUED),
        ),
        Post(
            indicator="funds.paid",
            value="amount_fen",
            lines="counties",
            when=rules.said("stage", Stage.PAID),
        ),
        Post(
            indicator="funds.paid",
            value="amount_fen",
            lines="counties",
            sign=-1,
            when=rules.said("stage", Stage.REFUNDED),
        ),
    )

    sheet = Sheet(
        aliases={
            "stage": ("资金环节", "类型", "业务类型"),
            "moved_on": ("到账日期", "下达日期", "支付日期", "拨付日期", "时间"),
            "amount_fen": ("到账金额", "下达金额", "支付金额", "拨付金额", "资金额"),
            "source": ("来源", "来源级次", "资金来源", "资金级次"),
            "document": ("文号", "凭证号", "拨付凭证号", "下达文号"),
            "project": ("项目名称", "分解到项目", "项目编号"),
            "payee": ("收款单位", "收款人"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Money that arrived came from some budget; each county stands once."""
        return columns, {
            **rules.not_zero(cls, columns, "amount_fen"),
            **rules.wanted_when(cls, columns, "source", "stage", Stage.RECEIVED),
            **rules.no_twins(cls, columns, "counties", "region"),
        }
