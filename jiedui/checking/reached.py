"""What part of the things before it was reached: 项目21个，已开工14个 can be no more than 21."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .links import Block, Link, group, told, unit_told
from .model import Quantity, Relation
from .parts import words

_ONLY = re.compile(r"(?:只有|仅有|(?<!不)仅)$")
_MORE = re.compile(r"另|还|新|又|其他|再|同比|比上年|较|力争|计划|目标|任务|每|均")
_ANEW = re.compile(r"新开工|新增|今年|当年|本年|上年|结转|日均|月均|每")
_AIM = re.compile("计划|目标|任务|应|预计|拟")
_KINDS = frozenset(("count", "people", "amount"))


def reached(block: Block, known: set[frozenset[str]]) -> Iterator[Link]:
    """A subset that no word states, so a wrong one only warns.

    ``known`` are pairs of ids that a sum or rate has told already."""
    figures = [q for q in block.figures if q.kind in _KINDS]
    for whole, part in pairwise(figures):
        if group(whole) != group(part) or not (whole.exact and part.exact):
            continue
        if frozenset((whole.id, part.id)) in known or part.number == whole.number:
            continue
        gap = block.between(whole, part)
        if _ANEW.search(block.text[max(block.start, whole.start - 8) : whole.start]):
            continue
        if len(gap) <= 16 and _of_the_same(gap, part):
            relation = Relation("subset", {"whole": whole.id, "part": part.id})
            if (part.number or 0) < (whole.number or 0):
                left = block.text[max(block.start, whole.start - 10) : whole.start]
                if _AIM.search(left) or words().reached.search(left):
                    continue
                yield Link(relation, part, (whole,), f"{told(part)} ≤ {told(whole)}")
                continue
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
