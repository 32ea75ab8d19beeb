"""What the page of a figure shows, as plain values; the template only places them.

Everything is read first, each kind of thing once for the whole page: answers, lines of the ledger, faces
of records. Then the parts are written, each in a file of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import breakdown, checks, formats, known, pictures, sources
from jiedui.figures.answers import Answer
from jiedui.figures.behind import behind, contradictions, omissions
from jiedui.figures.definition import definition, related
from jiedui.figures.explain import Explanation, Step, explain
from jiedui.figures.heading import heading
from jiedui.figures.kept import Kept
from jiedui.figures.lines import read_lines
from jiedui.figures.looking_back import looking_back
from jiedui.figures.place_rows import place_rows
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Measure
from jiedui.ledger import heads
from jiedui.lib.clock import today
from jiedui.regions.models import Region
from jiedui.ui.numbers import Number


def context(question: Question, *, user: Anyone, since: int | None) -> dict[str, Any]:
    """Everything on the page of one question; ``since`` is the head to compare with.

    The user is known to may read the question; a book's hash is shown to who may read the whole book.
    """
    return heads.steady(lambda: _context(question, user, since))[1]


def _context(question: Question, user: Anyone, since: int | None) -> dict[str, Any]:
    kept, children = Kept(), breakdown.children_of(question)
    answer = _ask(question, children, kept)
    lines = read_lines(answer, reader=user)
    moments = known.moments(today())
    head = known.chosen(moments, answer.head, since)
    past = known.look_back(answer, head, declared=lines.declared)
    found = checks.findings(answer, lines.declared, kept)
    named = {posting for finding in found for posting in finding.postings}
    faces = sources.faces(
        lines.postings | past.postings | named, lines.waiting_records, reader=user
    )
    explained = explain(question, answer=answer, reader=user, kept=kept, lines=lines, faces=faces)
    indicator = answer.indicator
    return {
        "question": question,
        "answer": answer,
        "indicator": indicator,
        "explained": explained,
        "approved": answer.approved,
        "table_unit": indicator.display_unit,
        "adds_up": indicator.measure.adds_up,
        "value_number": formats.shown(indicator, answer.approved),
        **heading(question, answer),
        **_value(answer, explained),
        **_sum(answer, explained, kept),
        "months": pictures.months(answer, kept),
        **place_rows(answer, kept, children),
        **definition(answer, kept),
        "known": looking_back(past, moments, head, faces),
        **omissions(answer, explained),
        "findings": contradictions(found, faces),
        **behind(answer, explained, user),
    }


def _ask(question: Question, children: Sequence[Region], kept: Kept) -> Answer:
    """The answer, and in the same go all that the parts of the page will ask beside it."""
    indicator = catalogue.get(question.indicator)
    places = breakdown.place_questions(question, children)
    codes = [*related(indicator), indicator.numerator, indicator.denominator]
    beside = [question.about(code) for code in codes if code]
    asked = [question, *places, *beside, *checks.part_questions(question)]
    answers = kept.ask([*asked, *breakdown.month_questions(question)], pending=[question])
    if indicator.measure.adds_up:
        kept.held([question, *places])
    return answers[0]


# The value.


def _value(answer: Answer, explained: Explanation) -> dict[str, Any]:
    digits, unit = formats.alone(answer.indicator, answer.approved)
    notes = ""
    if len(answer.versions) > 1:
        notes = _("跨 %d 版口径") % len(answer.versions)
    standing = explained.standing
    return {
        "digits": digits,
        "unit": unit,
        "forms": formats.other_forms(answer.indicator, answer.approved),
        "nature": formats.nature(answer),
        "version_note": notes,
        "pending_note": _pending_note(answer, explained),
        "wording": explained.wording,
        "people": standing.reviewed if standing else "",
    }


def _pending_note(answer: Answer, explained: Explanation) -> str:
    waiting = next((group for group in explained.left_out if group.reason == "not_approved"), None)
    if answer.with_pending is None or waiting is None or not waiting.count:
        return ""
    digits, unit = formats.alone(answer.indicator, answer.with_pending)
    said = f"{answer.with_pending.bound.sign}{digits} {unit}".strip()
    word = _("含待审核为 %s") if answer.has_pending else _("含待审核仍为 %s")
    return (word + _("（%d 件）")) % (said, waiting.count)


def _sum(answer: Answer, explained: Explanation, kept: Kept) -> dict[str, Any]:
    indicator = answer.indicator
    steps = [
        {
            "label": step.label,
            "note": step.note,
            "number": Number(formats.part_digits(indicator, step.amount), href=_step_href(step)),
        }
        for step in explained.steps
    ]
    note = _left_out_note(answer) or _stated_note(explained)
    if indicator.measure is Measure.RATIO:
        steps = [_side(answer, code, kept) for code in (indicator.numerator, indicator.denominator)]
        note = _("分子 ÷ 分母，四舍五入")
    return {"steps": steps, "sum_note": note}


def _step_href(step: Step) -> str:
    """Where a line of the sum leads: its declaration, or the records below."""
    if step.declaration is not None:
        return sources.record_href(step.declaration.record)
    return "#sources"


def _left_out_note(answer: Answer) -> str:
    """Why the sum is not exact, when something lies across the window's edge."""
    figure = answer.approved
    said = []
    if figure.cut_declarations:
        said.append(_("%d 个跨窗口的汇总数未分解") % figure.cut_declarations)
    if figure.crossing:
        said.append(_("%d 个交叉的汇总数未计") % figure.crossing)
    if figure.cut_entries:
        said.append(_("%d 笔跨窗口的记录未计") % figure.cut_entries)
    return "，".join(said)


def _stated_note(explained: Explanation) -> str:
    """Whether the parts reach what was stated for the whole."""
    stated = explained.stated
    if stated is None or stated.adds or stated.value != explained.answer.amount:
        return ""
    return _("与同一范围的汇总数相符")


def _side(answer: Answer, code: str, kept: Kept) -> dict[str, Any]:
    (side,) = kept.ask([answer.question.about(code)])
    unit = side.indicator.display_unit
    word = _("分子") if code == answer.indicator.numerator else _("分母")
    return {"label": f"{word} {side.indicator.name}", "note": unit, "number": formats.cell(side)}
