"""The window a figure's period means, and the wider ones a ledger may have stated it for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jiedui.lib.periods import Window

from .reader.model import Reading
from .reader.quantity.dates import read_date
from .reader.tokens import Token

TITLE_LINES = 3
TITLE_LONGEST = 60
_YEAR = re.compile(r"(?:19|20)\d\d\s?年")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-H([12])|-Q([1-4]))?(?:T.*)?")
LONG_DAYS = 62


@dataclass(frozen=True, slots=True)
class Asked:
    """The windows of one figure: the stated one, and wider ones in the order they are tried.

    ``stated`` is False where the text gives no period; ``binding`` are those of the wider windows in
    which a different figure means a difference, because they share the stated window's meaning.
    """

    window: Window
    wider: tuple[Window, ...]
    binding: frozenset[Window]
    stated: bool


def span(text: str) -> tuple[date, date] | None:
    """First and last day of 2023, 2023-09, 2023-09-30, 2023-H1, 2023-Q3; None for anything else."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    if not 1949 <= year <= 9000:
        return None
    try:
        if day:
            found = date(year, int(month), int(day))
            return found, found
        if match[4] or match[5]:
            size = 6 if match[4] else 3
            last = size * int(match[4] or match[5])
            first = last - size + 1
        elif month:
            first = last = int(month)
        else:
            first, last = 1, 12
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except ValueError:
        return None


def own_period(text: str) -> Window | None:
    """What the title says a report is about: 2022年…工作总结, 2023年上半年…, 2024年1—9月…; else None.

    A single day, and a year inside 《》, name something else.
    """
    for line in [line.strip() for line in text.splitlines() if line.strip()][:TITLE_LINES]:
        if len(line) > TITLE_LONGEST or "。" in line:
            break
        for match in _YEAR.finditer(line):
            if line.rfind("《", 0, match.start()) > line.rfind("》", 0, match.start()):
                continue
            token = read_date(line, match.start())
            value = token.value if isinstance(token, Token) else None
            start, end, stated = _ends(value, date.max)
            if stated and start is not None and start != end:
                return Window(start, end)
    return None


def as_of(reading: Reading, published_on: date | None, today: date) -> date:
    """The day a text speaks on: its publication, else its newest day, never after today."""
    if published_on is not None:
        return published_on
    days: list[date] = []
    years: list[date] = []
    for quantity in reading.quantities:
        said = quantity.resolved or quantity.value or ""
        found = span(said) if quantity.kind == "date" else None
        if found and found[1] <= today:
            (years if len(said) == 4 else days).append(found[1])
    return max(days or years, default=today)


@lru_cache(maxsize=1000)
def asked(period: str | None, day: date, own: Window | None = None) -> Asked:
    """The windows to ask for a period as the reader writes it, as of ``day``.

    ``own`` is what the whole text is about: the window of figures that name none.
    """
    if own is not None and not period:
        return Asked(own, (Window(None, own.end),), frozenset(), stated=False)
    start, end, stated = _ends(period, day)
    end = min(end, day) if start is None or start <= day else end
    if start is not None and start > end:
        start = None
    window = Window(start, end)
    wider: list[Window] = []
    binding: set[Window] = set()

    def widen(first: date | None, last: date, *, binds: bool) -> None:
        wide = Window(first, last)
        if (first is None or first <= last) and wide != window and wide not in wider:
            wider.append(wide)
            if binds:
                binding.add(wide)

    new_year = date(end.year, 1, 1)
    is_long = start is not None and (end - start).days > LONG_DAYS
    if start is None:
        widen(new_year, end, binds=False)
    else:
        # A cohort begins on the day the text names (2022年12月选派, for a year); a year's
        # running total begins on the first of January and says nothing about one month.
        widen(start, day, binds=(start.month, start.day) != (1, 1))
        widen(new_year, end, binds=is_long)
        widen(new_year, day, binds=False)
        widen(None, end, binds=False)
    return Asked(window, tuple(wider), frozenset(binding), stated)


def _ends(period: str | None, day: date) -> tuple[date | None, date, bool]:
    if not period or period.startswith("每"):
        return None, day, False
    if period.startswith("截至"):
        found = span(period[2:])
        return None, (found[1] if found else day), found is not None
    if period.endswith("以来"):
        found = span(period[:-2].rstrip("年月日起"))
        return (found[0], day, True) if found else (None, day, False)
    # 前三季度 is 2023-Q1~Q3: what names no year has that of the piece before it.
    said = re.split(r"[~,]", period)
    pieces = [span(piece) or span(f"{said[0][:4]}-{piece}") for piece in said]
    known = [piece for piece in pieces if piece]
    if not known:
        return None, day, False
    return min(piece[0] for piece in known), max(piece[1] for piece in known), True
