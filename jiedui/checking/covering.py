"""How well the words around a figure cover a name that may stand in pieces and in any order."""

from __future__ import annotations

from dataclasses import dataclass

_FAR = 0.65
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


def cover(stem: str, near: str, after: str, far: str, *, half: bool) -> float:
    """How many characters of ``stem`` the words around cover, in pieces of two or more.

    Far pieces count 0.65, those after a figure that follows its noun half, single characters half;
    every piece after the first costs a hundredth.
    """
    total, pos, size = 0.0, 0, len(stem)
    pieces = 0
    anchored = False
    while pos < size:
        best_weight, best_length = 0.0, 1
        for length in range(size - pos, 0, -1):
            piece = stem[pos : pos + length]
            if piece in near:
                weight = 1.0
            elif piece in after:
                weight = 0.5 if half else 1.0
            elif piece in far:
                weight = _FAR
            else:
                continue
            gained = length * weight if length > 1 else 0.5 * weight
            if gained > best_weight:
                best_weight, best_length = gained, length
                if weight == 1.0:
                    break
        anchored = anchored or (best_length > 1 and best_weight >= best_length)
        total += best_weight
        pieces += 1
        pos += best_length
    return total - _PIECE * (pieces - 1) if anchored else 0.0
