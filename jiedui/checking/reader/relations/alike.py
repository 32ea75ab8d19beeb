"""Whether the words allow two figures to be one: noun, place and period."""

from __future__ import annotations

from jiedui.checking.reader.context.scopes import same_place
from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity


def noun(quantity: Quantity) -> str:
    """The end of the head: what is counted, without what describes it."""
    if quantity.kind == "ordinal":
        return quantity.unit or ""
    head = quantity.head or ""
    return head[-1:] if head.endswith(("县", "村", "镇", "区", "市")) else head[-2:]


def agree(one: Quantity, other: Quantity) -> bool:
    """Equal, or equal once the finer figure is rounded to the digits of the coarser."""
    if one.number is None or other.number is None:
        return False
    if one.number == other.number:
        return True
    if one.step == other.step or one.kind == "count":
        return False
    step = max(one.step, other.step)
    if min(one.number, other.number) / step < 10:
        # 1.8亿元 is not 2亿元: one digit is no rounding of another figure.
        return False
    return abs(one.number - other.number) <= step / 2


def alike(doc: Document, one: Quantity, other: Quantity) -> bool:
    """Whether the words allow two figures to be one: head, scope and period."""
    if one.kind == "ordinal":
        return one.unit == "批" and _scopes_meet(one, other)
    first, second = one.head or "", other.head or ""
    near = doc.line(one.start) == doc.line(other.start) and other.start - one.end < 120
    holds = first.endswith(second) or second.endswith(first)
    if not near and (one.number or 0) < 10 and min(len(first), len(second)) < 3:
        holds = holds and first.endswith(("县", "区", "镇", "村", "市"))
    if one.kind == "people" and not near:
        holds = holds or first[-2:] == second[-2:]
    return holds and _scopes_meet(one, other) and _periods_meet(one, other)


def _scopes_meet(one: Quantity, other: Quantity) -> bool:
    if one.head == other.head and one.number == other.number and (one.number or 0) >= 100:
        return True
    if one.scope is None or other.scope is None or one.kind in ("people", "ordinal"):
        return True
    if (one.head or "").endswith(("县", "区", "镇", "村")):
        return True
    return same_place(one.scope, other.scope)


def _periods_meet(one: Quantity, other: Quantity) -> bool:
    if one.period is None or other.period is None or one.kind == "people":
        return True
    return one.period == other.period or one.period in other.period or other.period in one.period
