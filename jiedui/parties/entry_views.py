"""One entry of the registers: what it is and was called, and, for the office that keeps it, its change."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jiedui.accounts import scope
from jiedui.accounts.models import Role
from jiedui.accounts.policies import policy
from jiedui.lib import clock
from jiedui.parties import actions
from jiedui.parties.forms import EnterpriseChangeForm, OrganisationChangeForm, SuccessorForm
from jiedui.parties.keeping import may_change
from jiedui.parties.models import Enterprise, Organisation, Renaming
from jiedui.parties.views import form_page, name_of, user_of


@policy()
@require_GET
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Enterprise, pk=pk)
    return entry_page(request, entry, {"code": entry.credit_code, "list": "parties:enterprises"})


@policy()
@require_GET
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Organisation.objects.select_related("successor"), pk=pk)
    return entry_page(request, entry, {"organisation": entry, "list": "parties:organisations"})


def entry_page(
    request: HttpRequest, entry: Enterprise | Organisation, more: dict[str, object]
) -> HttpResponse:
    """The page everybody may read; reasons and names of people are for the office that keeps it."""
    renamings = Renaming.objects.filter(party=entry.uid).select_related("by").order_by("-pk")
    keeps = may_change(user_of(request), entry)
    return render(
        request,
        "parties/entry.html",
        {
            "entry": entry,
            "region": name_of(entry.region),
            "renamings": renamings,
            "keeps": keeps,
            "enters": Role.ENTER in scope.roles(request.user),
            **more,
        },
    )


def kept(request: HttpRequest, entry: Enterprise | Organisation) -> None:
    """404 for an entry that is not this person's to change."""
    if not may_change(user_of(request), entry):
        raise Http404


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def edit_enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Enterprise, pk=pk)
    kept(request, entry)
    start = {"name": entry.name, "region": name_of(entry.region)}
    form = EnterpriseChangeForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            actions.change_enterprise(
                enterprise=entry, **form.cleaned_data, by=user_of(request), now=clock.now()
            )
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已改：%(name)s") % {"name": entry.name})
            return redirect("parties:enterprise", pk)
    return form_page(request, form, f"{entry.name} {entry.credit_code}", "parties:enterprises")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Organisation, pk=pk)
    kept(request, entry)
    start = {
        "name": entry.name,
        "kind": entry.kind,
        "valid_from": entry.valid_from,
        "region": name_of(entry.region),
    }
    form = OrganisationChangeForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            actions.change_organisation(
                organisation=entry, **form.cleaned_data, by=user_of(request), now=clock.now()
            )
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已改：%(name)s") % {"name": entry.name})
            return redirect("parties:organisation", pk)
    return form_page(request, form, entry.name, "parties:organisations")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def succeed(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Organisation, pk=pk)
    kept(request, entry)
    title = _("%(name)s 的承接") % {"name": entry.name}
    form = SuccessorForm(request.POST or None)
    if form.is_valid():
        found = list(Organisation.objects.filter(name=form.cleaned_data["successor"].strip())[:2])
        if len(found) != 1:
            form.add_error("successor", _("名录里没有唯一的这个单位，请先建档。"))
            return form_page(request, form, title, "parties:organisations")
        try:
            actions.succeed(
                organisation=entry,
                successor=found[0],
                on=form.cleaned_data["on"],
                by=user_of(request),
            )
        except actions.RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(
                request,
                _("已记：%(name)s 由 %(other)s 承接")
                % {"name": entry.name, "other": found[0].name},
            )
            return redirect("parties:organisation", pk)
    return form_page(request, form, title, "parties:organisations")
