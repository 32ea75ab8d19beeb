"""Lists of parts without 其中: behind a colon, in parentheses, before 合计."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from jiedui.checking.reader.model import Quantity

from .adding import LEVELS, Found, adds_up, digits, slipped
from .calling import compared
from .links import Block, group, near, total
from .parts import are_all, label, may_overlap

_COLON = re.compile(
    r"[：:]|(?:分|从|按)[\u4e00-\u9fff]{1,6}看[，,]|依次(?:为|是)|分别为|分别是|包括|分别(?=[\u4e00-\u9fff])"
)
_CUE = re.compile(
    r"[：:]|(?:按|分|从)[\u4e00-\u9fff]{1,6}(?:分|看|划分)[，,]?|依次(?:为|是)?|分别(?:为|是|用于|投向|安排|达)?"
    r"|来源(?:为|是|于)|(?:包括|包含|由|用于)(?=[\u4e00-\u9fff])"
)
_ALL_OF = re.compile(r"按[\u4e00-\u9fff]{1,6}分|分[\u4e00-\u9fff]{1,4}看|分别(?:为|是)")
_NUMBERED = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,2}[)）]|[：:；;，][一二三四五]是|[：:]\s?1[.．、]"
)
_REST = re.compile("其余|剩余|余下|其他")
_MOST_MARKS = 8
_PAUSE = re.compile("[、和及与]")
_SUM_WORD = re.compile(
    r"(?:加起来|合起来|加在一起|合计|共计|总计|一共|总共|累计|共|总[数值价额量])[\u4e00-\u9fff]{0,8}$"
)
_NAMED = re.compile("[\u4e00-\u9fff]、[\u4e00-\u9fff]")
_FIRM = re.compile(
    r"(?:加起来|合起来|加在一起|合计|共计|总计|一共|总共)[\u4e00-\u9fff]{0,6}$|共(?:有|为|约|达)?$"
)
PARENS = re.compile(r"[（(][^（()）]{0,120}[)）]")
NO_PART = re.compile(
    r"同比|环比|增长|提高|下降|较上年|比上年|[人户县村镇校亩项月年日省市场棒只株头]均|平均|每|占|带动|吸纳|培训|覆盖|惠及|(?<![值额入量])实现|发放|户次"
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
    last = 0
    for index, whole in enumerate(outside):
        if whole.start < last or not usable(whole):
            continue
        found = _listed(block, whole, _run_behind(block, outside, index))
        if found:
            yield found
            last = found.parts[-1].end


def _run_behind(block: Block, outside: list[Quantity], index: int) -> list[Quantity]:
    """The figures of the whole's kind that follow it as a list."""
    whole = outside[index]
    parts: list[Quantity] = []
    last = whole.end
    for quantity in outside[index + 1 :]:
        if group(quantity) != group(whole) or not usable(quantity):
            if quantity.kind == "percent" or (quantity.kind == "duration" and parts):
                if not _REST.search(block.text, quantity.end, quantity.end + 8):
                    break
                last = quantity.end
            continue
        gap = PARENS.sub("", block.text[last : quantity.start])
        near_words = gap[-16:] if parts else "，" + re.split("[，,：:]", gap)[-1]
        if not goes_on(near_words) or _SUM_WORD.search(gap) or compared(block.text, quantity):
            break
        parts.append(quantity)
        last = quantity.end
    return parts


