"""The period of a quantity, from the dates and words of time before it."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from dataclasses import dataclass

from .document import Document
from .lexicon import Lexicon
from .tokens import Token

_SINCE = re.compile(r"\s?(?:以来|起(?![草步来点源])|至今|以后)")
_COMPARED = re.compile(r"[较比与同]$|[好高低多少]于$")
_AS_OF = re.compile(r"(?:截至|截止|截止到|截至到|截止至)(?:目前)?[，, ]?$")
_WORDS = re.compile(
    r"(?P<each>每年|年均|每月|月均|每天|日均|每季度|每周)"
    r"|(?P<now>截至目前|截止目前|迄今|到目前为止)|(?<!\d)(?P<years>(?:近|最近|过去|这)?[一两二三四五\d]{1,2}年(?:多)?(?:以)?来|这一年)"
)
_STANDING = ("县", "区", "镇", "乡", "村", "市", "省", "州", "季度", "街道", "社区", "字")
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True, slots=True)
class Marker:
    """A word of time at ``pos``; ``lasts`` says that it holds for the rest of the paragraph."""

    pos: int
    period: str
    lasts: bool
    open: bool = False
    """以来 and 截至 also hold for the paragraph that follows."""


def year_in_force(tokens: list[Token], published: str | None) -> str:
    """The year 今年 means: that of publication, or else the latest the text names; "" for none."""
    if published:
        return published[:4]
    years = [
        token.value[:4]
        for token in tokens
        if token.kind == "date" and not token.optional and token.value
        and token.value[:2] in ("19", "20") and "~" not in token.value
    ]  # fmt: skip
    return max(years, default="")


def resolve_dates(doc: Document, tokens: list[Token], year: str) -> None:
    """Complete dates from their context: the year of the sentence, or the one in force."""
    sentence, known, last = -1, "", ""
    for token in tokens:
        if token.kind != "date" or token.value is None:
            continue
        start = doc.sentence(token.start)[0]
        if start != sentence:
            sentence, known = start, ""
        if token.optional and year:
            token.value = _renewed(
                doc.text[token.start : token.end], token.value, known or year, year
            )
        if token.value[:4] != "XXXX":
            if "~" not in token.value:
                known = last = token.value[:4]
            if token.approx == "底" or token.approx == "年底" or token.approx == "末":
                token.resolved = _month_end(token.value)
            continue
        if doc.text[token.start - 2 : token.start] == "同年":
            known = last
        near = known or _year_of_month(token.value, year, doc.published)
        if near and "XX-XX" not in token.value.replace("XXXX", near):
            token.resolved = token.value.replace("XXXX", near)
            if token.approx in ("底", "末") and len(token.resolved) == 7:
                token.resolved = _month_end(token.resolved)


def _renewed(surface: str, value: str, near: str, year: str) -> str:
    if surface.startswith(("今年", "去年", "前年", "明年")):
        return str(int(year) + {"今": 0, "去": -1, "前": -2, "明": 1}[surface[0]])
    return value.replace("XXXX", near)


def _year_of_month(value: str, year: str, published: str | None) -> str:
    if year and published and value[5:7].isdigit() and value[5:7] > published[5:7]:
        return str(int(year) - 1)
    return year


def _month_end(value: str) -> str:
    if len(value) == 4:
        return f"{value}-12-31"
    if len(value) != 7:
        return value
    year, month = int(value[:4]), int(value[5:7])
    return f"{value}-{calendar.monthrange(year, month)[1]:02}"


def set_periods(doc: Document, tokens: list[Token], lexicon: Lexicon, year: str) -> None:
    """Set ``period`` of every token; None where the text does not date it."""
    markers = _markers(doc, tokens, year)
    frame = _frame(doc)
    positions = [marker.pos for marker in markers]
    for token in tokens:
        if token.kind in ("date", "age", "code", ""):
            continue
        token.period = _period(doc, token, markers, positions)
        if token.period is None and not _standing(doc, token):
            token.period = frame


def _period(doc: Document, token: Token, markers: list[Marker], positions: list[int]) -> str | None:
    if token.kind == "duration":
        return None
    clause, line = doc.clause(token.start)[0], doc.line(token.start)[0]
    sentence = doc.sentence(token.start)[0]
    floor = (
        clause if token.kind == "ordinal" or _standing(doc, token) else _paragraph_before(doc, line)
    )
    index = bisect_right(positions, token.start) - 1
    while index >= 0 and markers[index].pos >= floor:
        marker = markers[index]
        if marker.pos >= sentence or (marker.lasts and (marker.pos >= line or marker.open)):
            return marker.period or None
        index -= 1
    return None


def _paragraph_before(doc: Document, line: int) -> int:
    """The start of the last line with text before the one at ``line``."""
    while line > 0:
        line, end = doc.line(line - 1)
        if doc.text[line:end].strip():
            return line
    return 0


def _standing(doc: Document, token: Token) -> bool:
    """N个县 and the like stand for longer than any date near them; so do ages and floors."""
    if token.kind in ("age",) or token.unit == "楼":
        return True
    head = token.head or ""
    counted = token.kind == "count" and (
        head.endswith(_STANDING) or (token.unit or "") in _STANDING
    )
    return counted and not head.endswith(("示范村", "示范县"))


def _markers(doc: Document, tokens: list[Token], year: str) -> list[Marker]:
    text = doc.text
    markers: list[Marker] = []
    last: Token | None = None
    for token in tokens:
        if token.kind != "date" or not token.value or _in_title(text, token):
            continue
        if text.startswith(("同期", "同比", "底相比"), token.end) or _COMPARED.search(
            text, max(token.start - 2, 0), token.start
        ):
            continue
        period, lasts = _said(text, token)
        joined = last is not None and text[last.end : token.start] in ("、", "和", "及", "，", ",")
        if joined and markers and not lasts and token.value.startswith("XXXX"):
            markers.append(Marker(token.start, f"{markers[-1].period},{period}", lasts=False))
        else:
            markers.append(
                Marker(
                    token.start, period, lasts, period.startswith("截至") or period.endswith("以来")
                )
            )
        last = token
    for match in _WORDS.finditer(text):
        if match["each"]:
            word = match["each"]
            markers.append(
                Marker(match.start(), f"每{word[0]}" if word[1] == "均" else word, lasts=False)
            )
        elif match["now"]:
            if year:
                markers.append(Marker(match.start(), f"截至{year}", lasts=True))
        elif doc.published:
            span = _years_back(match["years"], doc.published)
            if span:
                markers.append(Marker(match.start(), span, lasts=True))
    markers.sort(key=lambda marker: marker.pos)
    return markers


def _in_title(text: str, token: Token) -> bool:
    """A year within 《…》 or quotes belongs to a name."""
    before = text[max(token.start - 30, 0) : token.start]
    return any(before.rfind(a) > before.rfind(b) for a, b in ("《》", "“”", "<>"))


def _said(text: str, token: Token) -> tuple[str, bool]:
    """The period a date stands for, and whether it lasts through the paragraph."""
    value = token.resolved or token.value or ""
    surface = text[token.start : token.end]
    if _AS_OF.search(text[max(token.start - 7, 0) : token.start]):
        return f"截至{value}", True
    if surface.endswith("以来"):
        return ("" if value == "XXXX" else f"{value}年以来"), True
    if _SINCE.match(text, token.end):
        stem = surface.rstrip("底初末") if surface[:2] in ("19", "20") else value
        return f"{stem}以来", True
    if text.startswith("的", token.end):
        return value, False
    return value, len(value) == 4 or "H" in value or "Q" in value or "~" in value


def _years_back(word: str, published: str) -> str | None:
    if word == "这一年":
        count = 1
    else:
        found = re.search(r"[一两二三四五]|\d+", word)
        count = 0 if found is None else _NUMBERS.get(found[0]) or int(found[0])
    if not count or count > 30:
        return None
    return f"{int(published[:4]) - count}{published[4:7]}~{published[:7]}"


def _frame(doc: Document) -> str | None:
    """The span a retrospective covers, where it says 一年来 more than once or in its title."""
    if not doc.published:
        return None
    found = [match for match in _WORDS.finditer(doc.text) if match["years"]]
    title = doc.text.find("\n")
    if len(found) < 2 and not any(match.start() < title for match in found):
        return None
    return _years_back(found[0]["years"], doc.published) if found else None
