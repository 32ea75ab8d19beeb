"""Products: an average times a number of places makes a total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from .links import Block, Link, group, one_digit_apart, told, unit_told
from .model import Quantity, Relation

_EACH = re.compile(
    r"(?:每([村县镇乡户人家个亩校场期所座班])|([村县镇乡户人亩校场期])均|各|平均)[^，,。；、]{0,8}$"
)
_AVERAGE = re.compile(r"[，,][村县镇乡户人亩校]均$")
_TOTAL = re.compile(r"合计|共计|总计|共|总投资|总额|累计|总")


def products(block: Block) -> Iterator[Link]:
    """The products of one block; a wrong one only warns, because the words leave room."""
    figures = block.figures
    for index, each in enumerate(figures):
        if each.kind not in ("amount", "measure") or not each.exact or not each.number:
            continue
        left = block.text[max(block.start, each.start - 12) : each.start]
        mark = _EACH.search(left)
        if mark is None:
            continue
        place = mark[1] or mark[2] or ""
        counts = [
            q for q in figures[max(index - 3, 0) : index + 4]
            if q.kind in ("count", "people") and q.exact and q.number and q.number > 1
            and (place in ("", "个") or place in (q.unit or "") or place in (q.head or "") or place == "人")
        ]  # fmt: skip
        totals = [
            q for q in figures[max(index - 3, 0) : index + 4]
            if q is not each and group(q) == group(each) and q.exact and q.number and q.number > each.number
        ]  # fmt: skip
        link = _match(block, each, counts, totals)
        if link:
            yield link


def _match(
    block: Block, each: Quantity, counts: list[Quantity], totals: list[Quantity]
) -> Link | None:
    for count in counts:
        for total in totals:
            if _makes(each, count, total):
                return _link(each, count, total, holds=True)
    if len(counts) == 1 and len(totals) == 1:
        total = totals[0]
        before = block.text[max(block.start, total.start - 8) : total.start]
        stated = _TOTAL.search(before) and total.start > each.start
        if stated or _slipped(block, each, counts[0], total):
            return _link(each, counts[0], total, holds=False)
    return None


def _slipped(block: Block, each: Quantity, count: Quantity, total: Quantity) -> bool:
    """人均2000元 directly behind its count: only one wrong digit is worth a word."""
    assert each.number is not None
    assert count.number is not None
    assert total.number is not None
    left = block.text[max(block.start, each.start - 3) : each.start]
    if not _AVERAGE.search(left) or each.start - count.end > 5:
        return False
    step = max(each.step, total.step)
    made = (each.number * count.number / step).quantize(Decimal(1))
    return one_digit_apart(made, (total.number / step).quantize(Decimal(1)))


def _makes(each: Quantity, count: Quantity, total: Quantity) -> bool:
    assert each.number is not None
    assert count.number is not None
    assert total.number is not None
    rounding = count.number * each.step / 2 + (total.step / 2 if total.step != 1 else 0)
    return abs(each.number * count.number - total.number) <= rounding


def _link(each: Quantity, count: Quantity, total: Quantity, *, holds: bool) -> Link:
    assert each.number is not None
    assert count.number is not None
    relation = Relation("product", {"total": total.id, "factors": (each.id, count.id)})
    line = f"{each.surface} × {count.surface} = "
    if holds:
        return Link(relation, total, (each, count), line + total.surface)
    made = told(replace(total, number=each.number * count.number))
    line += f"{made}{unit_told(total)} ≠ {total.surface}"
    message = f"单份乘以份数是{made}{unit_told(total)}，文中为{total.surface}"
    return Link(relation, total, (each, count), line, "warn", message)
