"""The page 数据核校: a text handed in, read, compared and shown; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiedui.accounts.models import User
from jiedui.accounts.policies import policy
from jiedui.figures import permissions
from jiedui.figures.questions import Question
from jiedui.lib.clock import now
from jiedui.lib.places import parse_pairing_key

from . import checks, correcting, office, page
from .apart import TookTooLong
from .by_hand import Correction
from .checks import Checked
from .correcting import CorrectionForm, Target
from .forms import CheckForm


@policy()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and the check of what was handed in by it, with one more reading set by hand or less."""
    if request.method != "POST":
        return render(request, "checking/check.html", {"form": CheckForm(user=request.user)})
    form = CheckForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _refused(request, form)
    corrections = form.corrections()
    dropped = request.POST.get("drop", "")
    corrections = [one for one in corrections if str(one) != dropped]
    try:
        if request.POST.get("set"):
            target = _target(request, form, request.POST["set"])
            if target is None:
                return _gone(request, form)
            panel = CorrectionForm(request.POST, target=target, user=request.user)
            if not panel.is_valid():
                return _panel(request, form, panel, status=422)
            given = panel.correction()
            corrections = [one for one in corrections if not one.is_for(target.correction)] + [
                given
            ]
            _remember(request, panel, given)
        found = _checked(request, form, corrections)
    except TookTooLong as error:
        form.add_error("text", str(error))
        return _refused(request, form)
    return _result(request, form, found, corrections)


@policy()
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """The panel to correct one figure (``fix``): a fragment for the page, a page of its own without."""
    form = CheckForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _refused(request, form)
    try:
        target = _target(request, form, request.POST.get("fix", ""))
    except TookTooLong as error:
        form.add_error("text", str(error))
        return _refused(request, form)
    if target is None:
        return _gone(request, form)
    return _panel(request, form, CorrectionForm(target=target, user=request.user))


def _asked(request: HttpRequest, form: CheckForm) -> dict[str, Any]:
    """What a check is asked with, of a valid form."""
    chosen = form.cleaned_data["pairing"]
    return {
        "pairing": parse_pairing_key(chosen) if chosen else None,
        "published_on": form.cleaned_data["published_on"],
        "words": office.of(request.user),
    }


def _checked(
    request: HttpRequest, form: CheckForm, corrections: Sequence[Correction]
) -> list[Checked]:
    def may_read(question: Question) -> bool:
        return permissions.may_read(request.user, question)

    asked = _asked(request, form)
    return checks.check(form.texts(), may_read=may_read, corrections=corrections, **asked)


def _target(request: HttpRequest, form: CheckForm, spot: str) -> Target | None:
    asked = _asked(request, form)
    found = checks.read_texts(form.texts(), corrections=form.corrections(), **asked)
    return correcting.target(found, spot)


def _remember(request: HttpRequest, panel: CorrectionForm, given: Correction) -> None:
    words = panel.kept_words()
    if not words or not given.indicator or not isinstance(request.user, User):
        return
    try:
        office.remember(user=request.user, words=words, indicator=given.indicator, now=now())
    except office.TooMany as error:
        messages.warning(request, str(error))
        return
    messages.success(
        request,
        _("已记住：%(office)s的文稿里，“%(words)s”指%(name)s。")
        % {
            "office": panel.office,
            "words": words,
            "name": panel.cleaned_data["indicator"].name,
        },
    )


def _refused(request: HttpRequest, form: CheckForm) -> HttpResponse:
    """The form with what is wrong; texts that came with a page go on with it."""
    texts = form.cleaned_data.get("carried") or []
    if len(texts) == 1 and not request.POST.get("text"):
        handed_in = request.POST.copy()
        handed_in["text"] = texts[0][1]
        form.data = handed_in
    context = {"form": form, "sheets": texts, "carried": texts}
    return render(request, "checking/check.html", context, status=422)


def _gone(request: HttpRequest, form: CheckForm) -> HttpResponse:
    form.add_error("text", _("文稿已改动，找不到要改认的那个数；请重新核对后再改。"))
    return _refused(request, form)


def _carried(
    form: CheckForm, texts: Sequence[tuple[str, str]], corrections: Sequence[Correction]
) -> dict[str, Any]:
    """What the page posts again (``checking/_carried.html``)."""
    return {
        "carried": texts,
        "corrections": [str(one) for one in corrections],
        "pairing": form.cleaned_data["pairing"],
        "published_on": form.cleaned_data["published_on"],
    }


def _panel(
    request: HttpRequest, form: CheckForm, panel: CorrectionForm, status: int = 200
) -> HttpResponse:
    context = _carried(form, form.texts(), form.corrections())
    context |= {"panel": panel, "target": panel.target}
    is_fragment = getattr(request, "htmx", False)
    name = "checking/_correct.html" if is_fragment else "checking/correct.html"
    return render(request, name, context, status=status)


def _result(
    request: HttpRequest,
    form: CheckForm,
    found: Sequence[Checked],
    corrections: Sequence[Correction],
) -> HttpResponse:
    sheets = [page.sheet(checked, number) for number, checked in enumerate(found, 1)]
    kept = [one for checked in found for one in checked.by_hand.values()]
    applied = {one.says() for one in kept}
    lost = "、".join(one.surface for one in corrections if one.says() not in applied)
    if lost:
        messages.warning(request, _("文稿已改动，这些手工改认的数找不到了，没有套用：%s。") % lost)
    # One text can be corrected and read again; several travel with the form as they are.
    again = CheckForm(
        user=request.user,
        initial={
            "text": sheets[0].text if len(sheets) == 1 else "",
            "pairing": form.cleaned_data["pairing"],
            "published_on": form.cleaned_data["published_on"],
        },
    )
    context = _carried(form, [(one.name, one.text) for one in found], kept)
    context |= {"sheets": sheets, "form": again, "at": now(), "title": _title(sheets)}
    return render(request, "checking/result.html", context)


def _title(sheets: list[page.Sheet]) -> str:
    if len(sheets) > 1:
        return _("%d 篇文稿") % len(sheets)
    first = next((line.strip() for line in sheets[0].text.splitlines() if line.strip()), "")
    return first if len(first) <= 40 else first[:39] + "…"
