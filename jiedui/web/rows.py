"""The rows of boards: every indicator of the lines one may read, 本年 beside 累计, parts under their whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer, slice_of
from jiedui.figures.kept import Kept
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.ledger import newest
from jiedui.lib.periods import Window
from jiedui.ui.numbers import Number
from jiedui.web.scopes import Scope

NOTHING_DRAWN = SafeString("")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator. ``year`` of a stock is its level that day and ``total`` None: it never adds up."""

    indicator: Indicator
    indent: int
    year: Answer
    total: Answer | None
    newest: date | None
    trend: SafeString = NOTHING_DRAWN

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
    def cumulative(self) -> Answer:
        """The answer over all years; a stock's is its level that day."""
        return self.total or self.year

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
class Rows:
    """The rows of one board. ``quiet`` counts the indicators nothing was ever recorded of."""

    rows: list[Row]
    quiet: int


def year_of(day: date) -> Window:
    """本年: from 1 January to the day."""
    return Window(date(day.year, 1, 1), day)


def question(scope: Scope, indicator: Indicator, window: Window) -> Question:
    """The board's question about an indicator; a stock is asked up to the day."""
    if indicator.measure is Measure.STOCK:
        window = Window(None, window.end)
    return Question(indicator.code, scope.region, window, pairing=scope.pairing)


def listed(scope: Scope) -> list[Indicator]:
    """The indicators of the lines of work one may read."""
    return [one for one in catalogue.all() if one.line in scope.lines]


def read_rows(
    scopes: Sequence[Scope],
    day: date,
    kept: Kept,
    *,
    every_part: bool = False,
    also: Collection[Question] = (),
) -> list[Rows]:
    """The rows of each scope on a day; all boards are asked together and their answers are kept.

    Indicators nothing was ever recorded of are counted, not listed. Parts that split a whole by
    channel, level or direction are listed with ``every_part`` or when the whole is not recorded; 其中
    of one kind always are. ``also`` are asked in the same go, for whoever wants them next.
    """
    windows = year_of(day), Window(None, day)
    asked = [
        question(scope, indicator, window)
        for scope in scopes
        for indicator in listed(scope)
        for window in windows
    ]
    answers = kept.ask([*asked, *also], pending=asked)
    pairs = iter(zip(answers[: len(asked) : 2], answers[1 : len(asked) : 2], strict=True))
    found = [
        _chosen([next(pairs) for _one in listed(scope)], every_part=every_part) for scope in scopes
    ]
    days = iter(
        newest.days(
            [
                slice_of(total.question, _counted(total.indicator))
                for chosen, _quiet in found
                for _indent, _year, total in chosen
            ]
        )
    )
    return [
        Rows(
            [
                Row(
                    year.indicator,
                    indent,
                    year,
                    None if year.indicator.measure is Measure.STOCK else total,
                    next(days),
                )
                for indent, year, total in chosen
            ],
            quiet,
        )
        for chosen, quiet in found
    ]


def _chosen(
    pairs: Sequence[tuple[Answer, Answer]], *, every_part: bool
) -> tuple[list[tuple[int, Answer, Answer]], int]:
    """Indent, 本年 and 累计 of the rows to list, and how many indicators were never recorded."""
    there = {year.indicator.code for year, total in pairs if _is_there(year) or _is_there(total)}
    chosen = [
        (1 if year.indicator.whole in there else 0, year, total)
        for year, total in pairs
        if _is_shown(year.indicator, there, every_part=every_part)
    ]
    quiet = sum(year.indicator.code not in there for year, _total in pairs if not year.indicator.by)
    return chosen, quiet


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
