"""Rates: a percent, and the part and the whole it was worked out from.

The words ask for a share (占比), a rate (开工率) or the percent of a thing that is named (占到位资金的).
What the words leave open the numbers decide: the pair that works out is meant. Where none does, only
what the words say for certain, or one wrong digit, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from jiedui.checking.reader.model import Quantity, Relation

from .adding import adds_up
from .asking import AIM, FOREIGN, GROWTH, asked_for
from .calling import bare, called, covers
from .links import Block, Link, group
from .meant import Around, has_its_share
from .working_out import as_percent, countable, link_of, works_out

_ABOUT = ("约", "大约", "左右", "差不多", "大概")
_VERB = re.compile(r"占|完成|达到?|相当于|为|是|[，,]$")
_GAP_OF = re.compile(r"[\u4e00-\u9fff“”]{0,10}的(?:约|近|仅)?|人?总?")
_CLOSES = re.compile("[^（(]*[）)]")
"""After a figure that stands in brackets: what they hold is told by the way, and the share is not of it."""
_NO_AIM = re.compile("计划(?:总)?投资|协议投资|计划总|计划实施|计划安排")


def rates(
    block: Block, subsets: dict[str, str], before: Block | None, told: Sequence[Quantity],
    taken: set[str],
) -> Iterator[Link]:  # fmt: skip
    """The rates of one block, and the subset each implies. ``subsets`` maps a part to its whole, by ids.

    ``told`` are the figures of the blocks before, the last of them last; ``taken`` percents that
    the rows of the text have told."""
    listed = list(_respectively(block, told))
    yield from listed
    own = {link.doubt.id for link in listed}
    for index, told_rate in enumerate(block.figures):
        rate = as_percent(told_rate)
        if rate is None or rate.number is None:
            continue
        if rate.approx in _ABOUT:
            # 约占45% may be off by two.
            rate = replace(rate, approx=None, step=max(rate.step, Decimal(4)))
        if not rate.exact:
            link = _that_is(block, index, rate, before)
            if link:
                yield link
            continue
        if rate.id in taken or rate.id in own:
            continue
        link = _of_one(block, index, rate, subsets, told)
        if link:
            yield link
            yield from _implied(block, link, subsets)


def _respectively(block: Block, told: Sequence[Quantity]) -> Iterator[Link]:
    """产业类2075万元，民生类830万元，占比分别为50%、20%: the percents in the order of their parts."""
    run: list[Quantity] = []
    for quantity in (*block.figures, None):
        joined = bool(run) and quantity is not None and quantity.kind == "percent"
        if (
            joined
            and quantity
            and re.fullmatch("[、，,和及与]{1,2}", block.between(run[-1], quantity))
        ):
            run.append(quantity)
            continue
        if len(run) >= 2 and all(q.exact and q.unit == "%" for q in run):
            before = block.text[max(run[0].start - 12, block.start) : run[0].start]
            if re.search("分别|依次", before) and not GROWTH.search(before):
                yield from _in_order(block, run, told)
        run = [quantity] if quantity and quantity.kind == "percent" else []


def _in_order(block: Block, run: list[Quantity], told: Sequence[Quantity]) -> Iterator[Link]:
    earlier = [q for q in block.figures if q.end <= run[0].start and countable(q)]
    best: list[tuple[Quantity, Quantity, Quantity]] = []
    most = 1
    for key in dict.fromkeys(group(q) for q in earlier):
        alike = [q for q in earlier if group(q) == key]
        if len(alike) > len(run) and adds_up(alike[-1], alike[-len(run) - 1 : -1]):
            # 58个、41个、27个，共126个: the total closes the list.
            alike = [alike[-1], *alike[:-1]]
        parts = alike[-len(run) :]
        wholes = [*alike[: -len(run)], *[q for q in told if group(q) == key and countable(q)][-8:]]
        for whole in reversed(wholes) if len(parts) == len(run) else ():
            triples = [(rate, part, whole) for rate, part in zip(run, parts, strict=True)]
            right = sum(works_out(*triple) is None for triple in triples)
            if right > most or (right == most and right == len(run) - 1 == 1 and not best):
                best, most = triples, right
    if most >= len(run) - 1:
        for rate, part, whole in best:
            link = link_of(rate, part, whole, "warn")
            if link:
                yield link


def _of_one(
    block: Block, index: int, rate: Quantity, subsets: dict[str, str], told: Sequence[Quantity]
) -> Link | None:
    found = _explicit(block, index, rate)
    if found:
        return found
    asked = asked_for(block, rate)
    if asked is None:
        return None
    around = Around(block, index, rate, asked, told, subsets)
    return (
        around.that_works_out(subsets)
        or _of_its_whole(block, index, rate, subsets, told)
        or around.that_words_say()
    )


def _that_is(block: Block, index: int, rate: Quantity, before: Block | None) -> Link | None:
    """占比不低于60%，即不少于3900万元: the part stands behind the rate, the whole before."""
    figures = block.figures
    part = figures[index + 1] if index + 1 < len(figures) else None
    if part is None or part.number is None or not re.match("[，,]?即", block.between(rate, part)):
        return None
    near = [*(before.figures if before else ()), *figures[:index]]
    earlier = [q for q in near if group(q) == group(part) and q.number]
    for whole in reversed(earlier[-4:]):
        if works_out(rate, part, whole) is None:
            return link_of(rate, part, whole, None)
    return link_of(rate, part, earlier[-1], "warn") if len(earlier) == 1 else None


def _explicit(block: Block, index: int, rate: Quantity) -> Link | None:
    """60口，占计划80口的75%; 2个未开工，占该县17个项目的11.8%: the whole stands in the phrase."""
    figures = block.figures
    whole = figures[index - 1] if index else None
    if whole is None or not countable(whole):
        return None
    gap = block.between(whole, rate)
    if len(gap) > 14 or not _GAP_OF.fullmatch(gap):
        return None
    for part in reversed(figures[max(index - 7, 0) : index - 1]):
        if not countable(part) or group(part) != group(whole):
            continue
        between = block.between(part, whole)
        if _CLOSES.match(between):
            continue
        if len(between) <= 30 and _VERB.search(between):
            return link_of(rate, part, whole, "error")
        break
    later = figures[index + 1] if index + 1 < len(figures) else None
    if later and countable(later) and group(later) == group(whole):
        if re.fullmatch("[，,](?:达到?|为|即|完成)", block.between(rate, later)):
            # 完成目标2000人的115%，达2300人.
            return link_of(rate, later, whole, "error")
    return None


def _of_its_whole(
    block: Block, index: int, rate: Quantity, subsets: dict[str, str], told: Sequence[Quantity]
) -> Link | None:
    """其中960人，占比40%: of the whole that 其中 names."""
    figures = block.figures
    part = figures[index - 1] if index else None
    if part is None or not countable(part) or part.id not in subsets:
        return None
    gap = block.between(part, rate)
    if "占" not in gap or len(gap) > 16 or FOREIGN.search(gap):
        return None
    whole = next((q for q in (*told, *figures) if q.id == subsets[part.id]), None)
    if whole and countable(whole) and not _of_another(block, gap, whole):
        if has_its_share(block, whole, part):
            return None
        return link_of(rate, part, whole, "error" if len(gap) <= 6 else "warn")
    return None


def _of_another(block: Block, gap: str, whole: Quantity) -> bool:
    """占农村人口的: of something that is named; 占 and 占总数的 mean the whole before."""
    noun = re.search(r"占([\u4e00-\u9fff]{2,})的", gap)
    if noun is None or re.match("[总其全]", noun[1]):
        return False
    return not covers(called(block.text, whole), bare(noun[1]))


def _implied(block: Block, link: Link, subsets: dict[str, str]) -> Iterator[Link]:
    """已支付4600万元，支付率92%: what was paid is a part of what arrived, unless that was an aim."""
    relation = link.relation
    if relation is None or link.severity in ("warn", "error"):
        return
    part, whole = link.others
    if part.number is None or whole.number is None or not 0 < part.number < whole.number:
        return
    if part.id in subsets:
        return
    around = block.text[max(whole.start - 8, 0) : whole.start]
    if AIM.search(around) and not _NO_AIM.search(around):
        return
    yield Link(Relation("subset", {"whole": whole.id, "part": part.id}), part, (whole,), "")
