"""制度文件、框架协议: rules the place issued for cooperation, and agreements both sides signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class DocumentSort(models.TextChoices):
    """What it is (类型)."""

    RULE = "rule", _("制度文件")
    FRAMEWORK = "framework", _("框架协议")
    ANNUAL = "annual", _("年度协议")


AGREEMENTS = (DocumentSort.FRAMEWORK, DocumentSort.ANNUAL)


class Document(Body):
    """One document or agreement (一份文件或协议); notices, minutes and letters are none."""

    kind = Kind(
        code="work.document",
        label=_("制度文件与框架协议"),
        line="work",
        one=_("一份文件或协议"),
        on="issued_on",
        title=("name",),
        total=("work.documents", "work.agreements"),
        once=Once(
            by=("name", "region"),
            yearly=True,
            sentence=_("这个地区同年已登记过同名的文件或协议，请核对是否重复。"),
        ),
    )

    name = TextField(_("文件或协议名称"), required=True)
    sort = ChoiceField(_("类型"), choices=DocumentSort)
    issued_on = DateField(_("印发或签订日期"), precisions=ANY)
    number = TextField(_("文号"))
    signers = TextField(_("签订各方"), hint=_("协议必填，用顿号分开"))
    valid_to = DateField(_("有效期至"), required=False, future=True)

    posts = (
        Post(indicator="work.documents", when=rules.said("sort", DocumentSort.RULE)),
        Post(indicator="work.agreements", when=rules.said("sort", *AGREEMENTS)),
    )

    sheet = Sheet(
        aliases={
            "name": ("文件名称", "协议名称", "名称", "题名", "标题"),
            "sort": ("类别", "文件类型"),
            "issued_on": ("日期", "印发日期", "签订日期", "发文日期", "成文日期"),
            "number": ("发文字号", "文件号"),
            "signers": ("签订单位", "签约方", "签约各方"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """An agreement is between named parties, and not over before it is signed."""
        errors = rules.wanted_when(cls, columns, "signers", "sort", *AGREEMENTS)
        return columns, errors | rules.in_order(cls, columns, "issued_on", "valid_to")
