"""``{% load checking %}``: whether to offer 从旧材料建账."""

from __future__ import annotations

from django import template
from django.template.context import Context

from jiedui.accounts import scope
from jiedui.accounts.models import Role

register = template.Library()


@register.simple_tag(takes_context=True)
def may_adopt(context: Context) -> bool:
    """Whether who looks at the page enters records anywhere."""
    request = context.get("request")
    return request is not None and Role.ENTER in scope.roles(request.user)
