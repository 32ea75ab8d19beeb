"""Why a figure is what it is: the sum it is made of, what stands behind it, what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import formats, sources
from jiedui.figures.answers import Answer, ask, sides_of, slice_of
from jiedui.figures.kept import Kept
from jiedui.figures.lines import Lines, read_lines
from jiedui.figures.omissions import LeftOut, left_out_of
from jiedui.figures.questions import Question
from jiedui.figures.sources import SHOWN, Face, Faces, place_of
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Measure
from jiedui.ledger import drill
from jiedui.ledger.drill import DeclarationLine
from jiedui.regions import places


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum: the details, what one declaration adds, or what the floor lifts."""

    label: str
    note: str
    amount: int
    declaration: DeclarationLine | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One record or declaration that counts. ``value`` is what a declaration states, else None.

    ``amount`` is what it brings to the figure in smallest units; ``seq`` its number in the book.
    """

    posting: int
    record: UUID
    amount: int
    face: Face | None
    declaration: DeclarationLine | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one answer; ``steps`` add up to the approved amount exactly.

    ``records`` counts the records with details, ``declared`` the declarations counted; ``sources``
    names the newest of them. ``steps`` is empty for a ratio. ``stated`` is the declaration of just
    this slice, with its ``wording``; ``standing`` the record whose people stand beside the value.
    """

    answer: Answer
    steps: tuple[Step, ...]
    sources: tuple[Source, ...]
    records: int
    declared: int
    declarations: tuple[DeclarationLine, ...]
    left_out: tuple[LeftOut, ...]
    wording: str
    standing: Face | None
    stated: DeclarationLine | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The short explanation: the declared words, and how many records and declarations count."""

    wording: str
    records: int


def standing(answer: Answer) -> Standing:
    """What ``./jd figure`` says beside the value."""
    question = answer.question
    if answer.indicator.measure is Measure.READING:
        lines = drill.declarations(slice_of(question), head=question.known_at)
        return Standing(
            _wording(question, lines), answer.approved.entries + answer.approved.declarations
        )
    records, wording = answer.approved.declarations, ""
    for code in sides_of(answer.indicator):
        slice_ = slice_of(question, code)
        records += drill.records(slice_, head=question.known_at, limit=1)[1]
        if not wording and answer.approved.declarations:
            lines = drill.declarations(slice_, head=question.known_at)
            wording = _wording(question.about(code), lines)
    return Standing(wording, records)


def explain(
    question: Question,
    *,
    answer: Answer | None = None,
    reader: Anyone | None = None,
    kept: Kept | None = None,
    lines: Lines | None = None,
    faces: Faces | None = None,
) -> Explanation:
    """The explanation of a question's answer, which ``reader`` is known to may read.

    Records the reader may not see are counted and not named; None reads everything. A page that has
    read ``lines`` and ``faces`` already, or keeps its answers, hands them in.
    """
    answer = answer or ask(question)
    if lines is None:
        lines = read_lines(answer, reader=reader)
    if faces is None:
        faces = sources.faces(lines.postings, lines.waiting_records, reader=reader)
    counted = [line for line in lines.declared if line.state in {"counted", "covered"}]
    counted = [line for line in counted if _inside(line, question, answer)]
    behind = _sources(lines.records, counted, faces)
    same = _same(question, counted)
    return Explanation(
        answer=answer,
        steps=_steps(answer, counted, lines.count, kept or Kept()),
        sources=tuple(behind),
        records=lines.count,
        declared=len(counted),
        declarations=tuple(lines.declared),
        left_out=left_out_of(answer, lines, faces),
        wording=same.wording if same else "",
        standing=faces.posted.get(same.posting) if same else (behind[0].face if behind else None),
        stated=same,
    )


# The sum.


def _steps(
    answer: Answer, counted: Sequence[DeclarationLine], records: int, kept: Kept
) -> tuple[Step, ...]:
    measure, amount = answer.indicator.measure, answer.amount
    if amount is None or measure is Measure.RATIO:
        return ()
    if measure is Measure.DISTINCT:
        return _distinct_steps(answer, counted, records)
    if measure is Measure.READING:
        return (Step(_("最近一次读数"), _("不累加，取窗口内最近的一次"), amount),)
    details = kept.held([answer.question])[0]
    steps = [
        Step(_("逐笔记录 %d 件") % records, _("已审核、日期在窗口内，扣除更正与作废"), details)
    ]
    names = places.names({line.region for line in counted})
    adding = [line for line in counted if line.adds]
    adding.sort(key=lambda line: abs(line.adds), reverse=True)
    steps += [
        Step(_added_label(line, names), _added_note(line, answer), line.adds, line)
        for line in adding[:SHOWN]
    ]
    if adding[SHOWN:]:
        rest = sum(line.adds for line in adding[SHOWN:])
        steps.append(Step(_("+ 另外 %d 个汇总数补差") % len(adding[SHOWN:]), "", rest))
    gap = amount - sum(step.amount for step in steps)
    if gap:
        steps.append(Step(*_gap_words(answer), gap))
    return tuple(steps)


def _distinct_steps(
    answer: Answer, counted: Sequence[DeclarationLine], records: int
) -> tuple[Step, ...]:
    amount = answer.amount or 0
    greatest = max((line.value for line in counted), default=0)
    if greatest and greatest == amount:
        note = _("去重数不相加：逐笔记录 %d 件，取已申报的最大数") % records
        return (Step(_("已申报的最大数"), note, amount),)
    return (Step(_("逐笔记录 %d 件") % records, _("同一主体只计一次"), amount),)


def _gap_words(answer: Answer) -> tuple[str, str]:
    if answer.approved.crossing:
        return _("+ 以最大的汇总数为下限"), _("交叉的汇总数不重复相加")
    return _("− 跨出汇总数边界的记录"), _("已按在汇总数之内计，不重复")


def _added_label(line: DeclarationLine, names: dict[int, str]) -> str:
    return _("+ %s汇总数补差") % place_of(line, names)


def _added_note(line: DeclarationLine, answer: Answer) -> str:
    start = f"{line.start.isoformat()} " if line.start else ""
    said = _("%(start)s至 %(end)s 申报 %(value)s") % {
        "start": start,
        "end": line.end.isoformat(),
        "value": line.bound.sign + formats.part_digits(answer.indicator, line.value),
    }
    inside = line.value - line.adds
    if inside:
        said += _("，其中 %s 已有逐笔或下级汇总数") % formats.part_digits(answer.indicator, inside)
    return said


# What stands behind.


def _sources(
    records: Sequence[drill.RecordLine],
    counted: Sequence[DeclarationLine],
    faces: Faces,
) -> list[Source]:
    behind = [
        Source(line.posting, line.record, line.adds, faces.posted.get(line.posting), line)
        for line in sorted(counted, key=lambda line: line.posting, reverse=True)[:SHOWN]
    ]
    behind += [
        Source(line.posting, line.record, line.value, faces.posted.get(line.posting))
        for line in records
    ]
    return behind


def _inside(line: DeclarationLine, question: Question, answer: Answer) -> bool:
    """Whether a declaration lies in the window, not only beside it."""
    start = question.window.start
    if answer.indicator.measure is Measure.STOCK or start is None:
        return line.end <= question.window.end
    return line.start is not None and line.start >= start and line.end <= question.window.end


def _same(question: Question, counted: Sequence[DeclarationLine]) -> DeclarationLine | None:
    """The declaration that states just this slice, the question's own pairing first."""
    stock = catalogue.get(question.indicator).measure is Measure.STOCK
    asked = question.window
    found = [
        line
        for line in counted
        if (line.region, line.own, line.end) == (question.region, question.own, asked.end)
        and (stock or line.start == asked.start)
    ]
    return min(
        found, key=lambda line: (line.pairing != (question.pairing or 0), line.id), default=None
    )


def _wording(question: Question, lines: Sequence[DeclarationLine]) -> str:
    same = _same(question, [line for line in lines if line.state in {"counted", "covered"}])
    return same.wording if same else ""
