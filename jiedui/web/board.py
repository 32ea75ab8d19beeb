"""The board (看板): a place in a pairing on a day, 本年 beside 累计 by line of work.

Everything is asked in sets: a board costs the same handful of statements however many rows it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer, ask_many, sides_of, slice_of
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Line, Measure
from jiedui.ledger import heads, newest
from jiedui.ledger.newest import Touched
from jiedui.lib.periods import Window, month_number, month_span
from jiedui.regions import places
from jiedui.ui import sparks
from jiedui.ui.numbers import Number, signed
from jiedui.ui.svg import Scale
from jiedui.web.scopes import Scope

MONTHS = 12
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator. ``year`` of a stock is its level that day and ``total`` None: it never adds up."""

    indicator: Indicator
    indent: int
    year: Answer
    total: Answer | None
    newest: date | None
    trend: SafeString

    @property
    def year_number(self) -> Number:
        return formats.cell(self.year)

    @property
    def year_pending(self) -> Number | None:
        return formats.pending_cell(self.year) if self.year.has_pending else None

    @property
    def total_number(self) -> Number | None:
        return None if self.total is None else formats.cell(self.total)

    @property
    def total_pending(self) -> Number | None:
        if self.total is None or not self.total.has_pending:
            return None
        return formats.pending_cell(self.total)

    @property
    def left_out(self) -> str:
        """What this year's number leaves out, in words; "" when nothing."""
        figure = self.year.approved
        said = []
        if figure.cut_declarations:
            said.append(_("%d 个跨期的汇总数未分解") % figure.cut_declarations)
        if figure.crossing:
            said.append(_("%d 个交叉的汇总数") % figure.crossing)
        if figure.cut_entries:
            said.append(_("%d 笔跨期的记录") % figure.cut_entries)
        return "、".join(said)


@dataclass(frozen=True, slots=True)
class Group:
    """One line of work with its rows."""

    line: Line
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator whose 累计 is not what it was known to be a week ago."""

    indicator: Indicator
    before: Number
    after: Number
    difference: str
    what: Touched


@dataclass(frozen=True, slots=True)
class Board:
    """What a board shows. ``quiet`` counts the indicators nothing was ever recorded of."""

    scope: Scope
    day: date
    head: int
    groups: list[Group]
    changes: list[Change]
    since: date
    quiet: int

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def year(self) -> Window:
        return year_of(self.day)

    @property
    def has_pending(self) -> bool:
        return any(row.year_pending or row.total_pending for row in self.rows)


def year_of(day: date) -> Window:
    """本年: from 1 January to the day."""
    return Window(date(day.year, 1, 1), day)


def question(scope: Scope, indicator: Indicator, window: Window) -> Question:
    """The board's question about an indicator; a stock is asked up to the day."""
    if indicator.measure is Measure.STOCK:
        window = Window(None, window.end)
    return Question(indicator.code, scope.region, window, pairing=scope.pairing)


def read(scope: Scope, day: date, *, every_part: bool = False) -> Board:
    """The board of a scope on a day.

    Indicators nothing was ever recorded of are counted, not listed. Parts that split a whole by
    channel, level or direction are listed with ``every_part`` or when the whole is not recorded; 其中
    of one kind always are.
    """
    listed = [one for one in catalogue.all() if one.line in scope.lines]
    years = [question(scope, indicator, year_of(day)) for indicator in listed]
    totals = [question(scope, indicator, Window(None, day)) for indicator in listed]
    answers = {answer.question: answer for answer in ask_many([*years, *totals])}
    there = {
        indicator.code
        for indicator, year, total in zip(listed, years, totals, strict=True)
        if _is_there(answers[year]) or _is_there(answers[total])
    }
    kept = [
        (indicator, answers[year], answers[total])
        for indicator, year, total in zip(listed, years, totals, strict=True)
        if _is_shown(indicator, there, every_part=every_part)
    ]
    trends = _trends([indicator for indicator, _year, _total in kept], scope, day)
    days = newest.days(
        [slice_of(total.question, _counted(indicator)) for indicator, _y, total in kept]
    )
    rows = [
        Row(
            indicator,
            1 if indicator.whole in there else 0,
            year,
            None if indicator.measure is Measure.STOCK else total,
            last,
            trends.get(indicator.code, SafeString("")),
        )
        for (indicator, year, total), last in zip(kept, days, strict=True)
    ]
    groups = [
        Group(line, list(inside))
        for line, inside in groupby(rows, key=lambda row: row.indicator.line)
    ]
    since = day - WEEK
    return Board(
        scope,
        day,
        heads.head(),
        groups,
        _changes([total for _indicator, _year, total in kept], since),
        since,
        sum(one.code not in there for one in listed if not one.by),
    )


