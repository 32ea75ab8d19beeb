"""What the ledger and the records hold behind one answer, read once before anything is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from jiedui.accounts.scope import Anyone
from jiedui.figures.answers import Answer, sides_of, slice_of
from jiedui.figures.sources import SHOWN, told
from jiedui.ledger import Slice, drill, left_out
from jiedui.ledger.drill import DeclarationLine, RecordLine
from jiedui.ledger.left_out import CutLine, PendingLine
from jiedui.lib.periods import Span, Window
from jiedui.records.content import Change, Content
from jiedui.records.entries import entries_of
from jiedui.records.kinds import bodies, body_of, split_indicators
from jiedui.records.models import Revision

MOST_VOIDS = 500


class Voided(NamedTuple):
    """A voided revision, what it stated of the indicators, and whether the reader may see its record."""

    revision: Revision
    values: list[int]
    is_told: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Behind an answer: declarations that meet it, the newest records (``count`` in all), what waits
    (nothing for a question about the past), what the window cuts (``cut_count`` in all), what was voided.
    """

    slices: tuple[Slice, ...]
    declared: list[DeclarationLine]
    records: list[RecordLine]
    count: int
    waiting: list[PendingLine]
    cut: list[CutLine]
    cut_count: int
    voided: list[Voided]

    @property
    def postings(self) -> set[int]:
        """The postings that are named."""
        named: list[RecordLine | CutLine | DeclarationLine] = [*self.records, *self.cut]
        return {line.posting for line in [*named, *self.declared[: SHOWN * 2]]}

    @property
    def waiting_records(self) -> set[UUID]:
        """The records whose revisions on their way are named."""
        return {line.record for line in self.waiting[:SHOWN]}


def read_lines(answer: Answer, *, reader: Anyone | None = None) -> Lines:
    """What stands behind an answer and beside it; the number of statements is that of its sides."""
    head = answer.question.known_at
    slices = tuple(slice_of(answer.question, code) for code in sides_of(answer.indicator))
    records = [drill.records(slice_, head=head, limit=SHOWN) for slice_ in slices]
    cut = [left_out.cut(slice_, head=head, limit=SHOWN) for slice_ in slices]
    waiting = [line for slice_ in slices for line in left_out.pending(slice_) if head is None]
    return Lines(
        slices=slices,
        declared=[line for one in slices for line in drill.declarations(one, head=head)],
        records=[line for found, _size in records for line in found][:SHOWN],
        count=sum(size for _found, size in records),
        waiting=waiting,
        cut=[line for found, _size in cut for line in found],
        cut_count=sum(size for _found, size in cut),
        voided=_voided(answer, slices, reader),
    )


def _voided(answer: Answer, slices: Sequence[Slice], reader: Anyone | None) -> list[Voided]:
    codes = set(sides_of(answer.indicator))
    kinds = [
        code for code, body in bodies().items() if split_indicators(body) & codes or body.kind.own
    ]
    head = answer.question.known_at
    found = (
        Revision.objects.filter(change=Change.VOID, posting__isnull=False, record__kind__in=kinds)
        .annotate(is_told=told("record_id", reader))
        .select_related("record")
    )
    if head is not None:
        found = found.filter(posting__lte=head)
    regions, boxes = slices[0].ranges, slices[0].boxes
    lowest, highest = min(r.lo for r in regions), max(r.hi for r in regions)
    found = found.filter(region__range=(lowest, highest)).order_by("-posting")
    window = Window(slices[0].start, slices[0].end)
    kept = []
    for revision in found[:MOST_VOIDS]:
        if not any(r.lo <= revision.region <= r.hi for r in regions):
            continue
        if boxes is not None and not any(box.has(revision.pairing) for box in boxes):
            continue
        if revision.last_on is None or not window.holds(
            Span(revision.first_on or revision.last_on, revision.last_on)
        ):
            continue
        if values := _values(revision, codes):
            kept.append(Voided(revision, values, revision.is_told))
    return kept


def _values(revision: Revision, codes: set[str]) -> list[int]:
    """What a voided revision stated of some indicators, entries and declarations alike."""
    content: Content = replace(revision.data, change=Change.NEW)
    body = body_of(content.kind)
    values = [entry.value for entry in entries_of(body, content) if entry.indicator in codes]
    return values + [d.value for d in body.declarations(content) if d.indicator in codes]
