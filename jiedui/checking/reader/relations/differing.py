"""A figure that contradicts what the text says of the same thing elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiedui.checking.reader.context.scopes import same_place
from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity

from .alike import alike, noun
from .links import Link, one_digit_apart

_THESE = re.compile(r"(?:这|这些|上述|该|目前)$")
_ALL = re.compile(r"(?:已|均|都|已经)?全部|均已|都已")
_LIST_BEFORE = re.compile(r"新增|同比|较|比上年|每|各|分别|其中|第一批|另")
_ACTS = ("以", "已", "都", "均", "在", "将", "始终", "主动", "积极", "纷纷", "全部", "陆续")
WINDOW = 12


def differing(
    doc: Document, groups: list[list[Quantity]], apart: set[frozenset[str]]
) -> Iterator[Link]:
    """A lone figure beside a group or a title that says the same thing with another number."""
    title = doc.text.find("\n")
    for index, lone in enumerate(groups):
        if len(lone) > 1 or not lone[0].exact:
            continue
        for other in groups[max(index - WINDOW, 0) : index + WINDOW]:
            if other is lone or (len(other) == 1 and other[0].start > lone[0].start):
                # Of two that stand alone the later one is told.
                continue
            message = _contradicts(doc, lone[0], other, apart, title)
            if message:
                yield Link(
                    None, lone[0], tuple(other),
                    f"{lone[0].surface} ≠ {other[0].surface}", "warn", message,
                )  # fmt: skip
                break


def _contradicts(
    doc: Document,
    lone: Quantity,
    other: list[Quantity],
    apart: set[frozenset[str]],
    title: int,
) -> str | None:
    first = other[0]
    if not first.exact or lone.number is None or first.number is None:
        return None
    if any(frozenset((lone.id, q.id)) in apart for q in other):
        return None
    if title <= 60 and (first.start < title) != (lone.start < title):
        # headline.py compares these.
        return None
    if not alike(doc, lone, first):
        return None
    later = max(lone, first, key=lambda q: q.start)
    before = doc.text[max(later.start - 3, 0) : later.start]
    together = doc.sentence(lone.start) == doc.sentence(first.start)
    if (together and not _THESE.search(before)) or not _comparable(doc, lone, first):
        return None
    said = f"同一数字前后不一：{first.surface}与{lone.surface}（{lone.head}）"
    slip = _slip(lone, first)
    if len(other) >= 2 and _same_noun(lone, first):
        # 25个省份 and 中西部22个省份 are two sets of them.
        vague = (lone.head or "") in ("省份", "地区", "单位", "部门", "省区市")
        long = not vague or max(lone.number, first.number) >= 100
        if (slip and long) or _is_standing(lone, first) or _is_definite(doc, lone):
            return said
    behind = doc.text[later.end : later.end + 12]
    if (_THESE.search(before) or _ALL.search(behind)) and later.start - min(
        lone.end, first.end
    ) < 200:
        return said
    return said if slip and _told_at_length(doc, lone, first) else None


def _told_at_length(doc: Document, lone: Quantity, first: Quantity) -> bool:
    """Whether noun, place, time and digits are enough to call two figures one."""
    if (lone.head or "") != (first.head or "") and not _long_common(lone, first):
        return False
    if not same_place(lone.scope, first.scope) or lone.period != first.period:
        return False
    if len(lone.head or "") < 4 and doc.line(lone.start) != doc.line(first.start):
        # 投入资金300万元 in two items of a list are two sums.
        return False
    digits = min(len(str(int(q.number / q.step))) for q in (lone, first) if q.number)
    whole_noun = len(lone.head or "") >= 4 and lone.head == first.head and lone.period is not None
    return digits >= 3 or (digits == 2 and whole_noun)


def _comparable(doc: Document, lone: Quantity, first: Quantity) -> bool:
    return not (_varies(doc, lone) or _varies(doc, first)) and _same_thing(lone, first)


def _is_standing(lone: Quantity, first: Quantity) -> bool:
    """协作县 and the like are as many everywhere in a text."""
    head = lone.head or ""
    return len(head) >= 3 and head == first.head and head.endswith(("县", "区", "镇", "村", "市"))


def _is_definite(doc: Document, lone: Quantity) -> bool:
    """，25名挂职干部以…: a number of people that opens its clause and acts was told before."""
    if lone.kind != "people" or doc.text[max(lone.start - 1, 0)] not in "，,。；\n":
        return False
    head = lone.head or ""
    follows = doc.text[lone.end + len(head) : lone.end + len(head) + 2]
    return bool(head) and follows.startswith(_ACTS)


def _slip(lone: Quantity, first: Quantity) -> bool:
    """Whether one wrong digit tells the two apart, once both are rounded alike."""
    assert lone.number is not None
    assert first.number is not None
    if not lone.number or not first.number:
        return False
    step = max(lone.step, first.step)
    one, two = ((q.number / step).quantize(Decimal(1)) for q in (lone, first) if q.number)
    return one_digit_apart(one, two)


def _same_noun(lone: Quantity, first: Quantity) -> bool:
    return (lone.head or "")[-2:] == (first.head or "")[-2:] or noun(lone) in (
        "县",
        "区",
        "镇",
        "村",
    )


def _same_thing(lone: Quantity, first: Quantity) -> bool:
    """累计 and 新增 are two figures of one thing."""
    marks = (
        "新增",
        "累计",
        "其中",
        "每",
        "同比",
        "各",
        "分别",
        "计划",
        "力争",
        "预计",
        "人均",
        "户均",
    )
    return {m for m in marks if m in lone.qual} == {m for m in marks if m in first.qual}


def _varies(doc: Document, quantity: Quantity) -> bool:
    before = doc.text[max(doc.clause(quantity.start)[0], quantity.start - 16) : quantity.start]
    return bool(_LIST_BEFORE.search(before))


def _long_common(lone: Quantity, first: Quantity) -> bool:
    one, two = lone.head or "", first.head or ""
    short = min(one, two, key=len)
    return len(short) >= 4 and (one.endswith(two) or two.endswith(one))
