"""招商推介活动: an event that invites eastern firms and chambers to invest."""

from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import (
    ANY,
    BoundField,
    CountField,
    DateField,
    PartyField,
    TextField,
)
from jiedui.records.kinds import Body, Columns, Errors, Kind, Post, Sheet


class InvestmentPromotion(Body):
    """One promotion (一期招商推介活动) with the entrepreneurs invited and those who looked around."""

    kind = Kind(
        code="industry.promotion",
        label=_("招商推介活动"),
        line="industry",
        one=_("一期招商推介活动"),
        on="held_on",
        title=("name", "session"),
        shown=("name", "session", "place", "invited"),
        total=("industry.promotions", "industry.invited", "industry.inspecting"),
    )

    name = TextField(_("活动名称"), required=True)
    held_on = DateField(_("举办日期"), precisions=ANY, hint=_("只知道月份的写 2023-05"))
    session = TextField(_("第几期"), max_length=20)
    place = TextField(_("地点"))
    invited = CountField(_("邀请企业家人数"), unit=_("人"), required=False, hint=_("按到会人数"))
    inspecting = CountField(
        _("实地考察企业家人数"),
        unit=_("人"),
        required=False,
        hint=_("活动期间组织到西部考察的；已登记“投资考察”的不再填"),
    )
    bound = BoundField(_("人数的准确程度"))
    organiser = PartyField(_("主办单位"), required=False)

    posts = (
        Post(indicator="industry.promotions"),
        Post(indicator="industry.invited", value="invited", bound="bound"),
        Post(indicator="industry.inspecting", value="inspecting", bound="bound"),
    )

    sheet = Sheet(
        aliases={
            "name": ("名称", "推介活动名称", "推介会名称"),
            "held_on": ("日期", "活动日期", "举办时间"),
            "session": ("期次", "期数"),
            "place": ("活动地点", "举办地点"),
            "invited": ("邀请人数", "参会企业家人数", "邀请企业家代表人数"),
            "inspecting": ("考察企业家人数", "考察人数"),
            "organiser": ("主办方", "承办单位"),
        }
    )

    @classmethod
    def doubts(cls, columns: Columns) -> Errors:
        """Mostly some of those invited look around, not more."""
        return rules.at_most(cls, columns, "inspecting", "invited", alone=True)
