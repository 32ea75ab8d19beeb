"""Figures said again: in the headline and the body, and by 未开工的4个 after 未开工4个."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity, Relation

from .links import Link, group, one_digit_apart, shifted

_KINDS = frozenset(("amount", "people", "person_times", "count", "measure"))
_LONGEST_TITLE = 60
_BODY = 40
_NEAR = 6
_MODIFIER = re.compile(r"([\u4e00-\u9fff]{2})的$")
_CHANGED = re.compile(
    "[增减升降多少超欠差余剩涨缩]|提高|扩大|[年月日季]|同期|以来|左右|以上|当时|此前"
)
_NOT = re.compile("[不未非没]")
_SAID = ("上述", "以上", "前述", "这", "该")
_JOINTS = "的只有仅共了达到为是约已"


def headline(doc: Document, quantities: list[Quantity]) -> Iterator[Link]:
    """A headline rounds; it never says another number. What the body never repeats is left alone."""
    end = doc.text.find("\n")
    if not 0 < end <= _LONGEST_TITLE:
        return
    split = bisect_left(quantities, end, key=lambda q: q.start)
    body = quantities[split:]
    for said in quantities[:split]:
        if said.kind not in _KINDS or not said.exact or said.optional or not said.number:
            continue
        alike = [q for q in body if group(q) == group(said) and q.exact and q.number][:_BODY]
        equal = [q for q in alike if _rounds_to(said, q)]
        if equal:
            if _written(said) >= 3 or (said.kind == "amount" and _written(said) >= 2):
                yield _same(said, equal)
            continue
        if any(
            q
            for q in body
            if group(q) == group(said) and not q.exact and q.interval.meets(said.interval)
        ):
            continue
        slipped = [q for q in alike if _slipped(said, q)]
        named = [q for q in alike if _of_one_name(said, q)]
        if not slipped and len(named) == 1:
            # The same long noun, told once in the body with another number.
            slipped = named
        if slipped and (_written(said) >= 3 or (said.kind == "amount" and len(slipped) == 1)):
            other = max(slipped, key=lambda q: sum(q.number == o.number for o in alike))
            yield Link(
                None, said, (other,), f"{said.surface} ≠ {other.surface}", "warn",
                f"标题与正文不一：标题说{said.surface}，正文是{other.surface}（{other.head or ''}）",
            )  # fmt: skip


def _of_one_name(said: Quantity, other: Quantity) -> bool:
    one, two = said.head or "", other.head or ""
    least = 3 if (said.unit, said.kind) == (other.unit, "count") else 4
    return min(len(one), len(two)) >= least and (one.endswith(two) or two.endswith(one))


def _same(said: Quantity, equal: list[Quantity]) -> Link:
    exact = [q for q in equal if q.number == equal[0].number]
    ids = (said.id, *(q.id for q in exact))
    line = " = ".join(q.surface for q in (said, *exact[:3]))
    return Link(Relation("same", {"ids": ids}), exact[0], (said,), line)


def _written(quantity: Quantity) -> int:
    return len(re.sub(r"\D", "", quantity.surface).lstrip("0"))


def _rounds_to(said: Quantity, other: Quantity) -> bool:
    assert said.number is not None
    assert other.number is not None
    if said.number == other.number:
        return True
    step = max(said.step, other.step)
    return step != 1 and abs(said.number - other.number) < step


def _slipped(said: Quantity, other: Quantity) -> bool:
    """One wrong digit once both are rounded alike; two digits only where they are a tenth off."""
    assert said.number is not None
    assert other.number is not None
    step = max(said.step, other.step)
    one, two = ((q / step).quantize(Decimal(1)) for q in (said.number, other.number))
    if not one or not two:
        return shifted(said, other) and _written(said) >= 2
    digits = min(len(str(one)), len(str(two)))
    if digits < 2 or (digits == 2 and max(one, two) > 2 * min(one, two)):
        return False
    return one_digit_apart(one, two) or shifted(said, other)


def _said_before(quantity: Quantity, recent: list[Quantity]) -> Iterator[Link]:
    """上述8650万元: the same number told just before."""
    for other in reversed(recent):
        if group(other) == group(quantity) and other.number == quantity.number:
            relation = Relation("same", {"ids": (other.id, quantity.id)})
            yield Link(relation, quantity, (other,), f"{other.surface} = {quantity.surface}")
            return
    alike = [q for q in recent if group(q) == group(quantity)]
    if len(alike) == 1 and _slipped(alike[0], quantity):
        other = alike[0]
        yield Link(
            None, quantity, (other,), f"{other.surface} ≠ {quantity.surface}", "warn",
            f"同一数字前后不一：先是{other.surface}，后是{quantity.surface}",
        )  # fmt: skip


_CARD = re.compile(r"(?:^|\n)[^\u4e00-\u9fff\n]{0,4}$")


def _on_a_card(doc: Document, quantity: Quantity, recent: list[Quantity]) -> Iterator[Link]:
    """▶27个：实施项目27个: the number that heads a line is told again in it."""
    last = recent[-1] if recent else None
    if (
        last is None
        or group(last) != group(quantity)
        or doc.text[last.end : last.end + 1] not in ("：", ":")
    ):
        return
    if (
        not _CARD.search(doc.text[max(last.start - 5, 0) : last.start])
        or quantity.start - last.end > 24
    ):
        return
    if last.number == quantity.number:
        relation = Relation("same", {"ids": (last.id, quantity.id)})
        yield Link(relation, quantity, (last,), f"{last.surface} = {quantity.surface}")
    elif "\n" not in doc.text[last.end : quantity.start]:
        yield Link(
            None, quantity, (last,), f"{last.surface} ≠ {quantity.surface}", "warn",
            f"同一数字前后不一：行首是{last.surface}，后面是{quantity.surface}",
        )  # fmt: skip


def by_modifier(doc: Document, quantities: list[Quantity]) -> Iterator[Link]:
    """尚未开工4个。未开工的4个项目为…: the words before 的 are those before the number told."""
    recent: list[Quantity] = []
    for quantity in quantities:
        if quantity.kind not in _KINDS or not quantity.exact:
            continue
        before = doc.text[max(quantity.start - 5, 0) : quantity.start]
        yield from _on_a_card(doc, quantity, recent)
        modifier = _MODIFIER.search(before)
        if modifier and _CHANGED.search(modifier[1]):
            # 由260万元调减为180万元，调减的80万元: the difference, not the number again.
            modifier = None
        if before.endswith(_SAID) and recent:
            yield from _said_before(quantity, recent)
        for other in reversed(recent) if modifier else ():
            words = doc.text[max(other.start - 8, 0) : other.start].rstrip(_JOINTS)
            denied = _NOT.search(doc.text, max(quantity.start - 8, 0), quantity.start)
            if bool(denied) != bool(_NOT.search(words)):
                # 符合条件3104人 and 不符合条件的112人 are two things.
                continue
            if modifier and words.endswith(modifier[1]) and group(other) == group(quantity):
                if other.number == quantity.number:
                    relation = Relation("same", {"ids": (other.id, quantity.id)})
                    line = f"{other.surface} = {quantity.surface}"
                    yield Link(relation, quantity, (other,), line)
                elif doc.line(other.start) == doc.line(quantity.start):
                    yield Link(
                        None, quantity, (other,), f"{other.surface} ≠ {quantity.surface}", "warn",
                        f"同一数字前后不一：{modifier[1]}的先是{other.surface}，后是{quantity.surface}",
                    )  # fmt: skip
                break
        recent = [*recent[1 - _NEAR :], quantity]
