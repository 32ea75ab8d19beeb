"""A reading against the ledger: for every figure with indicator, place and period, what the ledger says.

All figures of a text are asked together, in the stated window and in the wider ones the ledger may
have stated them for; what differs is asked once more, in other ways, for the likely reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Literal

from django.utils.translation import gettext as _

from jiedui.figures import formats, remembered
from jiedui.figures.answers import Answer, ask_many
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.definitions import Measure
from jiedui.ledger import heads
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import Window
from jiedui.lib.places import range_of

from . import naming, verdicts, windows
from .by_hand import Correction
from .reader.model import Quantity, Reading
from .scoping import Gazetteer, Where

Result = Literal["agrees", "differs", "absent"]
ASKED = 3000
"""Figures of one text that are put to the ledger; a report of a hundred pages has fewer."""
EXPLAINED = 60
"""Differences of one text that get a second look for their reason."""

MISTAKEN = (
    ("industry.investment", "industry.signed_amount", "industry.landed_investment"),
    ("funds.arranged", "funds.received", "funds.issued", "funds.paid"),
    ("consumption.sales", "consumption.agreement_amount"),
    ("secondment.sent", "secondment.serving"),
    ("labour.absorbed", "labour.employed"),
)
"""Indicators that texts take for one another: 协议 for 到位, 安排 for 支付."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the ledger says of one figure. ``answer`` is None where nothing could be asked.

    ``reason`` is a Chinese phrase: why a figure differs or is absent, or what an agreeing one leaves
    open; "" where there is nothing to add.
    """

    quantity: Quantity
    result: Result
    answer: Answer | None = None
    reason: str = ""


def everything(_question: Question) -> bool:
    """For who may ask anything: the command line."""
    return True


@dataclass(frozen=True, slots=True)
class Context:
    """Of what a text speaks: its places, its day, what may be asked about, its period.

    ``by_hand`` says of some figures, by id, where and when they are.
    """

    gazetteer: Gazetteer
    day: date
    may_read: Callable[[Question], bool] = everything
    own: Window | None = None
    by_hand: Mapping[str, Correction] = field(default_factory=dict)


@cache
def names() -> naming.Names:
    """The catalogue's names, as the text is searched for them."""
    return naming.Names(
        naming.Named(
            one.code,
            one.unit,
            (one.name, *one.aliases),
            one.whole,
            stands=one.measure is Measure.STOCK,
        )
        for one in catalogue.all()
    )


@cache
def known_names() -> Mapping[str, str]:
    """Every name and alias of the catalogue with its code, for the reader; always the same one."""
    names = {name: one.code for one in catalogue.all() for name in (one.name, *one.aliases)}
    return MappingProxyType(names)


@cache
def units() -> dict[str, str]:
    """The base unit of every indicator of the catalogue, by its code."""
    return {one.code: one.unit for one in catalogue.all()}


def check(text: str, reading: Reading, context: Context) -> list[Verdict]:
    """A verdict for every figure a ledger could know, in reading order.

    The reading has its indicators already (``naming.with_indicators``). Figures without indicator or
    place are absent. The number of statements grows with the periods of a text, not with its figures.
    """
    figures = [q for q in reading.quantities if naming.is_countable(text, q)]
    cases = [_case(quantity, context) for quantity in figures[:ASKED]]
    answers = _answers([case.stated for case in cases if case.stated], context)
    # What its own window does not settle is asked in the wider ones.
    open_cases = [case for case in cases if not _is_settled(case, answers)]
    answers |= _answers([q for case in open_cases for q in case.wider], context)
    found = [_judge(case, answers) for case in cases]
    found = _explained(found, {id(c.quantity): c for c in cases}, context)
    late = [Verdict(q, "absent", None, _("文中数字过多，未逐一核对")) for q in figures[ASKED:]]
    return found + late


@dataclass(frozen=True, slots=True)
class _Case:
    """One figure with the question about it in its stated window; neither where nothing can be asked."""

    quantity: Quantity
    asked: windows.Asked | None = None
    stated: Question | None = None

    @property
    def wider(self) -> list[Question]:
        """The questions in the wider windows, as they are tried."""
        if self.asked is None or self.stated is None:
            return []
        return [self.stated.during(window) for window in self.asked.wider]


