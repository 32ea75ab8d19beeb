"""A text cut into lines, sentences and clauses, and the spans of it that are page furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from .lexicon import Lexicon
from .quantity.numerals import FULL_WIDTH
from .tables import Table, tables

_SENTENCE_END = re.compile(r"[。！？!?；;\n\r]+[”’」』》）)]?")
_CLAUSE_END = re.compile(r"[，,。！？!?；;：:\n\r]+")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_PUBLISHED = re.compile(
    r"(?:发布|时间|日期|来源|讯)[^\n]{0,20}?((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})"
)
# A line that begins with a date and a time, or names its source after a date, is a dateline.
_DATELINE = re.compile(
    r"^[ \t\u3000]*((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})日?"
    r"(?:[ \t]{0,3}\d{1,2}[:时]\d{2}|[^\n]{0,8}来源)",
    re.MULTILINE,
)
# ３，２００: a full-width comma between full-width digits groups thousands.
_WIDE_GROUP = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_DATE_END = re.compile(
    r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:[ \t]{1,3}\d{1,2}[:时]\d{2}(?::\d{2})?)?"
)
_WIDE = re.compile("[" + "".join(map(chr, FULL_WIDTH)) + "]")
_NEWLINE = re.compile(r"\n")


@dataclass(frozen=True)
class Document:
    """``text`` is half-width in digits and of the same length as the original."""

    original: str
    text: str
    line_ends: list[int]
    furniture: list[tuple[int, int]]
    published: str | None
    tables: tuple[Table, ...] = ()

    @cached_property
    def sentence_ends(self) -> list[int]:
        """Where the sentences end, in order."""
        return [match.end() for match in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def clause_ends(self) -> list[int]:
        """Where the clauses end, in order."""
        text = self.text
        return [
            mark.end()
            for mark in _CLAUSE_END.finditer(text)
            if mark[0] not in (",", ":", "：") or not _is_in_number(text, mark.start())
        ]

    def sentence(self, pos: int) -> tuple[int, int]:
        """Start and end of the sentence that holds ``pos``."""
        return self._cell(self.sentence_ends, pos)

    def clause(self, pos: int) -> tuple[int, int]:
        """Start and end of the clause that holds ``pos``."""
        return self._cell(self.clause_ends, pos)

    def line(self, pos: int) -> tuple[int, int]:
        """Start and end of the line (paragraph) that holds ``pos``."""
        return self._cell(self.line_ends, pos)

    def _cell(self, ends: list[int], pos: int) -> tuple[int, int]:
        index = bisect_right(ends, pos)
        start = ends[index - 1] if index else 0
        return start, ends[index] if index < len(ends) else len(self.text)

    def furniture_end(self, pos: int) -> int:
        """The end of the furniture that holds ``pos``; 0 outside furniture."""
        index = bisect_right(self.furniture, (pos, len(self.text) + 1))
        if index and self.furniture[index - 1][1] > pos:
            return self.furniture[index - 1][1]
        return 0


def open_document(text: str, lexicon: Lexicon, published: str | None) -> Document:
    """Cut ``text``; linear in its length. ``published`` is an ISO date or None."""
    # Most texts are half-width already, and to look costs a tenth of a translation.
    flat = _WIDE_GROUP.sub(",", text).translate(FULL_WIDTH) if _WIDE.search(text) else text
    lines = [match.end() for match in _NEWLINE.finditer(flat)]
    dateline = _DATELINE.search(flat[:600])
    found = _PUBLISHED.search(flat[:600]) or dateline
    shown = found.start(1) if found else 0
    if published is None and found:
        year, month, day = (int(part) for part in found.groups())
        published = f"{year:04}-{month:02}-{day:02}"
    furniture = _furniture(flat, lines, lexicon)
    shown_day = _DATE_END.match(flat, shown) if found else None
    if shown_day:
        # The day of publication is read even where the rest of its line is furniture.
        furniture = [(shown_day.end() if a <= shown < b else a, b) for a, b in furniture]
    found_tables = tuple(tables(flat))
    return Document(text, flat, lines, furniture, published, found_tables)


def _is_in_number(text: str, pos: int) -> bool:
    """Within a thousands group or a date a comma or point ends nothing."""
    return text[pos - 1 : pos].isdigit() and text[pos + 1 : pos + 2].isdigit()


def _furniture(text: str, line_ends: list[int], lexicon: Lexicon) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*line_ends, len(text)]:
        # A furniture word in a long line is prose about it; the line must be short to be a footer.
        if end > start:
            found = lexicon.furniture_line.search(text, start, min(end, start + 160))
            if found and (end - start <= 60 or found.start() - start < 12):
                if not _is_prose(text, start, end):
                    spans.append((start, end))
        start = end
    return spans


def _is_prose(text: str, start: int, end: int) -> bool:
    return text.find("。", start, end) >= 0 and len(_CJK.findall(text[start : start + 200])) > 24
