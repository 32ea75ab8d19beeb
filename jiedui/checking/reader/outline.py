"""How a text is built: its title lines, the day it bears, its sections and their heads."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from .document import Document

_TITLE_LINES = 4
_TITLE_LONGEST = 60
_HEAD_LONGEST = 36
_TAIL_LINES = 6
_BARE_HEAD_LONGEST = 24
_NUMBERED = (
    (1, re.compile(r"第?[一二三四五六七八九十]{1,3}(?:、|部分|[条章节])")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")),
    (3, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (2, re.compile(r"【[^】\n]{2,16}】")),
    (4, re.compile(r"[（(]\d{1,2}[)）]")),
    (5, re.compile(r"[一二三四五六七八九十]是|第[一二三四五六七八九十][，,]|——|[●■◆▪①-⑳]")),
)
_BARE = 1
"""A short line without punctuation is a head like 一、."""
_DAY = re.compile(r"((?:19|20)\d\d)[-年/.]\s?(\d{1,2})[-月/.]\s?(\d{1,2})(?:日|(?!\d))")
_FIGURE = re.compile(r"\d(?!\d{0,3}年(?!\d))")
_ENDS = re.compile(r"[。！？!?；;，,：:】]")
_REPORT = re.compile(
    r"总结|报告|月报|季报|年报|简报|快报|通报|要点|计划|方案|规划|说明|汇报|公告|公示|总体情况|进展|情况|清单|任务|统计"
)


@dataclass(frozen=True, slots=True)
class Section:
    """From ``start`` to the next section; the head ends at ``head_end``. Level 1 is the highest."""

    start: int
    head_end: int
    level: int


@dataclass(frozen=True)
class Outline:
    """``title_end`` is 0 where the text begins at once; ``issued`` the ISO day the text bears."""

    doc: Document
    title_end: int
    sections: tuple[Section, ...]
    issued: str | None

    @cached_property
    def title(self) -> str:
        return self.doc.text[: self.title_end]

    @property
    def is_report(self) -> bool:
        """A report or a plan speaks of the year in its title, whenever it was printed."""
        return bool(_REPORT.search(self.title))

    @cached_property
    def _starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def section(self, pos: int) -> int:
        """The index of the section that holds ``pos``; -1 before the first."""
        return bisect_right(self._starts, pos) - 1


def outline_of(doc: Document) -> Outline:
    """The outline of a document; linear in its length."""
    lines = _lines(doc)
    title_end, body = _title(doc, lines)
    return Outline(doc, title_end, tuple(_sections(doc, lines[body:])), _issued(doc, lines, body))


def _lines(doc: Document) -> list[tuple[int, int]]:
    """The lines that hold something, without the blanks at both ends."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*doc.line_ends, len(doc.text)]:
        left, right = start, end
        while left < right and doc.text[left].isspace():
            left += 1
        while right > left and doc.text[right - 1].isspace():
            right -= 1
        if left < right:
            found.append((left, right))
        start = end
    return found


def _title(doc: Document, lines: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the title ends, and the number of its lines; a text of one line has none."""
    end = count = 0
    for start, stop in lines[:_TITLE_LINES]:
        is_named = bool(_level(doc.text, start)) and not doc.text.startswith(("——", "【"), start)
        if stop - start > _TITLE_LONGEST or is_named or _is_prose(doc.text, start, stop):
            break
        end, count = stop, count + 1
    return (end, count) if 0 < count < len(lines) else (0, 0)


def _is_prose(text: str, start: int, stop: int) -> bool:
    return text[stop - 1] in "。：:；;，," or text.find("。", start, stop) >= 0


def _level(text: str, start: int) -> int:
    for level, pattern in _NUMBERED:
        if pattern.match(text, start):
            return level
    return 0


def _sections(doc: Document, lines: list[tuple[int, int]]) -> list[Section]:
    found: list[Section] = []
    for start, stop in lines:
        level = _level(doc.text, start)
        if level:
            end = _ENDS.search(doc.text, start + 2, min(stop, start + _HEAD_LONGEST))
            found.append(Section(start, end.start() if end else min(stop, start + 12), level))
        elif stop - start <= _BARE_HEAD_LONGEST and not _ENDS.search(doc.text, start, stop):
            if "\t" not in doc.text[start:stop] and not _FIGURE.search(doc.text, start, stop):
                found.append(Section(start, stop, _BARE))
    return found


def _issued(doc: Document, lines: list[tuple[int, int]], body: int) -> str | None:
    """The day of publication, or that in the head or under the last line."""
    if doc.published:
        return doc.published
    for start, stop in [*lines[:body], *reversed(lines[body:][-_TAIL_LINES:])]:
        if stop - start > _TITLE_LONGEST or _is_prose(doc.text, start, stop):
            continue
        found = _DAY.search(doc.text, start, stop)
        if found and (found.end() >= stop - 2 or start < lines[body - 1][1] if body else True):
            year, month, day = (int(part) for part in found.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04}-{month:02}-{day:02}"
    return None
