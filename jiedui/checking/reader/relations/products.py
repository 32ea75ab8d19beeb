"""Products: an average times a number of places makes a total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jiedui.checking.reader.model import Quantity, Relation

from .links import Block, Link, group, one_digit_apart, told, unit_told

_CLASS = (
    "个家户人名位村县镇乡亩校场期所座班头台栋间只株辆棵套件羽箱斤吨条处眼口天年月次"
    "盒瓶袋桶枚副册本篇课学车趟盏路根组队站店馆单列批架艘节轮组席井桌对"
)
_EACH = re.compile(
    rf"(?:(?:平均)?每(公里|平方米|立方米|千米|[{_CLASS}])(?:(?!每)[\u4e00-\u9fff]){{0,12}}"
    rf"|([{_CLASS}])(?:均|产)[\u4e00-\u9fff]{{0,8}}|一(?!次性)([{_CLASS}])[\u4e00-\u9fff]{{0,3}}[补奖售卖租领养产装运坐住种挣赚][\u4e00-\u9fff]{{0,3}}"
    rf"|(?:平均一([{_CLASS}])[\u4e00-\u9fff]{{0,2}}|(?<![\u4e00-\u9fff])一([车趟户人亩头箱斤桌间套只株]))"
    r"|(?:各|平均|单价|均价)[\u4e00-\u9fff]{0,8})$"
)
_EVERY = re.compile(f"每(公里|平方米|立方米|千米|[{_CLASS}])")
# 人均2000元, with nothing named, is an average of the money told before it.
_BARE = re.compile(
    rf"(?:每[{_CLASS}]|[{_CLASS}]均|平均一[{_CLASS}][\u4e00-\u9fff]{{0,2}}|一[车趟箱])(?:均价|约|为|是|达|补助|补贴|发放|资助|奖补|安排|价)?$"
)
_OPENED = re.compile("[（(，,](?:平均)?[\u4e00-\u9fff]{1,4}")
_SUMMED = re.compile("(?:总额|总计|合计|共计|总)(?:为|达|是|约)?$")

_OWN_NOUN = re.compile("增收|收入|可支配|产值|面积|工资|年租|利润|收益|GDP|产量|水平")
_PAID = re.compile("金额|收入|租金|花费|支出|总额|投资|补助|补贴|资金|款|费用|发放|需|兑现|奖励")
_TOTAL = re.compile(r"合计|小计|[，,]计$|共计|总计|共|总投资|总额|累计|总|就是")
_KINDS = frozenset(("amount", "measure", "count", "people", "person_times"))


def products(block: Block, before: Block | None) -> Iterator[Link]:
    """The products of one block; a wrong one only warns, because the words leave room.

    The total may stand in the block ``before``: 补贴625万元…。每头补助5000元，共1250头."""
    figures = block.figures
    for index, each in enumerate(figures):
        if each.kind not in _KINDS or not each.exact or not each.number:
            continue
        words_before = _words_before(block, each)
        mark = _EACH.search(words_before)
        if mark is None or _SUMMED.search(words_before):
            continue
        # 每座每年租金8000元 may be times the 座.
        places = {*_EVERY.findall(words_before), mark[2] or mark[3] or mark[4] or mark[5] or ""}
        places = places - {""} or {""}
        around = figures[max(index - 4, 0) : index + 4]
        counts = [
            q for q in around
            if q is not each and group(q) != group(each)
            and any(_counts(q, place) for place in places)
        ]  # fmt: skip
        totals = [q for q in around if _may_total(q, each, counts)]
        earlier = before.figures[-4:] if before else ()
        told_before = [q for q in earlier if _may_total(q, each, ())]
        averages = [
            q for q in around
            if _EACH.search(words := _words_before(block, q)) and not _SUMMED.search(words)
        ]  # fmt: skip
        several = sum(group(q) == group(each) for q in averages) > 1
        link = _match(block, each, counts, totals, told_before)
        # 每人每天5元 over 200天 has a third factor.
        several = several or (len(places) > 1 and _over_time(block))
        if link and not (link.severity and several):
            yield link


def _over_time(block: Block) -> bool:
    return any(
        q.kind == "duration" and (q.number or 0) > 1 and q.surface[0] not in "一半"
        for q in block.figures
    )


def _words_before(block: Block, quantity: Quantity) -> str:
    left = block.text[max(block.start, quantity.start - 15) : quantity.start]
    return re.split("[，,。；;、：（(]", left)[-1]


def _counts(quantity: Quantity, place: str) -> bool:
    """Whether the number counts what 每 or 均 divides by."""
    if quantity.kind not in ("count", "people", "measure") or not quantity.exact:
        return False
    if not quantity.number or quantity.number <= 1:
        return False
    if place in ("人", "名", "位"):
        return quantity.kind == "people"
    if place == "户" and quantity.unit in ("家", "户"):
        return True
    own = (quantity.unit or "", quantity.head or "")
    if place in ("学",):
        return quantity.kind == "people"
    return place in ("", "个") or any(place in word for word in own)


def _may_total(
    quantity: Quantity, each: Quantity, counts: list[Quantity] | tuple[Quantity, ...]
) -> bool:
    return (
        quantity is not each
        and group(quantity) == group(each)
        and quantity.exact
        and bool(quantity.number)
        and quantity not in counts
    )


def _match(
    block: Block,
    each: Quantity,
    counts: list[Quantity],
    totals: list[Quantity],
    told_before: list[Quantity],
) -> Link | None:
    for count in counts:
        for total in (*totals, *reversed(told_before)):
            if _makes(block, each, count, total) and (total.number or 0) > (each.number or 0):
                return _link(each, count, total, holds=True)
    if not counts:
        return None
    count = min(counts, key=lambda q: abs(q.start - each.start))
    meant = _total_meant(block, each, count, totals) or _paid(block, each, count, totals)
    if meant is None and _is_bare(block, each) and abs(count.start - each.start) <= 20:
        bigger = [q for q in totals if (q.number or 0) > (each.number or 0)]
        slipped = [q for q in told_before if not bigger and _slipped(each, count, q)]
        meant = slipped[0] if len(slipped) == 1 else None
    return _link(each, count, meant, holds=False) if meant else None


def _total_meant(
    block: Block, each: Quantity, count: Quantity, totals: list[Quantity]
) -> Quantity | None:
    """The total that stands behind its average: stated by 合计, or a slip away."""
    behind = [q for q in totals if q.start > each.start and _stated(block, q)]
    others = [q for q in totals if behind and each.end <= q.start < behind[0].start]
    if behind and not others and len(block.text[each.end : behind[0].start]) <= 24:
        return behind[0]
    for total in totals:
        gap = block.text[each.end : total.start]
        if count.start < each.start < total.start and len(gap) <= 12:
            beside = each.start - count.end <= 30 and not re.search("[增新另余还]|其中|同比", gap)
            if beside and not others and _slipped(each, count, total):
                return total
    return None


def _paid(block: Block, each: Quantity, count: Quantity, totals: list[Quantity]) -> Quantity | None:
    """The nearest greater figure, where the average names nothing of its own or the total was paid."""
    bigger = [
        q for q in totals
        if (q.number or 0) > (each.number or 0) and not _is_effect(block, q)
    ]  # fmt: skip
    if not bigger:
        return None
    bracketed = [q for q in bigger if _OPENED.fullmatch(block.text[q.end : each.start])]
    if bracketed and _BARE.search(_words_before(block, each)):
        # 1.56亿元（县均5200万元）: what the brackets tell is an average of it.
        return bracketed[0] if _sure_count(each, count) else None
    total = min(bigger, key=lambda q: abs(q.start - each.start))
    adjacent = _adjacent(block, each, count, total)
    if _is_bare(block, each) and (adjacent or _slipped(each, count, total)):
        return total
    left = block.text[max(block.start, total.start - 8) : total.start]
    paid = _PAID.search(left) and not re.search("其中|最|另", left)
    own = _OWN_NOUN.search(_words_before(block, each))
    return total if adjacent and paid and own is None else None


def _stated(block: Block, total: Quantity) -> bool:
    return bool(_TOTAL.search(block.text[max(block.start, total.start - 8) : total.start]))


def _sure_count(each: Quantity, count: Quantity) -> bool:
    """Whether the count stands close before: it is the only one of its unit that fits."""
    return 0 < each.start - count.end <= 40


def _is_effect(block: Block, total: Quantity) -> bool:
    """带动增收2600万元 is what came of it, not what was paid."""
    left = block.text[max(block.start, total.start - 10) : total.start]
    return bool(_OWN_NOUN.search(re.split("[，,。；;、：]", left)[-1]))


def _is_bare(block: Block, each: Quantity) -> bool:
    left = re.split(
        "[，,。；;、：（(]", block.text[max(block.start, each.start - 12) : each.start]
    )[-1]
    return bool(_BARE.search(left)) and not _OWN_NOUN.search(left)


def _adjacent(block: Block, each: Quantity, count: Quantity, total: Quantity) -> bool:
    """The three follow one another in one sentence part, and the average comes with its count."""
    first, last = min(each.start, count.start, total.start), max(each.end, count.end, total.end)
    inside = [q for q in block.figures if first <= q.start < last and q.kind in _KINDS]
    near = abs(each.start - count.end) <= 10 or abs(count.start - each.end) <= 10
    return len(inside) == 3 and near and last - first <= 56 and "；" not in block.text[first:last]


def _slipped(each: Quantity, count: Quantity, total: Quantity) -> bool:
    """Whether one wrong digit in one of the three makes the product right."""
    assert each.number is not None
    assert count.number is not None
    assert total.number is not None
    made = each.number * count.number
    if one_digit_apart(made, total.number):
        return True
    counted, single = total.number / each.number, total.number / count.number
    whole = counted == counted.to_integral_value() and one_digit_apart(counted, count.number)
    return whole or (
        single == single.quantize(Decimal("0.01")) and one_digit_apart(single, each.number)
    )


def _makes(block: Block, each: Quantity, count: Quantity, total: Quantity) -> bool:
    """Within the rounding of the total, and of an average; what is paid for each is exact."""
    assert each.number is not None
    assert count.number is not None
    assert total.number is not None
    average = "均" in _words_before(block, each)
    rounding = count.number * each.step / 2 if average else Decimal(0)
    rounding += total.step / 2 if total.step != 1 else 0
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
