"""The register of people (人员名录): seen inside one's slices, entered, found by a picker, erased."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.accounts.policies import policy
from jiedui.lib import clock
from jiedui.parties.actions import RegisterError
from jiedui.parties.forms import RegionText
from jiedui.parties.models import Organisation, Person
from jiedui.parties.persons import NewPerson, erase_person, record_persons
from jiedui.parties.views import FOUND, PAGE, form_page
from jiedui.regions import places


class PersonForm(forms.Form):
    """Who it is and whose office keeps the file; nothing about the private person."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=100)
    region = RegionText(
        label=gettext_lazy("西部一侧地区"), help_text=gettext_lazy("管这份档案的地区，写名称或代码")
    )
    organisation = forms.CharField(
        label=gettext_lazy("派出单位"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("写单位名录里的全称；同名的人靠单位分清"),
    )

    def clean_organisation(self) -> Organisation | None:
        text = self.cleaned_data["organisation"].strip()
        found = list(Organisation.objects.filter(name=text)[:2]) if text else []
        if text and len(found) != 1:
            raise forms.ValidationError(_("名录里没有唯一的这个单位，请先建档。"))
        return found[0] if found else None


@policy()
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    found = Person.objects.visible_to(request.user).filter(name__icontains=text)
    found = found.select_related("organisation").order_by("region", "name", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    names = places.names({row.region for row in rows})
    roles = scope.roles(request.user)
    return render(
        request,
        "parties/people.html",
        {
            "page": page,
            "text": text,
            "may_enter": Role.ENTER in roles,
            "may_erase": Role.REVIEW in roles,
            "rows": [{"entry": row, "region": names.get(row.region, "")} for row in rows],
        },
    )


@policy(roles={Role.ENTER})
@require_GET
def find_person(request: HttpRequest) -> HttpResponse:
    """The picker's answer, an htmx fragment: people of one's slices by a part of the name."""
    text = request.GET.get(request.GET.get("for", "q"), "").strip()[:100]
    found = Person.objects.visible_to(request.user).filter(name__icontains=text)
    some = found.select_related("organisation").order_by("name", "pk")[:FOUND] if text else []
    rows = [
        {
            "name": f"{one.name}（{one.organisation.name}）" if one.organisation else one.name,
            "code": "",
        }
        for one in some
    ]
    known = [row["name"] for row in rows] == [text]
    return render(
        request,
        "parties/_found_people.html",
        {
            "rows": [] if known else rows,
            "text": text,
            "nothing": not rows and "（" not in text,
        },
    )


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if form.is_valid():
        assert isinstance(request.user, User)
        asked = form.cleaned_data
        try:
            pairing = places.lowest_pairing(asked["region"], clock.today())
            new = NewPerson(asked["name"], asked["region"], pairing, asked["organisation"])
            person = record_persons(rows=[new], by=request.user)[0]
        except (places.UnknownPairing, places.AmbiguousPairing) as problem:
            form.add_error("region", str(problem))
        except RegisterError as problem:
            form.add_error(problem.field, problem.sentence)
        else:
            messages.success(request, _("已建档：%(name)s") % {"name": person.name})
            return redirect("parties:people")
    return form_page(request, form, _("人员建档"), "parties:people")


@policy(roles={Role.REVIEW})
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    try:
        erase_person(person=person, by=request.user)
    except RegisterError as problem:
        messages.error(request, problem.sentence)
    else:
        messages.success(request, _("已删除个人信息，数字不变。"))
    return redirect("parties:people")
