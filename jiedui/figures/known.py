"""按当时所知: a figure at two heads, and the list of what made the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from jiedui.figures import formats, sources
from jiedui.figures.answers import Answer, ask, sides_of, slice_of
from jiedui.figures.sources import Face, Faces, place_of
from jiedui.ledger import chain, drill, heads
from jiedui.ledger.drill import DeclarationLine
from jiedui.lib.periods import china_day
from jiedui.records.content import Change
from jiedui.regions import places
from jiedui.ui import numbers

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """A head one may look back to, with the day it ends."""

    head: int
    label: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One posting's part in the difference. ``amount`` None: it took part, but cannot be added up."""

    label: str
    note: str
    href: str
    amount: int | None
    posting: int


@dataclass(frozen=True, slots=True)
class Differences:
    """From one answer to a later one of the same question; the amounts add up to the difference."""

    before: Answer
    after: Answer
    rows: tuple[Difference, ...]

    @property
    def shown(self) -> tuple[Difference, ...]:
        return self.rows[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.rows[SHOWN:])

    @property
    def rest(self) -> int:
        return sum(row.amount or 0 for row in self.rows[SHOWN:])


def day_of(head: int) -> date | None:
    """The China day a head was recorded on; None for the empty ledger."""
    posting = heads.posting(head)
    return china_day(chain.instant_of(posting.recorded_at)) if posting else None


def moments(today: date) -> list[Moment]:
    """Heads worth looking back to: yesterday, a week ago, and the ends of months and of last year."""
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    days = {
        today - timedelta(days=1): _("昨天"),
        today - timedelta(days=7): _("一周前"),
        first - timedelta(days=1): _("上月底"),
        before - timedelta(days=1): _("上上月底"),
        date(today.year - 1, 12, 31): _("上年底"),
    }
    latest = sorted(days.items(), reverse=True)
    ends = heads.ends_of_days([day for day, _label in latest])
    return [
        Moment(head, f"{day.isoformat()} {label}")
        for head, (day, label) in zip(ends, latest, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Past:
    """What the ledger says of the way from one answer to a later one.

    ``moved`` are the declarations that add something else than before, old and new; only what adds up
    has them.
    """

    before: Answer
    after: Answer
    changes: list[drill.Change]
    moved: list[tuple[DeclarationLine | None, DeclarationLine | None]]

    @property
    def postings(self) -> set[int]:
        """The postings that are named."""
        named = {change.posting for change in self.changes[:SHOWN]}
        return named | {line.posting for pair in self.moved[:SHOWN] for line in pair if line}


def look_back(
    answer: Answer, since: int, *, declared: Sequence[DeclarationLine] | None = None
) -> Past:
    """What changed a figure after head ``since``; ``declared`` are its declarations, if read already."""
    before = ask(answer.question.known(since), pending=False)
    slices = [slice_of(answer.question, code) for code in sides_of(answer.indicator)]
    changes = [
        change
        for slice_ in slices
        for change in drill.changes(slice_, since=since, until=answer.head)
    ]
    if not answer.indicator.measure.adds_up:
        changes.sort(key=lambda change: -change.posting)
        return Past(before, answer, changes, [])
    if declared is None:
        declared = drill.declarations(slices[0], head=answer.question.known_at)
    old = {line.id: line for line in drill.declarations(slices[0], head=since)}
    new = {line.id: line for line in declared}
    pairs = [(old.get(id_), new.get(id_)) for id_ in sorted({*old, *new}, reverse=True)]
    moved = [(a, b) for a, b in pairs if _counted(a) != _counted(b)]
    return Past(before, answer, [change for change in changes if change.value], moved)


def differences(past: Past, faces: Faces | None = None) -> Differences:
    """The list of differences, newest first; ``faces`` are those of its postings, None: read them."""
    if faces is None:
        faces = sources.faces(past.postings)
    if not past.after.indicator.measure.adds_up:
        rows = [_took_part(change, faces.posted.get(change.posting)) for change in past.changes]
        return Differences(past.before, past.after, tuple(rows))
    names = places.names({line.region for pair in past.moved for line in pair if line})
    rows = [_of_entries(change, faces.posted.get(change.posting)) for change in past.changes]
    rows += [_of_declaration(a, b, names, faces.posted, past.after) for a, b in past.moved]
    rows.sort(key=lambda row: -row.posting)
    moved = (past.after.amount or 0) - (past.before.amount or 0)
    gap = moved - sum(row.amount or 0 for row in rows)
    if gap:
        rows.append(Difference(_("汇总数之间的交叉与下限"), "", "", gap, 0))
    return Differences(past.before, past.after, tuple(rows))


def _counted(line: DeclarationLine | None) -> int:
    """What a declaration adds to the figure at one head."""
    return line.adds if line is not None and line.state == "counted" else 0


def _of_entries(change: drill.Change, face: Face | None) -> Difference:
    label = face.title if face else str(change.record)
    return Difference(
        label, _note(change, face), face.href if face else "", change.value, change.posting
    )


def _note(change: drill.Change, face: Face | None) -> str:
    day = _("%s 入账") % china_day(change.recorded_at).isoformat()
    if face is None:
        return day
    words = {Change.NEW: "", Change.CORRECTION: _("更正"), Change.VOID: _("作废")}
    said = words[face.change]
    if said and face.reason:
        said = f"{said}：{face.reason.rstrip('。')}"
    elif (
        not said
        and face.last is not None
        and face.last < china_day(change.recorded_at).replace(day=1)
    ):
        said = _("迟报 %s") % face.last.isoformat()
    return "，".join(filter(None, (face.number, said, day)))


def _took_part(change: drill.Change, face: Face | None) -> Difference:
    label = face.title if face else str(change.record)
    href = face.href if face else ""
    return Difference(label, _note(change, face), href, None, change.posting)


def _of_declaration(
    old: DeclarationLine | None,
    new: DeclarationLine | None,
    names: dict[int, str],
    faces: dict[int, Face],
    answer: Answer,
) -> Difference:
    line = new or old
    assert line is not None
    face = faces.get(line.posting)
    stated = formats.part_digits(answer.indicator, line.value)
    unit = answer.indicator.display_unit
    if old is None:
        label = _("%(place)s 汇总数 %(value)s %(unit)s")
        note = _("补差，%s 入账") % china_day(line.recorded_at).isoformat()
    elif new is None:
        label, note = _("%(place)s 汇总数 %(value)s %(unit)s"), _("已更正或作废")
    else:
        label = _("%(place)s 汇总数 %(value)s %(unit)s的补差")
        note = _("由 %(old)s 变为 %(new)s") % {
            "old": formats.part_digits(answer.indicator, _counted(old)),
            "new": formats.part_digits(answer.indicator, _counted(new)),
        }
    said = label % {"place": place_of(line, names), "value": stated, "unit": unit}
    number = "，".join(filter(None, (face.number if face else "", note)))
    href = face.href if face else ""
    return Difference(said, number, href, _counted(new) - _counted(old), line.posting)


def amount_text(answer: Answer, amount: int | None) -> str:
    """A difference with its sign, in the table's unit; "" for what cannot be added up."""
    if amount is None:
        return ""
    indicator = answer.indicator
    return numbers.signed(amount, formats.per(indicator), indicator.display_decimals)


def chosen(options: Sequence[Moment], head: int, since: int | None) -> int:
    """The head to compare with: the one asked for, else the newest before the answer's own."""
    if since is not None and since <= head:
        return since
    return next((option.head for option in options if option.head < head), 0)
