"""分别: names listed before it and figures listed behind it belong together in order."""

from __future__ import annotations

import re

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import short_place
from jiedui.checking.reader.tokens import Token

from .mentions import Mention

_MARK = re.compile(r"分别")
_SPLIT = re.compile(r"[、]|(?<=[\u4e00-\u9fff])(?:和|与|及|以及)(?=[\u4e00-\u9fff])")
_COUNTED = re.compile(r"\s?(?:\d{1,2}|[两三四五六七八九十]{1,2})个?[\u4e00-\u9fff]{1,6}[，,]$")
_GAP = re.compile(r"[、，,和与及\s]*(?:约|近|超过|达到|达|为|多|余|元)?$")
_FRONT = re.compile(
    r"^.*(?:向|为|给|由|在|其中|使|对|来自|选派|派出|引进|培训|安排|新建|建成|[：:])(?=[\u4e00-\u9fff]{2})"
)


def assign(doc: Document, tokens: list[Token], mentions: list[Mention]) -> None:
    """Give each figure of a 分别 list its own place or noun, where the numbers of both agree."""
    places = {mention.name for mention in mentions} | {short_place(m.name) for m in mentions}
    index = 0
    last: tuple[int, list[str]] | None = None
    for mark in _MARK.finditer(doc.text):
        while index < len(tokens) and tokens[index].start < mark.end():
            index += 1
        run = _run(doc, tokens, index, mark.end())
        if len(run) < 2:
            continue
        start = doc.clause(mark.start())[0]
        names = _names(doc.text[max(start, mark.start() - 60) : mark.start()])
        sentence = doc.sentence(mark.start())[0]
        if len(names) < 2 and start > sentence:
            # 来自大新、天等、龙州、宁明4个县，分别有…: the names end the clause before.
            listed = doc.text[max(doc.clause(start - 1)[0], start - 60) : start]
            names = _names(_COUNTED.sub("", listed)) if _COUNTED.search(listed) else names
        if len(names) < 2 and last and last[0] == sentence and len(last[1]) == len(run):
            names = last[1]
        if len(names) != len(run) or any(len(name) < 2 or name[:1].isdigit() for name in names):
            continue
        last = (sentence, names)
        for token, name in zip(run, names, strict=True):
            if name in places:
                token.scope = name
            elif all(other not in places for other in names):
                token.head = name


def _run(doc: Document, tokens: list[Token], index: int, mark: int) -> list[Token]:
    """The figures of one kind that follow, joined by 、 or 和."""
    run: list[Token] = []
    for token in tokens[index : index + 12]:
        if token.kind in ("date", "ordinal"):
            break
        if run:
            gap = doc.text[run[-1].end : token.start]
            if (token.kind, token.unit) != (run[0].kind, run[0].unit) or not _GAP.fullmatch(gap):
                break
        elif token.start - mark > 16:
            break
        run.append(token)
    return run


def _names(chunk: str) -> list[str]:
    front = _FRONT.match(chunk)
    names = _SPLIT.split(chunk[front.end() :] if front else chunk)
    return [
        re.sub(r"(?:两|三|四|五|六|七|八|九)?[省市县区镇乡村个地]?$", "", n)
        if n is names[-1] and re.search(r"[两三四五六七八九][省市县区镇乡村地]$", n)
        else n
        for n in names
    ]
