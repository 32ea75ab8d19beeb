"""How well the words around a figure cover a name that may stand in pieces and in any order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add

_FAR = 0.65
_ALONE = 0.5
FAR, NEAR = _FAR - _ALONE, 1 - _FAR
_PIECE = 0.01
"""A name in fewer pieces is the better of two: 西部选派到东部 is not 东部选派到西部."""


@dataclass(frozen=True, slots=True)
class Around:
    """The words around one figure: near ones count in full, those after a headed figure half."""

    near: str
    after: str
    far: str
    half: bool

    @property
    def beside(self) -> str:
        return self.near + "\0" + self.after


def surplus(size: int, weight: float) -> float:
    """What characters with a neighbour of theirs in the words must bring for a name to have a weight.

    Each counts FAR, and NEAR besides where the two stand near the figure.
    """
    return weight - _ALONE * size


def cover(stem: str, near: str, after: str, far: str, *, half: bool, least: float = 0.0) -> float:
    """How many characters of ``stem`` the words around cover, in pieces of two or more.

    Far pieces count 0.65, those after a figure that follows its noun half, single characters half;
    every piece after the first costs a hundredth. What cannot come to ``least`` any more is 0.
    """
    total, pos, size = 0.0, 0, len(stem)
    if stem in near or (not half and stem in after):
        return float(size)
    known = pairs_around(near, after, far)
    said = [pair in known for pair in pairs(stem)]
    pieces = 0
    anchored = False
    while pos < size:
        best_weight, best_length = 0.0, 1
        # No piece is longer than its pairs reach.
        reach = pos
        while reach < size - 1 and said[reach]:
            reach += 1
        for length in range(reach + 1 - pos, 0, -1):
            piece = stem[pos : pos + length]
            if piece in near:
                weight = 1.0
            elif piece in after:
                weight = 0.5 if half else 1.0
            elif piece in far:
                weight = _FAR
            else:
                continue
            gained = length * weight if length > 1 else _ALONE * weight
            if gained > best_weight:
                best_weight, best_length = gained, length
                if weight == 1.0:
                    break
        anchored = anchored or (best_length > 1 and best_weight >= best_length)
        total += best_weight
        pieces += 1
        pos += best_length
        if total + size - pos < least:
            return 0.0
    return total - _PIECE * (pieces - 1) if anchored else 0.0


@lru_cache(maxsize=4096)
def pairs(stem: str) -> tuple[str, ...]:
    """Every two characters of a name that stand together."""
    return tuple(map("".join, pairwise(stem)))


# A few: the names of a catalogue are asked one after another about the same words.
@lru_cache(maxsize=4)
def pairs_around(*words: str) -> frozenset[str]:
    """Every two characters that stand together in some of the words."""
    return frozenset().union(*(map(add, one, one[1:]) for one in words))
