"""Which indicator a figure speaks of: the words around it against the names of the catalogue.

A name is read without its counting end (选派挂职干部人数 → 选派挂职干部) and may stand in the text in
pieces and in another order (选派25名党政干部; 组织33位企业家实地考察). What is not covered well enough
has no indicator: silence is better than a wrong comparison.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from .covering import Around, cover, pairs_around
from .inheriting import UNLIKE, inherit
from .names import ENOUGH, ENOUGH_SHORT, SHORT, Name, Named, Names, plain
from .reader.model import Quantity, Reading

__all__ = [
    "UNLIKE",
    "Named",
    "Names",
    "is_countable",
    "name_indicators",
    "unborrowed",
    "with_indicators",
]

NAMED = 3000
"""Figures of one text that are looked up, as many as are put to the ledger: a second and a half."""
BESIDE = 8
HOLE = 0.4
"""Less than the half of one character: what is missing of a name said in full, in some pieces."""
_BREAK = re.compile(r"[，,。；;：:！!？?\n]")
_STOP = re.compile(r"[。；;！!？?\n]")
_REACHED = re.compile(r"[是为].{0,40}的$", re.DOTALL)
_BETWEEN = re.compile(r"[、，,\s]?(?:共计|共|计|惠及|覆盖)?")
_NEW = re.compile(r"新(?:建|增|设|认定|创建|结成|打造)")
_KINDS = frozenset(("amount", "count", "people", "person_times", "percent"))
_PLACES = ("县", "市", "区", "省", "州", "镇", "乡", "街道")
_NO_PLACES = ("园区", "示范区", "合作区", "专区", "社区")


def is_countable(text: str, quantity: Quantity) -> bool:
    """Whether a ledger could know the figure: dates, ages, codes and fixed words are no figures."""
    if quantity.optional:
        return False
    if quantity.kind == "ordinal":
        # 今年开设的第7家: an ordinal that says how many there are by now.
        before = text[max(quantity.start - 60, 0) : quantity.start]
        return bool(_REACHED.search(_STOP.split(before)[-1])) and quantity.number is not None
    return quantity.kind in _KINDS


def _counts_places(quantity: Quantity) -> bool:
    """三个县: how many places take part is no figure of the ledger."""
    head = quantity.head or ""
    return quantity.kind == "count" and head.endswith(_PLACES) and not head.endswith(_NO_PLACES)


class Sides:
    """Which names of places the names of indicators call 东部 (浙江, 绍兴市) and 西部."""

    def __init__(self, sides: Mapping[str, str]) -> None:
        self._sides = sides
        wanted = sorted((name for name in sides if len(name) > 1), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, wanted))) if wanted else None

    def said(self, words: str) -> str:
        """Words with those that mean 东部 and 西部 said so behind them."""
        if self._pattern is None:
            return words
        other = self._pattern.sub(lambda match: self._sides[match[0]], words)
        return words if other == words else f"{words}\0{other}"


NO_SIDES = Sides({})


def name_indicators(
    text: str, reading: Reading, names: Names, sides: Sides = NO_SIDES
) -> dict[str, str]:
    """The code of each figure the catalogue knows, by its id; the others are missing, as are those after NAMED."""
    figures = [q for q in reading.quantities if is_countable(text, q) and not _counts_places(q)]
    figures = figures[:NAMED]
    around = _arounds(text, figures, sides)
    found: dict[str, str] = {}
    for quantity in figures:
        code = _best(quantity, around[quantity.id], names)
        if code:
            found[quantity.id] = code
    known = {q.id: q for q in figures}
    for first, second in _twins(text, figures, reading):
        if second.id not in found and first.unit != second.unit:
            one, other = around[first.id], around[second.id]
            # 互访86次、1120人次: the words stand at the first figure.
            joint = replace(other, near=f"{other.near}\0{one.near}")
            code = _best(second, joint, names)
            if code:
                found[second.id] = code
    inherit(reading, known, around, names, found)
    return found


def _twins(
    text: str, figures: Sequence[Quantity], reading: Reading
) -> list[tuple[Quantity, Quantity]]:
    """Figures of one thing in two units: N次、M人次, and what the reader paired (N期，培训M人)."""
    found = [
        (first, second)
        for first, second in pairwise(figures)
        if _BETWEEN.fullmatch(text[first.end : second.start])
    ]
    known = {q.id: q for q in figures}
    for relation in reading.relations:
        if relation.type == "pair":
            ids = [one for one in relation.roles["ids"] if one in known]
            found += [(known[ids[0]], known[one]) for one in ids[1:]]
    return found


def with_indicators(reading: Reading, codes: dict[str, str]) -> Reading:
    """The reading with these indicators and no others."""
    changed = tuple(
        q if q.indicator == codes.get(q.id) else replace(q, indicator=codes.get(q.id))
        for q in reading.quantities
    )
    return replace(reading, quantities=changed, _by_id={q.id: q for q in changed})


def unborrowed(reading: Reading) -> Reading:
    """The reading with totals that took their place from one of their own parts freed of it.

    投入800万元，其中柳溪县300万元、石桥县500万元: the 800 are nobody's county; its place is the text's.
    """
    freed = set()
    for relation in reading.relations:
        if relation.type == "sum":
            scopes = [reading[part].scope for part in relation.roles["parts"]]
            total = reading[str(relation.roles["total"])]
            if len(set(scopes)) > 1 and total.scope in scopes:
                freed.add(total.id)
    if not freed:
        return reading
    changed = tuple(replace(q, scope=None) if q.id in freed else q for q in reading.quantities)
    return replace(reading, quantities=changed, _by_id={q.id: q for q in changed})


def _arounds(text: str, figures: Sequence[Quantity], sides: Sides) -> dict[str, Around]:
    with_sides = sides.said
    found = {}
    for index, quantity in enumerate(figures):
        floor = figures[index - 1].end if index else 0
        ceiling = figures[index + 1].start if index + 1 < len(figures) else len(text)
        left = text[max(floor, quantity.start - 120) : quantity.start]
        right = text[quantity.end : min(ceiling, quantity.end + 60)]
        sentence = _STOP.split(text[max(quantity.start - 200, 0) : quantity.start])[-1]
        if quantity.kind == "ordinal":
            found[quantity.id] = Around(plain(sentence), "", "", half=True)
            continue
        near = _BREAK.split(left)[-1]
        after = _BREAK.split(right)[0]
        head = quantity.head or ""
        headed = bool(head) and plain(near).endswith(plain(head)[-2:])
        if headed:
            after = after.split("、")[0]
        # A head that stands far off (其中…10个) was read by the reader from its list.
        words = with_sides(plain(near) + "\0" + plain(head[-30:]))
        if quantity.kind == "person_times":
            words += f"\0{quantity.unit}"
        found[quantity.id] = Around(words, with_sides(plain(after)), plain(sentence), headed)
    return found


def _best(quantity: Quantity, around: Around, names: Names) -> str | None:
    """The best covered indicator; where several parts of one whole are named, the whole."""
    scores: dict[str, float] = {}
    by_name: dict[str, Name] = {}
    whole_said: set[str] = set()
    near, after, far = around.near, around.after, around.far
    beside = around.beside
    said = pairs_around(near, after), pairs_around(near, after, far)
    for name, fit in names.of_unit(quantity).met(*said):
        size = len(name.stem)
        least = name.enough / fit - 0.001
        weight = cover(name.stem, near, after, far, half=around.half, least=least)
        share = weight * fit / size
        if share < (ENOUGH_SHORT if size <= SHORT else ENOUGH):
            continue
        if not name.is_near(beside) or _is_turned(name, beside):
            continue
        if size <= SHORT and name.stem not in beside and not _is_noun(name, around):
            continue
        if names.by_code[name.code].stands and _is_new(name, around):
            continue
        # A well covered short name is better than a longer one with holes.
        if weight * share**2 > scores.get(name.code, 0.0):
            scores[name.code], by_name[name.code] = weight * share**2, name
        if weight > size - HOLE:
            whole_said.add(name.code)
    if not scores:
        return None
    best = max(scores, key=lambda code: (scores[code], code))
    whole = names.by_code[best].whole
    siblings = [
        code
        for code in scores
        if whole
        and names.by_code[code].whole == whole
        # 选派到西部 is no second part beside 赴东部挂职: nothing of its own is said.
        and (code == best or _has_own(by_name[code], by_name[best], beside))
    ]
    if best in whole_said:
        # 产业类协作资金 in full is not 就业类协作资金 with a hole.
        siblings = [code for code in siblings if code in whole_said]
    return whole if len(siblings) > 1 and whole in scores else best


def _has_own(name: Name, best: Name, beside: str) -> bool:
    return any(pair in beside for pair in name.pairs - best.pairs)


def _is_new(name: Name, around: Around) -> bool:
    """新建就业帮扶车间9个 is no level (存量) of 就业帮扶车间."""
    return "新" not in name.stem and bool(_NEW.search(around.near.partition("\0")[0]))


def _is_noun(name: Name, around: Around) -> bool:
    """Whether what a short name counts is what the figure counts, or stands right beside it."""
    noun = name.stem[-2:]
    left, _, head = around.near.partition("\0")
    return noun in head or noun in left[-BESIDE:] or noun in around.after[:BESIDE]


def _is_turned(name: Name, beside: str) -> bool:
    """资金到位 is not 到位资金: short names of money mean something else in another order."""
    return name.unit == "元" and len(name.stem) <= SHORT - 1 and name.stem not in beside
