"""Lists of parts without 其中: behind a colon, in parentheses, before 合计."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .adding import LEVELS, Found, adds_up, slipped
from .links import Block, group
from .model import Quantity
from .parts import are_all, label, may_overlap

_COLON = re.compile(
    r"[：:]|(?:分|从|按)[\u4e00-\u9fff]{1,6}看[，,]|依次(?:为|是)|分别为|分别是|包括|分别(?=[\u4e00-\u9fff])"
)
_SUM_WORD = re.compile(r"(?:合计|共计|总计|一共|总共|累计|共|总[数值价额量])[\u4e00-\u9fff]{0,8}$")
_FIRM = re.compile(r"(?:合计|共计|总计|一共|总共)[\u4e00-\u9fff]{0,6}$|共(?:有|为|约|达)?$")
PARENS = re.compile(r"[（(][^（()）]{0,120}[)）]")
NO_PART = re.compile(
    r"同比|环比|增长|提高|下降|较上年|比上年|人均|户均|平均|每|占|带动|吸纳|培训|覆盖|惠及|(?<![值额入量])实现|发放|户次"
)
_KINDS = frozenset(("amount", "count", "people", "person_times", "measure"))
WHICH = re.compile(r"其中(?!之)|(?<=[（(])(?:含|包括|包含)")


def found_of(
    block: Block, whole: Quantity, parts: list[Quantity], word: str, *, beside: bool = False
) -> Found:
    return Found(whole, parts, word, [label(block, part) for part in parts], beside)


def usable(quantity: Quantity) -> bool:
    return quantity.kind in _KINDS and quantity.number is not None and not quantity.optional


def goes_on(gap: str) -> bool:
    """Whether a list of parts goes on: 、 or a comma and a short label."""
    label = gap.lstrip("，,、；;和以及 ")
    return (
        len(label) <= (24 if gap.startswith("、") else 14)
        and not NO_PART.search(label)
        and "。" not in gap
    )


def listed(block: Block, outside: list[Quantity]) -> Iterator[Found]:
    """A whole, a colon or 分别为, and the parts; without a mark where the labels say all."""
    for index, whole in enumerate(outside):
        if not usable(whole):
            continue
        parts: list[Quantity] = []
        last = whole.end
        for quantity in outside[index + 1 :]:
            if group(quantity) != group(whole) or not usable(quantity):
                if quantity.kind == "percent" or (quantity.kind == "duration" and parts):
                    break
                continue
            gap = block.text[last : quantity.start]
            if not goes_on(gap[-16:]) or _SUM_WORD.search(gap):
                break
            parts.append(quantity)
            last = quantity.end
        if len(parts) < 2:
            continue
        colon = _COLON.search(block.between(whole, parts[0]))
        if colon and (adds_up(whole, parts) or _directly(block, whole, parts)):
            yield found_of(block, whole, parts, "：")
            return
        found = found_of(block, whole, parts, "")
        alike = adds_up(whole, parts) and _of_one_noun(whole, parts)
        if alike and (len(parts) >= 3 or whole.step == parts[0].step):
            yield found
            return
        if are_all(found.labels) and _directly(block, whole, parts):
            greater = sum((q.number or 0) > (whole.number or 0) for q in parts)
            if adds_up(whole, parts) or (greater < 2 and not foreign(block, found)):
                yield found
                return


def foreign(block: Block, found: Found) -> bool:
    """培训680人，北京就业73人，区内就业1120人: what ends all labels is not what the whole counts."""
    ends = {name.strip("共有为是达了 ")[-2:] for name in found.labels}
    said = block.text[max(block.start, found.whole.start - 20) : found.whole.start]
    return (
        len(ends) == 1
        and not ends & {"", found.whole.head or ""}
        and ends.pop() not in (said + (found.whole.head or ""))
    )


def _directly(block: Block, whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether the list stands right behind its whole, with no other figure in between."""
    between = block.between(whole, parts[0])
    if re.search("分[两三四]期|分[两三四]批|分[两三]个", between):
        return len(between) <= 24
    if len(between) > 24 or any(whole.end <= q.start < parts[0].start for q in block.figures):
        return len(between) <= 24 and "依次" in between
    return not may_overlap([label(block, part) for part in parts]) or "分别" in between


