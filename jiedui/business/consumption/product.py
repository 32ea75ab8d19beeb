"""帮扶产品: western produce that sales point to, and the certificate it carries; a stock."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, PartyField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Mark(models.TextChoices):
    """Which certificate (认证); only those given in the east are counted as 认证产品."""

    NONE = "none", _("无")
    SHENZHEN = "shenzhen", _("圳品")
    EASTERN = "eastern", _("其他东部认证")
    GREEN = "green", _("绿色食品")
    ORGANIC = "organic", _("有机产品")
    ORIGIN = "origin", _("地理标志")


EASTERN_MARKS = (Mark.SHENZHEN, Mark.EASTERN)


class Product(Body):
    """One product of one maker under one certificate (一个帮扶产品), until it runs out."""

    kind = Kind(
        code="consumption.product",
        label=_("帮扶产品"),
        line="consumption",
        one=_("一个帮扶产品"),
        on="recognised_on",
        region_label=_("产地"),
        title=("name",),
        total=("consumption.certified_products",),
    )

    name = TextField(_("产品名称"), required=True, hint=_("连规格写，登记销售时照此名称选用"))
    mark = ChoiceField(_("认证"), choices=Mark, hint=_("圳品和其他东部认证计入认证产品数"))
    recognised_on = DateField(_("认定日期"), precisions=ANY, hint=_("认证的写发证日期"))
    valid_to = DateField(_("认证有效期至"), required=False, future=True)
    ended_on = DateField(
        _("失效日期"), required=False, hint=_("到期未续或被撤销的填写，不再计入存量")
    )
    maker = PartyField(_("生产者"), required=False, hint=_("写名称或统一社会信用代码"))
    number = TextField(_("证书编号"))

    posts = (
        Post(indicator="consumption.certified_products", when=rules.said("mark", *EASTERN_MARKS)),
        Post(
            indicator="consumption.certified_products",
            on="ended_on",
            sign=-1,
            when=rules.said("mark", *EASTERN_MARKS),
        ),
    )

    sheet = Sheet(
        aliases={
            "name": ("产品", "名称", "认证产品"),
            "mark": ("认证类型", "认证类别", "认证情况"),
            "recognised_on": ("发证日期", "获证日期", "认证日期", "日期"),
            "valid_to": ("有效期", "有效期限", "认证有效期", "到期日期"),
            "ended_on": ("注销日期", "撤销日期"),
            "maker": ("生产主体", "生产企业", "申报主体", "企业名称"),
            "number": ("证书号", "认证编号"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """A certificate neither runs out nor ends before it is given; without one it has none."""
        errors: Errors = {
            (row, "mark"): _none_has(number)
            for row, (mark, number) in enumerate(
                zip(columns["mark"], columns["number"], strict=True)
            )
            if mark == Mark.NONE and number
        }
        return columns, {
            **rules.in_order(cls, columns, "recognised_on", "valid_to"),
            **rules.in_order(cls, columns, "recognised_on", "ended_on"),
            **errors,
        }


def _none_has(number: object) -> str:
    return _now("认证写了“无”，却填有证书编号 %(number)s，请核对。") % {"number": number}
