"""Sign-in, sign-out, the change of a password, and the picker of regions (选择地区)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiedui.accounts import actions, scope
from jiedui.accounts.forms import ChangePasswordForm, SignInForm
from jiedui.accounts.models import Role, User
from jiedui.accounts.policies import Policy, policy
from jiedui.lib.clock import now, today
from jiedui.regions import places


@policy(Policy.PUBLIC)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; a wrong name and a wrong password get the same words and status."""
    following = safe_next(request)
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(following)
        return _sign_in_page(request, SignInForm(), following)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, following)
    username = form.cleaned_data["username"]
    if _too_many_failures(username):
        return locked_out(request)
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if user is None:
        form.add_error(None, _("用户名或密码不对"))
        return _sign_in_page(request, form, following)
    login(request, user)
    return redirect(following)


def _sign_in_page(
    request: HttpRequest, form: SignInForm, following: str, status: int = 200
) -> HttpResponse:
    context = {"form": form, "next": following}
    return render(request, "accounts/sign_in.html", context, status=status)


def safe_next(request: HttpRequest) -> str:
    """Where to go after sign-in: the page asked for when it is one of ours, else the home page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _too_many_failures(username: str) -> bool:
    """The slow limit of one name from many addresses; axes keeps the fast one per address."""
    since = timezone.now() - timedelta(seconds=settings.SIGN_IN_FAILURES_SECONDS)
    counted = AccessAttempt.objects.filter(username=username, attempt_time__gte=since).aggregate(
        failures=Sum("failures_since_start")
    )
    failures: int = counted["failures"] or 0
    limit: int = settings.SIGN_IN_FAILURES_MAX
    return failures >= limit


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The answer to too many failures, the same whether the name exists or not."""
    form = SignInForm(request.POST or None)
    form.is_valid()
    form.add_error(None, _("失败次数过多，请30分钟后再试"))
    return _sign_in_page(request, form, safe_next(request), status=429)


@policy(Policy.SIGNED_IN, while_password_expired=True)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and let a shared browser forget what it kept."""
    logout(request)
    response = redirect(settings.LOGIN_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@policy(Policy.SIGNED_IN, while_password_expired=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Choose a new password; the other sessions of the same person end."""
    user = cast("User", request.user)
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(user=user, password=form.cleaned_data["password"], now=now())
        update_session_auth_hash(request, user)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/change_password.html", {"form": form})


@policy(Policy.SIGNED_IN)
@require_GET
def find_regions(request: HttpRequest) -> HttpResponse:
    """The picker's answer, an htmx fragment: places by name, pinyin or code within the user's grants.

    ``name`` is the form's field that was typed into and that a choice fills ("q" without one),
    ``for=enter`` limits to where the user may enter records.
    """
    field = request.GET.get("name", "q")[:60]
    asked = request.GET.get(field, "").strip()[:100]
    role = Role.ENTER if request.GET.get("for") == Role.ENTER else None
    regions = places.find(asked, within=scope.places_q(request.user, role), on=today())
    full = places.full_names(regions)
    chosen = any(asked == full[region.code] for region in regions)
    context = {
        "choices": [] if chosen else [(region, full[region.code]) for region in regions],
        "asked": asked,
        "chosen": chosen,
        "field": field,
    }
    return render(request, "accounts/_regions.html", context)
