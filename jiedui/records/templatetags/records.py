"""``{% load records %}``: the states of records and revisions as sign and word."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.records.models import WAITING, Record, Revision
from jiedui.ui.templatetags.jiedui import state

register = template.Library()


@register.simple_tag
def record_state(record: Record, note: str = "") -> SafeString:
    """待审核, 待复审, 已审核 第 2 版, 退回 and why, 更正待审, 已作废 …"""
    if record.status == "returned" and note:
        return state("returned", note[:20])
    if record.status == "first_approved":
        return state("submitted", _("（待复审）"))
    if record.status == "approved" and record.newest.number > 1:
        return state("approved", _("第 %(n)d 版") % {"n": record.newest.number})
    if record.status == "correcting" and record.newest.change == "void":
        return state("correcting", _("（拟作废）"))
    return state(record.status)


@register.simple_tag
def revision_state(revision: Revision) -> SafeString:
    """The state of one revision in the history."""
    if revision.state in WAITING:
        return state("submitted")
    return state(str(revision.state))