def _case(quantity: Quantity, context: Context) -> _Case:
    if quantity.indicator is None or not verdicts.can_compare(quantity):
        return _Case(quantity)
    given = context.by_hand.get(quantity.id)
    where = _where(quantity, context.gazetteer, given)
    if where is None:
        return _Case(quantity)
    if given is not None and given.window is not None:
        asked = windows.Asked(given.window, (), frozenset(), stated=True)
    else:
        asked = windows.asked(quantity.period, context.day, context.own)
    stated = Question(quantity.indicator, where.region, asked.window, where.own, where.pairing)
    return _Case(quantity, asked, stated)


def _where(quantity: Quantity, gazetteer: Gazetteer, given: Correction | None) -> Where | None:
    """The place of a figure as it was read, or as a person said."""
    if given is None or given.region is None:
        return gazetteer.where(quantity.scope)
    is_inside = gazetteer.west and range_of(gazetteer.west).holds(range_of(given.region))
    return Where(given.region, given.own, gazetteer.pairing if is_inside else None)


def _answers(questions: Sequence[Question], context: Context) -> dict[Question, Answer]:
    """The answers to what may be read, all asked together."""
    allowed = [question for question in dict.fromkeys(questions) if context.may_read(question)]
    return {a.question: a for a in remembered.ask(allowed)} if allowed else {}


def _is_settled(case: _Case, answers: dict[Question, Answer]) -> bool:
    if case.asked is None or case.stated is None:
        return True
    first = answers.get(case.stated)
    return (
        first is None or _is_same(case.quantity, first) or (_is_clean(first) and case.asked.stated)
    )


def _judge(case: _Case, answers: dict[Question, Answer]) -> Verdict:
    quantity = case.quantity
    if case.asked is None or case.stated is None:
        return Verdict(quantity, "absent", None, _no_question(case))
    first = answers.get(case.stated)
    if first is None:
        return Verdict(quantity, "absent", None, _("不在您的查阅范围内"))
    if _is_same(quantity, first):
        return Verdict(quantity, "agrees", first, _left_open(quantity, first))
    if _is_clean(first) and case.asked.stated:
        return Verdict(quantity, "differs", first)
    wider = [answers[question] for question in case.wider if question in answers]
    for answer in wider:
        if _is_same(quantity, answer) and _is_said(quantity, answer):
            return Verdict(quantity, "agrees", answer, _period_note(answer))
    if _is_clean(first):
        return Verdict(quantity, "differs", first)
    for answer in wider:
        if _is_clean(answer) and answer.question.window in case.asked.binding:
            return Verdict(quantity, "differs", answer, _period_note(answer))
    if first.approved.left_out:
        return Verdict(
            quantity, "absent", first, _("账上只有跨出这一期间的汇总数，不能与文中的数相比")
        )
    return Verdict(quantity, "absent", first, _("账上这一期间没有记录"))


def _no_question(case: _Case) -> str:
    if case.quantity.indicator is None:
        return _("指标目录里没有认出这一项")
    if not verdicts.can_compare(case.quantity):
        return _("文中没有给出确切的数")
    return _("文中没有写明是哪里的数")


def _is_clean(answer: Answer) -> bool:
    """Whether the answer states its own window: something stands there and nothing was left out."""
    return answer.approved.is_recorded and not answer.approved.left_out


def _is_same(quantity: Quantity, answer: Answer) -> bool:
    value = answer.value
    if value is None or not answer.approved.is_recorded:
        return False
    return verdicts.agrees(quantity, value, answer.bound)


def _is_said(quantity: Quantity, answer: Answer) -> bool:
    """Whether the text writes the answer's number, and not only one that allows it (超过…)."""
    return answer.value is not None and verdicts.is_number(quantity, answer.value)


