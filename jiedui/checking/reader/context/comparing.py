"""Heads of figures that compare: 增长6.67%, 较上年的4950万元, 占84%, 完成任务的113.3%."""

from __future__ import annotations

import re

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.tokens import Token

_BACK = 8
_NEVER = frozenset(("date", "duration", "ordinal", "age", ""))
_SHARED = re.compile(r"[（(，,\s]*(?:约|仅|只|各|共|合计|分别|正好|将近)*占(?!地)")
_OF_A_TARGET = re.compile(
    r"([\u4e00-\u9fff]{0,4}?(?:任务|目标|计划|指标|协议))数?(?:[约近]?\d[\d.,]*[\u4e00-\u9fff]{0,3})?[\u4e00-\u9fff]{0,2}的\s*(?:近|约|超)?$"
)
_FRONT = re.compile(r"\A(?:占|完成|达到|为|是|了|约|超)+")
_WHAT_WAS = re.compile(
    r"(?:[较比由从](?:[^，。；;\d]{0,2}?)(?:上年|去年|上月|年初|帮扶前|以前|[^，。；;\d]{1,8}前|[^，。；;\d]{0,6}同期)|[较比由从]\d{4}年(?:底|末|初)?)(?:同期)?[的（(为是]{0,2}\s*$"
)
_CHANGED = re.compile(
    r"(增长|下降|提高|提升|增加|减少|上升|回落|降低|上涨|下跌|扩大|收窄|涨|跌|增|减)(?:了|近|约|超|过|到|至)*\s*$"
)
_APART = re.compile(
    r"(?:[高低]于|[高低]出|[多少快慢]于)[^，。；;\d]{1,14}$|[高低快慢多少](?:出|了)?(?:近|约|超过)?\s*$"
)
_NO_NOUN = re.compile(
    r"[\s（(]*(?:同比|环比|[较比][^，。；;]{1,24}?)?(?:再|又|仍|大幅|也|均|将)*\s*"
)
_NOUNS = {"涨": "涨幅", "跌": "跌幅", "增": "增长", "减": "减少"}
_RATE = re.compile(r"[\u4e00-\u9fff]{1,8}?[率度](?![\u4e00-\u9fff]?[计划])")


def compared(doc: Document, tokens: list[Token], index: int) -> str | None:
    """The head of a figure that only says how another one compares; None for any other figure."""
    token = tokens[index]
    clause = max(doc.clause(token.start)[0], token.start - 40)
    said = doc.text[clause : token.start]
    if token.kind in ("percent", "ratio"):
        target = _OF_A_TARGET.search(said)
        if target:
            return f"{_FRONT.sub('', target[1])}完成率"
        shared = _SHARED.match(said)
        if shared:
            part = _before(doc, tokens, index, clause, shares=False)
            return f"{part}占比" if part else None
    behind = _WHAT_WAS.search(said)
    if behind:
        return _before(doc, tokens, index, token.start, like=token)
    return _change(doc, tokens, index, said)


def _change(doc: Document, tokens: list[Token], index: int, said: str) -> str | None:
    """What grew or fell, and that it did: a change names nothing by itself."""
    token = tokens[index]
    changed = _CHANGED.search(said)
    apart = _APART.search(said) if token.unit == "百分点" and not changed else None
    found = changed or apart
    if found is None or not _NO_NOUN.fullmatch(said, 0, found.start()):
        return None
    word = _NOUNS.get(changed[1], changed[1]) if changed else ""
    base = _before(doc, tokens, index, token.start, like=token)
    if token.unit == "百分点" and base is None:
        start = max(doc.line(token.start)[0], token.start - 60)
        rates = _RATE.findall(doc.text, start, token.start)
        base = rates[-1] if rates else None
    return f"{base}{word}" if base else None


def _before(
    doc: Document,
    tokens: list[Token],
    index: int,
    stop: int,
    *,
    like: Token | None = None,
    shares: bool = True,
) -> str | None:
    """The head of the nearest figure before ``stop`` in the paragraph that is no change itself."""
    line = max(doc.line(tokens[index].start)[0], tokens[index].start - 120)
    for earlier in reversed(tokens[max(index - _BACK, 0) : index]):
        if earlier.start < line:
            return None
        if earlier.end > stop or not earlier.head or earlier.kind in _NEVER:
            continue
        if earlier.optional or (not shares and earlier.kind in ("percent", "ratio")):
            continue
        if like is not None and like.unit == "百分点" and earlier.kind != "percent":
            continue
        if like is not None and like.kind not in ("percent", "ratio"):
            if (earlier.kind, earlier.unit) != (like.kind, like.unit):
                continue
        return earlier.head
    return None
