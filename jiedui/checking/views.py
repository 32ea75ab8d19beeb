"""The page 数据核校: a text handed in, read, compared and shown; nothing is stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiedui.accounts.policies import policy
from jiedui.figures import permissions
from jiedui.figures.questions import Question
from jiedui.lib.clock import now
from jiedui.lib.places import parse_pairing_key

from . import checks, page
from .apart import TookTooLong
from .forms import CheckForm


@policy()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and the check of what was handed in by it."""
    if request.method != "POST":
        return render(request, "checking/check.html", {"form": CheckForm(user=request.user)})
    form = CheckForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return render(request, "checking/check.html", {"form": form}, status=422)
    chosen = form.cleaned_data["pairing"]

    def may_read(question: Question) -> bool:
        return permissions.may_read(request.user, question)

    try:
        found = checks.check(
            form.texts(),
            pairing=parse_pairing_key(chosen) if chosen else None,
            published_on=form.cleaned_data["published_on"],
            may_read=may_read,
        )
    except TookTooLong as error:
        form.add_error("text", str(error))
        return render(request, "checking/check.html", {"form": form}, status=422)
    sheets = [page.sheet(checked, number) for number, checked in enumerate(found, 1)]
    # One text can be corrected and read again; several travel with the form as they are.
    again = CheckForm(
        user=request.user,
        initial={
            "text": sheets[0].text if len(sheets) == 1 else "",
            "pairing": chosen,
            "published_on": form.cleaned_data["published_on"],
        },
    )
    context = {
        "sheets": sheets,
        "carried": [(one.name, one.text) for one in found],
        "pairing": chosen,
        "published_on": form.cleaned_data["published_on"],
        "form": again,
        "at": now(),
        "title": _title(sheets),
    }
    return render(request, "checking/result.html", context)


def _title(sheets: list[page.Sheet]) -> str:
    if len(sheets) > 1:
        return _("%d 篇文稿") % len(sheets)
    first = next((line.strip() for line in sheets[0].text.splitlines() if line.strip()), "")
    return first if len(first) <= 40 else first[:39] + "…"
