"""挂职: one cadre's term in the partner region; personal only in the register of people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, PersonField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet


class Direction(models.TextChoices):
    """From where to where (方向)."""

    TO_WEST = "to_west", _("东部到西部")
    TO_EAST = "to_east", _("西部到东部")


class Secondment(Body):
    """One term of one cadre (一次挂职任期); new duties or a longer term are corrections of it."""

    kind = Kind(
        code="secondment.posting",
        label=_("挂职干部"),
        line="secondment",
        one=_("一次挂职任期"),
        on="start_on",
        region_label=_("西部一侧地区"),
        # The name stays in the register: the record is known by the post.
        title=("batch", "host"),
        shown=("person", "direction", "host", "batch"),
        total=("secondment.sent", "secondment.serving"),
        once=Once(
            by=("person",),
            until="left_on",
            sentence=_(
                "此人已有一个未结束的任期：新任期请先在原记录填实际离任日期，"
                "延期或调整分工请更正原记录。"
            ),
        ),
    )

    person = PersonField(_("姓名"), hint=_("在人员名录里选；同名的连单位写"))
    direction = ChoiceField(_("方向"), choices=Direction)
    host = TextField(
        _("挂职单位与职务"), required=True, hint=_("例：自治区乡村振兴局帮扶协调处副处长")
    )
    start_on = DateField(_("到岗日期"), precisions=ANY)
    term_ends_on = DateField(
        _("任期至"), required=False, future=True, hint=_("计划的期满日期，到期不会自动计为离任")
    )
    left_on = DateField(
        _("实际离任日期"), precisions=ANY, required=False, hint=_("填写后不再计入在岗")
    )
    batch = TextField(_("批次"), max_length=20, hint=_("例：第6批"))
    sender = TextField(_("派出单位与职务"))
    concurrent = TextField(_("兼任"))
    duties = TextField(
        _("分工及变化"), max_length=500, long=True, hint=_("例：2023-05 由协管改为分管招商")
    )

    posts = (
        Post(indicator="secondment.sent", split="direction", subject="person"),
        Post(indicator="secondment.serving", split="direction", subject="person"),
        Post(
            indicator="secondment.serving",
            split="direction",
            subject="person",
            on="left_on",
            sign=-1,
        ),
    )

    sheet = Sheet(
        aliases={
            "person": ("挂职干部", "挂职干部姓名", "干部姓名"),
            "direction": ("挂职方向", "选派方向", "类别"),
            "host": ("挂职单位及职务", "挂职职务", "现任职务", "挂任职务"),
            "start_on": ("起", "开始日期", "挂职开始时间", "到任日期", "起始日期"),
            "term_ends_on": ("止", "结束日期", "挂职结束时间", "期满日期"),
            "left_on": ("离任日期", "返回日期", "实际返回日期"),
            "batch": ("挂职批次", "第几批"),
            "sender": ("派出单位", "原单位及职务", "派出单位及职务", "原任职务"),
            "concurrent": ("兼任职务",),
            "duties": ("分工", "分管工作", "分工变化"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """No term ends before it begins."""
        return columns, {
            **rules.in_order(cls, columns, "start_on", "term_ends_on"),
            **rules.in_order(cls, columns, "start_on", "left_on"),
        }
