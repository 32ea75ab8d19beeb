"""The records behind a figure: header, evidence and people of the postings the ledger names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from jiedui.ledger.drill import DeclarationLine
from jiedui.lib.periods import china_day
from jiedui.records.content import Change
from jiedui.records.kinds import UnknownKind, body_of
from jiedui.records.models import Decision, Evidence, Record, ReviewStep, Revision
from jiedui.regions import places

SHOWN = 20
"""How many records, declarations and left-out things an explanation names; it counts them all."""


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """One piece of evidence: its name, its page, and the beginning and end of its SHA-256."""

    name: str
    href: str
    short: str


@dataclass(frozen=True, slots=True)
class Face:
    """What a page says of one posted revision; ``people`` is 报送 → 审核."""

    uid: UUID
    kind: str
    number: str
    title: str
    href: str
    first: date | None
    last: date | None
    region: int
    people: str
    reviewed: str
    evidence: tuple[EvidenceLink, ...]
    change: Change
    reason: str


def faces(postings: Iterable[int]) -> dict[int, Face]:
    """The faces by posting, in a handful of queries; a posting no record made is missing."""
    wanted = set(postings)
    if not wanted:
        return {}
    revisions = (
        Revision.objects.filter(posting__in=wanted)
        .select_related("record", "author", "submitted_by")
        .prefetch_related("evidence", "steps__by", "record__confirmations__by")
    )
    return {
        revision.posting: _face(revision) for revision in revisions if revision.posting is not None
    }


class Label(NamedTuple):
    """The little a row of an export says of its record."""

    kind: str
    number: str
    title: str
    people: str


def labels(postings: Iterable[int]) -> dict[int, Label]:
    """Labels by posting for many thousands at once; a posting no record made is missing."""
    wanted = set(postings)
    if not wanted:
        return {}
    low, high = min(wanted), max(wanted)
    people: dict[int, list[str]] = defaultdict(list)
    for posting, name in (
        ReviewStep.objects.filter(revision__posting__range=(low, high), decision=Decision.APPROVE)
        .order_by("id")
        .values_list("revision__posting", "by__name")
    ):
        people[posting or 0].append(name)
    found = Revision.objects.filter(posting__range=(low, high)).values_list(
        "posting", "record_id", "record__kind", "record__title", "submitted_by__name"
    )
    return {
        posting: Label(
            kind_label(kind), number_of(key), title, " → ".join([by or "", *people[posting]])
        )
        for posting, key, kind, title, by in found
        if posting in wanted
    }


def number_of(key: int) -> str:
    """The number people say of a record, by its key."""
    return Record(pk=key).number


def faces_of(records: Iterable[UUID]) -> dict[UUID, Face]:
    """The faces of the revisions on their way (待审核), by record."""
    found = (
        Record.objects.filter(uid__in=list(records), pending__isnull=False)
        .select_related("pending__record", "pending__author", "pending__submitted_by")
        .prefetch_related("pending__evidence", "pending__steps__by", "confirmations__by")
    )
    return {record.uid: _face(record.pending) for record in found if record.pending is not None}


def record_href(uid: UUID) -> str:
    """The page of a record."""
    return _href("records:detail", uid)


def kind_label(code: str) -> str:
    """The Chinese name of a kind of record."""
    try:
        return str(body_of(code).kind.label)
    except UnknownKind:
        return code


def _face(revision: Revision) -> Face:
    record = revision.record
    return Face(
        uid=record.uid,
        kind=kind_label(record.kind),
        number=record.number,
        title=record.title or record.number,
        href=record_href(record.uid),
        first=revision.first_on,
        last=revision.last_on,
        region=revision.region,
        people=_people(revision),
        reviewed=_reviewed(revision),
        evidence=tuple(_link(evidence) for evidence in revision.evidence.all()),
        change=Change(revision.change),
        reason=revision.reason,
    )


def _link(evidence: Evidence) -> EvidenceLink:
    name = evidence.name
    if evidence.is_citation:
        name = _("引文 %s") % (evidence.publisher or evidence.name)
    short = f"{evidence.sha256[:4]}…{evidence.sha256[-4:]}"
    return EvidenceLink(name, _href("records:evidence", evidence.uid), short)


def _people(revision: Revision) -> str:
    names = [str(revision.submitted_by or revision.author)]
    names += [str(step.by) for step in revision.steps.all() if step.decision == Decision.APPROVE]
    return " → ".join(names)


def _reviewed(revision: Revision) -> str:
    """ "梁颖 报送 2023-10-12 → 周启明 审核 2023-10-13；深圳方 2023-10-13 确认"."""
    said = []
    if revision.submitted_by and revision.submitted_at:
        day = china_day(revision.submitted_at)
        said.append(_("%(who)s 报送 %(day)s") % {"who": revision.submitted_by, "day": day})
    said += [
        _("%(who)s 审核 %(day)s") % {"who": step.by, "day": china_day(step.at)}
        for step in revision.steps.all()
        if step.decision == Decision.APPROVE
    ]
    text = " → ".join(said)
    newest = max(revision.record.confirmations.all(), key=lambda c: c.at, default=None)
    if newest is not None:
        word = _("确认") if newest.agrees else _("有异议")
        side = _("东部方") if newest.side == "east" else _("西部方")
        text += f"；{side} {china_day(newest.at)} {word}"
    return text


def _href(name: str, uid: UUID) -> str:
    try:
        return reverse(name, args=[uid])
    except NoReverseMatch:
        return ""


def place_of(line: DeclarationLine, names: dict[int, str]) -> str:
    """The declared place by name, with 本级 when only its own level is meant."""
    name = names.get(line.region, f"{line.region:012d}")
    return name + places.OWN if line.own else name


def span_text(first: date | None, last: date) -> str:
    """ "至 2023-09-30" for an open start, "2023-09-30", "2021-01-01 至 2023-09-30"."""
    if first is None:
        return _("至 %s") % last.isoformat()
    if first == last:
        return last.isoformat()
    return _("%(first)s 至 %(last)s") % {"first": first.isoformat(), "last": last.isoformat()}
