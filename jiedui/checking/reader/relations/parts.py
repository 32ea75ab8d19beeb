"""What the labels of parts say: whether they exclude one another, and whether they are all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jiedui.checking.reader.lexicon import DATA
from jiedui.checking.reader.model import Quantity

from .links import Block

_CUT = re.compile(r"[、，,；;：:（(。\n]|其中|分别为|分别是")
_CLASS = re.compile(r"(?:类|组|型|产业|领域)(?:项目|资金)?$")
# 8个自治州、29个自治县、88个贫困县: places of one sort may be of another too.
_SORTS = (
    "自治州",
    "自治县",
    "民族",
    "边境县",
    "脱贫县",
    "贫困县",
    "重点县",
    "示范县",
    "示范村",
    "贫困村",
    "脱贫村",
)
_ORDER = re.compile(r"第?[一二三四五六]|20\d\d|上|下|春|秋|甲|乙|丙|丁")
_ENDINGS = frozenset("县村镇乡区市组类期级贴金费部方社团院校班支家师员")
_REACH = 16


@dataclass(frozen=True)
class PartWords:
    """The tables of ``data/parts.toml`` as patterns."""

    overlap: re.Pattern[str]
    rest: re.Pattern[str]
    partitions: tuple[tuple[re.Pattern[str], ...], ...]
    reached: re.Pattern[str]


@cache
def words() -> PartWords:
    """Read once."""
    table = tomllib.loads((DATA / "parts.toml").read_text(encoding="utf-8"))
    return PartWords(
        re.compile(_any(table["overlap"])),
        re.compile(_any(table["rest"])),
        tuple(tuple(re.compile(word) for word in line) for line in table["partitions"]),
        re.compile(_any(table["reached"])),
    )


def _any(found: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(found, key=len, reverse=True)))


def label(block: Block, part: Quantity) -> str:
    """The words of a part's own item of the list, before and behind its number."""
    before = block.text[max(block.start, part.start - _REACH) : part.start]
    own = _CUT.split(before)[-1].strip("和及与 ")
    head = part.head or ""
    if not own:
        return head
    return own if head and head in own else f"{own}{head}" if part.surface[-1] in "名位" else own


def are_all(labels: list[str]) -> bool:
    """Whether labels that exclude one another leave nothing out: 线上、线下; …、其他."""
    if len(labels) < 2:
        return False
    known = words()
    if known.rest.search(labels[-1]):
        return True
    if len(labels) >= 3 and all(_CLASS.search(name.rstrip("共有为是达 ")) for name in labels):
        return True
    return any(_makes(partition, labels) for partition in known.partitions)


def _makes(partition: tuple[re.Pattern[str], ...], labels: list[str]) -> bool:
    """Every member named once, and every label names a member of its own."""
    if len(partition) != len(labels):
        return False
    left = list(partition)
    for name in labels:
        found = next((member for member in left if member.search(name)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def parallel(labels: list[str]) -> bool:
    """Whether labels are built alike and differ: 甲村、乙村、丙村; 用于产业、用于教育; 第一批、第二批."""
    names = [name.strip("共有为是约达到了，, ") for name in labels]
    if len(set(names)) != len(names) or not all(names):
        return False
    kinds = {_ORDER.sub("N", name) for name in names}
    if len(kinds) == 1 and any(_ORDER.search(name) for name in names):
        return True
    last, first = {name[-1] for name in names}, {name[:2] for name in names}
    return (len(last) == 1 and last <= _ENDINGS) or first <= {"用于", "投向", "其中", "投入"}


def may_overlap(labels: list[str]) -> bool:
    """Whether one thing may fall under two of the labels."""
    return any(words().overlap.search(name) or name.endswith(_SORTS) for name in labels)
