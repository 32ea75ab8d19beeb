"""The names of indicators as texts are searched for them: without their counting end, by unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .covering import pairs
from .model import Quantity

SHORTEST = 3
_END = re.compile(
    r"(?:人次数?|人数|次数|期数|场次|篇数|份数|批次|趟次|个数|家数|总额|金额|额度?|总数|数)$"
)
_NOISE = re.compile(r"[“”‘’\"'《》〈〉<>（）()\s]")
_LIKE_UNITS = (
    frozenset("个家所处座"),
    frozenset("个项件篇份条"),
    frozenset(("期", "场", "次", "场次", "批", "班", "轮", "批次", "趟", "趟次", "车次")),
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an indicator as the text may say it, without its counting end."""

    code: str
    unit: str
    stem: str
    pairs: frozenset[str]
    """Every two characters of the stem that stand together."""

    @property
    def least(self) -> int:
        """Fewer pairs than these in a sentence cannot cover three quarters of the name.

        Each pair covers two characters in full, single characters count half.
        """
        size = len(self.stem)
        repeated = size - 1 - len(self.pairs)
        return -(-size // 4) - repeated


@dataclass(frozen=True, slots=True)
class Named:
    """What one indicator is called: its code, base unit, names, and the whole it is a part of.

    ``stands`` says that it is a level (存量), which a text that says 新建 does not give.
    """

    code: str
    unit: str
    names: tuple[str, ...]
    whole: str = ""
    stands: bool = False


class Names:
    """The names of a catalogue, ready to be looked for."""

    def __init__(self, catalogue: Iterable[Named]) -> None:
        self.by_code = {named.code: named for named in catalogue}
        self.by_unit: dict[str, list[Name]] = {}
        for named in self.by_code.values():
            for found in dict.fromkeys(stem(name) for name in named.names):
                name = Name(named.code, named.unit, found, frozenset(pairs(found)))
                self.by_unit.setdefault(named.unit, []).append(name)
        self._fitting: dict[tuple[str, bool], list[tuple[Name, float]]] = {}
        self.parts: dict[str, list[Named]] = {}
        for named in self.by_code.values():
            if named.whole:
                self.parts.setdefault(named.whole, []).append(named)

    def of_unit(self, quantity: Quantity) -> list[tuple[Name, float]]:
        """The names whose unit fits, each with how well the classifier fits (1, or 0.9)."""
        key = quantity.unit or "", quantity.kind in ("count", "ordinal")
        if key not in self._fitting:
            # Bounded by the classifiers there are; a unit no name has is not kept.
            fitting = self._of(*key)
            if not fitting:
                return fitting
            self._fitting[key] = fitting
        return self._fitting[key]

    def _of(self, unit: str, is_count: bool) -> list[tuple[Name, float]]:
        found = [(name, 1.0) for name in self.by_unit.get(unit, ())]
        if is_count:
            likes = {like for group in _LIKE_UNITS if unit in group for like in group} - {unit}
            found += [(name, 0.9) for like in sorted(likes) for name in self.by_unit.get(like, ())]
        return found

    def is_near(self, name: Name, near: str) -> bool:
        """Whether a part (其中) has words of its own right beside the figure, not only its whole's."""
        whole = self.by_code[name.code].whole
        if not whole:
            return True
        known = "\0".join(stem(other) for other in self.by_code[whole].names)
        pairs = (name.stem[i : i + 2] for i in range(len(name.stem) - 1))
        return any(pair in near for pair in pairs if pair not in known)


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """A name without its counting end: 选派挂职干部人数 → 选派挂职干部; too short a rest keeps it."""
    bare = plain(name)
    rest = _END.sub("", bare)
    return rest if len(rest) >= SHORTEST else bare


def plain(text: str) -> str:
    """The words without quotes, brackets and spaces."""
    return _NOISE.sub("", text)
