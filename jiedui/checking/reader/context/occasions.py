"""What a date or a length of time is about: what happened then, or has been going on since."""

from __future__ import annotations

import re

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.tokens import Token

from .mentions import Mention

_POSTING = re.compile(r"挂职|支教|支医|支农|驻村|援疆|援藏|援青")
_NAMED_SPAN = re.compile(r"[《<〈]([^《》<>〈〉\n]{2,30})[（(]$")
_JOINED_DATE = re.compile(r"(?:[、和](?:\d{1,2}月)?(?:\d{1,2}日)?(?<=[月日]))+")
_SHOWN = re.compile(r"(?:时间|日期)\s*[：:]\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_AFTER_YEAR = re.compile(r"(?:（[^）\n]{0,12}）)?[，,\s]*")
_FIGURES = re.compile(r"[^，,。；;：:\n\d]{1,20}\d")
_DOING = re.compile(
    r"(挂职|支教|支医|研学|培训|学习|跟岗|驻村|实习|公示期|服务期|建设期|工期|停工)(?:满|了|已|达|为期|超过|不超过)?$"
)
_OUTER = re.compile(
    r"^[\s”“’‘」『《》、—\-·]+|(?:[\s“”‘’「」『《》、—\-·]|(?<=.{2})(?:[与及]|(?<![成共饱])和))+$"
)


def profile(doc: Document, mentions: list[Mention]) -> str | None:
    """What the person a text is about has been doing all those years: 挂职, 支教 …"""
    if not any(mention.rank == 3 for mention in mentions):
        return None
    found = _POSTING.search(doc.text)
    return found[0] if found else None


def of_a_date(doc: Document, token: Token) -> str | None:
    text = doc.text
    if text[max(token.start - 4, 0) : token.start].rstrip("到至").endswith(("截", "截止", "截至")):
        return "截止日期"
    line, end = doc.line(token.start)
    before = text[max(line, token.start - 8) : token.start]
    if "发布日期" in before:
        return "发布日期"
    if "发布" in before or _SHOWN.search(before) or text.startswith("来源", token.end):
        return "发布时间"
    if not text[token.end : end].strip(" \t\u3000\n\r（）()"):
        bare = not text[line : token.start].strip(" \t\u3000（(")
        if (bare and line) or "日期" in before:
            return "落款日期" if bare and line > len(text) // 2 else "日期"
    named = _NAMED_SPAN.search(text[max(token.start - 34, 0) : token.start])
    if named:
        return named[1]
    if text.startswith("以来", token.end) and not before.endswith(("自", "自从", "从")):
        return "时期"
    if _is_a_year(doc, token):
        return "年度"
    return event(doc, token) or ("日期" if len(token.value or "") > 7 else None)


def _is_a_year(doc: Document, token: Token) -> bool:
    """A bare year that dates the figures behind it, or opens a paragraph, tells of no event."""
    text = doc.text
    if not _YEAR.fullmatch(text, token.start, token.end) or text[token.start - 1 : token.start] in (
        "自", "从", "至", "到", "由", "于", "在",
    ):  # fmt: skip
        return False
    if text.startswith(("以来", "起", "底", "初", "末"), token.end):
        return False
    line, end = doc.line(token.start)
    if line == 0 and "。" not in text[:end]:
        return False
    start = _AFTER_YEAR.match(text, token.end).end()  # type: ignore[union-attr]  # it may match nothing
    opens = not text[line : token.start].strip(" \t\u3000")
    return text[start : start + 1].isdigit() or opens or bool(_FIGURES.match(text, start))


def of_a_length(doc: Document, token: Token) -> str | None:
    """前4个月 is a time, 在武汉研学10天 how long somebody did what."""
    text = doc.text
    if text[token.start - 1 : token.start] == "前" and "月" in text[token.start : token.end]:
        return "时期"
    start = max(doc.clause(token.start)[0], token.start - 16)
    found = _DOING.search(text, start, token.start)
    return found[1] if found else None


def event(doc: Document, token: Token) -> str | None:
    """What happened then: the rest of the clause, or the next one."""
    text, pos = doc.text, token.end
    joined = _JOINED_DATE.match(text, pos)
    pos = joined.end() if joined else pos
    if text.startswith("开始", pos):
        pos += 2
    while pos < len(text) and text[pos] in "，,、 以来起前后多的)）>》":
        pos += 1
    end = min(doc.clause(pos)[1], pos + 48) if pos < len(text) else pos
    if end - pos < 9 and end < len(text) and text[end - 1] in "，,":
        end = min(doc.clause(end)[1], pos + 48)
    phrase = _OUTER.sub("", text[pos:end].rstrip("，,。；;：:\n"))
    return phrase or None
