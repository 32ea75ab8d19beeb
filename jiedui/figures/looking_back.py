"""The part of a figure's page that says what was known then, and what changed since (按当时所知)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jiedui.figures import formats, known
from jiedui.figures.answers import Answer
from jiedui.figures.known import Differences, Moment, Past
from jiedui.figures.sources import Faces


def looking_back(past: Past, options: Sequence[Moment], head: int, faces: Faces) -> dict[str, Any]:
    """The two moments, the ones to choose from, and the list of differences between them."""
    answer = past.after
    found = known.differences(past, faces)
    return {
        "options": _options(options, head),
        "since": head,
        "until_options": _until(options, answer.question.known_at),
        "before_label": _("%s 所知") % _moment_label(options, head),
        "after_label": _("现在所知 #%d") % answer.head
        if answer.question.known_at is None
        else _("%s 所知") % _moment_label(options, answer.head),
        "before": formats.shown(
            answer.indicator,
            found.before.approved,
            href=found.before.question.address,
        ),
        "after": formats.shown(answer.indicator, answer.approved),
        "changes": _changes(answer, found),
        "more": found.more,
        "more_text": known.amount_text(answer, found.rest),
    }


def _changes(answer: Answer, found: Differences) -> list[dict[str, str]]:
    return [
        {
            "label": row.label,
            "note": row.note,
            "href": row.href,
            "text": known.amount_text(answer, row.amount),
        }
        for row in found.shown
    ]


def _head_label(head: int) -> str:
    day = known.day_of(head)
    return f"{day.isoformat()} #{head}" if day else _("建账前")


def _moment_label(options: Sequence[Moment], head: int) -> str:
    """The day that was chosen, not that of the last posting before it: "2023-12-14 日终 #19753"."""
    day = next((option.label.split()[0] for option in options if option.head == head), "")
    return f"{day} {_('日终')} #{head}" if day and head else _head_label(head)


def _options(options: Sequence[Moment], head: int) -> list[Moment]:
    if any(option.head == head for option in options):
        return list(options)
    return [Moment(head, _head_label(head)), *options]


def _until(options: Sequence[Moment], known_at: int | None) -> list[dict[str, Any]]:
    listed = [{"value": "", "label": _("现在"), "chosen": known_at is None}]
    shown = list(options) if known_at is None else _options(options, known_at)
    listed += [
        {"value": str(one.head), "label": one.label, "chosen": one.head == known_at}
        for one in shown
    ]
    return listed
