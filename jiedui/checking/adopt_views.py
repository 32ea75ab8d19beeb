"""The page 从旧材料建账: a text becomes a table, and what is ticked of it one batch of declarations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.accounts.policies import policy
from jiedui.lib import clock
from jiedui.lib.ids import uuid7
from jiedui.lib.periods import Window
from jiedui.lib.places import pairing_key, parse_pairing_key
from jiedui.records import evidence
from jiedui.records.errors import CellErrors, RecordError
from jiedui.records.models import Evidence
from jiedui.regions import places

from . import adopt_page, adopt_table, adopt_writing, adopting, office
from .adopt_table import MOST_ROWS, Table
from .adopting import Row
from .apart import TookTooLong
from .checks import read_texts
from .forms import CheckForm


@dataclass
class Draft:
    """One table on its way through the form: the texts, the pairing, the uid that makes it one batch."""

    form: CheckForm
    texts: list[tuple[str, str]]
    pairing: int
    uid: UUID
    originals: dict[int, Evidence] = field(default_factory=dict)
    own: Window | None = None
    own_typed: tuple[str, str] = ("", "")


@policy(roles={Role.ENTER})
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """The form; the table of what was handed in; with ``verb`` look the table anew, with submit the batch."""
    user = request.user
    assert isinstance(user, User)
    if request.method != "POST":
        given = {"pairing": request.GET.get("pairing", "")}
        return render(request, "checking/adopt.html", {"form": CheckForm(user=user, initial=given)})
    form = CheckForm(request.POST, request.FILES, user=user)
    if not form.is_valid():
        return render(request, "checking/adopt.html", {"form": form}, status=422)
    if request.POST.get("verb") in {"look", "submit"} and form.cleaned_data["pairing"]:
        return _looked_at(request, user, form)
    return _read(request, user, form)


def _read(request: HttpRequest, user: User, form: CheckForm) -> HttpResponse:
    chosen = form.cleaned_data["pairing"]
    typed, own, refused = _own_period(request)
    texts = _titled(form.texts())
    try:
        found = read_texts(
            texts,
            pairing=parse_pairing_key(chosen) if chosen else None,
            published_on=form.cleaned_data["published_on"],
            corrections=form.corrections(),
            words=office.of(user),
            own=own,
        )
    except TookTooLong as error:
        form.add_error("text", str(error))
        return render(request, "checking/adopt.html", {"form": form}, status=422)
    pairings = {said.pairing for said in found}
    keys = dict(getattr(form.fields["pairing"], "choices", []))
    pairing = pairings.pop() if len(pairings) == 1 else None
    if pairing is None or pairing_key(pairing) not in keys:
        form.add_error("pairing", _("没有认出文中是哪一个结对的数，请选择。"))
        return _asked_again(request, user, form, texts)

    def may_enter(region: int, pairing: int, line: str) -> bool:
        return scope.may(user, Role.ENTER, region=region, pairing=pairing, line=line)

    rows = adopting.all_rows(found, may_enter)
    periods = {said.own for said in found}
    draft = Draft(form, texts, pairing, uuid7())
    draft.own = periods.pop() if len(periods) == 1 else None
    draft.own_typed = typed
    try:
        draft.originals = _kept(request, user) | _stored(request, user, texts)
    except CellErrors as problem:
        form.add_error("documents", next(iter(problem.errors.values())))
        return render(request, "checking/adopt.html", {"form": form}, status=422)
    table = _table(user, rows[:MOST_ROWS], draft, first=True)
    status = 422 if refused else 200
    return _page(request, draft, table, refused, left=len(rows) - MOST_ROWS, status=status)


def _asked_again(
    request: HttpRequest, user: User, form: CheckForm, texts: list[tuple[str, str]]
) -> HttpResponse:
    """The form once more with the files already handed in: a browser cannot send them again by itself."""
    pasted = int(bool(form.cleaned_data["text"].strip()))
    try:
        kept = _kept(request, user) | _stored(request, user, texts)
    except CellErrors as problem:
        form.add_error("documents", next(iter(problem.errors.values())))
        return render(request, "checking/adopt.html", {"form": form}, status=422)
    context = {"form": form, "carried": texts[pasted:], "originals": kept}
    return render(request, "checking/adopt.html", context, status=422)


def _own_period(request: HttpRequest) -> tuple[tuple[str, str], Window | None, str]:
    """The period of the whole text as a person typed it, as a window, and what is wrong with it."""
    typed = (
        request.POST.get("own_start", "").strip()[:10],
        request.POST.get("own_end", "").strip()[:10],
    )
    if not any(typed):
        return typed, None, ""
    try:
        start, end = (date.fromisoformat(day) for day in typed)
    except ValueError:
        return typed, None, _("全文期间的起止请都写成 2022-01-01 这样的日期。")
    if start > end:
        return (
            typed,
            None,
            _("全文期间的起 %(a)s 在止 %(b)s 之后，请核对。") % {"a": start, "b": end},
        )
    return typed, Window(start, end), ""


def _titled(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Texts with what was pasted under its own title: it becomes the name of the evidence."""
    pasted = _("粘贴的文稿")
    return [
        (adopt_writing.title_of(name, text) if name == pasted else name, text)
        for name, text in texts
    ]


