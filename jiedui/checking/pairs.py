"""Pairs: a count and the money of the same things, courses and those who took them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .links import Block, Link
from .model import Quantity, Relation

_THINGS = re.compile(
    r"项目|企业|协议|合同|订单|园区|工程|公司|意向|基地|厂房|标段|示范村|商协会|商会|车间|专柜|事项"
)
_MONEY = re.compile(r"资金|投资|额|金额|经费|投入|款|总值|货值|补助|资本")
_EFFECT = re.compile(r"收入|增收|工资|补贴|产值|税|利润|均|收益|分红|销售|营收|捐|消费")
_AVERAGE = re.compile(r"均|每|平均|同比|增长|各")
_GROWN = re.compile(r"(?:增长|增加|减少|下降|提高)了?$")
_COURSES = re.compile(r"培训|讲座|招聘|义诊|班|研修|跟岗|宣讲|课|推介")
_TOOK_PART = re.compile(
    r"培训|参训|参加|参与|参会|学员|服务|惠及|受益|覆盖|达成|吸引|轮训|诊疗|接诊|听众"
)


def pairs(block: Block, subsets: dict[str, str], reached: dict[str, str]) -> Iterator[Link]:
    """Each quantity is in one pair of a kind at most. ``subsets`` maps a part to its whole.

    引进企业41家，投产28家，到位资金5亿元: the money is that of all 41, which ``reached`` tells."""
    # 项目5类26个: the 26 are the things, the 5 only their sorts.
    sorts = {
        one.id for one, two in pairwise(block.figures)
        if one.end == two.start and one.kind == two.kind == "count"
    }  # fmt: skip
    figures = [
        q for q in block.figures
        if q.id not in sorts and q.id not in reached and not q.optional and not _grew(block, q)
        and q.kind not in ("percent", "ratio", "duration")
    ]  # fmt: skip
    taken: set[str] = set()
    # The nearest first, then a count with its money behind it: 资金1亿元，项目3个，总投资5亿元.
    for near, count_first in ((True, True), (True, False), (False, True), (False, False)):
        yield from _pass(block, figures, subsets, taken, near=near, count_first=count_first)


def _pass(
    block: Block,
    figures: list[Quantity],
    subsets: dict[str, str],
    taken: set[str],
    *,
    near: bool,
    count_first: bool,
) -> Iterator[Link]:
    for first, two in pairwise(figures):
        one = first
        if one.id in taken or two.id in taken or (one.kind == "count") is not count_first:
            continue
        gap = block.between(one, two)
        if near and re.search("[，,]", gap):
            continue
        if one.kind == "amount" and two.kind == "count" and gap:
            if one.id in subsets:
                one = next((q for q in figures if q.id == subsets[first.id]), first)
            if one.id in taken or two.id in subsets:
                continue
        if _money_pair(block, one, two, gap) or _course_pair(one, two, gap):
            taken.update((one.id, two.id))
            yield _link(one, two)


def _grew(block: Block, quantity: Quantity) -> bool:
    return bool(_GROWN.search(block.text[max(block.start, quantity.start - 6) : quantity.start]))


def _link(one: Quantity, two: Quantity) -> Link:
    line = f"{one.surface}、{two.surface}"
    relation = Relation("pair", {"ids": (one.id, two.id)})
    people = two.kind in ("people", "person_times")
    if people and one.exact and two.exact and (two.number or 0) < (one.number or 0):
        message = f"{one.surface}只有{two.surface}参加，人数比场次还少"
        return Link(relation, two, (one,), f"{two.surface} < {one.surface}", "warn", message)
    return Link(relation, two, (one,), line)


def _money_pair(block: Block, one: Quantity, two: Quantity, gap: str) -> bool:
    kinds = {one.kind, two.kind}
    if kinds != {"count", "amount"}:
        return False
    count, money = (one, two) if one.kind == "count" else (two, one)
    if count.unit == "大":
        return False
    if gap == "":
        return True
    if (
        len(gap) > 24
        or gap.count("，") + gap.count(",") > 1
        or re.search("[；;]", gap)
        or _AVERAGE.search(gap)
    ):
        return False
    money_words = (money.head or "") + (gap if money is two else "")
    if _EFFECT.search(money_words) or not _THINGS.search(count.head or ""):
        return False
    if money is one and re.search("[，,]", gap):
        return bool(re.search(r"实施|安排|建设|用于|支持", gap)) and bool(
            _MONEY.search(money.head or "")
        )
    return bool(_MONEY.search(money_words)) or money is one


def _course_pair(one: Quantity, two: Quantity, gap: str) -> bool:
    if one.kind != "count" or one.unit not in ("期", "场", "班", "次", "场次", "期次", "个"):
        return False
    if two.kind not in ("people", "person_times") or len(gap) > 14:
        return False
    if one.unit == "个" and "班" not in (one.head or ""):
        return False
    if not _COURSES.search(one.head or ""):
        return False
    return gap == "" or bool(_TOOK_PART.search(gap))
