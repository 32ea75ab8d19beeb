"""The check sheet (核校单) to be downloaded: the texts are handed in again, and nothing is stored."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from jiedui.accounts.models import User
from jiedui.accounts.policies import policy
from jiedui.figures import permissions
from jiedui.figures.questions import Question
from jiedui.lib.clock import now
from jiedui.lib.places import parse_pairing_key

from . import checks, checksheet_files, office
from .apart import TookTooLong
from .checksheet import CheckSheet, check_sheet
from .checksheet_files import NotTypeset
from .forms import CheckForm


@policy()
@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of what was handed in, as PDF or, with ``format=html``, as a web page."""
    form = CheckForm(request.POST, request.FILES, user=request.user)
    suffix = "html" if request.POST.get("format") == "html" else "pdf"
    if form.is_valid():
        try:
            made = _made(request, form)
            content = (
                checksheet_files.html(made).encode()
                if suffix == "html"
                else checksheet_files.pdf(made)
            )
        except (TookTooLong, NotTypeset) as error:
            form.add_error("text", str(error))
    if not form.is_valid():
        return _refused(request, form)
    kind = "text/html; charset=utf-8" if suffix == "html" else "application/pdf"
    response = HttpResponse(content, content_type=kind)
    name = quote(checksheet_files.file_name(made, suffix))
    # Never shown inside the house: what a text holds stays a file of its own.
    response["Content-Disposition"] = (
        f"attachment; filename=\"hejiaodan.{suffix}\"; filename*=UTF-8''{name}"
    )
    return response


def _refused(request: HttpRequest, form: CheckForm) -> HttpResponse:
    """The form with what is wrong and everything that was handed in."""
    texts = form.cleaned_data.get("carried") or []
    if len(texts) == 1 and not request.POST.get("text"):
        handed_in = request.POST.copy()
        handed_in["text"] = texts[0][1]
        form.data = handed_in
    context = {"form": form, "sheets": texts, "carried": texts}
    return render(request, "checking/check.html", context, status=422)


def _made(request: HttpRequest, form: CheckForm) -> CheckSheet:
    def may_read(question: Question) -> bool:
        return permissions.may_read(request.user, question)

    def may_read_book(book: str) -> bool:
        return permissions.may_read_book(request.user, book)

    chosen = form.cleaned_data["pairing"]
    found = checks.check(
        form.texts(),
        pairing=parse_pairing_key(chosen) if chosen else None,
        published_on=form.cleaned_data["published_on"],
        may_read=may_read,
        corrections=form.corrections(),
        words=office.of(request.user),
    )
    assert isinstance(request.user, User)
    who = f"{request.user.office} {request.user}".strip()
    return check_sheet(found, who=who, made_at=now(), may_read_book=may_read_book)
