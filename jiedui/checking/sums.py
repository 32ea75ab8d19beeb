"""Sums and subsets: a whole, 其中, and the parts of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .adding import LEVELS, Found, adds_up, judge, subset
from .links import Block, Link, group, total
from .model import Quantity

_WHICH = re.compile(r"其中(?!之)|(?<=[（(])(?:含|包括|包含)")
_COLON = re.compile(r"[：:]|分别为|分别是|包括|分别(?=[\u4e00-\u9fff])")
_SUM_WORD = re.compile(r"(?:合计|共计|总计|一共|总共|累计|共)[\u4e00-\u9fff]{0,8}$")
_PARENS = re.compile(r"[（(][^（()）]{0,120}[)）]")
_NO_PART = re.compile(
    r"同比|环比|增长|提高|下降|较上年|比上年|人均|户均|平均|每|占|带动|吸纳|培训|覆盖|惠及|实现|发放|户次"
)
_MONEY = re.compile("资金|投资|金额|款|补助")
_KINDS = frozenset(("amount", "count", "people", "person_times", "measure"))


def sums_and_subsets(block: Block, before: Block | None) -> Iterator[Link]:
    """The sums and subsets of one block; a block that opens with 其中 has its whole ``before``."""
    outside = _outside_parentheses(block)
    marks = [m.end() for m in _WHICH.finditer(block.text, block.start, block.end)]
    done: set[str] = set()
    found: list[Found] = []
    for index, mark in enumerate(marks):
        stop = marks[index + 1] if index + 1 < len(marks) else block.end
        earlier = before if mark - block.start <= 4 else None
        splits = list(_split(block, outside, mark, stop, earlier))
        for whole, parts in splits:
            beside = any(
                adds_up(w, p) and len(p) == len(parts) for w, p in splits if w is not whole
            )
            found.append(Found(whole, parts, "其中", beside))
            done.update(part.id for part in parts)
    if not marks:
        found += list(_listed(block, outside))
    found += [f for f in _closing(block, outside, done) if not _known(found, f.whole, f.parts)]
    for one in found:
        yield from judge(one)


def _known(found: list[Found], whole: Quantity, parts: list[Quantity]) -> bool:
    ids = {part.id for part in parts} | {whole.id}
    return any(f.whole.id in ids or ids & {p.id for p in f.parts} for f in found)


def _outside_parentheses(block: Block) -> list[Quantity]:
    spans = [m.span() for m in _PARENS.finditer(block.text, block.start, block.end)]
    if not spans:
        return list(block.figures)
    return [q for q in block.figures if not any(a < q.start < b for a, b in spans)]


def _usable(quantity: Quantity) -> bool:
    return quantity.kind in _KINDS and quantity.number is not None and not quantity.optional


@dataclass
class _Parts:
    """The parts behind one 其中, by group; ``further`` stand behind a semicolon."""

    colon: bool
    own: dict[tuple[str, str | None], list[Quantity]] = field(default_factory=dict)
    further: dict[tuple[str, str | None], list[Quantity]] = field(default_factory=dict)
    beyond: bool = False

    def take(self, quantity: Quantity, gap: str) -> bool:
        """Take one more figure; False where the list ends before it."""
        first = not self.own
        known = self.own.get(group(quantity), [])
        goes_on = _continues(gap) if known else _goes_with(gap)
        if not first and not goes_on:
            return False
        if not first and re.search("[；;]", gap) and not self.colon:
            taken = [q for found in self.own.values() for q in found]
            self.beyond = self.beyond or not _new_place(gap, quantity, taken)
        if not _leads_away(gap, first=first):
            into = self.further if self.beyond else self.own
            into.setdefault(group(quantity), []).append(quantity)
        return True


def _reach(block: Block, mark: int, stop: int) -> tuple[bool, int]:
    """Whether the mark stands within parentheses, and how far its parts may reach."""
    text = block.text
    opened = max(text.rfind("（", block.start, mark), text.rfind("(", block.start, mark))
    closed = [at for at in (text.find("）", mark, stop), text.find(")", mark, stop)) if at > 0]
    if opened >= mark - 4 and closed:
        return True, min(closed)
    return False, stop


def _split(
    block: Block, outside: list[Quantity], mark: int, stop: int, before: Block | None
) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """For every group: the last whole before 其中 and the parts behind it."""
    inside, stop = _reach(block, mark, stop)
    parts = _Parts(block.text[mark : mark + 1] in ("：", ":"))
    last = mark
    for quantity in block.figures if inside else outside:
        if not mark <= quantity.start < stop:
            continue
        gap, last = block.text[last : quantity.start], quantity.end
        if _usable(quantity) and not parts.take(quantity, gap):
            break
    earlier = (*before.figures, *block.figures) if before else block.figures
    for key, found in parts.own.items():
        wholes = [q for q in earlier if q.end <= mark and _usable(q) and group(q) == key]
        whole = _whole_of(found, wholes[-6:])
        if whole is not None and found:
            yield whole, _with_further(whole, found, parts.further.get(key, []))


def _whole_of(parts: list[Quantity], wholes: list[Quantity]) -> Quantity | None:
    """The nearest whole, unless the parts say that 其中 is about one further before."""
    if not parts or not wholes:
        return None
    summed = total(parts)
    if len(parts) > 1:
        for whole in reversed(wholes):
            if whole.number == summed:
                return whole
    most = max(part.number or 0 for part in parts)
    if all((part.number or 0) <= (wholes[-1].number or 0) for part in parts):
        return wholes[-1]
    for whole in reversed(wholes[:-1]):
        if (whole.number or 0) >= most and _one_noun(whole, wholes[-1]):
            return whole
    exceed = sum((part.number or 0) > (wholes[-1].number or 0) for part in parts)
    return wholes[-1] if exceed == 1 else None


def _one_noun(one: Quantity, other: Quantity) -> bool:
    return (one.head or "")[-2:] == (other.head or "")[-2:]


def _goes_with(gap: str) -> bool:
    """Whether a figure of another unit belongs to the part before it: 10个320万元, 3个、资金5万元."""
    return len(gap) <= 2 or (len(gap) <= 8 and bool(_MONEY.search(gap)))


def _with_further(
    whole: Quantity, parts: list[Quantity], further: list[Quantity]
) -> list[Quantity]:
    """其中夏粮…；秋粮…: what stands behind a semicolon is a part where it completes the sum."""
    for count in range(1, len(further) + 1):
        longer = [*parts, *further[:count]]
        if total(longer) == whole.number:
            return longer
    noun = (whole.head or "")[-2:]
    if any((q.number or 0) > (whole.number or 0) for q in further):
        return parts
    if noun and further and all((q.head or "").endswith(noun) for q in (*parts, *further)):
        return [*parts, *further]
    return parts


def _new_place(gap: str, quantity: Quantity, parts: list[Quantity]) -> bool:
    """After ； a part goes on only where the next place of a list of places begins."""
    label = re.split("[；;]", gap)[-1].strip()
    scopes = {part.scope for part in parts}
    return (
        bool(quantity.scope)
        and quantity.scope not in scopes
        and label.startswith(str(quantity.scope))
    )


def _continues(gap: str) -> bool:
    """Whether a list of parts goes on: 、 or a comma and a short label."""
    label = gap.lstrip("，,、；;和以及 ")
    return (
        len(label) <= (24 if gap.startswith("、") else 14)
        and not _NO_PART.search(label)
        and "。" not in gap
    )


def _leads_away(gap: str, *, first: bool) -> bool:
    words = re.search(r"同比|环比|增长|较上年|比上年|人均|户均|平均|每[^个]", gap)
    return bool(words) or (not first and bool(_NO_PART.search(gap)))


def _listed(block: Block, outside: list[Quantity]) -> Iterator[Found]:
    """A whole, a colon or 分别为, and the parts; without a mark only where it adds up."""
    for index, whole in enumerate(outside):
        if not _usable(whole):
            continue
        parts: list[Quantity] = []
        last = whole.end
        for quantity in outside[index + 1 :]:
            if group(quantity) != group(whole) or not _usable(quantity):
                if quantity.kind in ("percent", "duration"):
                    break
                continue
            if not _continues(block.text[last : quantity.start][-16:]):
                break
            parts.append(quantity)
            last = quantity.end
        if len(parts) >= 2 and (len(parts) >= 3 or _COLON.search(block.between(whole, parts[0]))):
            colon = _COLON.search(block.between(whole, parts[0]))
            if colon or (adds_up(whole, parts) and _of_one_noun(whole, parts)):
                yield Found(whole, parts, "：" if colon else "")
                return
        if len(parts) >= 2 and adds_up(whole, parts) and whole.step == parts[0].step:
            if _of_one_noun(whole, parts):
                yield Found(whole, parts, "")
                return


def _of_one_noun(whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether the heads allow one sum: the parts' nouns end as the whole's, or name classes."""
    noun = (whole.head or "")[-2:]
    like = [(p.head or "").endswith((noun, *LEVELS)) if noun else False for p in parts]
    return sum(like) >= len(parts) - 1


