"""Dates completed: the year 今年 means, and those that a month or a half year leaves out."""

from __future__ import annotations

import calendar
import re

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.outline import Outline
from jiedui.checking.reader.tokens import Token

_AHEAD = re.compile(r"预计|力争|确保|争取|计划|拟|须|务必|将|前[^，。]{0,4}$")


def year_in_force(outline: Outline, tokens: list[Token], published: str | None) -> str:
    """The year 今年 means: that of a report's title, of publication, or the latest the text names.

    A year only planned for counts where there is no other; "" for none.
    """
    text, title = outline.doc.text, list[str]()
    years, planned = list[str](), list[str]()
    for token in tokens:
        value = token.value or ""
        if token.kind != "date" or value[:2] not in ("19", "20") or "~" in value[:10]:
            continue
        if token.start < outline.title_end:
            title.append(value[:4])
        elif not token.optional:
            end = min(outline.doc.clause(token.end)[1], token.end + 20)
            (planned if _AHEAD.search(text, token.end, end) else years).append(value[:4])
    if title and outline.is_report:
        return title[0]
    if published or outline.issued:
        return (published or outline.issued or "")[:4]
    return max(title[:1] or years or planned, default="")


def resolve_dates(outline: Outline, tokens: list[Token], text_year: str) -> None:
    """Complete dates from their context: the year of the sentence, its section, or the one in force."""
    doc, day = outline.doc, outline.issued
    sentence, known, last, relative_end = -1, "", "", 0
    years = _section_years(outline, tokens)
    for token in tokens:
        if token.kind != "date" or token.value is None:
            continue
        year = years.get(outline.section(token.start), text_year)
        start = doc.sentence(token.start)[0]
        if start != sentence or 0 < relative_end <= token.start:
            sentence, known, relative_end = start, "", 0
        if token.optional and year:
            token.value = _renewed(
                doc.text[token.start : token.end], token.value, known or year, year
            )
        if token.value[:4] != "XXXX":
            if "~" not in token.value:
                known = last = token.value[:4]
                if token.optional and doc.text.startswith(("去年", "前年"), token.start):
                    # 去年建成的车间，上半年…: 去年 is that of its clause only.
                    relative_end = doc.clause(token.start)[1]
            if token.approx == "底" or token.approx == "年底" or token.approx == "末":
                token.resolved = _month_end(token.value)
            continue
        if doc.text[token.start - 2 : token.start] == "同年":
            known = last
        near = known or _year_of_month(doc, token, year, day)
        if near and "XX-XX" not in token.value.replace("XXXX", near):
            token.resolved = token.value.replace("XXXX", near)
            if token.approx in ("底", "末") and len(token.resolved) == 7:
                token.resolved = _month_end(token.resolved)


def _section_years(outline: Outline, tokens: list[Token]) -> dict[int, str]:
    """The year of each section whose head, or that of one around it, names one: 一、2023年工作."""
    named: dict[int, str] = {}
    for token in tokens:
        value = token.value or ""
        at = outline.section(token.start) if token.kind == "date" and value[:4].isdigit() else -1
        if at >= 0 and token.end <= outline.sections[at].head_end:
            named.setdefault(at, value[:4])
    found: dict[int, str] = {}
    around: list[tuple[int, str]] = []
    for index, section in enumerate(outline.sections):
        while around and around[-1][0] >= section.level:
            around.pop()
        year = named.get(index) or (around[-1][1] if around else "")
        around.append((section.level, year))
        if year:
            found[index] = year
    return found


def _renewed(surface: str, value: str, near: str, year: str) -> str:
    if surface.startswith(("今年", "去年", "前年", "明年")):
        return str(int(year) + {"今": 0, "去": -1, "前": -2, "明": 1}[surface[0]])
    return value.replace("XXXX", near)


def _year_of_month(doc: Document, token: Token, year: str, day: str | None) -> str:
    """A month later than the day of the text is that of the year before, unless it is planned."""
    value = token.value or ""
    if year and day and day[:4] == year and value[5:7].isdigit() and value[5:7] > day[5:7]:
        clause = doc.clause(token.start)
        if not _AHEAD.search(doc.text, max(clause[0], token.start - 12), token.start):
            if not doc.text.startswith("前", token.end):
                return str(int(year) - 1)
    return year


def _month_end(value: str) -> str:
    if len(value) == 4:
        return f"{value}-12-31"
    if len(value) != 7:
        return value
    year, month = int(value[:4]), int(value[5:7])
    return f"{value}-{calendar.monthrange(year, month)[1]:02}"
