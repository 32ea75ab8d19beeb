"""Days, spans and windows. Days are China dates; stored they are integers like 20230930.

A span is when a thing happened, as exactly as it is known (one day, or first..last for 月/季/年 precision);
a window is what a question asks about, with an open start allowed.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"  # 日
    MONTH = "month"  # 月
    QUARTER = "quarter"  # 季
    YEAR = "year"  # 年
    RANGE = "range"  # 起止


class Span(NamedTuple):
    """When something happened: first..last, both included; equal for a known day."""

    first: date
    last: date


class Window(NamedTuple):
    """What a question asks: start..end, both included; ``start`` None is an open start (累计)."""

    start: date | None
    end: date

    def holds(self, span: Span) -> bool:
        """Whether the span lies wholly inside."""
        return (self.start is None or self.start <= span.first) and span.last <= self.end

    def cuts(self, span: Span) -> bool:
        """Whether the span lies partly inside and partly outside."""
        meets = (self.start is None or self.start <= span.last) and span.first <= self.end
        return meets and not self.holds(span)


def day_number(day: date) -> int:
    """20230930 for 2023-09-30."""
    return day.year * 10000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """The date of 20230930; raises ValueError when there is no such day."""
    return date(number // 10000, number // 100 % 100, number % 100)


def month_number(day: date) -> int:
    """Months since year 0, so that neighbours differ by one: year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def month_span(month: int) -> Span:
    """First and last day of a month number."""
    year, index = divmod(month, 12)
    return Span(
        date(year, index + 1, 1), date(year, index + 1, calendar.monthrange(year, index + 1)[1])
    )


def span_for(day: date, precision: Precision, *, not_after: date | None = None) -> Span:
    """The span a day stands for at a precision, never reaching past ``not_after``.

    DAY: itself. MONTH, QUARTER, YEAR: the whole one around it. RANGE has both ends typed by a person and is
    refused here with ValueError.
    """
    match precision:
        case Precision.DAY:
            first = last = day
        case Precision.MONTH:
            first, last = month_span(month_number(day))
        case Precision.QUARTER:
            begin = month_number(day) // 3 * 3
            first, last = month_span(begin).first, month_span(begin + 2).last
        case Precision.YEAR:
            first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        case _:
            raise ValueError("a range has its own two ends")
    if not_after is not None and last > not_after:
        last = max(first, not_after)
    return Span(first, last)


def china_day(instant: datetime) -> date:
    """The China date of an aware instant."""
    return instant.astimezone(CHINA).date()


def end_of_china_day(day: date) -> datetime:
    """The last microsecond of a China day, as a UTC instant."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(days=1)
    return (midnight - timedelta(microseconds=1)).astimezone(UTC)
