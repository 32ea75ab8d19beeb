"""会议与活动: meetings of the work group and of both sides, party days, study."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, CountField, DateField, TextField
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class MeetingSort(models.TextChoices):
    """What it was (类别); each belongs to one only."""

    PLENARY = "plenary", _("全体成员会议")
    ROUTINE = "routine", _("日常工作会议")
    PARTY_DAY = "party_day", _("主题党日活动")
    WARNING = "warning", _("警示教育活动")
    STUDY = "study", _("专题学习")
    JOINT = "joint", _("高层联席会议")
    LEADING_GROUP = "leading_group", _("领导小组会议")
    SPECIAL = "special", _("专题会、调度会")
    PARTY_BRANCH = "party_branch", _("临时党支部会议")
    OTHER = "other", _("其他")


class Meeting(Body):
    """One meeting or activity (一次会议或活动), or several alike of a span with their number."""

    kind = Kind(
        code="work.meeting",
        label=_("会议与活动"),
        line="work",
        one=_("一次会议或活动"),
        on="held_on",
        title=("sort", "topic"),
        shown=("sort", "topic", "times"),
        total=("work.meetings", "work.meetings:plenary", "work.meetings:joint"),
    )

    sort = ChoiceField(_("类别"), choices=MeetingSort, hint=_("推介活动和互访另行登记"))
    held_on = DateField(_("召开日期"), precisions=ANY)
    topic = TextField(_("名称或议题"))
    times = CountField(
        _("次数"), unit=_("次"), required=False, hint=_("不填即一次；补记一段时间内的多次时填写")
    )
    place = TextField(_("地点"))
    people = CountField(_("参加人数"), unit=_("人"), required=False)
    partners = TextField(_("联合单位"), hint=_("与其他工作组或单位联合举办的填写"))

    posts = (Post(indicator="work.meetings", value="times", split="sort"),)

    sheet = Sheet(
        aliases={
            "sort": ("会议类型", "活动类型", "类型"),
            "held_on": ("日期", "时间", "会议日期", "活动日期", "召开时间"),
            "topic": ("会议名称", "活动名称", "名称", "议题", "主题"),
            "times": ("会议次数", "活动次数"),
            "place": ("会议地点", "活动地点"),
            "people": ("人数", "参会人数"),
        }
    )

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Once unless told otherwise; on one day nobody holds many alike."""
        columns["times"] = [1 if times is None else times for times in columns["times"]]
        errors = rules.one_a_day(cls, columns, "times", "held_on")
        return columns, errors | rules.not_zero(cls, columns, "times")
