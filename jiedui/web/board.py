"""The board (看板): a place in a pairing on a day, 本年 beside 累计 by line of work.

Everything is asked in sets: a board costs the same handful of statements however many rows it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer, ask_many, sides_of
from jiedui.figures.kept import Kept
from jiedui.figures.monthly import ask_months
from jiedui.figures.questions import Question
from jiedui.indicators.catalogue import Indicator, Line, Measure
from jiedui.ledger import heads, newest
from jiedui.ledger.newest import Touched
from jiedui.lib.periods import Window, month_number, month_span
from jiedui.regions import places
from jiedui.ui import sparks
from jiedui.ui.numbers import Number, signed
from jiedui.ui.svg import Scale
from jiedui.web.rows import NOTHING_DRAWN, Row, listed, question, read_rows, year_of
from jiedui.web.scopes import Scope

MONTHS = 12
WEEK = timedelta(days=7)


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
    """What a board shows. ``quiet`` counts the indicators nothing was ever recorded of.

    ``kept`` are its answers, for the other parts of the page.
    """

    scope: Scope
    day: date
    head: int
    groups: list[Group]
    changes: list[Change]
    since: date
    quiet: int
    kept: Kept

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def year(self) -> Window:
        return year_of(self.day)

    @property
    def has_pending(self) -> bool:
        return any(row.year_pending or row.total_pending for row in self.rows)


def read(scope: Scope, day: date, *, every_part: bool = False) -> Board:
    """The board of a scope on a day; see ``read_rows`` for what is listed."""
    head, found = heads.steady(lambda: _read(scope, day, every_part=every_part))
    return replace(found, head=head)


def _read(scope: Scope, day: date, *, every_part: bool) -> Board:
    kept = Kept()
    (found,) = read_rows([scope], day, kept, every_part=every_part, also=_cut_months(scope, day))
    trends = _trends([row.indicator for row in found.rows], scope, day, kept)
    rows = [replace(row, trend=trends.get(row.indicator.code, NOTHING_DRAWN)) for row in found.rows]
    groups = [
        Group(line, list(inside))
        for line, inside in groupby(rows, key=lambda row: row.indicator.line)
    ]
    since = day - WEEK
    changes = _changes([row.cumulative for row in rows], since)
    return Board(scope, day, 0, groups, changes, since, found.quiet, kept)


def _cut_months(scope: Scope, day: date) -> list[Question]:
    """The month of the day cut to it, for every flow: the last bar of a trend, unless the day ends it."""
    begin, end = month_span(month_number(day))
    if day == end:
        return []
    return [
        question(scope, indicator, Window(begin, day))
        for indicator in listed(scope)
        if indicator.measure is Measure.FLOW
    ]


def _trends(
    indicators: Sequence[Indicator], scope: Scope, day: date, kept: Kept
) -> dict[str, SafeString]:
    """Twelve months of every flow and stock that adds up, the last cut to the day."""
    asked = [indicator for indicator in indicators if indicator.measure.adds_up]
    last = month_number(day)
    begin, end = month_span(last)
    unfinished = day != end
    questions = [question(scope, indicator, Window(begin, day)) for indicator in asked]
    months = ask_months(questions, last - MONTHS + 1, last - unfinished)
    if unfinished:
        for row, answer in zip(months, kept.ask(questions), strict=True):
            row.append(answer)
    return {
        indicator.code: _trend(indicator, row, unfinished=unfinished)
        for indicator, row in zip(asked, months, strict=True)
    }


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
    touched = newest.touched(head, places.ranges(totals[0].question.region))
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
