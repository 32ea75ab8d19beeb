"""招商对接: an eastern body that was spoken to (对接联系) or called on (考察走访)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.business import rules
from jiedui.records.columns import ANY, ChoiceField, DateField, PartyField, TextField
from jiedui.records.kinds import Body, Kind, Post, Sheet


class ContactWay(models.TextChoices):
    """How (方式): an office dealt with, or a firm, chamber or school called on."""

    CONTACT = "contact", _("对接联系")
    CALL = "call", _("考察走访")


class Contact(Body):
    """One meeting with one body (一次对接); however often it is met, it counts once in a window."""

    kind = Kind(
        code="industry.contact",
        label=_("招商对接"),
        line="industry",
        one=_("一次对接"),
        on="met_on",
        shown=("party", "way", "matter"),
        total=("industry.contacted", "industry.explored"),
    )

    party = PartyField(_("对接单位"), hint=_("写名称或统一社会信用代码；同一单位多次对接只计一家"))
    way = ChoiceField(_("对接方式"), choices=ContactWay)
    met_on = DateField(_("日期"), precisions=ANY)
    introducer = TextField(_("引荐单位"), hint=_("写单位，不写个人姓名"))
    matter = TextField(_("对接内容"), max_length=500, long=True)
    place = TextField(_("地点"))

    posts = (
        Post(
            indicator="industry.contacted",
            subject="party",
            when=rules.said("way", ContactWay.CONTACT),
        ),
        Post(
            indicator="industry.explored", subject="party", when=rules.said("way", ContactWay.CALL)
        ),
    )

    sheet = Sheet(
        aliases={
            "party": ("单位名称", "单位", "企业名称", "走访主体", "考察对象"),
            "way": ("方式", "类型", "类别"),
            "met_on": ("对接日期", "走访日期", "考察日期", "时间"),
            "introducer": ("引荐人", "引荐人/单位", "介绍单位"),
            "matter": ("内容", "洽谈内容", "对接事项"),
        }
    )
