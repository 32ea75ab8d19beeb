"""Changes: 由21.3%降到12.8%，下降了8.5个百分点; 比上年增加500万元，增长25%. What is stated must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiedui.checking.reader.model import Quantity, Severity
from jiedui.checking.reader.quantity.numerals import plain

from .links import Block, Link, group, told, unit_told

_FROM = re.compile(r"(?:由|从|自)[^，。；、]{0,14}$")
_UP = re.compile(r"提高|增加|增长|上升|提升|扩大|上涨|净增|新增|增幅|增收|升|涨|增|扩|多|突破")
_DOWN = re.compile(r"下降|降低|减少|缩短|缩小|下调|回落|降幅|减收|减支|降|减|压缩|少")
_TO = re.compile(r"(?:到|至|为)(?:了)?(?:[\u4e00-\u9fff]{1,5}的)?$")
_AGAINST = re.compile(
    r"^[，,]?(?:比|较|同比|相比)(?:上年|去年|前年|上年同期|去年同期|20\d\d年|年初|上月|同期)?(?:同期)?的?$"
)
_LAST_YEAR = re.compile(
    r"^[，,；;](?:而)?(?:去年|上年|去年同期|上年同期|20\d\d年)[\u4e00-\u9fff]{0,6}$"
)
_THAN = re.compile(r"^[，,]?(?:比|较)[\u4e00-\u9fff\d]{0,10}$|^[，,]?同比[\u4e00-\u9fff]{0,4}$")
_TIMES = re.compile(r"^的?$")
_LONGEST = 16
# 2018年猛增到8.9亿元 tells a level, no difference.
_LEVEL = re.compile("(?:[到至]|达到?)了?$")
_NO_TOTAL = re.compile("均|每|其中")


def changes(block: Block) -> Iterator[Link]:
    """A start, an end, and the difference where one is told; only what is wrong is a finding."""
    figures = block.figures
    for index in range(len(figures) - 1):
        one, two = figures[index], figures[index + 1]
        by = figures[index + 2] if index + 2 < len(figures) else None
        if not (one.exact and two.exact) or not one.number or not two.number:
            continue
        if group(one) != group(two) or (one.kind == "duration" and one.orig_unit != two.orig_unit):
            continue
        gap = block.between(one, two)
        if len(gap) > _LONGEST:
            continue
        before = block.text[max(block.start, one.start - 18) : one.start]
        if _TO.search(gap) and _FROM.search(before):
            up, down = bool(_UP.search(gap)), bool(_DOWN.search(gap))
            if up is not down:
                yield from _wrong_way(one, two, up=up)
                yield from _difference(block, one, two, by)
        elif _AGAINST.match(gap) or _LAST_YEAR.match(gap):
            yield from _difference(block, two, one, by)
        elif _THAN.match(gap) and by is not None and one.kind != "percent":
            yield from _share_of_difference(block, one, two, by)
        elif re.search("是[^，。]{0,10}$", gap) and by is not None and by.kind == "ratio":
            yield from _times(block, one, two, by)


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


def _difference(block: Block, one: Quantity, two: Quantity, by: Quantity | None) -> Iterator[Link]:
    """增加16个, 提高3个百分点, 增长20%, 增长2倍: worked out from the two before it."""
    if by is None or not by.exact or by.number is None:
        return
    last = max(one, two, key=lambda q: q.start)
    gap = block.between(last, by)
    if len(gap) > _LONGEST or not (_UP.search(gap) or _DOWN.search(gap)):
        return
    if re.search("环比|均|每|另", gap) or _LEVEL.search(gap) or _names_another_year(gap, one, two):
        return
    assert one.number is not None
    assert two.number is not None
    points = one.kind == "percent" and by.unit == "百分点"
    off = abs(two.number - one.number)
    if points or (group(by) == group(one) and one.kind != "percent"):
        step = max(one.step, two.step, by.step)
        wide = Decimal(0) if step == by.step == one.step == two.step else step
        if abs(off - by.number) > wide:
            shown = f"{plain(off) if points else _as_told(off, one)}"
            unit = unit_told(by) if points else unit_told(one)
            first, second = sorted((one, two), key=lambda q: q.number or 0, reverse=True)
            line = f"{told(first)} − {told(second)} = {shown}{unit} ≠ {by.surface}"
            message = f"前后相差{shown}{unit}，文中为{by.surface}"
            yield Link(None, by, (one, two), line, "error", message)
    elif by.kind == "percent" and by.unit == "%" and one.kind != "percent":
        yield from _percent(by, (one, two), one, off, two.step)
    elif by.kind == "ratio" and by.unit == "倍" and one.kind != "percent":
        times = two.number / one.number
        wide = by.step + Decimal("0.05")
        if min(abs(times - 1 - by.number), abs(times - by.number)) > wide:
            shown = plain((times - 1).quantize(Decimal("0.1")))
            yield Link(
                None, by, (one, two), f"{told(two)} ÷ {told(one)} − 1 = {shown}倍 ≠ {by.surface}",
                "warn", f"由前后两数算得增长{shown}倍，文中为{by.surface}",
            )  # fmt: skip


def _names_another_year(gap: str, one: Quantity, two: Quantity) -> bool:
    """由5%降到3%，比上年下降0.5个百分点 compares with yet another year."""
    told_two = one.start < two.start
    return told_two and bool(re.search("同比|比上年|较上年|比去年|较去年|同期", gap))


def _share_of_difference(
    block: Block, total: Quantity, more: Quantity, by: Quantity
) -> Iterator[Link]:
    """销售额2500万元，较上年增加500万元，增长25%: 500 of what it was before."""
    than, gap = block.between(total, more), block.between(more, by)
    up, down = bool(_UP.search(than)), bool(_DOWN.search(than))
    if by.kind != "percent" or by.unit != "%" or not by.exact or up is down:
        return
    if not re.fullmatch(
        r"[，,、]?(?:同比)?(?:增长|增幅|增速|上升|下降|降幅|减少)(?:为|达|了)?", gap
    ):
        return
    left = block.text[max(block.start, total.start - 12) : total.start]
    assert total.number is not None
    assert more.number is not None
    base = total.number - more.number if up else total.number + more.number
    if base <= 0 or _NO_TOTAL.search(left):
        return
    yield from _percent(by, (total, more), total, more.number, more.step, base=base)


def _percent(
    by: Quantity, of: tuple[Quantity, Quantity], one: Quantity, off: Decimal, step: Decimal,
    *, base: Decimal | None = None, severity: Severity = "warn",
) -> Iterator[Link]:  # fmt: skip
    """A percent of growth, within the rounding of all three numbers."""
    assert one.number is not None
    assert by.number is not None
    base = base or one.number
    share = off / base * 100
    wide = by.step + (step + one.step) / base * 100 * (1 if step != 1 or one.step != 1 else 0)
    if abs(share - by.number) > wide:
        shown = plain(share.quantize(min(by.step, Decimal("0.1"))))
        line = f"{_as_told(off, one)} ÷ {_as_told(base, one)} = {shown}% ≠ {by.surface}"
        message = f"由前后两数算得{shown}%，文中为{by.surface}"
        yield Link(None, by, of, line, severity, message)


def _times(block: Block, one: Quantity, two: Quantity, by: Quantity) -> Iterator[Link]:
    """产量3600吨，是2020年1200吨的3倍."""
    if by.unit != "倍" or not by.exact or by.number is None:
        return
    if not _TIMES.match(block.between(two, by)):
        return
    assert one.number is not None
    assert two.number is not None
    times = one.number / two.number
    if abs(times - by.number) > by.step + Decimal("0.05"):
        shown = plain(times.quantize(Decimal("0.1")))
        line = f"{told(one)} ÷ {told(two)} = {shown}倍 ≠ {by.surface}"
        yield Link(None, by, (one, two), line, "warn", f"前后两数是{shown}倍，文中为{by.surface}")


def _as_told(number: Decimal, like: Quantity) -> str:
    """A difference in the unit its two numbers are told in."""
    unit = like.orig_unit or ""
    for word, factor in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if unit.startswith(word):
            return plain(number / factor)
    return plain(number)
