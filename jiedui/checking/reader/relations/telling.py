"""Sums that no word states: a figure, and a run of figures beside it that makes it exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from jiedui.checking.reader.model import Quantity

from .adding import Found, adds_up, digits, slipped
from .calling import compared
from .links import Block, group, near, total
from .listing import NO_PART, foreign, found_of, goes_on, usable
from .parts import may_overlap, parallel

_CUE = re.compile(
    r"(?:总[数值价额量计]|总|共|合计|全年|全部|上半年|累计|目前|现有|达到?)[^，,。；;、]{0,8}$"
)
_PAUSE = re.compile("[、和及与]")
_REST = re.compile("其余|剩余|余下|其他")
_FAR = 40
_NEAR = 16
_MOST = 10


def telling(block: Block, known: set[str]) -> Iterator[Found]:
    """The sums of one block beside those ``known`` by their ids; at most ten parts each."""
    lists: dict[tuple[str, str | None], list[Quantity]] = {}
    for quantity in block.figures:
        if not usable(quantity) or not quantity.exact or compared(block.text, quantity):
            continue
        if not _apart(block, quantity):
            lists.setdefault(group(quantity), []).append(quantity)
    for figures in lists.values():
        index = 0 if len(figures) >= 3 else len(figures)
        while index < len(figures):
            found = _from(block, figures, index) or _to(block, figures, index)
            if found and not known & {q.id for q in (found.whole, *found.parts)}:
                yield found
                known.update(q.id for q in (found.whole, *found.parts))
            index += 1


def _apart(block: Block, quantity: Quantity) -> bool:
    """Averages, changes and effects are in no list."""
    left = block.text[max(block.start, quantity.start - 10) : quantity.start]
    return bool(NO_PART.search(re.split("[，,；;、：:]", left)[-1]))


def _from(block: Block, figures: list[Quantity], index: int) -> Found | None:
    """The whole first: 流转3600亩，甲村1500亩、乙村1200亩、丙村900亩."""
    whole = figures[index]
    for count in range(2, min(_MOST, len(figures) - index - 1) + 1):
        parts = figures[index + 1 : index + 1 + count]
        if _PAUSE.match(block.between(whole, parts[0])):
            # 58个、41个、17个: of one rank.
            break
        if adds_up(whole, parts) and total(parts) == whole.number:
            found = found_of(block, whole, parts, "")
            return found if _strong(block, found, cue=False) else None
    parts = _run(block, figures[index + 1 :])
    if len(parts) >= 3 and _PAUSE.match(block.between(whole, parts[0])):
        return None
    if len(parts) < 3 or parts[0].start - whole.end > _NEAR:
        return None
    found = found_of(block, whole, parts, "其中")
    alone = [q for q in block.figures if whole.end <= q.start < parts[-1].start]
    if len(alone) != len(parts) - 1 or may_overlap(found.labels) or foreign(block, found):
        return None
    if parallel(found.labels) and near(total(parts), whole.number or total(()), "0.5"):
        return replace(found, word="：")
    return found if slipped(found) else None


def _run(block: Block, figures: list[Quantity]) -> list[Quantity]:
    run = figures[:1]
    for one, two in pairwise(figures[:_MOST]):
        gap = block.between(one, two)
        if len(gap) > _NEAR or not goes_on(gap) or _CUE.search(gap):
            break
        run.append(two)
    return run


def _to(block: Block, figures: list[Quantity], index: int) -> Found | None:
    """The whole last: 第一批32名，第二批36名，两批共68名."""
    whole = figures[index]
    cue = bool(_CUE.search(block.text[max(block.start, whole.start - 14) : whole.start]))
    for count in range(2, min(_MOST, index) + 1):
        parts = figures[index - count : index]
        if adds_up(whole, parts) and total(parts) == whole.number:
            found = found_of(block, whole, parts, "")
            return found if _strong(block, found, cue=cue) else None
    run = _run_before(block, figures, index) if cue else []
    if len(run) < 2:
        return None
    found = found_of(block, whole, run, "：")
    close = near(total(run), whole.number or total(()), "0.5") or slipped(found)
    return found if parallel(found.labels) and close else None


def _run_before(block: Block, figures: list[Quantity], index: int) -> list[Quantity]:
    """The figures that end where the total begins: a list joined by 、 or ，."""
    if index < 2 or figures[index].start - figures[index - 1].end > _NEAR:
        return []
    run = [figures[index - 1]]
    for one, two in zip(reversed(figures[: index - 1]), reversed(figures[:index]), strict=False):
        gap = block.between(one, two)
        if len(gap) > _NEAR or not goes_on(gap) or len(run) >= _MOST:
            break
        run.insert(0, one)
    return run


def _strong(block: Block, found: Found, *, cue: bool) -> bool:
    """Whether so many digits do not fall together by chance."""
    run = sorted((found.whole, *found.parts), key=lambda q: q.start)
    if any(len(block.between(one, two)) > _FAR for one, two in pairwise(run)):
        return False
    size, count = digits(found), len(found.parts)
    if _REST.search(found.labels[-1]) and run[0] is found.whole:
        return True
    if count >= 3:
        return size >= 2
    if size == 2 and all(len(block.between(one, two)) <= 12 for one, two in pairwise(run)):
        # 教师42名，中学30名、小学12名.
        last = block.between(run[-2], run[-1])
        return bool(_PAUSE.match(last)) or last.startswith(("，", ","))
    return size >= 4 or (size >= 3 and len(block.between(run[0], run[-1])) <= _FAR) or cue
