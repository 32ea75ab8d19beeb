"""The words of an office (本单位的说法) as a page, and the picker of indicators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiedui.accounts.models import User
from jiedui.accounts.policies import policy
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import UnknownIndicator
from jiedui.lib.clock import now

from . import finding_indicators, office
from .by_hand import unit_fits
from .models import Saying


@policy()
@require_http_methods(["GET", "HEAD"])
def words(request: HttpRequest) -> HttpResponse:
    """The words the user's office is read by, with who kept them and when."""
    kept = Saying.objects.visible_to(request.user).in_force().select_related("made_by")
    rows = [(one, _name_of(one.indicator)) for one in kept.order_by("-made_at", "-id")]
    name = request.user.office.strip() if isinstance(request.user, User) else ""
    return render(request, "checking/words.html", {"rows": rows, "office": name})


def _name_of(code: str) -> str:
    try:
        return catalogue.get(code).name
    except UnknownIndicator:
        return _("已不在目录里的指标 %s") % code


@policy()
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Take words of the user's own office back; what is not theirs does not exist for them."""
    given = request.POST.get("saying", "")
    is_gone = (
        isinstance(request.user, User)
        and given.isascii()
        and given.isdigit()
        and len(given) < 19
        and office.forget(user=request.user, pk=int(given), now=now())
    )
    if is_gone:
        messages.success(request, _("已取消，以后不再这样认。"))
    else:
        messages.warning(request, _("没有这个说法，可能已被同事取消。"))
    return redirect("checking:words")


@policy()
@require_GET
def find_indicators(request: HttpRequest) -> HttpResponse:
    """The picker's answer, an htmx fragment: indicators a figure of this kind and unit can be one of."""
    field = request.GET.get("name", "q")[:60]
    asked = request.GET.get(field, "").strip()[:100]
    kind, unit = request.GET.get("kind", ""), request.GET.get("unit", "")
    found = finding_indicators.find(asked)
    fitting = [one for one in found if not kind or unit_fits(kind, unit, one.unit)]
    chosen = any(asked == one.name for one in fitting)
    context = {
        "choices": [] if chosen else fitting[: finding_indicators.LIMIT],
        "asked": asked,
        "chosen": chosen,
        "others": len(found) - len(fitting),
        "field": field,
    }
    return render(request, "checking/_indicators.html", context)
