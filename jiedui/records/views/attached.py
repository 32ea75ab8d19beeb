"""The evidence of a sent form: what it kept, what was uploaded, what is cited."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.lib import clock
from jiedui.records import actions, evidence, permissions
from jiedui.records.cleaning import clean
from jiedui.records.errors import CellErrors
from jiedui.records.forms import RecordForm
from jiedui.records.kinds import Body
from jiedui.records.models import Evidence


def kept_items(request: HttpRequest, user: User) -> list[Evidence]:
    """The evidence the form already carries, as far as the user may see it."""
    uids = []
    for text in request.POST.getlist("kept")[: evidence.MOST_FILES]:
        try:
            uids.append(UUID(text))
        except ValueError:
            continue
    return list(Evidence.objects.visible_to(user).filter(uid__in=uids).order_by("pk"))


def evidence_in(request: HttpRequest, user: User) -> tuple[list[Evidence], str]:
    """All evidence of a sent form: kept, newly uploaded, newly cited; and what is wrong with the rest.

    What could be taken is kept for the next try even where something else could not.
    """
    items = kept_items(request, user)
    files = request.FILES.getlist("files")
    if len(items) + len(files) > evidence.MOST_FILES:
        return items, _("一件最多附 %(most)d 份佐证。") % {"most": evidence.MOST_FILES}
    refused: list[str] = []
    for file in files:
        name = file.name or ""
        try:
            items.append(evidence.store(chunks=file.chunks(), name=name, by=user, now=clock.now()))
        except CellErrors as problem:
            refused.append(f"{name}：{next(iter(problem.errors.values()))}")
    if request.POST.get("cite_title", "").strip():
        try:
            items.append(cited(request, user))
        except CellErrors as problem:
            refused.append(next(iter(problem.errors.values())))
    return items, " ".join(refused)


def with_cells(
    body: type[Body], form: RecordForm, user: User, submit: bool, refused: str
) -> CellErrors:
    """What is wrong with the evidence and, in the same go, with the cells."""
    cleaned = clean(body, [form.cells()], by=user, today=clock.today(), draft=not submit)
    rights = permissions.entry_errors(user, body, cleaned.contents)
    found = actions.blocking(cleaned.errors, submit) | rights
    return CellErrors(found | {(0, "evidence"): refused})


def cited(request: HttpRequest, user: User) -> Evidence:
    """The citation fields of a form as evidence. Raises CellErrors."""
    text = request.POST.get("cite_on", "").strip()
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CellErrors({(0, "evidence"): _("引文的日期请写成 2023-09-30。")}) from error
    try:
        return evidence.cite(
            title=request.POST["cite_title"],
            publisher=request.POST.get("cite_publisher", ""),
            published_on=day,
            url=request.POST.get("cite_url", ""),
            by=user,
            now=clock.now(),
        )
    except CellErrors as problem:
        raise CellErrors({(0, "evidence"): next(iter(problem.errors.values()))}) from problem