def _is_shown(indicator: Indicator, there: set[str], *, every_part: bool) -> bool:
    """Whether a row is listed.

    A ratio whose numerator nobody ever recorded would read as a true 0 %. A part by channel or level
    is listed when asked for, or when it stands alone: its whole was never recorded.
    """
    if indicator.code not in there or _counted(indicator) not in there:
        return False
    return every_part or not indicator.by or indicator.whole not in there


def _is_there(answer: Answer) -> bool:
    pending = answer.with_pending
    return (
        answer.approved.is_recorded
        or bool(answer.approved.left_out)
        or (pending is not None and pending.is_recorded)
    )


def _counted(indicator: Indicator) -> str:
    """The code whose entries date a number: a ratio is as new as its numerator."""
    return indicator.numerator or indicator.code


def _trends(indicators: Sequence[Indicator], scope: Scope, day: date) -> dict[str, SafeString]:
    """Twelve months of every flow and stock that adds up, the last cut to the day."""
    asked = [indicator for indicator in indicators if indicator.measure.adds_up]
    last = month_number(day)
    windows = [
        Window(month_span(month).first, min(month_span(month).last, day))
        for month in range(last - MONTHS + 1, last + 1)
    ]
    questions = [question(scope, indicator, window) for indicator in asked for window in windows]
    answers = ask_many(questions, pending=False)
    unfinished = windows[-1].end != month_span(last).last
    drawn = {}
    for index, indicator in enumerate(asked):
        mine = answers[index * MONTHS : (index + 1) * MONTHS]
        drawn[indicator.code] = _trend(indicator, mine, unfinished=unfinished)
    return drawn


def _trend(indicator: Indicator, months: Sequence[Answer], *, unfinished: bool) -> SafeString:
    values = [answer.amount or 0 for answer in months]
    label = _("%s，近 12 个月") % indicator.name
    scale = Scale(indicator.display_unit, formats.per(indicator), indicator.display_decimals)
    if indicator.measure is Measure.STOCK:
        return sparks.spark_line(values, scale, label=label)
    if not any(values):
        cut = any(answer.approved.left_out for answer in months)
        return sparks.spark_undivided(label=label) if cut else SafeString("")
    return sparks.spark_bars(values, scale, label=label, unfinished=unfinished)


def _changes(totals: Sequence[Answer], since: date) -> list[Change]:
    """What is known now and was not known at the end of the day ``since``."""
    if not totals:
        return []
    head = heads.end_of_day(since)
    region = totals[0].question.region
    touched: dict[str, Touched] = {}
    for span in places.ranges(region):
        touched |= newest.touched(head, span)
    asked = [total for total in totals if touched.keys() & set(sides_of(total.indicator))]
    before = ask_many([total.question.known(head) for total in asked], pending=False)
    changes = []
    for old, new in zip(before, asked, strict=True):
        if (old.amount, old.approved.fraction, old.bound) == (
            new.amount,
            new.approved.fraction,
            new.bound,
        ):
            continue
        what = touched.get(new.indicator.code, Touched(0, 0))
        changes.append(
            Change(new.indicator, formats.cell(old), formats.cell(new), _said(old, new), what)
        )
    return changes


def _said(old: Answer, new: Answer) -> str:
    if old.amount is None or new.amount is None:
        return ""
    indicator = new.indicator
    moved = signed(new.amount - old.amount, formats.per(indicator), indicator.display_decimals)
    return f"{moved} {indicator.display_unit}"