def _looked_at(request: HttpRequest, user: User, form: CheckForm) -> HttpResponse:
    try:
        uid = UUID(request.POST.get("uid", ""))
    except ValueError:
        uid = uuid7()
    pairing = parse_pairing_key(form.cleaned_data["pairing"])
    draft = Draft(form, _titled(form.texts()), pairing, uid, _kept(request, user))
    rows = adopt_page.rows_of(request.POST, draft.texts)
    table = _table(user, rows, draft, first=False)
    if request.POST["verb"] == "look":
        return _page(request, draft, table, status=422 if table.wrong else 200)
    if not table.taken:
        return _page(request, draft, table, _("没有选中的行，请先勾选要报送的行。"), status=422)
    if table.wrong:
        return _page(request, draft, table, adopt_page.problem_text(table), status=422)
    try:
        records = adopt_writing.submit(
            table.taken,
            base=uid,
            texts=draft.texts,
            originals=draft.originals,
            published_on=form.cleaned_data["published_on"],
            by=user,
            now=clock.now(),
        )
    except CellErrors as problem:
        table = adopt_table.with_errors(table, problem.errors)
        return _page(request, draft, table, adopt_page.problem_text(table), status=422)
    except RecordError as problem:
        return _page(request, draft, table, str(problem), status=409)
    said = _("已报送 %d 个汇总数，等待他人审核；审核之后看板上就有这些数。")
    messages.success(request, said % len(records))
    return redirect(reverse("records:list", args=[adopt_table.KIND]) + "?tab=waiting")


def _table(user: User, rows: list[Row], draft: Draft, *, first: bool) -> Table:
    return adopt_table.of(
        rows,
        pairing=draft.pairing,
        by=user,
        today=clock.today(),
        first=first,
        written=frozenset() if first else adopt_writing.written_keys(draft.uid, rows, user),
    )


def _stored(request: HttpRequest, user: User, texts: list[tuple[str, str]]) -> dict[int, Evidence]:
    """The files handed in, kept as evidence: they are not asked for again. Raises CellErrors."""
    files = [one for one in request.FILES.getlist("documents") if one]
    found = {}
    for number, file in enumerate(files, len(texts) - len(files)):
        file.seek(0)
        found[number] = evidence.store(
            chunks=file.chunks(), name=file.name or "", by=user, now=clock.now()
        )
    return found


def _kept(request: HttpRequest, user: User) -> dict[int, Evidence]:
    """The files of the first step, by the number of their text; only what the person added."""
    wanted = {}
    for pair in request.POST.getlist("original")[: evidence.MOST_FILES]:
        number, _colon, uid = pair.partition(":")
        try:
            wanted[UUID(uid)] = int(number)
        except ValueError:
            continue
    found = Evidence.objects.visible_to(user).filter(uid__in=list(wanted), added_by=user)
    return {wanted[one.uid]: one for one in found}


def _page(
    request: HttpRequest,
    draft: Draft,
    table: Table,
    refused: str = "",
    *,
    left: int = 0,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    names = [
        (number, name, draft.originals.get(number))
        for number, (name, _text) in enumerate(draft.texts)
    ]
    context: dict[str, Any] = {
        "draft": draft,
        "table": table,
        "lines": adopt_page.shown(table),
        "heads": adopt_page.HEADS,
        "bounds": adopt_page.BOUNDS,
        "lists": adopt_page.lists(draft.pairing, user),
        "names": names,
        "carried": draft.texts,
        "corrections": [str(one) for one in draft.form.corrections()],
        "pairing": pairing_key(draft.pairing),
        "pairing_name": places.pairing_names([draft.pairing])[draft.pairing].replace("—", " ⇄ "),
        "published_on": draft.form.cleaned_data["published_on"],
        "title": adopt_writing.title_of(*draft.texts[0]),
        "fresh": request.POST.get("verb") not in {"look", "submit"},
        "own_start": _typed_or(draft.own_typed[0], draft.own.start if draft.own else None),
        "own_end": _typed_or(draft.own_typed[1], draft.own.end if draft.own else None),
        "refused": refused,
        "left": max(left, 0),
        "most": MOST_ROWS,
    }
    return render(request, "checking/adopt_table.html", context, status=status)


def _typed_or(typed: str, day: date | None) -> str:
    return typed or (day.isoformat() if day else "")
