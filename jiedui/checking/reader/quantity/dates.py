"""Dates: full and partial, ranges, halves and quarters, five-year plans, 今年 and 去年."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiedui.checking.reader.tokens import Token

from .numerals import parse_chinese, parse_years

_CN = "〇零一二三四五六七八九十"
_PART = re.compile(
    rf"(?:((?:19|20)\d\d|[一二][九〇零][{_CN}]{{2}})[ ]?年[ ]?)?"
    rf"(?:(\d{{1,2}}(?!\d)|十[一二]?|[一二三四五六七八九])[ ]?(?:月份|月(?!饼|子|薪|收|租|刊|季))[ ]?)?"
    rf"(?:(\d{{1,2}}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"[ ]?(?:日(?![均产常照报游本程志])|号(?=[，,、。至到上下晚早至开召在]|$)))?"
)
_ISO = re.compile(
    r"((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:[ T]{1,2}(\d{1,2}:\d{2})(?::\d{2})?)?"
)
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}(?::\d{2})?(?!\d)|时(?:\d{1,2}分|整|许|半)?(?![间代期]))")
# What every date and clock time begins with; most figures are told apart by it alone.
_DATE_AHEAD = re.compile(rf"(?:\d{{1,4}}|[{_CN}]{{1,4}})(?:\s?[-—–~至到/.]|[ ]?[年月日号]|[:时])")
_DAY_CLOCK = re.compile(r"\s{0,2}(\d{1,2}:\d{2})(?::\d{2})?")
_TAIL = re.compile(r"年底|年初|年末|底|初(?![中步级三高])|末|上旬|中旬|下旬")
_YEAR_TAIL = re.compile(
    r"度(?!假)|全年|(上半年|下半年)|第?([一二三四1-4])季度|前([二三2-3]|两)季度"
)
_SHARED = re.compile(
    r"((?:19|20)\d\d|\d{1,2})\s?(?:[-—–~]{1,2}|至|到)\s?((?:19|20)\d\d|\d{1,2})(学年|年度|年|月|日)(?![均产])"
)
_TO = re.compile(r"\s?(?:[-—–~－]{1,2}|至|到)\s?")
_HALF = re.compile(r"(上半年|下半年)")
_QUARTER = re.compile(r"第?([一二三四1-4])季度|前([二三两2-3])季度|([1-4])[-—~至到]([1-4])季度")
_PLAN = re.compile(r"(十[一二三四五六]?)五(?=[”\"'’』」时规期开收发末以]|$)")
_RELATIVE = re.compile(r"今年以来|今年|去年|前年(?!轻)|明年")
DIGIT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Skip:
    """Text that is a clock time or the like: passed over up to ``end``."""

    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    year: str
    month: str
    day: str
    end: int

    def value(self) -> str:
        if self.day:
            return f"{self.year or 'XXXX'}-{self.month or 'XX'}-{self.day}"
        if self.month:
            return f"{self.year or 'XXXX'}-{self.month}"
        return self.year


def _two(word: str | None, most: int) -> str | None:
    """Two digits of a month or day; "" for none; None when it is out of range."""
    if not word:
        return ""
    number = int(word) if word.isascii() else parse_chinese(word)
    return f"{number:02}" if number is not None and 1 <= number <= most else None


def _part(text: str, pos: int) -> _Part | None:
    match = _PART.match(text, pos)
    if match is None or match.end() == pos:
        return None
    year = match[1] or ""
    if year and not year.isascii():
        number = parse_years(year)
        if number is None:
            return None
        year = str(number)
    month, day = _two(match[2], 12), _two(match[3], 31)
    if month is None or day is None or (year and day and not month):
        return None
    end = match.end()
    while text[end - 1] == " ":
        end -= 1
    return _Part(year, month, day, end)


def read_date(text: str, pos: int) -> Token | Skip | None:
    """The date or clock time that begins at ``pos``; None when there is none."""
    if not _DATE_AHEAD.match(text, pos):
        return None
    iso = _ISO.match(text, pos)
    if iso:
        month, day = _two(iso[3], 12), _two(iso[4], 31)
        if month and day:
            clock = f"T{iso[5]}" if iso[5] else ""
            return Token(pos, iso.end(), "date", f"{iso[1]}-{month}-{day}{clock}")
    shared = _shared(text, pos)
    if shared:
        return shared
    clock_time = _CLOCK.match(text, pos)
    if clock_time:
        return Skip(clock_time.end())
    part = _part(text, pos)
    if part is None:
        return None
    if not part.year and not _plain_partial(text, pos, part):
        return None
    return _range(text, pos, part) or _with_tail(text, pos, part)


def _plain_partial(text: str, pos: int, part: _Part) -> bool:
    """A bare Chinese month or day is a date only where something after it says so."""
    if text[pos].isdigit():
        # 13日 alone opens a news sentence; 3日 after 第 or a count of days is none.
        return bool(part.month) or pos == 0 or text[pos - 1] in "，,。、至到-—~于\n（( “”讯电和在月"
    if part.month and part.day:
        return True
    after = text[part.end : part.end + 1]
    return bool(part.month) and (after == "" or after in "，,。、份底初上中下至到以起，；")


def _shared(text: str, pos: int) -> Token | None:
    """2021-2025年, 1—9月, 11至13日: one unit for both ends."""
    match = _SHARED.match(text, pos)
    if match is None:
        return None
    low, high, unit = match.groups()
    if "年" in unit:
        if len(low) == len(high) == 4 and low < high:
            return Token(pos, match.end(), "date", f"{low}~{high}")
        return None
    if len(low) > 2 or len(high) > 2 or int(low) >= int(high):
        return None
    most, shape = (12, "XXXX-{}") if unit == "月" else (31, "XXXX-XX-{}")
    first, second = _two(low, most), _two(high, most)
    if not first or not second:
        return None
    end = match.end() + (1 if text.startswith("份", match.end()) else 0)
    return Token(pos, end, "date", f"{shape.format(first)}~{shape.format(second)}")


def _range(text: str, pos: int, part: _Part) -> Token | None:
    """10月11日至13日, 2021年1月至2023年9月, 2022年1-9月."""
    shared = _shared(text, part.end) if part.year or part.month else None
    if shared and shared.value and shared.value.startswith("XXXX"):
        if part.year and not part.month and shared.value.count("-") == 2:
            return Token(pos, shared.end, "date", shared.value.replace("XXXX", part.year))
        if part.month and not part.day and shared.value.startswith("XXXX-XX"):
            head = part.value()
            return Token(pos, shared.end, "date", shared.value.replace("XXXX-XX", head))
    to = _TO.match(text, part.end)
    second = _part(text, to.end()) if to else None
    if second is None or bool(second.day) != bool(part.day):
        return None
    if bool(second.year) < bool(part.year) and not second.month and not second.day:
        return None
    if not part.day and bool(second.month) != bool(part.month):
        return None
    end = second.end
    full = _Part(second.year or part.year, second.month or part.month, second.day, end)
    if not part.year and second.year:
        return None
    return Token(pos, end, "date", f"{part.value()}~{full.value()}")


def _with_tail(text: str, pos: int, part: _Part) -> Token:
    end, value, approx = part.end, part.value(), None
    if part.day:
        clock = _DAY_CLOCK.match(text, end)
        if clock:
            return Token(pos, clock.end(), "date", f"{value}T{clock[1]}")
        return Token(pos, end, "date", value)
    if not part.month:
        tail = _YEAR_TAIL.match(text, end)
        if tail:
            return Token(pos, tail.end(), "date", value + _within_year(tail))
    mark = _TAIL.match(text, end)
    if mark and not (part.month == "" and mark[0].endswith("旬")):
        end, approx = mark.end(), mark[0]
    return Token(pos, end, "date", value, approx=approx)


def _within_year(match: re.Match[str]) -> str:
    if match[1]:
        return "-H1" if match[1] == "上半年" else "-H2"
    if match[2]:
        return f"-Q{DIGIT.get(match[2]) or match[2]}"
    if match[3]:
        return f"-Q1~Q{DIGIT.get(match[3]) or match[3]}"
    return ""


def read_period_word(text: str, pos: int, year: str) -> Token | None:
    """上半年, 一季度, 十四五, 今年以来 …: optional, resolved with the ``year`` in force ("" none)."""
    known = year or "XXXX"
    char = text[pos]
    half = _HALF.match(text, pos) if char in "上下" else None
    if half:
        value = f"{known}-H{1 if half[1] == '上半年' else 2}"
        return Token(pos, half.end(), "date", value, optional=True)
    quarter = _QUARTER.match(text, pos) if text.find("季度", pos + 1, pos + 5) > 0 else None
    if quarter:
        one, several, low, high = quarter.groups()
        if one:
            value = f"{known}-Q{DIGIT.get(one) or one}"
        else:
            value = f"{known}-Q{low or 1}~Q{high or DIGIT.get(several) or several}"
        return Token(pos, quarter.end(), "date", value, optional=True)
    plan = _PLAN.match(text, pos) if char == "十" else None
    if plan:
        start = 2001 + 5 * ((parse_chinese(plan[1]) or 10) - 10)
        return Token(pos, plan.end(), "date", f"{start}~{start + 4}", optional=True)
    word = _RELATIVE.match(text, pos) if char in "今去前明" else None
    if word:
        shift = {"今": 0, "去": -1, "前": -2, "明": 1}[word[0][0]]
        value = str(int(year) + shift) if year else "XXXX"
        return Token(pos, word.end(), "date", value, optional=True)
    return None
