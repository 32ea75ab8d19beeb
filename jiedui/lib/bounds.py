"""Bounds (界): how far a stated number may be from the true one.

A bound is two flags: ``more`` (the true value may be greater) and ``less`` (it may be smaller). Adding
numbers joins their flags, so 不低于 + 不超过 = 约. The whole algebra of the ledger is in this file.
"""

from __future__ import annotations

from enum import StrEnum

MORE = 1
LESS = 2


class Bound(StrEnum):
    """The four words a figure may carry; ``flags`` is their stored form (0..3)."""

    EXACT = "exact"  # 确数
    AT_LEAST = "at_least"  # 超过、不低于、余、多
    AT_MOST = "at_most"  # 近、不超过
    ABOUT = "about"  # 约

    @property
    def flags(self) -> int:
        """0 exact, 1 at_least (MORE), 2 at_most (LESS), 3 about."""
        return _FLAGS[self]

    @property
    def sign(self) -> str:
        """The sign that stands before the digits on pages: ``""``, ``≥``, ``≤`` or ``约``."""
        return _SIGNS[self]

    @classmethod
    def of(cls, *, more: bool, less: bool) -> Bound:
        """The word for two flags."""
        return _WORDS[(MORE if more else 0) | (LESS if less else 0)]

    @classmethod
    def from_flags(cls, flags: int) -> Bound:
        """The word for stored flags 0..3; raises KeyError for any other number."""
        return _WORDS[flags]

    def __or__(self, other: str) -> Bound:
        """The bound of a sum: at_least | at_most = about."""
        return _WORDS[self.flags | Bound(other).flags]

    def negated(self) -> Bound:
        """The bound of −x: at_least and at_most change places."""
        return Bound.of(more=bool(self.flags & LESS), less=bool(self.flags & MORE))


_FLAGS = {Bound.EXACT: 0, Bound.AT_LEAST: MORE, Bound.AT_MOST: LESS, Bound.ABOUT: MORE | LESS}
_WORDS = {flags: word for word, flags in _FLAGS.items()}
_SIGNS = {Bound.EXACT: "", Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤", Bound.ABOUT: "约"}


def ratio_bound(numerator: Bound, denominator: Bound) -> Bound:
    """The bound of numerator / denominator for a positive denominator."""
    return numerator | denominator.negated()
