"""What a figure does not count, and why: not approved, cut, crossing, voided, duplicate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import sources
from jiedui.figures.answers import Answer, sides_of
from jiedui.figures.sources import SHOWN, Face, place_of, span_text
from jiedui.ledger import Slice, left_out
from jiedui.ledger.drill import DeclarationLine
from jiedui.lib.periods import Span, Window
from jiedui.records.content import Change, Content
from jiedui.records.entries import entries_of
from jiedui.records.kinds import Body, bodies, body_of, split_indicators
from jiedui.records.models import Revision
from jiedui.regions import places

DUPLICATE = "重复"
"""A void whose reason says this was a duplicate."""

MOST_VOIDS = 500


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Things not counted for one reason: how many, how much (None: not to be said), the first 20."""

    reason: str
    label: str
    count: int
    amount: int | None
    items: tuple[tuple[str, str, str], ...]  # title, note, href


def left_out_of(
    answer: Answer,
    slices: Sequence[Slice],
    declared: Sequence[DeclarationLine],
    faces: dict[int, Face],
    reader: Anyone | None,
) -> tuple[LeftOut, ...]:
    void, duplicate = _void(answer, slices, reader)
    groups = [
        *([_pending(slices, reader)] if answer.question.known_at is None else []),
        _cut(slices, answer.question.known_at, reader),
        _declared(
            "cut_declarations",
            _("跨窗口的汇总数（未分解汇总数）"),
            [line for line in declared if line.state == "cut"],
            faces,
            lambda line: line.adds,
        ),
        _declared(
            "crossing",
            _("与先入账者交叉的汇总数"),
            [line for line in declared if line.state == "crossing"],
            faces,
            lambda line: line.value,
        ),
        void,
        duplicate,
    ]
    return tuple(groups)


def _pending(slices: Sequence[Slice], reader: Anyone | None) -> LeftOut:
    lines = [line for slice_ in slices for line in left_out.pending(slice_)]
    faces = sources.faces_of((line.record for line in lines[:SHOWN]), reader=reader)
    items = []
    for line in lines[:SHOWN]:
        face = faces.get(line.record)
        what = _("汇总数") if line.declarations else ""
        items.append(_item(face, str(line.record), what))
    amount = sum(line.value for line in lines)
    return LeftOut("not_approved", _("未审核"), len(lines), amount, tuple(items))


def _cut(slices: Sequence[Slice], head: int | None, reader: Anyone | None) -> LeftOut:
    count, amount, items = 0, 0, []
    for slice_ in slices:
        lines, size = left_out.cut(slice_, head=head, limit=SHOWN)
        faces = sources.faces((line.posting for line in lines), reader=reader)
        count += size
        amount += sum(line.value for line in lines)
        items += [
            _item(faces.get(line.posting), str(line.record), span_text(line.first, line.last))
            for line in lines
        ]
    said = amount if count <= SHOWN else None
    return LeftOut("cut_entries", _("跨窗口的记录，不拆分"), count, said, tuple(items[:SHOWN]))


def _declared(
    reason: str,
    label: str,
    lines: Sequence[DeclarationLine],
    faces: dict[int, Face],
    amount: Callable[[DeclarationLine], int],
) -> LeftOut:
    names = places.names({line.region for line in lines[:SHOWN]})
    items = tuple(
        _item(
            faces.get(line.posting),
            line.wording or str(line.value),
            f"{place_of(line, names)} {span_text(line.start, line.end)}",
        )
        for line in lines[:SHOWN]
    )
    return LeftOut(reason, label, len(lines), sum(amount(line) for line in lines), items)


def _void(
    answer: Answer, slices: Sequence[Slice], reader: Anyone | None
) -> tuple[LeftOut, LeftOut]:
    """Voided records of the slice, those voided as duplicates apart."""
    found = _void_revisions(answer, slices)
    told = sources.told_of((revision.record_id for revision in found), reader)
    twice = [revision for revision in found if DUPLICATE in revision.reason]
    other = [revision for revision in found if DUPLICATE not in revision.reason]
    codes = set(sides_of(answer.indicator))
    return (
        _voided("voided", _("已作废"), other, codes, told),
        _voided("duplicate", _("重复登记，已作废"), twice, codes, told),
    )


def _void_revisions(answer: Answer, slices: Sequence[Slice]) -> list[Revision]:
    codes = set(sides_of(answer.indicator))
    kinds = [
        code for code, body in bodies().items() if split_indicators(body) & codes or body.kind.own
    ]
    head = answer.question.known_at
    found = Revision.objects.filter(
        change=Change.VOID, posting__isnull=False, record__kind__in=kinds
    ).select_related("record")
    if head is not None:
        found = found.filter(posting__lte=head)
    regions = slices[0].ranges
    lowest, highest = min(r.lo for r in regions), max(r.hi for r in regions)
    found = found.filter(region__range=(lowest, highest)).order_by("-posting")
    window = Window(slices[0].start, slices[0].end)
    kept = []
    for revision in found[:MOST_VOIDS]:
        if not any(r.lo <= revision.region <= r.hi for r in regions):
            continue
        boxes = slices[0].boxes
        if boxes is not None and not any(box.has(revision.pairing) for box in boxes):
            continue
        if revision.last_on is None or not window.holds(
            Span(revision.first_on or revision.last_on, revision.last_on)
        ):
            continue
        if _values(revision, codes):
            kept.append(revision)
    return kept


def declares(body: type[Body]) -> bool:
    """Whether records of a kind state totals (汇总数)."""
    return "declarations" in vars(body)


def _values(revision: Revision, codes: set[str]) -> list[int]:
    """What a voided revision stated of some indicators, entries and declarations alike."""
    content: Content = replace(revision.data, change=Change.NEW)
    body = body_of(content.kind)
    values = [entry.value for entry in entries_of(body, content) if entry.indicator in codes]
    return values + [d.value for d in body.declarations(content) if d.indicator in codes]


def _voided(
    reason: str, label: str, found: Sequence[Revision], codes: set[str], told: set[int]
) -> LeftOut:
    items = tuple(
        (revision.record.title, revision.reason, sources.record_href(revision.record.uid))
        if revision.record_id in told
        else (sources.hidden_title(revision.record.kind), "", "")
        for revision in found[:SHOWN]
    )
    amount = sum(sum(_values(revision, codes)) for revision in found)
    return LeftOut(reason, label, len(found), amount, items)


def _item(face: Face | None, title: str, note: str) -> tuple[str, str, str]:
    if face is None:
        return title, note, ""
    said = "，".join(filter(None, (face.number, note, face.people)))
    return face.title, said, face.href
