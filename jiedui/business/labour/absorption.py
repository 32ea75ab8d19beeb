"""吸纳就业: people of the countryside whom an enterprise that came newly took on."""

from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, BoundField, CountField, DateField, PartyField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class Absorption(Body):
    """What one enterprise newly took on at a time (一次吸纳); those who left and came back are not new."""

    kind = Kind(
        code="labour.absorption",
        label=_("企业吸纳就业"),
        line="labour",
        one=_("一次吸纳"),
        on="hired_on",
        region_label=_("企业所在县区"),
        title=("enterprise",),
        shown=("enterprise", "people", "poverty"),
        total=("labour.absorbed", "labour.absorbed:poverty"),
    )

    enterprise = PartyField(_("企业"), only="enterprise", hint=_("写名称或统一社会信用代码"))
    hired_on = DateField(_("开始用工日期"), precisions=ANY, hint=_("按月报的写 2023-09"))
    people = CountField(
        _("新吸纳农村劳动力人数"), unit=_("人"), hint=_("只写本次新增的，不写累计数")
    )
    poverty = CountField(_("其中脱贫人口"), unit=_("人"), required=False, hint=_("含监测对象"))
    bound = BoundField(_("人数的准确程度"))
    note = TextField(_("备注"), max_length=500, long=True)

    posts = (
        Post(indicator="labour.absorbed", value="people", bound="bound"),
        Post(indicator="labour.absorbed:poverty", value="poverty", bound="bound"),
    )

    sheet = Sheet(
        aliases={
            "enterprise": ("企业名称", "用工企业", "统一社会信用代码", "信用代码"),
            "hired_on": ("日期", "月份", "用工日期", "务工开始时间", "年月"),
            "people": ("吸纳人数", "吸纳农村劳动力人数", "吸纳农村劳动力", "吸纳就业人数"),
            "poverty": ("脱贫人口", "脱贫人数", "吸纳脱贫人口", "其中脱贫人数", "其中：脱贫人口"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Somebody was taken on, and those out of poverty are among them."""
        errors = rules.not_zero(cls, columns, "people")
        return columns, errors | rules.at_most(cls, columns, "poverty", "people")
