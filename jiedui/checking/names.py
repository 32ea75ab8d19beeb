"""The names of indicators as texts are searched for them: without their counting end, by unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .covering import FAR, NEAR, pairs, surplus
from .reader.model import Quantity

SHORTEST = 3
ENOUGH = 0.75
ENOUGH_SHORT = 0.8
"""How much of a name must be covered; one up to SHORT characters has less to go by."""
SHORT = 5
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
    own: tuple[str, ...]
    """Of a part (其中) those of them that its whole does not say."""
    is_part: bool

    @property
    def enough(self) -> float:
        """How much of its characters must be covered; a short name has less to go by."""
        size = len(self.stem)
        return size * (ENOUGH_SHORT if size <= SHORT else ENOUGH)

    def places(self) -> Iterator[tuple[str, int]]:
        """The pairs with the characters of the name that they are, as bits."""
        return ((pair, 3 << place) for place, pair in enumerate(pairs(self.stem)))

    def is_near(self, near: str) -> bool:
        """Whether a part (其中) has words of its own right beside the figure, not only its whole's."""
        return not self.is_part or any(pair in near for pair in self.own)


class Fitting:
    """The names whose unit fits a figure, each with how well (1, or 0.9), found by pairs of characters."""

    def __init__(self, names: Sequence[tuple[Name, float]]) -> None:
        self._names = names
        self._least = [surplus(len(name.stem), name.enough / fit) - 0.001 for name, fit in names]
        self._having: dict[str, list[tuple[int, int]]] = {}
        for place, (name, _fit) in enumerate(names):
            for pair, characters in name.places():
                self._having.setdefault(pair, []).append((place, characters))
        self._pairs = frozenset(self._having)

    def met(self, near: frozenset[str], far: frozenset[str]) -> list[tuple[Name, float]]:
        """Those that words with these pairs may cover well enough, in the catalogue's order.

        No name is covered without a pair near the figure. Most names share too few with a sentence, so
        that ``cover`` need not try their pieces.
        """
        having, least = self._having, self._least
        close: dict[int, int] = {}
        for pair in self._pairs & near:
            for place, characters in having[pair]:
                close[place] = close.get(place, 0) | characters
        if not close:
            return []
        anywhere = close.copy()
        for pair in (self._pairs & far) - near:
            for place, characters in having[pair]:
                if place in close:
                    anywhere[place] |= characters
        return [
            self._names[place]
            for place in sorted(close)
            if NEAR * close[place].bit_count() + FAR * anywhere[place].bit_count() >= least[place]
        ]


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
                self.by_unit.setdefault(named.unit, []).append(self._name(named, found))
        self._fitting: dict[tuple[str, bool], Fitting] = {}
        self.parts: dict[str, list[Named]] = {}
        for named in self.by_code.values():
            if named.whole:
                self.parts.setdefault(named.whole, []).append(named)

    def _name(self, named: Named, found: str) -> Name:
        both = pairs(found)
        whole = self.by_code[named.whole].names if named.whole else ()
        known = "\0".join(map(stem, whole))
        own = tuple(pair for pair in both if pair not in known)
        return Name(named.code, named.unit, found, frozenset(both), own, bool(whole))

    def of_unit(self, quantity: Quantity) -> Fitting:
        """The names whose unit fits, each with how well the classifier fits (1, or 0.9)."""
        key = quantity.unit or "", quantity.kind in ("count", "ordinal")
        fitting = self._fitting.get(key)
        if fitting is None:
            # Bounded by the classifiers there are; a unit no name has is not kept.
            found = self._of(*key)
            if not found:
                return _NONE
            fitting = self._fitting[key] = Fitting(found)
        return fitting

    def _of(self, unit: str, is_count: bool) -> list[tuple[Name, float]]:
        found = [(name, 1.0) for name in self.by_unit.get(unit, ())]
        if is_count:
            likes = {like for group in _LIKE_UNITS if unit in group for like in group} - {unit}
            found += [(name, 0.9) for like in sorted(likes) for name in self.by_unit.get(like, ())]
        return found


_NONE = Fitting(())


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """A name without its counting end: 选派挂职干部人数 → 选派挂职干部; too short a rest keeps it."""
    bare = plain(name)
    rest = _END.sub("", bare)
    return rest if len(rest) >= SHORTEST else bare


def plain(text: str) -> str:
    """The words without quotes, brackets and spaces."""
    return _NOISE.sub("", text)
