"""The records behind a figure: header, evidence and people of the postings the ledger names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
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
    """One piece of evidence: its name, the file or the cited page, the ends of its SHA-256.

    ``href`` is "" for a citation without an address.
    """

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


class Faces(NamedTuple):
    """The faces a page names: of postings, and of the revisions on their way (待审核) by record."""

    posted: dict[int, Face]
    waiting: dict[UUID, Face]


def faces(
    postings: Iterable[int], records: Iterable[UUID] = (), *, reader: Anyone | None = None
) -> Faces:
    """The faces of postings, and of what waits of records, in four statements; none for nothing.

    A posting no record made is missing. A city's record may count in a county whose readers may not see
    it: to such a ``reader`` the face says only of what kind it is. None reads everything (the command line).
    """
    wanted, on_their_way = set(postings), set(records)
    found = Faces({}, {})
    if not wanted and not on_their_way:
        return found
    waiting = Record.objects.filter(uid__in=on_their_way, pending__isnull=False)
    revisions = (
        Revision.objects.filter(Q(posting__in=wanted) | Q(pk__in=waiting.values("pending")))
        .annotate(is_told=told("record_id", reader))
        .select_related("record", "author", "submitted_by")
        .prefetch_related(
            "evidence",
            Prefetch("steps", ReviewStep.objects.select_related("by").order_by("id")),
            "record__confirmations",
        )
    )
    for revision in revisions:
        face = _face(revision) if revision.is_told else _hidden(revision)
        if revision.posting in wanted:
            found.posted[revision.posting] = face
        elif revision.record.uid in on_their_way:
            found.waiting[revision.record.uid] = face
    return found


def told(key: str, reader: Anyone | None) -> Exists | Value:
    """Whether ``reader`` may see the record whose key is in the field ``key``, for ``annotate``."""
    if reader is None:
        return Value(True)
    return Exists(Record.objects.visible_to(reader).filter(pk=OuterRef(key)))


class Label(NamedTuple):
    """The little a row of an export says of its record."""

    kind: str
    number: str
    title: str
    people: str


def labels(postings: Iterable[int], *, reader: Anyone | None = None) -> dict[int, Label]:
    """Labels by posting for many thousands at once; a posting no record made is missing.

    As with ``faces``, a record out of the reader's sight says only of what kind it is.
    """
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
    found = (
        Revision.objects.filter(posting__range=(low, high))
        .annotate(is_told=told("record_id", reader))
        .values_list(
            "posting", "record_id", "record__kind", "record__title", "submitted_by__name", "is_told"
        )
    )
    return {
        posting: Label(
            kind_label(kind), number_of(key), title, " → ".join([by or "", *people[posting]])
        )
        if is_told
        else Label(kind_label(kind), "", hidden_title(kind), "")
        for posting, key, kind, title, by, is_told in found
        if posting in wanted
    }


def number_of(key: int) -> str:
    """The number people say of a record, by its key."""
    return Record(pk=key).number


def hidden_title(kind: str) -> str:
    """What is said instead of the title of a record that the reader may not see."""
    return _("您查阅范围以外的一件%s，只计属于这里的部分") % kind_label(kind)


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


def _hidden(revision: Revision) -> Face:
    """What a reader is told of a record they may not see, because a part of it counts for them."""
    kind = revision.record.kind
    return Face(
        uid=revision.record.uid,
        kind=kind_label(kind),
        number="",
        title=hidden_title(kind),
        href="",
        first=revision.first_on,
        last=revision.last_on,
        region=revision.region,
        people="",
        reviewed="",
        evidence=(),
        change=Change(revision.change),
        reason="",
    )


def _link(evidence: Evidence) -> EvidenceLink:
    name, href = evidence.name, _href("records:evidence", evidence.uid)
    if evidence.is_citation:
        # There is no file to hand out; the cited page is elsewhere.
        name, href = _("引文 %s") % (evidence.publisher or evidence.name), evidence.url
    short = f"{evidence.sha256[:4]}…{evidence.sha256[-4:]}"
    return EvidenceLink(name, href, short)


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
