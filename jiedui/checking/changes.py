"""Changes: 由21.3%降到12.8%，下降了8.5个百分点. What changes is stated, so its sum must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .links import Block, Link, group, told, unit_told
from .model import Quantity
from .numerals import plain

_FROM = re.compile(r"(?:由|从|自)[^，。；、]{0,14}$")
_UP = re.compile(r"提高|增加|增长|上升|提升|扩大|上涨|升|涨|增|扩|突破")
_DOWN = re.compile(r"下降|降低|减少|缩短|缩小|下调|回落|降|减|压缩")
_TO = re.compile(r"(?:到|至|为)(?:了)?(?:目前的|现在的|今年的|如今的|当前的)?$")
_LONGEST = 16


def changes(block: Block) -> Iterator[Link]:
    """A start, an end, and the difference where one is told; only what is wrong is a finding."""
    figures = block.figures
    for index in range(len(figures) - 1):
        one, two = figures[index], figures[index + 1]
        if group(one) != group(two) or not (one.exact and two.exact):
            continue
        if one.kind == "duration" and one.orig_unit != two.orig_unit:
            continue
        gap = block.between(one, two)
        before = block.text[max(block.start, one.start - 18) : one.start]
        if len(gap) > _LONGEST or not _TO.search(gap) or not _FROM.search(before):
            continue
        up, down = bool(_UP.search(gap)), bool(_DOWN.search(gap))
        if up is not down:
            yield from _wrong_way(one, two, up=up)
            if index + 2 < len(figures):
                yield from _difference(block, one, two, figures[index + 2])


def _wrong_way(one: Quantity, two: Quantity, *, up: bool) -> Iterator[Link]:
    assert one.number is not None
    assert two.number is not None
    if (two.number < one.number) if up else (two.number > one.number):
        sign = "<" if up else ">"
        line = f"{told(two)} {sign} {told(one)}{unit_told(one)}"
        message = (
            f"说是{'增' if up else '减'}，{two.surface}却比{one.surface}{'小' if up else '大'}"
        )
        yield Link(None, two, (one,), line, "warn", message)


def _difference(block: Block, one: Quantity, two: Quantity, by: Quantity) -> Iterator[Link]:
    """增加16个, 提高3个百分点, 增长20%: worked out from the two before it."""
    gap = block.between(two, by)
    if len(gap) > _LONGEST or not by.exact or by.number is None:
        return
    if not (_UP.search(gap) or _DOWN.search(gap)) or re.search(
        "同比|环比|比上年|较上年|均|每", gap
    ):
        return
    assert one.number is not None
    assert two.number is not None
    points = one.kind == "percent" and by.unit == "百分点"
    off = abs(two.number - one.number)
    if points or (group(by) == group(one) and one.kind != "percent"):
        step = max(one.step, two.step, by.step)
        wide = Decimal(0) if step == by.step == one.step == two.step else step
        if abs(off - by.number) > wide:
            unit = unit_told(by) if points else unit_told(one)
            line = (
                f"{told(two)} − {told(one)} = {plain(off) if points else told_as(off, one)}{unit}"
            )
            yield Link(
                None, by, (one, two), f"{line} ≠ {by.surface}", "error",
                f"前后相差{plain(off) if points else told_as(off, one)}{unit}，文中为{by.surface}",
            )  # fmt: skip
    elif by.kind == "percent" and by.unit == "%" and one.kind != "percent" and one.number:
        share = off / one.number * 100
        wide = by.step + share * (one.step / one.number if one.step != 1 else Decimal(0))
        if two.step != 1:
            wide += two.step / one.number * 100
        if abs(share - by.number) > wide:
            shown = plain(share.quantize(min(by.step, Decimal("0.1"))))
            line = f"{told(two)} ÷ {told(one)} − 1 = {shown}% ≠ {by.surface}"
            yield Link(
                None, by, (one, two), line, "warn", f"由前后两数算得{shown}%，文中为{by.surface}"
            )


def told_as(number: Decimal, like: Quantity) -> str:
    """A difference in the unit its two numbers are told in."""
    unit = like.orig_unit or ""
    for word, factor in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if unit.startswith(word):
            return plain(number / factor)
    return plain(number)
