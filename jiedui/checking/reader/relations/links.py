"""A relation with what was found when it was computed, and the blocks relations live in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity, Relation, Severity
from jiedui.checking.reader.quantity.numerals import plain

_BLOCK_END = re.compile(r"[。！？!?\n]")
TOLD = frozenset(("amount", "count", "people", "person_times", "measure"))
MOST = 60
"""A block keeps no more quantities than this, so that no relation looks further than it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of a text. ``severity`` None means that it holds; then there is no finding.

    ``doubt`` is the figure to look at, ``others`` the rest; ``relation`` is None where only the
    finding is worth telling.
    """

    relation: Relation | None
    doubt: Quantity
    others: tuple[Quantity, ...]
    arithmetic: str
    severity: Severity | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """The quantities between two full stops; dates and ordinals are kept apart."""

    start: int
    end: int
    figures: tuple[Quantity, ...]
    dates: tuple[Quantity, ...]
    text: str

    def between(self, one: Quantity, other: Quantity) -> str:
        """The text between two quantities of the block, in reading order."""
        return self.text[one.end : other.start]


def blocks(doc: Document, quantities: list[Quantity]) -> Iterator[Block]:
    """The blocks that hold a quantity, in order."""
    text = doc.text
    ends = [match.end() for match in _BLOCK_END.finditer(text)] + [len(text)]
    start, index = 0, 0
    for end in ends:
        figures: list[Quantity] = []
        dates: list[Quantity] = []
        while index < len(quantities) and quantities[index].start < end:
            quantity = quantities[index]
            index += 1
            if quantity.kind == "date":
                dates.append(quantity)
            elif quantity.kind not in ("ordinal", "code"):
                figures.append(quantity)
        if figures:
            yield Block(start, end, tuple(figures[:MOST]), tuple(dates[:MOST]), text)
        start = end


def group(quantity: Quantity) -> tuple[str, str | None]:
    """Quantities may be added and compared when they are of one group."""
    return quantity.kind, quantity.unit


def told(quantity: Quantity, like: Quantity | None = None) -> str:
    """The number as a clerk would write it in a sum: in the unit of ``like`` where that is finer."""
    if quantity.number is None:
        return quantity.surface
    unit = (like or quantity).orig_unit or ""
    for word, factor in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if unit.startswith(word):
            return plain(quantity.number / factor)
    return plain(quantity.number)


def unit_told(quantity: Quantity) -> str:
    """The unit behind the last number of a sum."""
    return quantity.orig_unit or quantity.unit or ""


def total(quantities: tuple[Quantity, ...] | list[Quantity]) -> Decimal:
    """The sum of exact numbers; quantities without a number count nothing."""
    return sum((q.number for q in quantities if q.number is not None), Decimal(0))


def slack(*quantities: Quantity) -> Decimal:
    """How far a sum may be off because every figure is rounded to the last digit shown."""
    return sum((q.step / 2 for q in quantities if q.step != 1), Decimal(0))


def one_digit_apart(one: Decimal, other: Decimal) -> bool:
    """Whether one wrong digit, two digits exchanged, or a lost zero makes one number the other."""
    if one == other or not one or not other:
        return False
    scale = max(-int(one.as_tuple().exponent), -int(other.as_tuple().exponent), 0)
    first, second = (str(int(n.scaleb(scale))) for n in (one, other))
    first, second = first.rstrip("0") or "0", second.rstrip("0") or "0"
    if first == second:
        return True
    a, b = (str(int(n.scaleb(scale))) for n in (one, other))
    if len(a) != len(b):
        return False
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    if len(wrong) == 1:
        return True
    if len(wrong) == 2:
        i, j = wrong
        return j == i + 1 and a[i] == b[j] and a[j] == b[i]
    return False


def shifted(one: Quantity, other: Quantity) -> bool:
    """Whether a zero or the point alone tells two figures apart, each within its last digit."""
    if not one.number or not other.number:
        return False
    return any(
        abs(one.number - other.number * factor) <= one.step / 2 + other.step * factor / 2
        for factor in (Decimal(10), Decimal("0.1"), Decimal(10**4), Decimal("0.0001"))
    )


def near(one: Decimal, other: Decimal, share: str) -> bool:
    """Whether two numbers differ by no more than ``share`` of the greater."""
    return abs(one - other) <= max(abs(one), abs(other)) * Decimal(share)