def _listed(block: Block, whole: Quantity, parts: list[Quantity]) -> Found | None:
    if len(parts) < 2 or _PAUSE.match(block.between(whole, parts[0])):
        # 杂粮2838万元、牛羊肉2207万元: of one rank.
        return None
    colon = _COLON.search(block.between(whole, parts[0]))
    if _NUMBERED.search(block.between(whole, parts[0])):
        # 613万元：（1）…。（2）…: items, of which the block holds the first.
        return None
    if _of_one_rank(block, whole, parts[0]) and not adds_up(whole, parts):
        return None
    if parts[0].number == whole.number and not adds_up(whole, parts):
        # 27个：实施项目27个，已完工22个: the head of a card, told again.
        return None
    if colon and (adds_up(whole, parts) or _directly(block, whole, parts)):
        return found_of(block, whole, parts, "：")
    found = found_of(block, whole, parts, "")
    if label(block, whole) in found.labels and not adds_up(whole, parts):
        # 计划选派专技人才10人，实际选派党政干部3人、专技人才16人: the whole is one of their rank.
        return None
    alike = adds_up(whole, parts) and _of_one_noun(whole, parts)
    if alike and (len(parts) >= 3 or whole.step == parts[0].step):
        return found
    if are_all(found.labels) and _directly(block, whole, parts):
        greater = sum((q.number or 0) > (whole.number or 0) for q in parts)
        if adds_up(whole, parts) or (greater < 2 and not foreign(block, found)):
            return found
    return None


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
        complete = are_all(found.labels) or not may_overlap(found.labels)
        if _joined(block, inside) and (adds_up(whole, inside) or complete):
            yield found


def seeking(
    block: Block, before: Block | None, told: Sequence[Quantity], known: set[str]
) -> Iterator[Found]:
    """按品类：杂粮2838万元、牛羊肉2207万元、果蔬1261万元: the whole was told in a sentence before."""
    if before and not known and not _CUE.search(block.text, block.start, block.end):
        yield from _opened_by_parts(block, list(block.figures), before)
    marks = list(_CUE.finditer(block.text, block.start, block.end))[:_MOST_MARKS]
    for number, mark in enumerate(marks):
        stop = marks[number + 1].start() if number + 1 < len(marks) else block.end
        for parts in _behind(block, mark.end(), stop):
            if any(q.id in known for q in parts):
                continue
            found = _its_whole(block, mark.start(), parts, told, known)
            if found:
                known.update(q.id for q in (found.whole, *parts))
                yield found
    keys = dict.fromkeys(group(q) for q in block.figures if usable(q) and q.id not in known)
    for key in keys:
        # 线下销售3.13亿元，线上销售2.09亿元: the labels say that this is all.
        parts = [q for q in block.figures if usable(q) and group(q) == key]
        if len(parts) in (2, 3) and not known & {q.id for q in parts} and _joined(block, parts):
            if are_all([label(block, q) for q in parts]):
                found = _its_whole(block, parts[0].start, parts, told, known)
                if found:
                    yield found


def _behind(block: Block, start: int, stop: int) -> Iterator[list[Quantity]]:
    """The figures of one unit that follow a mark as a list, those of other units in between."""
    lists: dict[tuple[str, str | None], list[Quantity]] = {}
    last = start
    at = bisect_left(block.figures, start, key=lambda q: q.start)
    for quantity in block.figures[at:]:
        gap = block.text[last : quantity.start]
        if (
            quantity.start >= stop
            or len(gap) > 24
            or (last > start and re.search("[；;]|其中", gap))
        ):
            break
        if NO_PART.search(re.split("[，,、]", gap)[-1]) and last > start:
            break
        last = quantity.end
        if usable(quantity):
            lists.setdefault(group(quantity), []).append(quantity)
    yield from (parts for parts in lists.values() if len(parts) >= 2)


def _its_whole(
    block: Block,
    mark: int,
    parts: list[Quantity],
    told: Sequence[Quantity],
    known: set[str],
) -> Found | None:
    alike = [
        q for q in block.figures if q.end <= mark and usable(q) and group(q) == group(parts[0])
    ]
    inside = [q for q in reversed(alike) if q.id not in known][:4]
    earlier = [q for q in reversed(told) if usable(q) and group(q) == group(parts[0])][:8]
    earlier = [q for q in earlier if not compared(block.text, q)]
    for whole in (*inside, *earlier):
        if not adds_up(whole, parts):
            continue
        found = found_of(block, whole, parts, "：")
        close = parts[0].start - whole.end <= 80
        if close or digits(found) >= 3 or len(parts) >= 3:
            return found
    firm = _ALL_OF.search(block.text, mark, parts[0].start)
    for whole in (*inside, *earlier[:3]):
        found = found_of(block, whole, parts, "：")
        everything = are_all(found.labels)
        if may_overlap(found.labels) and not firm:
            return None
        line = "\n" not in block.text[whole.end : parts[0].start]
        slip = slipped(found) and (len(parts) >= 3 or everything or firm)
        if slip and (line or digits(found) >= 4):
            return found
        if firm and inside[:1] == [whole] and near(total(parts), whole.number or total(()), "0.35"):
            return found
    return None


