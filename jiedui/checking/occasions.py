"""What a date or a length of time is about: what happened then, or has been going on since."""

from __future__ import annotations

import re

from .document import Document
from .mentions import Mention
from .tokens import Token

_POSTING = re.compile(r"挂职|支教|支医|支农|驻村|援疆|援藏|援青")
_NAMED_SPAN = re.compile(r"[《<〈]([^《》<>〈〉\n]{2,30})[（(]$")
_JOINED_DATE = re.compile(r"(?:[、和](?:\d{1,2}月)?(?:\d{1,2}日)?(?<=[月日]))+")
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
    before = text[max(doc.line(token.start)[0], token.start - 8) : token.start]
    if "发布" in before or "时间" in before or text.startswith("来源", token.end):
        return "发布时间"
    named = _NAMED_SPAN.search(text[max(token.start - 34, 0) : token.start])
    if named:
        return named[1]
    if text.startswith("以来", token.end) and not before.endswith(("自", "自从", "从")):
        return "时期"
    return event(doc, token)


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
