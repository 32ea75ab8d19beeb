"""The search box: indicators, places, enterprises and records, each within what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures.questions import Question, short_code
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator
from jiedui.lib.periods import Window
from jiedui.parties.models import Enterprise
from jiedui.records.kinds import body_of
from jiedui.records.models import Record
from jiedui.regions import places
from jiedui.web import scopes
from jiedui.web.scopes import Scope

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, what it is, where it leads; ``href`` "" has no page."""

    title: str
    note: str
    href: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, by kind of thing; each list holds at most LIMIT."""

    indicators: list[Hit]
    places: list[Hit]
    enterprises: list[Hit]
    records: list[Hit]

    def __bool__(self) -> bool:
        return bool(self.indicators or self.places or self.enterprises or self.records)


def search(user: Anyone, text: str, *, on: date, boards: list[Scope]) -> Hits:
    """What a text finds; a blank text finds nothing. ``boards`` are those the user may open."""
    text = " ".join(text.split())[:100]
    if not text:
        return Hits([], [], [], [])
    return Hits(
        _indicators(text, on, boards),
        _places(text, on, boards),
        _enterprises(user, text),
        _records(user, text),
    )


def _indicators(text: str, on: date, boards: list[Scope]) -> list[Hit]:
    """Indicators by name, alias or code, each asked on the first board that may show it."""
    word = text.replace(" ", "").lower()
    hits = []
    for indicator in catalogue.all():
        if not any(word in name.lower() for name in (indicator.name, *indicator.aliases)):
            if word != indicator.code:
                continue
        board = next((board for board in boards if indicator.line in board.lines), None)
        if board is not None:
            hits.append(_indicator_hit(indicator, board, on))
    return sorted(hits, key=lambda hit: (hit.title != text, len(hit.title)))[:LIMIT]


def _indicator_hit(indicator: Indicator, board: Scope, on: date) -> Hit:
    question = Question(indicator.code, board.region, Window(None, on), pairing=board.pairing)
    note = f"{indicator.line.label} · {board.place} · {board.pairing_name}"
    return Hit(indicator.name, note, question.address, indicator.code)


def _places(text: str, on: date, boards: list[Scope]) -> list[Hit]:
    within = Q(pk__in=[])
    for board in boards:
        for code in scopes.codes_of(board):
            for span in places.ranges(code):
                within |= Q(code__range=tuple(span))
    found = places.find(text, within=within, on=on, limit=LIMIT)
    full = places.full_names(found)
    return [
        Hit(
            region.name,
            full[region.code],
            reverse("web:region", args=[short_code(region.code)]),
            short_code(region.code),
        )
        for region in found
    ]


def _enterprises(user: Anyone, text: str) -> list[Hit]:
    """Enterprises are public identity; what they did is found as records within scope."""
    condition = Q(name__contains=text) | Q(credit_code__startswith=text.upper())
    found = Enterprise.objects.filter(condition).order_by("name", "id")[:LIMIT]
    return [Hit(one.name, _("企业"), _records_of(one.name), one.credit_code) for one in found]


def _records_of(text: str) -> str:
    return f"{reverse('web:search')}?q={text}"


def _note(record: Record, names: dict[int, str]) -> str:
    parts = (body_of(record.kind).kind.label, names.get(record.region, ""), record.last_on or "")
    return " · ".join(str(part) for part in parts if part)


def _records(user: Anyone, text: str) -> list[Hit]:
    found = (
        Record.objects.visible_to(user)
        .matching(text)
        .select_related("posted", "pending")
        .order_by("-last_on", "-id")[:LIMIT]
    )
    names = places.names(record.region for record in found)
    return [
        Hit(
            record.title or record.number,
            _note(record, names),
            reverse("records:detail", args=[record.uid]),
            record.number,
        )
        for record in found
    ]
