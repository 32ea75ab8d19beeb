"""专业技术人才: one teacher's, doctor's or farm technician's term in the partner region."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.business.secondment.posting import Direction
from jiedui.records.columns import ANY, ChoiceField, DateField, PersonField, TextField, When
from jiedui.records.kinds import Body, Columns, Errors, Kind, Once, Post, Sheet

# Offices set the shortest stay that counts themselves, mostly a month; a shorter one is asked about.
USUAL_DAYS = 28


class Field(models.TextChoices):
    """What the specialist does (领域)."""

    EDUCATION = "education", _("教育")
    MEDICAL = "medical", _("医疗卫生")
    AGRICULTURE = "agriculture", _("农业科技")
    OTHER = "other", _("其他")


class Specialist(Body):
    """One term of one specialist (一次选派任期): 支教, 支医, 支农, 跟岗; a longer term corrects it."""

    kind = Kind(
        code="secondment.specialist",
        label=_("专业技术人才"),
        line="secondment",
        one=_("一次选派任期"),
        on="start_on",
        region_label=_("西部一侧地区"),
        # The name stays in the register: the record is known by the place of work.
        title=("field", "host"),
        shown=("person", "direction", "field", "host", "team", "left_on"),
        total=("secondment.talent", "secondment.talent_serving"),
        once=Once(
            by=("person",),
            until="left_on",
            sentence=_(
                "此人已有一个未结束的选派任期：新任期请先在原记录填实际结束日期，"
                "延长任期请更正原记录。"
            ),
        ),
    )

    person = PersonField(_("姓名"), hint=_("在人员名录里选；同名的连单位写"))
    direction = ChoiceField(_("方向"), choices=Direction)
    field = ChoiceField(_("领域"), choices=Field)
    host = TextField(_("任职单位"), required=True, hint=_("写到岗位，例：县人民医院骨科副主任"))
    start_on = DateField(_("到岗日期"), precisions=ANY)
    term_ends_on = DateField(
        _("任期至"), required=False, future=True, hint=_("计划的期满日期，到期不会自动计为离任")
    )
    left_on = DateField(
        _("实际结束日期"), precisions=ANY, required=False, hint=_("填写后不再计入在岗")
    )
    team = TextField(_("组团或批次"), max_length=40, hint=_("例：组团式帮扶医疗队、第3批"))
    sender = TextField(_("派出单位"))
    rank = TextField(_("职称或专业"), max_length=60, hint=_("例：副主任医师、高中物理"))

    posts = (
        Post(indicator="secondment.talent", split="field", subject="person"),
        Post(
            indicator="secondment.talent:to_west",
            subject="person",
            when=rules.said("direction", Direction.TO_WEST),
        ),
        Post(
            indicator="secondment.talent:to_east",
            subject="person",
            when=rules.said("direction", Direction.TO_EAST),
        ),
        Post(indicator="secondment.talent_serving", subject="person"),
        Post(indicator="secondment.talent_serving", subject="person", on="left_on", sign=-1),
    )

    sheet = Sheet(
        aliases={
            "person": ("人才姓名", "专技人才姓名", "教师姓名", "医生姓名"),
            "direction": ("选派方向", "支援方向"),
            "field": ("类别", "人才类别", "行业", "支援领域"),
            "host": (
                "受援单位",
                "受援单位与岗位",
                "跟岗单位",
                "帮扶单位",
                "服务单位",
                "工作单位及岗位",
            ),
            "start_on": ("起", "开始日期", "开始时间", "到任日期", "起始日期"),
            "term_ends_on": ("止", "结束日期", "期满日期", "计划结束日期"),
            "left_on": ("返回日期", "离任日期", "实际返回日期"),
            "team": ("批次", "组团", "第几批"),
            "sender": ("原单位", "选派单位", "派出单位名称"),
            "rank": ("职称", "专业", "专业技术职务"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """No term ends before it begins."""
        return columns, {
            **rules.in_order(cls, columns, "start_on", "term_ends_on"),
            **rules.in_order(cls, columns, "start_on", "left_on"),
        }

    @classmethod
    def doubts(cls, columns: Columns) -> Errors:
        """A stay of some days is a lecture or a free clinic, which the definition leaves out."""
        found: Errors = {}
        for row, begun in enumerate(columns["start_on"]):
            for name in ("left_on", "term_ends_on"):
                ended = columns[name][row]
                if begun and ended:
                    days = (When.of(ended).last - When.of(begun).first).days + 1
                    if days < USUAL_DAYS:
                        found[row, name] = _now(
                            "到岗只有 %(days)d 天：短期讲学、义诊等不足当地规定最短时长的，"
                            "不计入专业技术人才，请核对。"
                        ) % {"days": days}
                    break
        return found
