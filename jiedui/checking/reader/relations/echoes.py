"""Two figures told together once more: 21个项目、17.6亿元 at the end repeats what stood before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity, Relation

from .links import TOLD, Link, group, one_digit_apart, shifted

_OPENING = re.compile(r"[“‘「\s\u3000—]*(?:这|这些)?\s*\Z")
_JOINED = re.compile(r"[\u4e00-\u9fff]{0,6}[、，,]")
_APART = 16
"""How far apart two figures may stand to be told together the first time."""
_LEAST = 10
_BACK = 80

Two = tuple[Quantity, Quantity]


def echoes(doc: Document, quantities: Sequence[Quantity]) -> Iterator[Link]:
    """What opens a sentence as 甲个、乙元 and stood so before: the same, or one of the two is wrong.

    Only two figures of unlike units are looked at, of which one at least is told again unchanged:
    that much is no chance. Linear: each looks at no more than ``_BACK`` earlier pairs.
    """
    figures = [q for q in quantities if q.kind in TOLD and q.exact and q.number]
    told: list[Two] = []
    for one, two in pairwise(figures):
        if two.start - one.end > _APART or group(one) == group(two):
            continue
        between = doc.text[one.end : two.start]
        if "\n" in between or "。" in between:
            continue
        if told and _opens(doc, one) and _JOINED.fullmatch(between):
            yield from _again((one, two), told[-_BACK:])
        told.append((one, two))


def _opens(doc: Document, one: Quantity) -> bool:
    return bool(_OPENING.match(doc.text[doc.sentence(one.start)[0] : one.start]))


def _again(two: Two, told: Sequence[Two]) -> Iterator[Link]:
    half: tuple[Quantity, Quantity] | None = None
    for earlier in reversed(told):
        matched = _matched(two, earlier)
        if matched is None:
            continue
        same = [a.number == b.number for a, b in matched]
        if all(same):
            for later, first in matched:
                relation = Relation("same", {"ids": (first.id, later.id)})
                yield Link(relation, later, (first,), f"{first.surface} = {later.surface}")
            return
        if any(same) and half is None:
            equal, other = (matched[0], matched[1]) if same[0] else (matched[1], matched[0])
            if (equal[0].number or 0) >= _LEAST and _slipped(*other):
                half = other
    if half:
        later, first = half
        yield Link(
            None, later, (first,), f"{first.surface} ≠ {later.surface}", "warn",
            f"同一数字前后不一：{first.surface}与{later.surface}（{later.head or first.head or ''}）",
        )  # fmt: skip


def _matched(two: Two, earlier: Two) -> tuple[Two, Two] | None:
    """The figures of one unit beside each other, in either order; None where the units differ."""
    if group(two[0]) == group(earlier[0]) and group(two[1]) == group(earlier[1]):
        return (two[0], earlier[0]), (two[1], earlier[1])
    if group(two[0]) == group(earlier[1]) and group(two[1]) == group(earlier[0]):
        return (two[0], earlier[1]), (two[1], earlier[0])
    return None


def _slipped(later: Quantity, first: Quantity) -> bool:
    assert later.number
    assert first.number
    return one_digit_apart(later.number, first.number) or shifted(later, first)
