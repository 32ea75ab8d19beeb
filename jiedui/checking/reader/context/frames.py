"""What a text or a section as a whole speaks of: the year of its title, its month, its opening words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.outline import Outline
from jiedui.checking.reader.tokens import Token

from .markers import PARAGRAPH, Marker, in_a_name

_MONTHLY = re.compile(r"月报|月度|每月")
_QUARTERLY = re.compile(r"季报|季度(?:简报|通报|报告)")
_ISSUE = re.compile(r"第?\s?(\d{1,2})\s?(?:期|号)")
_AHEAD = re.compile(r"下一?步|下一?阶段|打算|工作计划|工作安排|工作思路|工作重点|展望|来年|明年")
_ANNOUNCED_WITHIN = 200
_UNDATED = frozenset(("date", "age", "code", "duration", "ordinal", ""))
_LEAD = 2
"""The paragraphs of a text, from the first with a figure, whose opening words hold for all of it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """From ``start`` on figures without a word of time are of ``period``; None where unknown."""

    start: int
    period: str | None


def own_period(outline: Outline, tokens: Sequence[Token]) -> str | None:
    """The period the title states: 2023年…总结, 2024年1—8月…, 月报 第9期; None for none.

    A single day, and a year within 《》, name something else.
    """
    text = outline.doc.text
    year = ""
    found: str | None = None
    for token in tokens:
        if token.start >= outline.title_end and not _announced(outline, token):
            if token.start > outline.title_end + _ANNOUNCED_WITHIN:
                break
            continue
        if token.kind != "date" or not token.value or in_a_name(text, token.start):
            continue
        value = token.resolved or token.value
        if "XX" in value or len(re.sub(r"~.*", "", value)) > 7:
            continue
        if re.fullmatch(r"\d{4}-\d\d", value) and text[token.end : token.end + 1] in "）)":
            if not _MONTHLY.search(outline.title) and text.find("\n", 0, token.start) >= 0:
                # （宕昌县，2024年9月）: when it was written.
                continue
        if _ISSUE.match(text, token.end):
            year = value[:4]
        elif found is None or (found in value and len(found) == 4):
            found = value
    if year and found is None:
        return _of_the_issue(outline, year)
    return found


def _announced(outline: Outline, token: Token) -> bool:
    """现将2023年…情况公告如下: the first sentence says it where the title does not."""
    start, end = outline.doc.sentence(token.start)
    sentence = outline.doc.text[start : min(end, start + 120)]
    return "现将" in sentence and "如下" in sentence


def _of_the_issue(outline: Outline, year: str) -> str | None:
    number = re.search(r"年\s?第?\s?(\d{1,2})\s?期", outline.title)
    count = int(number[1]) if number else 0
    if _MONTHLY.search(outline.title):
        return f"{year}-{count:02}" if 1 <= count <= 12 else None
    if _QUARTERLY.search(outline.title):
        return f"{year}-Q{count}" if 1 <= count <= 4 else None
    return None


def frames(
    outline: Outline,
    tokens: Sequence[Token],
    markers: Sequence[Marker],
    title: str | None,
) -> list[Frame]:
    """The frames of a text in order, the first from its beginning."""
    opening = _opening(outline, tokens, markers, title)
    whole = opening.period if opening else title
    found = [Frame(0, title), opening] if opening else [Frame(0, title)]
    levels: list[tuple[int, str | None]] = [(0, whole)]
    positions = [marker.pos for marker in markers]
    for section in outline.sections:
        while levels[-1][0] >= section.level:
            levels.pop()
        period = levels[-1][1]
        index = bisect_right(positions, section.head_end) - 1
        named = index >= 0 and markers[index].pos >= section.start
        if named and section.level < 5 and markers[index].period:
            period = markers[index].period
        elif _AHEAD.search(outline.doc.text, section.start, section.head_end):
            period = _ahead(outline, title)
        levels.append((section.level, period))
        found.append(Frame(section.start, period))
    return _in_order(found, opening)


def _in_order(found: list[Frame], opening: Frame | None) -> list[Frame]:
    """By position; what stands before the opening words is not yet of their period."""
    if opening is None:
        return found
    early = [frame for frame in found if frame.start < opening.start]
    late = [frame for frame in found if frame.start > opening.start]
    kept = [Frame(f.start, None if f.period == opening.period else f.period) for f in early]
    return [*kept, opening, *late]


def _ahead(outline: Outline, title: str | None) -> str | None:
    """A plan speaks of its own year to the end; a report's 下一步 is of no year it names."""
    return title if re.search("计划|要点|方案|安排", outline.title) else None


def _opening(
    outline: Outline, tokens: Sequence[Token], markers: Sequence[Marker], title: str | None
) -> Frame | None:
    """The lasting words of time that open the first paragraphs with a figure."""
    doc = outline.doc
    positions = [marker.pos for marker in markers]
    bodies: list[int] = []
    for token in tokens:
        if token.start < outline.title_end or token.kind in _UNDATED:
            continue
        line = doc.line(token.start)[0]
        if bodies and bodies[-1] == line:
            continue
        bodies.append(line)
        if len(bodies) > _LEAD:
            return None
        index = bisect_right(positions, token.start) - 1
        line = _introduced(doc, line)
        while index >= 0 and markers[index].pos >= line:
            marker = markers[index]
            if marker.reach >= PARAGRAPH and marker.period:
                return Frame(line, marker.period) if _agrees(marker.period, title) else None
            index -= 1
    return None


def _introduced(doc: Document, line: int) -> int:
    """The start of the line before, where it ends with a colon: 一年来，主要做了以下工作：."""
    before = doc.text[max(line - 120, 0) : line].rstrip()
    return doc.line(line - 1)[0] if before.endswith(("：", ":")) and line else line


def _agrees(period: str, title: str | None) -> bool:
    """截至2024-08-31 of a text about January to August; another year, or a quarter, is another matter."""
    return title is None or (title[:4] in period and period.startswith("截至"))
