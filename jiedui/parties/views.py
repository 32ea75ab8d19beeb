"""The registers (名录): enterprises and organisations, found, entered, mended, continued by another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jiedui.accounts import scope
from jiedui.accounts.models import Role
from jiedui.accounts.policies import policy
from jiedui.parties import actions
from jiedui.parties.forms import (
    EnterpriseChangeForm,
    EnterpriseForm,
    OrganisationForm,
    SuccessorForm,
)
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
            entry = actions.record_enterprise(**form.cleaned_data)
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已建档：%(name)s") % {"name": entry.name})
            return redirect("parties:enterprises")
    return form_page(request, form, _("企业建档"), "parties:enterprises")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def edit_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Enterprise, pk=pk)
    start = {"name": entry.name, "region": name_of(entry.region)}
    form = EnterpriseChangeForm(request.POST or None, initial=start)
    if form.is_valid():
        actions.change_enterprise(enterprise=entry, **form.cleaned_data)
        messages.success(request, _("已改：%(name)s") % {"name": entry.name})
        return redirect("parties:enterprises")
    return form_page(request, form, f"{entry.name} {entry.credit_code}", "parties:enterprises")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        entry = actions.record_organisations([(asked["name"], asked["kind"], asked["region"])])[0]
        actions.change_organisation(organisation=entry, **asked)
        messages.success(request, _("已建档：%(name)s") % {"name": entry.name})
        return redirect("parties:organisations")
    return form_page(request, form, _("单位建档"), "parties:organisations")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Organisation, pk=pk)
    start = {
        "name": entry.name,
        "kind": entry.kind,
        "valid_from": entry.valid_from,
        "region": name_of(entry.region),
    }
    form = OrganisationForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            actions.change_organisation(organisation=entry, **form.cleaned_data)
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已改：%(name)s") % {"name": entry.name})
            return redirect("parties:organisations")
    return form_page(request, form, entry.name, "parties:organisations")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def succeed(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Organisation, pk=pk)
    form = SuccessorForm(request.POST or None)
    if form.is_valid():
        found = list(Organisation.objects.filter(name=form.cleaned_data["successor"].strip())[:2])
        if len(found) != 1:
            form.add_error("successor", _("名录里没有唯一的这个单位，请先建档。"))
            return form_page(request, form, entry.name, "parties:organisations")
        try:
            actions.succeed(organisation=entry, successor=found[0], on=form.cleaned_data["on"])
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(
                request,
                _("已记：%(name)s 由 %(other)s 承接")
                % {"name": entry.name, "other": found[0].name},
            )
            return redirect("parties:organisations")
    return form_page(
        request, form, _("%(name)s 的承接") % {"name": entry.name}, "parties:organisations"
    )


def name_of(region: int | None) -> str:
    return places.names([region]).get(region, "") if region else ""


def form_page(request: HttpRequest, form: forms.Form, title: str, back: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request, "parties/form.html", {"form": form, "title": title, "back": back}, status=status
    )