def _closing(block: Block, outside: list[Quantity], done: set[str]) -> Iterator[Found]:
    """A、B、C, 合计 N: the total stands behind its parts."""
    for index, whole in enumerate(outside):
        start = (
            outside[index - 1].start
            if index and outside[index - 1].end == whole.start
            else whole.start
        )
        before = block.text[max(block.start, start - 14) : start]
        if index < 2 or whole.id in done or not _usable(whole) or not _SUM_WORD.search(before):
            continue
        parts: list[Quantity] = []
        for quantity in reversed(outside[:index]):
            if group(quantity) != group(whole) or not _usable(quantity):
                continue
            if _NO_PART.search(block.text[max(block.start, quantity.start - 8) : quantity.start]):
                continue
            parts.insert(0, quantity)
        parts = parts[-12:]
        firm = re.search(r"合计|共计|总计", before) and _joined(block, parts)
        one = _of_one_noun(whole, parts) or _joined(block, parts)
        holds = adds_up(whole, parts) and (firm or one)
        if len(parts) >= 2 and (holds or firm):
            yield Found(whole, parts, "合计" if firm else "")


def _joined(block: Block, parts: list[Quantity]) -> bool:
    return all(
        len(block.between(one, two)) <= 16 and _continues(block.between(one, two))
        for one, two in pairwise(parts)
    )


def implied_subsets(block: Block, taken: set[str]) -> Iterator[Link]:
    """60位客商代表 … 20位客商: the same people named shorter, and fewer; never a finding."""
    people = [
        q for q in block.figures if q.kind == "people" and q.exact and q.orig_unit in ("位", "名")
    ]
    for index, whole in enumerate(people):
        for part in people[index + 1 : index + 3]:
            one, two = whole.head or "", part.head or ""
            if part.id in taken or len(two) < 2 or one == two or not one.startswith(two):
                continue
            if (
                whole.scope == part.scope
                and part.number
                and whole.number
                and part.number < whole.number
            ):
                taken.add(part.id)
                yield from subset(whole, part)