def _left_open(quantity: Quantity, answer: Answer) -> str:
    if quantity.exact and answer.bound is not Bound.EXACT:
        return _("账上是%s") % formats.in_text(answer.indicator, answer.approved)
    if quantity.exact and quantity.number != answer.value:
        return _("按所写位数取舍后相符，账上是%s") % _exact(answer)
    return ""


def _exact(answer: Answer) -> str:
    return f"{formats.decimal_text(answer.value)}{answer.unit}"


def _period_note(answer: Answer) -> str:
    return _("账上的期间是%s") % when(answer.question.window)


def when(window: Window) -> str:
    """A window in words: 2023-01-01 至 2023-09-30, or 截至 2023-09-30."""
    if window.start is None:
        return _("截至 %s") % window.end.isoformat()
    return f"{window.start.isoformat()} 至 {window.end.isoformat()}"


# The likely reason of a difference.


def _explained(
    found: Sequence[Verdict], cases: dict[int, _Case], context: Context
) -> list[Verdict]:
    differing = [one for one in found if one.result == "differs"][:EXPLAINED]
    tries: dict[int, list[tuple[Question, str]]] = {}
    past = _past_heads(context.day) if differing else []
    for one in differing:
        assert one.answer is not None
        question = one.answer.question
        tries[id(one)] = [
            (other, label)
            for other, label in _others(question, cases[id(one.quantity)], past)
            if other != question
        ]
    asked = [one.answer.question for one in differing if one.answer]
    current = {a.question: a for a in ask_many(asked)} if asked else {}
    answers = _answers([q for pairs in tries.values() for q, _label in pairs], context)
    return [
        replace(one, reason=_reason(one, current, tries[id(one)], answers))
        if id(one) in tries
        else one
        for one in found
    ]


def _past_heads(day: date) -> list[tuple[int, str]]:
    """Heads a writer may have copied from: the text's own day, and the ends of months before it."""
    newest = heads.head()
    ends = [day, day.replace(day=1) - timedelta(days=1)]
    ends += [ends[1].replace(day=1) - timedelta(days=1)]
    found = [(heads.end_of_day(end), _("%s 时账上正是此数") % end.isoformat()) for end in ends]
    return [(head, label) for head, label in found if 0 < head < newest]


def _others(
    question: Question, case: _Case, past: Sequence[tuple[int, str]]
) -> list[tuple[Question, str]]:
    others = [
        (other, _("与%s的数相符，疑期间不同") % when(other.window))
        for other in (case.stated, *case.wider)
        if other is not None and other != question
    ]
    last_year = _year_before(question.window)
    if last_year:
        label = _("与上年同期%s的数相符") % when(last_year)
        others.append((question.during(last_year), label))
    others.append(
        (
            question.at(question.region, own=not question.own),
            _("与本级（或全部）的数相符，疑范围不同"),
        )
    )
    for group in MISTAKEN:
        if question.indicator in group:
            others += [
                (question.about(code), _("与“%s”相符，疑指标不同") % catalogue.get(code).name)
                for code in group
                if code != question.indicator
            ]
    others += [(question.known(head), label) for head, label in past]
    return others


def _year_before(window: Window) -> Window | None:
    if window.start is None:
        return None
    try:
        return Window(
            window.start.replace(year=window.start.year - 1),
            window.end.replace(year=window.end.year - 1),
        )
    except ValueError:
        return None


def _reason(
    one: Verdict,
    current: dict[Question, Answer],
    tries: Sequence[tuple[Question, str]],
    answers: dict[Question, Answer],
) -> str:
    assert one.answer is not None
    answer = current.get(one.answer.question)
    value = one.answer.value
    slip = "" if value is None else verdicts.slip(one.quantity, value, one.answer.bound)
    if slip and "单位" in slip:
        return slip
    if answer is not None and answer.has_pending and answer.with_pending is not None:
        pending = answer.pending_value
        if pending is not None and verdicts.agrees(
            one.quantity, pending, answer.with_pending.bound
        ):
            return _("计入待审核的记录后相符")
    for question, label in tries:
        other = answers.get(question)
        if other and _is_same(one.quantity, other) and _is_said(one.quantity, other):
            return label
    return slip or one.reason
