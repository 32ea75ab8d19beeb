"""The policy of a view: who may knock at all. What they see inside is the scope's decision.

Every view in the URLconf declares one; tests/house/test_policies.py names those that do not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from jiedui.accounts import passwords, scope
from jiedui.accounts.models import Role, User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], Any]


class Policy(StrEnum):
    """Who may open a view: everybody, or who is signed in."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a view declared; ``roles`` empty means any."""

    policy: Policy
    roles: frozenset[Role]
    while_password_expired: bool


def policy(
    kind: Policy = Policy.SIGNED_IN,
    *,
    roles: Collection[Role] = (),
    while_password_expired: bool = False,
) -> Callable[[View[P]], View[P]]:
    """Declare a view's policy: ``@policy(Policy.PUBLIC)``, ``@policy(roles={Role.ENTER})``.

    Signed out: the sign-in page. Signed in without one of the roles: 404, the same as for what does
    not exist. Somebody whose password must be changed first gets that page. Answers of views that
    are not public are never stored by a cache between us and the person.
    """
    declared = Declared(kind, frozenset(Role(role) for role in roles), while_password_expired)
    if kind == Policy.PUBLIC and declared.roles:
        raise ValueError("a public view asks for no roles")

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if declared.policy != Policy.PUBLIC:
                answer = _turned_away(request, declared)
                if answer is not None:
                    return answer
            response = cast("HttpResponse", view(request, *args, **kwargs))
            if declared.policy != Policy.PUBLIC:
                patch_cache_control(response, private=True, no_store=True)
            return response

        guarded.policy = declared  # type: ignore[attr-defined]
        return guarded

    return decorate


def _turned_away(request: HttpRequest, declared: Declared) -> HttpResponse | None:
    if not isinstance(request.user, User):
        return _to_sign_in(request)
    if passwords.must_change(request.user) and not declared.while_password_expired:
        return _to(request, resolve_url("accounts:change_password"))
    if declared.roles and not declared.roles & scope.roles(request.user):
        raise Http404
    return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    page = resolve_url(settings.LOGIN_URL)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(page)
    if request.method == "GET":
        return redirect_to_login(request.get_full_path(), page)
    return redirect(page)


def _to(request: HttpRequest, page: str) -> HttpResponse:
    return HttpResponseClientRedirect(page) if getattr(request, "htmx", False) else redirect(page)
