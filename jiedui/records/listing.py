"""What a list shows: filters read from the address, rows, tabs, sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.http import QueryDict

from jiedui.accounts.models import User
from jiedui.lib.places import parse_pairing_key
from jiedui.records import permissions
from jiedui.records.columns import UnreadableCell
from jiedui.records.columns.dates import parse_when
from jiedui.records.columns.references import read_region
from jiedui.records.differences import shown_many
from jiedui.records.kinds import Body, body_of, columns_of, date_column, shown_columns
from jiedui.records.models import Decision, Record, ReviewStep, Revision
from jiedui.records.querysets import TABS, RecordQuerySet
from jiedui.regions import places

SORTS = {"date": "last_on", "region": "region", "title": "title", "number": "pk"}


@dataclass(frozen=True)
class Filters:
    """What a list was asked for; wrong parts of an address are simply not there."""

    region: int | None = None
    pairing: int | None = None
    first: date | None = None
    last: date | None = None
    tab: str = ""
    evidence: str = ""
    text: str = ""
    sort: str = "-date"

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        sort = query.get("sort", "-date")
        return cls(
            region=_region(query.get("region", "")),
            pairing=_pairing(query.get("pairing", "")),
            first=_day(query.get("from", ""), last=False),
            last=_day(query.get("to", ""), last=True),
            tab=query.get("tab", ""),
            evidence=query.get("evidence", ""),
            text=query.get("q", "").strip()[:100],
            sort=sort if sort.removeprefix("-") in SORTS else "-date",
        )

    @property
    def is_narrow(self) -> bool:
        """Whether something but place and dates narrows the list: then its sums cover more than it."""
        return bool(self.evidence or self.text)


def _region(text: str) -> int | None:
    try:
        return read_region(text)[0] if text.strip() else None
    except UnreadableCell:
        return None


def _pairing(text: str) -> int | None:
    try:
        return parse_pairing_key(text) if text else None
    except ValueError:
        return None


def _day(text: str, *, last: bool) -> date | None:
    try:
        first_day, last_day, _precision = parse_when(text)
    except UnreadableCell:
        return None
    return last_day if last else first_day


def records(user: User, filters: Filters, body: type[Body] | None = None) -> RecordQuerySet:
    """The visible records a list is about, before its tab is chosen."""
    found = Record.objects.visible_to(user)
    if body is not None:
        found = found.of_kind(body.kind.code)
    if filters.region is not None:
        span = places.ranges(filters.region)
        found = found.in_ranges(span)
    if filters.pairing is not None:
        found = found.in_boxes(places.boxes(filters.pairing))
    if filters.first:
        found = found.filter(last_on__gte=filters.first)
    if filters.last:
        found = found.filter(first_on__lte=filters.last)
    if filters.evidence in {"yes", "no"}:
        found = found.with_evidence(filters.evidence == "yes")
    return found.matching(filters.text)


def in_tab(found: RecordQuerySet, user: User, tab: str) -> RecordQuerySet:
    """The records of a tab; "mine" are those the user is to review."""
    return found.to_review_by(user) if tab == "mine" else found.in_state(tab)


def ordered(found: RecordQuerySet, sort: str) -> RecordQuerySet:
    """Sorted by a head, records without a date first, and always to the end by key."""
    down = sort.startswith("-")
    field = F(SORTS[sort.removeprefix("-")])
    order = field.desc(nulls_first=True) if down else field.asc(nulls_first=True)
    return found.order_by(order, "-pk")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row; ``state`` inks a number that does not count yet or any more."""

    label: str
    text: str
    align: str
    state: str
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list."""

    record: Record
    region: str
    when: str
    cells: list[Cell]
    evidence: int
    wants_evidence: bool
    may_review: bool
    is_own: bool
    approved_by: str
    returned_for: str


def rows(body: type[Body], found: Sequence[Record], user: User) -> list[Row]:
    """The rows of one page: names, evidence and rights are looked up once for all."""
    contents = [record.newest.data for record in found]
    names = places.names({content.region for content in contents})
    counts = evidence_counts([record.newest for record in found])
    columns = columns_of(body)
    wanted = [name for name in shown_columns(body) if name != date_column(body)]
    texts = shown_many(body, contents, [*wanted, date_column(body)], by=user)
    reviewable = waiting_for(user, found)
    approved, returned = last_steps(found)
    return [
        Row(
            record=record,
            region=names.get(content.region, "") + (places.OWN if content.own else ""),
            when=text[date_column(body)],
            cells=[
                Cell(
                    columns[n].label,
                    text[n],
                    columns[n].align,
                    ink(record) if columns[n].align else "",
                    str(columns[n].unit),
                )
                for n in wanted
            ],
            evidence=counts.get(record.newest.pk, 0),
            wants_evidence=body.kind.evidence_required,
            may_review=record.pk in reviewable,
            is_own=user.pk in {record.newest.author_id, record.newest.submitted_by_id},
            approved_by=approved.get(record.newest.pk, ""),
            returned_for=returned.get(record.newest.pk, ""),
        )
        for record, content, text in zip(found, contents, texts, strict=True)
    ]


def amount_of(record: Record) -> str:
    """The first number of a record with its unit, as whoever reviews it wants to know; "" without one."""
    body, content = body_of(record.kind), record.newest.data
    columns = columns_of(body)
    for name, column in columns.items():
        if column.align and content.fields.get(name) is not None:
            return f"{column.shown(content.fields[name])} {column.unit}".strip()
    return ""


def last_steps(found: Sequence[Record]) -> tuple[dict[int, str], dict[int, str]]:
    """By revision: who approved it last, and for what it was returned."""
    keys = [record.newest.pk for record in found]
    approved: dict[int, str] = {}
    returned: dict[int, str] = {}
    steps = ReviewStep.objects.filter(
        revision__in=keys, decision__in=(Decision.APPROVE, Decision.RETURN)
    ).order_by("pk")
    for key, decision, name, reason in steps.values_list(
        "revision", "decision", "by__name", "reason"
    ):
        if decision == Decision.APPROVE:
            approved[key] = name
        else:
            returned[key] = reason
    return approved, returned


def ink(record: Record) -> str:
    """pend for a number that waits, gone for a voided one."""
    return {
        "submitted": "pend",
        "first_approved": "pend",
        "correcting": "pend",
        "void": "gone",
    }.get(record.status, "")


def evidence_counts(revisions: Sequence[Revision]) -> dict[int, int]:
    """How many items of evidence each revision has."""
    counts: dict[int, int] = {}
    through = Revision.evidence.through._default_manager  # noqa: SLF001
    keys = [revision.pk for revision in revisions]
    for key in through.filter(revision_id__in=keys).values_list("revision_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


def waiting_for(user: User, found: Sequence[Record]) -> set[int]:
    """Which of the records wait for a step this user may take."""
    pending = {
        r.pk: r.pending
        for r in found
        if r.pending and r.status in {"submitted", "first_approved", "correcting"}
    }
    reviewer = permissions.Reviewer(user)
    earlier = permissions.earlier_approvers(list(pending.values()))
    return {
        record.pk
        for record in found
        if (revision := pending.get(record.pk))
        and not reviewer.refusal(record, revision, earlier.get(revision.pk, []))
    }


__all__ = ["TABS", "Filters", "Row", "in_tab", "ordered", "records", "rows"]
