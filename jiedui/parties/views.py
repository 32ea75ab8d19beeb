"""The registers (名录): enterprises and organisations, listed, found by a picker, entered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.accounts.policies import policy
from jiedui.parties import actions
from jiedui.parties.forms import EnterpriseForm, OrganisationForm
from jiedui.parties.models import Enterprise, Organisation
from jiedui.regions import places

PAGE = 50
FOUND = 8


@policy()
@require_GET
def enterprises(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    wanted = Q(name__icontains=text) | Q(credit_code__istartswith=text)
    found = Enterprise.objects.filter(wanted).order_by("name", "pk")
    return listed(request, found, "parties/enterprises.html", text)


@policy()
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    found = Organisation.objects.filter(name__icontains=text).select_related("successor")
    return listed(request, found.order_by("name", "pk"), "parties/organisations.html", text)


def listed(request: HttpRequest, found: Any, template: str, text: str) -> HttpResponse:
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    names = places.names({row.region for row in rows if row.region})
    return render(
        request,
        template,
        {
            "page": page,
            "text": text,
            "may_enter": Role.ENTER in scope.roles(request.user),
            "rows": [{"entry": row, "region": names.get(row.region or -1, "")} for row in rows],
        },
    )


@policy(roles={Role.ENTER})
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """The picker's answer, an htmx fragment: enterprises and organisations by a part of name or code."""
    text = request.GET.get(request.GET.get("for", "q"), "").strip()[:100]
    only = request.GET.get("only", "")
    rows: list[dict[str, str]] = []
    if len(text) > 1 and only != "organisation":
        wanted = Q(name__icontains=text) | Q(credit_code__istartswith=text)
        found = Enterprise.objects.filter(wanted).order_by("name", "pk")[:FOUND]
        rows += [{"name": one.name, "code": one.credit_code} for one in found]
    if len(text) > 1 and only != "enterprise":
        others = Organisation.objects.filter(name__icontains=text).order_by("name", "pk")[:FOUND]
        rows += [{"name": one.name, "code": str(one.get_kind_display())} for one in others]
    known = any(row["name"] == text for row in rows)
    return render(
        request,
        "parties/_found.html",
        {
            "rows": [] if known else rows[:FOUND],
            "text": text if len(text) > 1 else "",
            "nothing": not rows,
            "only": only,
        },
    )


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def new_enterprise(request: HttpRequest) -> HttpResponse:
    form = EnterpriseForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if form.is_valid():
        try:
            entry = actions.record_enterprise(**form.cleaned_data, by=user_of(request))
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已建档：%(name)s") % {"name": entry.name})
            return redirect("parties:enterprises")
    return form_page(request, form, _("企业建档"), "parties:enterprises")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if form.is_valid():
        try:
            entry = actions.record_organisation(**form.cleaned_data, by=user_of(request))
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已建档：%(name)s") % {"name": entry.name})
            return redirect("parties:organisations")
    return form_page(request, form, _("单位建档"), "parties:organisations")


def user_of(request: HttpRequest) -> User:
    """Who asks; the policy let nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def name_of(region: int | None) -> str:
    return places.names([region]).get(region, "") if region else ""


def form_page(request: HttpRequest, form: forms.Form, title: str, back: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request, "parties/form.html", {"form": form, "title": title, "back": back}, status=status
    )