def _of_one_noun(whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether the heads allow one sum: the parts' nouns end as the whole's, or name classes."""
    noun = (whole.head or "")[-2:]
    like = [(p.head or "").endswith((noun, *LEVELS)) if noun else False for p in parts]
    return sum(like) >= len(parts) - 1


def _opened_by_parts(block: Block, outside: list[Quantity], before: Block) -> Iterator[Found]:
    """签约23个、18.6亿元。农业类8个、5.2亿元；工业类9个、10.1亿元；…: for each unit a sum."""
    cut = WHICH.search(block.text, block.start, block.end)
    if cut:
        outside = [q for q in outside if q.start < cut.start()]
    keys = dict.fromkeys(group(q) for q in outside if usable(q))
    for key in keys:
        parts = [q for q in outside if usable(q) and group(q) == key and not _apart(block, q)]
        wholes = [q for q in before.figures[-4:] if usable(q) and group(q) == key]
        if len(parts) < 2 or not wholes or parts[0].start - block.start > 24:
            continue
        found = found_of(block, wholes[-1], parts, "")
        if adds_up(wholes[-1], parts) and (len(parts) >= 3 or digits(found) >= 3):
            yield found
        elif len(parts) >= 3 and slipped(found):
            yield replace(found, word="：")
        elif len(parts) >= 3 and are_all(found.labels):
            most = max(q.number or 0 for q in parts)
            if most < (wholes[-1].number or 0) and not adds_up(parts[0], parts[1:]):
                yield found


def _apart(block: Block, quantity: Quantity) -> bool:
    left = block.text[max(block.start, quantity.start - 10) : quantity.start]
    return bool(NO_PART.search(re.split("[，,；;、：:]", left)[-1]))


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
        if parts and _NAMED.search(block.text, parts[-2:][0].end, whole.start):
            # 妇产科2人，麻醉、护理加起来也是2人: the sum of those that are named with it.
            continue
        run = parts
        while run and not _joined(block, run):
            run = run[1:]
        firm = _FIRM.search(before) and len(run) > 1 and whole.start - run[-1].end <= 24
        if firm and not adds_up(whole, parts):
            ends = (run[-n:] for n in range(2, len(run)))
            parts = next((end for end in ends if adds_up(whole, end)), run)
        holds = adds_up(whole, parts) and (firm or _of_one_noun(whole, parts))
        if not adds_up(whole, parts) and _times(block, whole, parts):
            continue
        if len(parts) >= 2 and (holds or firm):
            yield found_of(block, whole, parts, "合计" if firm else "")


def _of_one_rank(block: Block, whole: Quantity, part: Quantity) -> bool:
    """进电子厂的468人，进食品厂的317人，…: the first of a list is none of its parts' whole."""
    return block.text[whole.start - 1] == block.text[part.start - 1] == "的"


def _times(block: Block, whole: Quantity, parts: list[Quantity]) -> bool:
    """8栋就是4万只，一年出栏两批，共8万只: made by taking a part several times."""
    counts = {q.number for q in block.figures if q not in parts and q is not whole}
    return any(
        part.number and whole.number and whole.number / part.number in counts for part in parts
    )


def _joined(block: Block, parts: list[Quantity]) -> bool:
    gaps = (PARENS.sub("", block.between(one, two)) for one, two in pairwise(parts))
    return all(len(gap) <= 16 and goes_on(gap) for gap in gaps)