def bracketed(block: Block) -> Iterator[Found]:
    """27名（教师12名、医生11名、农技人员4名）: nothing else stands within the parentheses."""
    for match in PARENS.finditer(block.text, block.start, block.end):
        inside = [q for q in block.figures if match.start() < q.start < match.end()]
        wholes = [q for q in block.figures if q.end <= match.start()]
        if len(inside) < 2 or not wholes or WHICH.search(match[0]):
            continue
        whole = wholes[-1]
        if match.start() - whole.end > 8 or not all(usable(q) for q in (whole, *inside)):
            continue
        if any(group(q) != group(whole) for q in inside) or inside[0].start - match.start() > 14:
            continue
        found = found_of(block, whole, inside, "：")
        if _joined(block, inside) and (adds_up(whole, inside) or not may_overlap(found.labels)):
            yield found


def of_the_block_before(block: Block, outside: list[Quantity], before: Block) -> Iterator[Found]:
    """资金重点投向四个领域：… : the whole was told in the sentence before."""
    mark = _COLON.search(block.text, block.start, block.end)
    if mark is None:
        yield from _opened_by_parts(block, outside, before)
    run = [q for q in outside if mark and q.start >= mark.end() and usable(q)]
    if mark is None or len(run) < 2 or run[0].start - mark.end() > 24:
        return
    parts = [q for q in run if group(q) == group(run[0])]
    cut = WHICH.search(block.text, mark.end(), block.end)
    parts = [q for q in parts if cut is None or q.start < cut.start()]
    if not parts or any(group(q) == group(run[0]) for q in outside if q.start < mark.start()):
        return
    while len(parts) > 1 and not _joined(block, parts):
        parts.pop()
    wholes = [q for q in before.figures if usable(q) and group(q) == group(parts[0])][-4:]
    for whole in reversed(wholes):
        if len(parts) > 1 and adds_up(whole, parts):
            yield found_of(block, whole, parts, "")
            return
    for whole in reversed(wholes):
        found = found_of(block, whole, parts, "其中")
        if len(parts) > 2 and slipped(found) and not may_overlap(found.labels):
            yield found
            return


def _of_one_noun(whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether the heads allow one sum: the parts' nouns end as the whole's, or name classes."""
    noun = (whole.head or "")[-2:]
    like = [(p.head or "").endswith((noun, *LEVELS)) if noun else False for p in parts]
    return sum(like) >= len(parts) - 1


def _opened_by_parts(block: Block, outside: list[Quantity], before: Block) -> Iterator[Found]:
    """签约23个、18.6亿元。农业类8个、5.2亿元；工业类9个、10.1亿元；…: for each unit a sum."""
    if WHICH.search(block.text, block.start, block.end):
        return
    keys = dict.fromkeys(group(q) for q in outside if usable(q))
    for key in keys:
        parts = [q for q in outside if usable(q) and group(q) == key]
        wholes = [q for q in before.figures[-4:] if usable(q) and group(q) == key]
        if len(parts) < 3 or not wholes or parts[0].start - block.start > 24:
            continue
        found = found_of(block, wholes[-1], parts, "")
        if adds_up(wholes[-1], parts) or are_all(found.labels):
            yield found


def closing(block: Block, outside: list[Quantity], done: set[str]) -> Iterator[Found]:
    """A、B、C, 合计 N: the total stands behind its parts."""
    for index, whole in enumerate(outside):
        start = (
            outside[index - 1].start
            if index and outside[index - 1].end == whole.start
            else whole.start
        )
        before = block.text[max(block.start, start - 14) : start]
        if index < 2 or whole.id in done or not usable(whole) or not _SUM_WORD.search(before):
            continue
        parts: list[Quantity] = []
        for quantity in reversed(outside[:index]):
            if group(quantity) != group(whole) or not usable(quantity):
                continue
            if NO_PART.search(block.text[max(block.start, quantity.start - 8) : quantity.start]):
                continue
            parts.insert(0, quantity)
        parts = parts[-12:]
        run = parts
        while run and not _joined(block, run):
            run = run[1:]
        firm = _FIRM.search(before) and len(run) > 1 and whole.start - run[-1].end <= 24
        if firm and not adds_up(whole, parts):
            parts = run
        holds = adds_up(whole, parts) and (firm or _of_one_noun(whole, parts))
        if len(parts) >= 2 and (holds or firm):
            yield found_of(block, whole, parts, "合计" if firm else "")


def _joined(block: Block, parts: list[Quantity]) -> bool:
    return all(
        len(block.between(one, two)) <= 16 and goes_on(block.between(one, two))
        for one, two in pairwise(parts)
    )
