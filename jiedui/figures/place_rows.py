"""A figure's table by child place: details, what totals add, and the share of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jiedui.figures import formats, pictures
from jiedui.figures.answers import Answer
from jiedui.figures.breakdown import Places, by_place
from jiedui.figures.kept import Kept
from jiedui.figures.questions import short_code
from jiedui.indicators.catalogue import Indicator
from jiedui.lib.places import level_of
from jiedui.regions.models import Region


def place_rows(answer: Answer, kept: Kept, children: Sequence[Region]) -> dict[str, Any]:
    """The table's title and rows, the whole last; no rows for a place without children."""
    found = by_place(answer, kept, children)
    title = _("按县") if level_of(answer.question.region) == 4 else _("按地区")
    rows = _rows(answer, found, kept) if found.parts else []
    return {"places_title": title, "child_rows": rows}


def _rows(answer: Answer, found: Places, kept: Kept) -> list[dict[str, Any]]:
    indicator, question = answer.indicator, answer.question
    if not indicator.measure.adds_up:
        return [
            _row(part.code, _("本级") if part.own else part.name, "un" if part.own else "")
            | {"total": formats.shown(indicator, part.figure, href=part.question.address)}
            for part in found.parts
        ]
    asked = [part.question for part in found.parts] + [question]
    held = kept.held(asked)
    whole = answer.amount or 0
    rows = []
    for part, details in zip(found.parts, held, strict=False):
        amount = part.figure.amount or 0
        row = _row(part.code, part.name, "un" if part.own else "")
        total = formats.shown(indicator, part.figure, href=part.question.address)
        rows.append(row | _amounts(indicator, details, amount, whole) | {"total": total})
    if found.rest:
        details = held[-1] - sum(held[:-1])
        row = _row(0, _("未分县") if level_of(question.region) == 4 else _("未分地区"), "un")
        rows.append(row | _amounts(indicator, details, found.rest, whole))
    row = _row(question.region, formats.place_name(question), "sum")
    total = formats.shown(indicator, answer.approved)
    rows.append(row | _amounts(indicator, held[-1], whole, whole) | {"total": total})
    return rows


def _row(code: int, name: str, kind: str) -> dict[str, Any]:
    return {"code": short_code(code) if code else "", "name": name, "kind": kind}


def _amounts(indicator: Indicator, details: int, amount: int, whole: int) -> dict[str, Any]:
    share = formats.share(amount, whole) if amount else "—"
    return {
        "details": pictures.part(indicator, details, _("没有逐笔记录")),
        "adds": pictures.part(indicator, amount - details, _("没有汇总数补差")),
        "total": pictures.part(indicator, amount, _("没有记录")),
        "share": share,
    }
