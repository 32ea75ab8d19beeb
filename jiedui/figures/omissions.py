"""What a figure does not count, and why: not approved, cut, crossing, voided, duplicate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiedui.figures.answers import Answer
from jiedui.figures.lines import Lines, Voided
from jiedui.figures.sources import (
    SHOWN,
    Face,
    Faces,
    hidden_title,
    place_of,
    record_href,
    span_text,
)
from jiedui.ledger.drill import DeclarationLine
from jiedui.ledger.left_out import CutLine, PendingLine
from jiedui.regions import places

DUPLICATE = "重复"
"""A void whose reason says this was a duplicate."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Things not counted for one reason: how many, how much (None: not to be said), the first 20."""

    reason: str
    label: str
    count: int
    amount: int | None
    items: tuple[tuple[str, str, str], ...]  # title, note, href


def left_out_of(answer: Answer, lines: Lines, faces: Faces) -> tuple[LeftOut, ...]:
    """What is left out, one group a reason, in the order of the page; most groups are empty."""
    groups = [
        *([_pending(lines.waiting, faces)] if answer.question.known_at is None else []),
        _cut(lines.cut, lines.cut_count, faces),
        _declared(
            "cut_declarations",
            _("跨窗口的汇总数（未分解汇总数）"),
            [line for line in lines.declared if line.state == "cut"],
            faces,
            lambda line: line.adds,
        ),
        _declared(
            "crossing",
            _("与先入账者交叉的汇总数"),
            [line for line in lines.declared if line.state == "crossing"],
            faces,
            lambda line: line.value,
        ),
        *_voided_of(lines.voided),
    ]
    return tuple(groups)


def _pending(lines: Sequence[PendingLine], faces: Faces) -> LeftOut:
    items = []
    for line in lines[:SHOWN]:
        face = faces.waiting.get(line.record)
        what = _("汇总数") if line.declarations else ""
        items.append(_item(face, str(line.record), what))
    amount = sum(line.value for line in lines)
    return LeftOut("not_approved", _("未审核"), len(lines), amount, tuple(items))


def _cut(lines: Sequence[CutLine], count: int, faces: Faces) -> LeftOut:
    items = tuple(
        _item(faces.posted.get(line.posting), str(line.record), span_text(line.first, line.last))
        for line in lines[:SHOWN]
    )
    said = sum(line.value for line in lines) if count <= SHOWN else None
    return LeftOut("cut_entries", _("跨窗口的记录，不拆分"), count, said, items)


def _declared(
    reason: str,
    label: str,
    lines: Sequence[DeclarationLine],
    faces: Faces,
    amount: Callable[[DeclarationLine], int],
) -> LeftOut:
    names = places.names({line.region for line in lines[:SHOWN]})
    items = tuple(
        _item(
            faces.posted.get(line.posting),
            line.wording or str(line.value),
            f"{place_of(line, names)} {span_text(line.start, line.end)}",
        )
        for line in lines[:SHOWN]
    )
    return LeftOut(reason, label, len(lines), sum(amount(line) for line in lines), items)


def _voided_of(found: Sequence[Voided]) -> tuple[LeftOut, LeftOut]:
    """Voided records of the slice, those voided as duplicates apart."""
    twice = [one for one in found if DUPLICATE in one.revision.reason]
    other = [one for one in found if DUPLICATE not in one.revision.reason]
    return (
        _voided("voided", _("已作废"), other),
        _voided("duplicate", _("重复登记，已作废"), twice),
    )


def _voided(reason: str, label: str, found: Sequence[Voided]) -> LeftOut:
    items = tuple(
        (one.revision.record.title, one.revision.reason, record_href(one.revision.record.uid))
        if one.is_told
        else (hidden_title(one.revision.record.kind), "", "")
        for one in found[:SHOWN]
    )
    amount = sum(sum(one.values) for one in found)
    return LeftOut(reason, label, len(found), amount, items)


def _item(face: Face | None, title: str, note: str) -> tuple[str, str, str]:
    if face is None:
        return title, note, ""
    said = "，".join(filter(None, (face.number, note, face.people)))
    return face.title, said, face.href
