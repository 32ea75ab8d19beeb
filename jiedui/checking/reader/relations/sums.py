"""Sums and subsets: a whole, 其中, and the parts of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jiedui.checking.reader.model import Quantity

from .adding import Found, adds_up, judge, subset
from .links import Block, Link, group, one_digit_apart, total
from .listing import (
    NO_PART,
    PARENS,
    WHICH,
    bracketed,
    closing,
    found_of,
    goes_on,
    listed,
    seeking,
    usable,
)
from .parts import are_all, label
from .telling import telling

_AMONG = re.compile(r"[\u4e00-\u9fff]{0,6}[中里][，,]")
_NO_WHOLE = re.compile(
    r"均|每|(?:比|较)[^，,]{1,8}[增减多少升降]|同比|环比|^(?:增收|减收|增支|减支|增加|减少)"
)
_CHANGE = re.compile(r"[，,](?:比|较)[^，,]{1,8}[增减多少]|同比|环比|[，,](?:增收|减收|增支|减支)")
_PLANNED = re.compile(r"(?:预算|目标|任务|计划|应)(?:数|任务|投资)?(?:为|是)?$")
_AND = re.compile(r"[\u4e00-\u9fff]{0,10}[、和及与][\u4e00-\u9fff]{0,10}")
_MONEY = re.compile("资金|投资|金额|款|补助")


def sums_and_subsets(
    block: Block, before: Block | None, told: Sequence[Quantity], parents: Mapping[str, Quantity]
) -> Iterator[Link]:
    """The sums and subsets of one block; a block that opens with 其中 has its whole ``before``.

    ``told`` are the figures of the blocks before, ``parents`` the totals of those that are parts."""
    outside = _outside_parentheses(block)
    marks = [m.end() for m in WHICH.finditer(block.text, block.start, block.end)]
    among = [m.end() for q in outside if usable(q) and (m := _AMONG.match(block.text, q.end))]
    marks = sorted({*marks, *(mark for mark in among if mark < block.end)})
    marks = [mark for mark in marks if _leads_to_a_figure(block, mark)][: len(block.figures)]
    done: set[str] = set()
    pending: list[list[Quantity]] = []
    found: list[Found] = []
    for index, mark in enumerate(marks):
        stop = marks[index + 1] if index + 1 < len(marks) else block.end
        earlier = before if mark - block.start <= 4 else None
        splits, loose = _split(block, outside, mark, stop, earlier, parents)
        pending += loose
        for whole, parts in splits:
            beside = any(
                adds_up(w, p) and len(p) == len(parts) for w, p in splits if w is not whole
            )
            if len(parts) >= 3 and parts[0].number == total(parts[1:]):
                # 其中第14批9名，包括干部2名、教师4名、医生3名: a list within the part.
                found.append(found_of(block, parts[0], parts[1:], "："))
                done.update(part.id for part in parts)
                parts = parts[:1]
            one = found_of(block, whole, parts, "其中", beside=beside)
            found.append(replace(one, closed=_fills_parentheses(block, mark, parts)))
            done.update(part.id for part in parts)
    several = len(block.figures) >= 3
    ends = list(closing(block, outside, done)) if several else []
    if not marks and several:
        # What closes with a total that holds is no list behind its first figure.
        sound = [f for f in ends if adds_up(f.whole, f.parts)]
        found += [f for f in listed(block, outside) if not _known(sound, f.whole, f.parts)]
    found += list(bracketed(block))
    found += [f for f in ends if not _known(found, f.whole, f.parts)]
    known = {q.id for one in found for q in one.parts}
    if len(block.figures) >= 2:
        found += list(seeking(block, before, told, known))
    # What the rows of the text have told is no other list.
    found = [
        f for f in found if not all(parents.get(p.id, f.whole) is not f.whole for p in f.parts)
    ]
    ids = {q.id for one in found for q in (one.whole, *one.parts)}
    if several:
        found += list(telling(block, ids))
    for one in [*found, *_of_a_list(block, found, pending)]:
        yield from judge(one)


def _of_a_list(block: Block, found: list[Found], pending: list[list[Quantity]]) -> Iterator[Found]:
    """甲136人、乙88人…，其中脱贫人口217人: a part of the total that the list makes."""
    for parts in pending:
        for one in found:
            before = all(part.end <= parts[0].start for part in one.parts)
            if before and group(one.whole) == group(parts[0]) and one.word != "其中":
                yield found_of(block, one.whole, parts, "其中")
                break


def _fills_parentheses(block: Block, mark: int, parts: list[Quantity]) -> bool:
    """13个项目（含市级8个、区级3个、镇村2个）: nothing stands before or behind the list."""
    opened = block.text[max(mark - 3, block.start) : mark]
    return bool(re.search("[（(]", opened)) and block.text[parts[-1].end : parts[-1].end + 1] in (
        "）",
        ")",
    )


def _may_be_whole(block: Block, quantity: Quantity) -> bool:
    """Averages and changes have no parts: 平均每个项目120万元, 比上年减收1070万元."""
    left = block.text[max(quantity.start - 14, 0) : quantity.start]
    clause = re.split("[，,。；;：]", left)[-1]
    return not _NO_WHOLE.search(clause)


def _leads_to_a_figure(block: Block, mark: int) -> bool:
    """Whether a figure stands close enough behind the mark to be a part; 其中最大的 names one."""
    if block.text[mark : mark + 1] == "最":
        return False
    index = bisect_left(block.figures, mark, key=lambda q: q.start)
    return index < len(block.figures) and block.figures[index].start - mark <= 60


def _known(found: list[Found], whole: Quantity, parts: list[Quantity]) -> bool:
    ids = {part.id for part in parts} | {whole.id}
    return any(f.whole.id in ids or ids & {p.id for p in f.parts} for f in found)


def _outside_parentheses(block: Block) -> list[Quantity]:
    spans = [m.span() for m in PARENS.finditer(block.text, block.start, block.end)]
    if not spans:
        return list(block.figures)
    return [q for q in block.figures if not any(a < q.start < b for a, b in spans)]


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
        if gap.endswith("这"):
            return False
        if not first and _CHANGE.search(gap):
            # 税收8103万元，比上年增收1284万元: told of the part before it.
            return True
        known = self.own.get(group(quantity), [])
        more = goes_on(gap) if known else _goes_with(gap)
        if not first and not more:
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
    block: Block,
    outside: list[Quantity],
    mark: int,
    stop: int,
    before: Block | None,
    parents: Mapping[str, Quantity],
) -> tuple[list[tuple[Quantity, list[Quantity]]], list[list[Quantity]]]:
    """For every group the last whole before 其中 and the parts behind it; second, parts of a list."""
    splits: list[tuple[Quantity, list[Quantity]]] = []
    loose: list[list[Quantity]] = []
    inside, stop = _reach(block, mark, stop)
    parts = _Parts(block.text[mark : mark + 1] in ("：", ":"))
    last = mark
    for quantity in block.figures if inside else outside:
        if not mark <= quantity.start < stop:
            continue
        gap, last = PARENS.sub("", block.text[last : quantity.start]), quantity.end
        if usable(quantity) and not parts.take(quantity, gap):
            break
    earlier = list(block.figures)
    if before:
        # 包车1368人，专列500人，包机38人。其中…: of the total that the list of the sentence before makes.
        own = [parents.get(q.id, q) for q in before.figures]
        earlier = [*dict.fromkeys([q for q in own if q.start < block.start]), *block.figures]
    for key, found in parts.own.items():
        wholes = [
            q for q in earlier
            if q.end <= mark and usable(q) and group(q) == key and _may_be_whole(block, q)
        ]  # fmt: skip
        done = [q for q in wholes if not _PLANNED.search(block.text[max(q.start - 8, 0) : q.start])]
        whole = _whole_of(block, found, (done or wholes)[-6:])
        if whole is not None and found:
            full = _with_further(block, whole, found, parts.further.get(key, []))
            # 甲地项目356个，乙地项目49个。其中… is about both.
            if not any(
                len(wholes) >= count and total(wholes[-count:]) == total(full) for count in (2, 3)
            ):
                splits.append((whole, full))
        elif found and wholes:
            loose.append(found)
    return splits, loose


def _whole_of(block: Block, parts: list[Quantity], wholes: list[Quantity]) -> Quantity | None:
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
        if (whole.number or 0) >= most:
            if _one_noun(whole, wholes[-1]) or _one_verb(block, whole, parts[0]):
                return whole
    if len(wholes) > 1 and _AND.fullmatch(block.between(wholes[-2], wholes[-1])):
        # 甲136人、乙88人和丙104人，其中脱贫人口217人 is about them all.
        return None
    exceed = sum((part.number or 0) > (wholes[-1].number or 0) for part in parts)
    lost = one_digit_apart(wholes[-1].number or total(()), summed)
    return wholes[-1] if exceed == 1 or (lost and len(parts) > 1) else None


def _one_verb(block: Block, whole: Quantity, part: Quantity) -> bool:
    """累计支出2.38亿元，结余0.09亿元，其中2024年支出6100万元: the words before both agree."""
    one, two = (
        re.sub("[^\u4e00-\u9fff]|累计|其中", "", block.text[max(q.start - 8, 0) : q.start])[-4:]
        for q in (whole, part)
    )
    return any(one[n : n + 2] in two for n in range(len(one) - 1))


def _one_noun(one: Quantity, other: Quantity) -> bool:
    return (one.head or "")[-2:] == (other.head or "")[-2:]


def _goes_with(gap: str) -> bool:
    """Whether a figure of another unit belongs to the part before it: 10个320万元, 3个、资金5万元."""
    return len(gap) <= 2 or (len(gap) <= 8 and bool(_MONEY.search(gap)))


def _with_further(
    block: Block, whole: Quantity, parts: list[Quantity], further: list[Quantity]
) -> list[Quantity]:
    """其中夏粮…；秋粮…: what stands behind a semicolon is a part where it completes the sum."""
    for count in range(1, len(further) + 1):
        longer = [*parts, *further[:count]]
        if total(longer) == whole.number:
            return longer
    everything = [*parts, *further]
    greater = sum((q.number or 0) > (whole.number or 0) for q in further)
    if greater <= 1 and are_all([label(block, part) for part in everything]):
        return everything
    if greater:
        return parts
    noun = (whole.head or "")[-2:]
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


def _leads_away(gap: str, *, first: bool) -> bool:
    words = re.search(
        r"同比|环比|增长|较上年|比上年|[人户县村镇校亩项月年日省市]均|平均|每[^个]", gap
    )
    return bool(words) or (not first and bool(NO_PART.search(gap)))


def implied_subsets(block: Block, taken: set[str]) -> Iterator[Link]:
    """60位客商代表 … 20位客商: the same people named shorter, and fewer; never a finding."""
    people = [
        q for q in block.figures if q.kind == "people" and q.exact and q.orig_unit in ("位", "名")
    ]
    for index, whole in enumerate(people):
        for part in people[index + 1 : index + 3]:
            if block.text[part.start - 1 : part.start] == "这":
                continue
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
