"""What a figure's page is about: place, pairing, moment, and where its neighbours are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui.figures import formats, known
from jiedui.figures.answers import Answer
from jiedui.figures.definition import Link
from jiedui.figures.questions import Question, short_code
from jiedui.indicators import catalogue
from jiedui.lib.places import level_of, pairing_key
from jiedui.regions import places


def heading(question: Question, answer: Answer) -> dict[str, Any]:
    """The words above the value, and the addresses of list and export."""
    pairing = _("全部结对")
    if question.pairing is not None:
        pairing = places.pairing_names([question.pairing])[question.pairing].replace("—", " ⇄ ")
    whole = catalogue.get(answer.indicator.whole) if answer.indicator.whole else None
    return {
        "place": formats.place_name(question),
        "scope_note": _scope_note(question),
        "pairing": pairing,
        "pairing_key": "" if question.pairing is None else pairing_key(question.pairing),
        "known_at": _known_at(question.known_at),
        "whole": whole and Link(whole.name, "", question.about(whole.code).address),
        "index_href": index_href(question),
        "export_href": _export_href(question),
        "quote": formats.sentence(answer),
    }


def _scope_note(question: Question) -> str:
    if question.own or level_of(question.region) >= 6:
        return ""
    return _("，含所辖县区与本级") if level_of(question.region) == 4 else _("，含所辖各地与本级")


def _known_at(head: int | None) -> str:
    if head is None:
        return ""
    day = known.day_of(head)
    return _("按 %(day)s 所知（#%(head)d）") % {"day": day or _("建账前"), "head": head}


def index_href(question: Question) -> str:
    """The list of all indicators for the same place, pairing and window."""
    start, end = question.window
    asked = {"region": short_code(question.region), "to": end.isoformat()}
    if start is not None:
        asked["from"] = start.isoformat()
    if question.pairing is not None:
        asked["pairing"] = pairing_key(question.pairing)
    return f"{reverse('figures:index')}?{urlencode(asked)}"


def _export_href(question: Question) -> str:
    path, _mark, query = question.address.removeprefix("/f/").partition("?")
    href = reverse("figures:export", args=path.split("/"))
    return f"{href}?{query}" if query else href
