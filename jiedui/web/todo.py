"""待我办理: what waits for one person, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.accounts.scope import Anyone
from jiedui.lib.periods import china_day
from jiedui.records.kinds import body_of
from jiedui.records.listing import amount_of
from jiedui.records.models import Record, State
from jiedui.regions import places

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: what kind (审核, 复审, 更正, 退回), about what, since when."""

    word: str
    title: str
    note: str
    href: str
    age: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Todo:
    """The first few things to do and how many there are in all; ``oldest`` None when none."""

    items: list[Item]
    count: int
    oldest: date | None
    href: str

    @property
    def more(self) -> bool:
        return self.count > len(self.items)


def read(user: Anyone, today: date) -> Todo:
    """What waits for the user: reviews they may take, and their own returned records."""
    href = reverse("records:queue")
    if not isinstance(user, User):
        return Todo([], 0, None, href)
    returned = list(
        Record.objects.visible_to(user)
        .filter(pending__state=State.RETURNED, pending__author=user)
        .select_related("pending", "posted")
        .order_by("pending__created_at", "id")[:SHOWN]
    )
    waiting = Record.objects.visible_to(user).to_review_by(user)
    first = list(
        waiting.select_related("pending", "posted")
        .order_by("pending__submitted_at", "id")
        .annotate(in_all=Window(Count("pk")))[:SHOWN]
    )
    count = int(vars(first[0])["in_all"]) if first else 0
    listed = (returned + first)[:SHOWN]
    names = places.names(record.region for record in listed)
    items = [_item(record, names, today) for record in listed]
    since = [when for record in listed if (when := _since(record))]
    return Todo(items, count + len(returned), min(since, default=None), href)


def _since(record: Record) -> date | None:
    pending = record.pending
    when = pending and (pending.submitted_at or pending.created_at)
    return china_day(when) if when else None


def _item(record: Record, names: dict[int, str], today: date) -> Item:
    since = _since(record)
    days = (today - since).days if since else 0
    return Item(
        word=_word(record),
        title=record.title or record.number,
        note=" · ".join(
            word
            for word in (
                str(body_of(record.kind).kind.label),
                amount_of(record),
                names.get(record.region, ""),
                record.number,
            )
            if word
        ),
        href=reverse("records:detail", args=[record.uid]),
        age=_("今天") if days <= 0 else _("%d 天") % days,
        is_wrong=record.newest.state == State.RETURNED,
    )


def _word(record: Record) -> str:
    state = record.newest.state
    if state == State.RETURNED:
        return _("退回")
    if record.posted_id and record.pending_id:
        return _("更正")
    return _("复审") if state == State.FIRST_APPROVED else _("审核")
