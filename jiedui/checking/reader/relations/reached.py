"""Parts that no 其中 states: 项目21个，已开工14个; 带教医生31名，现已有9名能独立主刀; 486人在内."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jiedui.checking.reader.model import Quantity, Relation

from .links import Block, Link, group, told, unit_told
from .parts import words

_ONLY = re.compile(r"(?:只有|仅有|才有|(?<!不)仅)$")
_MORE = re.compile(r"另|还|新|又|其他|再|同比|比上年|较|力争|计划|目标|任务|每|均|对比|邻")
_ANEW = re.compile(r"新开工|新增|今年|当年|本年|上年|结转|日均|月均|每|均")
_AIM = re.compile("计划|目标|任务|应|预计|拟")
_WITHIN = re.compile(
    r"^[，,]?[\u4e00-\u9fff]{0,6}?(?:里头|里面|当中|之中|[中里])(?![学医药心期国等])"
)
_INCLUDED = re.compile(r"^(?:包括)?在内")
_BARE = re.compile(r"^(?:现|已|目前|现在|至今|都|就|均|全部|其余)*有?$")
_ACTS = re.compile(
    r"^(?:企业|项目|干部|人员|学员|教师|医生|的)?(?:当场|现场|已|能|能够|可|被|获|考取|考入|晋|通过|成为|入选|正在|建成|投产|落地|签约|落户"
    r"|开工|完工|竣工|在建|实现|取得|留|返|到岗|上岗|毕业|就业|入库|达到|评为|荣获|转正|脱贫|受益|走上|参加|报名|升学|康复|是|来自)"
)
_KINDS = frozenset(("count", "people", "amount", "person_times", "measure"))
_FAR = 30
_BACK = 6


_GREW = re.compile(r"(?:累计|总数|总量|目前共|现共)(?:已)?(?:达到?|有|建成|为|共)*$")
_OF_THESE_NEW = re.compile("[，,（(](?:其中)?(?:今年|本年|当年|年内)?新增$")
_NEW = re.compile(r"新增|新建|新认定|新引进|新成立|新培育|新开发")


def grown(block: Block, told_before: Sequence[Quantity]) -> Iterator[Link]:
    """新增专柜8个…；累计52个: what is new is a part of all there are."""
    for index, whole in enumerate(block.figures):
        if whole.kind not in ("count", "people") or whole.number is None or not whole.exact:
            continue
        if _OF_THESE_NEW.search(block.text[max(block.start, whole.start - 8) : whole.start]):
            yield from _new_ones(block, index)
        if not _GREW.search(block.text[max(block.start, whole.start - 8) : whole.start]):
            continue
        for part in [*reversed(block.figures[:index]), *reversed(told_before)][:10]:
            before = block.text[max(part.start - 14, 0) : part.start]
            if "\n" in block.text[part.end : whole.start] or whole.start - part.end > 80:
                break
            if (
                group(part) == group(whole)
                and part.exact
                and _NEW.search(re.split("[，,；;、]", before)[-1])
            ):
                if not whole.head or (part.head or "").endswith(whole.head[-2:]):
                    yield from _told(whole, part)
                    break


def _new_ones(block: Block, index: int) -> Iterator[Link]:
    """入驻企业56家，今年新增13家: of all there are, told right before."""
    part = block.figures[index]
    whole = block.figures[index - 1] if index else None
    if whole is None or group(whole) != group(part) or not whole.exact:
        return
    near = len(block.between(whole, part)) <= 12 and (part.number or 0) < (whole.number or 0)
    standing = re.search(
        "入驻|现有|已有|累计|达到?|共有",
        block.text[max(block.start, whole.start - 10) : whole.start],
    )
    if near and standing:
        yield from _told(whole, part)


def reached(block: Block, known: set[frozenset[str]], subsets: Mapping[str, str]) -> Iterator[Link]:
    """A subset that no word states for certain, so a wrong one only warns.

    ``known`` are pairs of ids that a sum or rate has told already, ``subsets`` each part's whole."""
    figures = [q for q in block.figures if q.kind in _KINDS and q.number is not None]
    found: dict[str, Quantity] = {}
    for index, part in enumerate(figures):
        if part.id in subsets or part.optional:
            continue
        before = [
            q for q in figures[max(index - _BACK, 0) : index]
            if group(q) == group(part) and block.text[q.end : q.end + 1] not in ("）", ")")
        ]  # fmt: skip
        whole = next((q for q in reversed(before) if part.start - q.end <= _FAR), None)
        if whole is None or frozenset((whole.id, part.id)) in known:
            continue
        gap = block.between(whole, part)
        if not _is_part(block, whole, part, gap):
            continue
        if whole.id in found or whole.id in subsets:
            # 培训300人，取得证书276人，已上岗251人: of all 300.
            first = found.get(whole.id) or next(
                (q for q in figures if q.id == subsets.get(whole.id)), whole
            )
            whole = first if words().reached.search(gap) else whole
        found[part.id] = whole
        yield from _told(whole, part)


def _is_part(block: Block, whole: Quantity, part: Quantity, gap: str) -> bool:
    if part.number == whole.number or re.search("[；;。各]|其中", gap):
        return False
    left = block.text[max(block.start, whole.start - 8) : whole.start]
    if _WITHIN.match(gap) and len(gap) <= 16:
        return True
    if _INCLUDED.match(block.text[part.end : part.end + 4]) and len(gap) <= 16:
        return True
    if _ANEW.search(left):
        return False
    if len(gap) <= 16 and _of_the_same(gap, part):
        wide = block.text[max(block.start, whole.start - 10) : whole.start]
        return not (_AIM.search(wide) or words().reached.search(wide))
    clause = re.split("[，,]", gap)[-1]
    if gap == clause or _MORE.search(gap):
        return False
    if _ONLY.search(clause) and not re.search("[、]", clause):
        return True
    if _of_the_same("，" + clause, part) and not _AIM.search(left):
        return len(gap) <= 24
    bare = bool(_BARE.match(clause))
    behind = block.text[part.end : part.end + 8]
    return bare and bool(_ACTS.match(behind)) and _same_noun(whole, part)


def _same_noun(whole: Quantity, part: Quantity) -> bool:
    one, two = whole.head or "", part.head or ""
    return not two or one[-2:] == two[-2:] or part.unit in ("家", "名", "位", "人")


def _told(whole: Quantity, part: Quantity) -> Iterator[Link]:
    relation = Relation("subset", {"whole": whole.id, "part": part.id})
    low, high = part.interval.low, whole.interval.high
    if (part.number or 0) < (whole.number or 0):
        yield Link(relation, part, (whole,), f"{told(part)} ≤ {told(whole)}")
    elif low is not None and high is not None and low > high:
        line = f"{told(part)} > {told(whole)}{unit_told(whole)}"
        message = f"{part.surface}是前面{whole.surface}中的一部分，却更大"
        yield Link(None, part, (whole,), line, "warn", message)


def _of_the_same(gap: str, part: Quantity) -> bool:
    """Whether 已开工 or 只有 stands before the part, and no noun of its own."""
    if not gap.startswith(("，", ",", "、", "；", ";")) or _MORE.search(gap):
        return False
    words_before = gap.lstrip("，,、；; ")
    if _ONLY.search(words_before):
        return True
    found = words().reached.search(words_before)
    if found is None:
        return False
    rest = words_before[found.end() :].strip("的有了为达共到就是只")
    lead = words_before[: found.start()].strip("已经其中全部现实际正常目前均")
    return not rest and not lead and not (part.head or "").endswith("资金额")
