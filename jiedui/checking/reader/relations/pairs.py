"""Pairs: a count and the money of the same things, courses and those who took them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from jiedui.checking.reader.model import Quantity, Relation

from .calling import compared
from .links import Block, Link

_THINGS = re.compile(
    r"项目|企|协议|合同|订单|园区|工程|公司|意向|基地|厂房|标段|示范村|商协会|商会|车间|专柜|事项|专区|市场主体|类$"
)
_MONEY = re.compile(r"资金|投资|额|金额|经费|投入|款|总值|货值|补助|资本|折价|到账")
_EFFECT = re.compile(
    r"收入|增收|工资|补贴|产值|税|利润|均|收益|分红|销售|营收|捐|消费|带动|撬动|拉动|贷款|单价|售价"
)
_AVERAGE = re.compile(r"均|每|平均|同比|增长|各|分别")
_GROWN = re.compile(r"(?:增长|增加|减少|下降|提高|多|少)了?$")
_COURSES = re.compile(r"培训|讲座|招聘|义诊|班|研修|跟岗|宣讲|课|推介|巡诊|诊疗|活动|演出|直播")
_TOOK_PART = re.compile(
    r"培训|参训|参加|参与|参会|学员|服务|惠及|受益|覆盖|达成|吸引|轮训|诊疗|接诊|听众|受训|求职|进场|到场|报名"
    r"|看病|运送|输送|结业|观看"
)
_SET_UP = re.compile(r"实施|安排|建设|用于|支持|谋划|撑起|撬起|启动|立项|项目")
_ACTUAL = re.compile(r"^[；;](?:实际|累计|已)?(?:到位|完成|协议|计划|总)?(?:总)?(?:投资|资金|金额)")
_BRACKETS = re.compile(r"[（(][^（()）]{0,80}[)）]")
_FAR = 26


def pairs(
    block: Block, subsets: dict[str, str], reached: dict[str, str], before: Block | None
) -> Iterator[Link]:
    """Each quantity is in one pair of a kind at most. ``subsets`` maps a part to its whole.

    引进企业41家，投产28家，到位资金5亿元: the money is that of all 41, which ``reached`` tells."""
    kinds = {q.kind for q in block.figures}
    if "count" not in kinds or len(kinds) < 2 and before is None:
        return
    figures = _told_outright(block, reached)
    taken: set[str] = set()
    # The nearest first, then a count with its money behind it: 资金1亿元，项目3个，总投资5亿元.
    for near, count_first in ((True, True), (True, False), (False, True), (False, False)):
        yield from _pass(block, figures, subsets, taken, near=near, count_first=count_first)
    yield from _with_the_block_before(block, figures, before, taken)


def _told_outright(block: Block, reached: dict[str, str]) -> list[Quantity]:
    """The figures of the sentence itself: not of its brackets, its aims, its changes."""
    # 项目5类26个: the 26 are the things, the 5 only their sorts.
    sorts = {
        one.id for one, two in pairwise(block.figures)
        if one.end == two.start and one.kind == two.kind == "count"
    }  # fmt: skip
    spans = [m.span() for m in _BRACKETS.finditer(block.text, block.start, block.end)]
    return [
        q for q in block.figures
        if q.id not in sorts and q.id not in reached and not q.optional and not _grew(block, q)
        and q.kind not in ("percent", "ratio", "duration")
        and not any(a < q.start < b for a, b in spans)
        and not _is_aim(block, q) and not compared(block.text, q)
    ]  # fmt: skip


def _is_aim(block: Block, quantity: Quantity) -> bool:
    """为年度目标24家的79.2%, 投资超过2000万元的: told of something else."""
    behind = block.text[quantity.end : quantity.end + 9]
    if quantity.kind == "amount" and quantity.approx and behind.startswith(("的", "以上的")):
        return True
    before = block.text[max(block.start, quantity.start - 8) : quantity.start]
    return bool(re.match("的[\\d.]+%", behind)) and bool(re.search("目标|任务|计划|协议", before))


def _with_the_block_before(
    block: Block, figures: list[Quantity], before: Block | None, taken: set[str]
) -> Iterator[Link]:
    """到位资金5280万元，较上年增长6%。安排项目23个: the money of the sentence before."""
    count = figures[0] if figures else None
    if count is None or before is None or count.kind != "count" or count.id + "money" in taken:
        return
    lead = block.text[block.start : count.start]
    if (
        len(lead) > 10
        or not re.search("安排|实施|谋划|支持", lead)
        or "项目" not in (count.head or "")
    ):
        return
    if block.text[before.end - 1] == "\n":
        return
    money = [q for q in _told_outright(before, {}) if q.kind in ("amount", "count")]
    if len(money) == 1 and money[0].kind == "amount":
        words = (money[0].head or "") + block.text[max(money[0].start - 12, 0) : money[0].start]
        if re.search("资金|投资|到账", words) and not _EFFECT.search(words):
            yield _link(money[0], count)


def _plain_gap(gap: str) -> str:
    """The words between two figures, without brackets."""
    return _BRACKETS.sub("", gap)


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
        sort = "money" if "amount" in (one.kind, two.kind) else "people"
        if {one.id + sort, two.id + sort} & taken or (one.kind == "count") is not count_first:
            continue
        gap = _plain_gap(block.between(one, two))
        if near and re.search("[，,]", gap):
            continue
        if one.kind == "count" and one.id in subsets and re.search("[，,]", gap):
            # 引进企业21家，其中规上企业4家，完成投资8.9亿元: the money of all.
            one = next((q for q in figures if q.id == subsets[first.id]), first)
            if one.id + sort in taken:
                continue
        if one.kind == "amount" and two.kind == "count" and gap:
            if one.id in subsets:
                one = next((q for q in figures if q.id == subsets[first.id]), first)
            if one.id + sort in taken or two.id in subsets:
                continue
        if _money_pair(block, one, two, gap) or _course_pair(one, two, gap):
            taken.update((one.id + sort, two.id + sort))
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
    if count.unit in ("大", "批", "户", "年", "次"):
        return False
    if gap == "":
        return True
    actual = money is two and bool(_ACTUAL.search(re.sub("^[^；;]*", "", gap)))
    if (
        len(gap) > _FAR
        or _AVERAGE.search(gap)
        or (re.search("[；;](?!安排|实施)", gap) and not actual)
    ):
        return False
    told_between = bool(re.search(r"\d", gap))
    if gap.count("，") + gap.count(",") > 1 + told_between and not actual:
        return False
    money_words = (money.head or "") + (
        gap if money is two else block.text[money.start - 8 : money.start]
    )
    if _EFFECT.search(money_words):
        return False
    if (
        money is one
        and count.unit in ("期", "班")
        and re.search("班|培训", gap + (count.head or ""))
    ):
        # 出资48万元办班6期.
        return len(gap) <= 8
    things = _THINGS.search(count.head or "") or _THINGS.search(
        block.text[count.end : count.end + 4]
    )
    if not things:
        verb = re.search("签约|落地|投产|到位", block.text[count.end : count.end + 8])
        if not (count.unit in ("家", "个") and verb and money is two):
            return False
    if money is one and re.search("[，,]", gap):
        return bool(_SET_UP.search(gap)) and bool(_MONEY.search(money_words))
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
    return (
        gap in ("", "、", "，", ",")
        or bool(_TOOK_PART.search(gap))
        or (two.kind == "person_times" and len(gap) <= 10)
    )
