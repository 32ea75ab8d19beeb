"""Sums over the items of a text: （一）产业1450万元。… （二）就业520万元。…."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity

from .adding import Found, adds_up, judge, slipped
from .links import Link, group, near, total
from .parts import may_overlap

_ITEM = re.compile(
    r"(?:^[ \t\u3000]*|(?<=[。；;：:]))(?:[（(][一二三四五六七八九十\d]{1,2}[)）]"
    r"|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、]|[一二三四五六七八九]是|——|[●■◆▪])"
    r"|^[ \t\u3000]*(?![各全我本该两三四五六七八九十])[\u4e00-\u9fff]{1,6}[县市区镇乡村州旗组]"
    r"(?=[：:，,\u4e00-\u9fff])",
    re.MULTILINE,
)
_AS_FOLLOWS = re.compile(
    "(?:分配|安排|构成|组成|明细|情况|具体|分布)[^。；\n]{0,4}如下|具体(?:为|是)?[：:]"
)
_KINDS = frozenset(("amount", "count", "people", "person_times", "measure"))
_REACH = 40
_MOST = 20
_BACK = 12


def sections(doc: Document, quantities: list[Quantity]) -> Iterator[Link]:
    """The first figures of at least three items that make a total told before them."""
    figures = [q for q in quantities if q.kind in _KINDS and q.number is not None]
    run: list[tuple[str, list[Quantity]]] = []
    index = 0
    for item in _ITEM.finditer(doc.text):
        mark = _style(item[0])
        while index < len(figures) and figures[index].start < item.end():
            index += 1
        first = figures[index] if index < len(figures) else None
        if (
            first is None
            or first.start - item.end() > _REACH
            or first.start > doc.line(item.end())[1]
        ):
            continue
        if run and (run[0][0] != mark or group(run[0][1][0]) != group(first) or len(run) >= _MOST):
            yield from _told_before(doc, figures, run)
            run = []
        run.append((mark, _together(doc, figures, index)))
    yield from _told_before(doc, figures, run)


def _style(mark: str) -> str:
    if mark[-1] in "县市区镇乡村州旗组":
        return "place"
    return re.sub(r"[一二三四五六七八九十\d\s]+", "N", mark)


def _together(doc: Document, figures: list[Quantity], index: int) -> list[Quantity]:
    """甲乙经费分别为3万元和10万元: the first figure of an item and those joined to it."""
    found = [figures[index]]
    for quantity in figures[index + 1 : index + 4]:
        gap = doc.text[found[-1].end : quantity.start]
        if group(quantity) != group(found[0]) or gap not in ("和", "、", "及", "与"):
            break
        found.append(quantity)
    return found


def _told_before(
    doc: Document, figures: list[Quantity], run: list[tuple[str, list[Quantity]]]
) -> Iterator[Link]:
    if len(run) < 3:
        return
    parts = [part for _, together in run for part in together]
    at = bisect_left(figures, parts[0].start, key=lambda q: q.start)
    wholes = [q for q in figures[max(at - _BACK, 0) : at] if group(q) == group(parts[0])]
    labels = [_words_before(doc, part) for part in parts]
    for whole in reversed(wholes):
        if adds_up(whole, parts):
            yield from judge(Found(whole, parts, "", labels))
            return
    lead = doc.text[max(parts[0].start - 60, 0) : parts[0].start]
    if wholes and _AS_FOLLOWS.search(lead) and not may_overlap(labels):
        # 共计5350万元，分配如下：….
        found = Found(wholes[-1], parts, "：", labels)
        if near(total(parts), wholes[-1].number or total(()), "0.6") or slipped(found):
            yield from judge(found)
            return
    for whole in reversed(wholes):
        found = Found(whole, parts, "其中", labels)
        if slipped(found) and not may_overlap(labels):
            yield from judge(found)
            return


def _words_before(doc: Document, part: Quantity) -> str:
    start = max(doc.clause(part.start)[0], part.start - 16)
    return doc.text[start : part.start]
