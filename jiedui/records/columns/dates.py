"""Dates with a precision: a day, or the span a 月, 季, 年 or 起止 stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from jiedui.lib.canonical import Canon
from jiedui.lib.periods import Precision, Span, span_for
from jiedui.lib.sheets import Cell
from jiedui.records.columns.base import Column, Label, Reading, TextColumn, UnreadableCell, plain

ANY = tuple(Precision)
DAYS = (Precision.DAY,)

_DAY = re.compile(r"(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/.年]\s?(\d{1,2})月?")
_QUARTER = re.compile(r"(\d{4})[-年]?\s?(?:Q|第)?([1-4一二三四])(?:季度?)?", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})年?")
_ENDS = re.compile(r"\s*(?:\.\.|至|到|~|—+|–)\s*")
_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)/(\w+)")


class When(NamedTuple):
    """A date as exactly as it is known. Its text is canonical and sorts by time.

    A day is "2023-09-30"; else "2023-09-01..2023-09-20/month": the span was cut at the day of first
    submission, because what is reported has happened.
    """

    first: date
    last: date
    precision: Precision

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)

    @property
    def text(self) -> str:
        if self.precision is Precision.DAY:
            return self.first.isoformat()
        return f"{self.first.isoformat()}..{self.last.isoformat()}/{self.precision.value}"

    @classmethod
    def of(cls, text: object) -> When:
        """The When of its canonical text; raises ValueError for any other text."""
        if match := _WRITTEN.fullmatch(str(text)):
            first, last, precision = match.groups()
            return cls(date.fromisoformat(first), date.fromisoformat(last), Precision(precision))
        day = date.fromisoformat(str(text))
        return cls(day, day, Precision.DAY)

    def kept(self, earlier: When) -> When:
        """The earlier one when both say the same date: its end was fixed when it was submitted."""
        same = (self.first, self.precision) == (earlier.first, earlier.precision)
        return earlier if same and self.precision is not Precision.RANGE else self

    @property
    def label(self) -> str:
        """2023-09-30, 2023 年 9 月, 2023 年第 3 季度, 2023 年, 2023-09-01 至 2023-09-15."""
        year, month = self.first.year, self.first.month
        match self.precision:
            case Precision.DAY:
                return self.first.isoformat()
            case Precision.MONTH:
                return _("%(year)d 年 %(month)d 月") % {"year": year, "month": month}
            case Precision.QUARTER:
                return _("%(year)d 年第 %(quarter)d 季度") % {
                    "year": year,
                    "quarter": (month + 2) // 3,
                }
            case Precision.YEAR:
                return _("%(year)d 年") % {"year": year}
            case _:
                return f"{self.first.isoformat()} 至 {self.last.isoformat()}"

    @property
    def typed(self) -> str:
        """What a person would type for it."""
        match self.precision:
            case Precision.MONTH:
                return f"{self.first.year}-{self.first.month:02d}"
            case Precision.QUARTER:
                return f"{self.first.year}Q{(self.first.month + 2) // 3}"
            case Precision.YEAR:
                return str(self.first.year)
            case _:
                return self.label


def parse_when(text: str) -> tuple[date, date, Precision]:
    """First day, last day as written, precision; raises UnreadableCell. Periods are whole here."""
    written = plain(text)
    if match := _WRITTEN.fullmatch(written):
        when = When.of(written)
        if when.precision is Precision.RANGE:
            return when.first, when.last, when.precision
        return *span_for(when.first, when.precision), when.precision
    ends = _ENDS.split(written)
    if len(ends) == 2:
        (first, _l, one), (_f, last, other) = parse_when(ends[0]), parse_when(ends[1])
        if Precision.RANGE in {one, other} or first > last:
            raise UnreadableCell(_("起止日期的先后不对，请核对。"))
        return first, last, Precision.RANGE
    if match := _DAY.fullmatch(written) or _COMPACT.fullmatch(written):
        day = _day(match[1], match[2], match[3])
        return day, day, Precision.DAY
    if match := _MONTH.fullmatch(written):
        if not 1 <= int(match[2]) <= 12:
            raise UnreadableCell(_("没有 %(month)s 这个月。") % {"month": int(match[2])})
        return *span_for(_day(match[1], match[2], "1"), Precision.MONTH), Precision.MONTH
    if match := _YEAR.fullmatch(written):
        return *span_for(_day(match.group(1), "1", "1"), Precision.YEAR), Precision.YEAR
    if match := _QUARTER.fullmatch(written):
        number = "一二三四".find(match.group(2)) + 1 or int(match.group(2))
        day = _day(match.group(1), str(number * 3 - 2), "1")
        return *span_for(day, Precision.QUARTER), Precision.QUARTER
    raise UnreadableCell(_("看不懂这个日期，例：2023-09-30。"))


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise UnreadableCell(
            _("没有 %(year)s-%(month)s-%(day)s 这一天。")
            % {"year": year, "month": month, "day": day}
        ) from error


class DateField(Column, TextColumn):
    """When something happened, at one of ``precisions`` (days only unless told otherwise).

    The body stores the canonical text of a When. ``future=True`` is for plans, which post nothing.
    """

    def __init__(
        self,
        label: Label = "",
        *,
        required: bool = True,
        future: bool = False,
        precisions: Sequence[Precision] = DAYS,
        **kwargs: Any,
    ):
        self.future = future
        self.precisions = tuple(precisions)
        kwargs.setdefault("max_length", 40)
        super().__init__(label, required=required, **kwargs)

    def read_one(self, text: str, reading: Reading) -> Canon:
        first, last, precision = parse_when(text)
        if precision not in self.precisions:
            raise UnreadableCell(self._wanted())
        if not self.future:
            late = last if precision in {Precision.DAY, Precision.RANGE} else first
            if late > reading.today:
                raise UnreadableCell(
                    _("%(day)s 晚于今天（%(today)s），请照凭据上的日期填写。")
                    % {"day": late.isoformat(), "today": reading.today.isoformat()}
                )
            last = max(first, min(last, reading.today))
        return When(first, last, precision).text

    def _wanted(self) -> str:
        if self.precisions == DAYS:
            return _("请写到日，例：2023-09-30。")
        if Precision.RANGE not in self.precisions:
            return _("这里不写起止日期，请写一个日期。")
        return _("这里的日期要写得更准一些，例：2023-09-30。")

    def stored(self, value: Canon) -> object:
        return "" if value is None else value

    def typed(self, value: Canon) -> str:
        return "" if value is None else When.of(value).typed

    def shown(self, value: Canon) -> str:
        return "" if value is None else When.of(value).label

    def cell(self, value: Canon, text: str) -> Cell:
        """A day is a day; a month or a span stays the text that says how exactly it is known."""
        when = None if value is None else When.of(value)
        return when.first if when and when.precision is Precision.DAY else text or None
