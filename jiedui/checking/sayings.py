"""How an office says things (本单位的说法): its own words for indicators, beside those of the catalogue.

Pure, no Django. What the catalogue names is never taken away: words of an office win only where they
are what the figure counts, and fill in where the catalogue knows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .by_hand import fits
from .names import plain
from .naming import NAMED, is_countable
from .reader.model import Quantity, Reading

SHORTEST, LONGEST = 2, 30
NEAR, AFTER = 60, 30

_BREAK = re.compile(r"[，,。；;：:！!？?\n、]")
_TAIL = re.compile(r"(?:[共计达到了为有约近超过逾至]|累计|实现|完成)+$")


def name(
    text: str,
    reading: Reading,
    codes: Mapping[str, str],
    sayings: Mapping[str, str],
    units: Mapping[str, str],
) -> dict[str, str]:
    """``codes`` (indicator by the figure's id) with what an office calls by words of its own.

    ``sayings`` maps words to a code, ``units`` a code to its unit. No sayings: the same codes.
    """
    named = dict(codes)
    if not sayings:
        return named
    figures = [quantity for quantity in reading.quantities if is_countable(text, quantity)][:NAMED]
    words = sorted(sayings, key=lambda one: (-len(one), one))
    for index, quantity in enumerate(figures):
        floor = figures[index - 1].end if index else 0
        ceiling = figures[index + 1].start if index + 1 < len(figures) else len(text)
        near, after = _around(text, quantity, floor, ceiling)
        fitting = [one for one in words if fits(quantity, units.get(sayings[one], ""))]
        counted = _counted(fitting, quantity, near)
        if counted:
            named[quantity.id] = sayings[counted]
        elif quantity.id not in named:
            said = next((one for one in fitting if one in near or one in after), "")
            if said:
                named[quantity.id] = sayings[said]
    return named


def beside(text: str, reading: Reading, quantity: Quantity) -> str:
    """The words right before a figure in its clause, without 共, 达 and the like."""
    return _TAIL.sub("", _clause(text, reading, quantity)[0])


def is_beside(words: str, text: str, reading: Reading, quantity: Quantity) -> bool:
    """Whether the words would name this figure: they stand in its clause, or are what it counts."""
    near, after = _clause(text, reading, quantity)
    return words in near or words in after or plain(quantity.head or "").endswith(words)


def _clause(text: str, reading: Reading, quantity: Quantity) -> tuple[str, str]:
    others = [one for one in reading.quantities if is_countable(text, one)]
    floor = max((one.end for one in others if one.end <= quantity.start), default=0)
    ceiling = min((one.start for one in others if one.start >= quantity.end), default=len(text))
    return _around(text, quantity, floor, ceiling)


def _around(text: str, quantity: Quantity, floor: int, ceiling: int) -> tuple[str, str]:
    """The words of the same clause before a figure and after it, no other figure between."""
    left = text[max(floor, quantity.start - NEAR) : quantity.start]
    right = text[quantity.end : min(ceiling, quantity.end + AFTER)]
    return plain(_BREAK.split(left)[-1]), plain(_BREAK.split(right)[0])


def _counted(words: Sequence[str], quantity: Quantity, near: str) -> str:
    """The longest words that are just what the figure counts: its head, or right before it."""
    head = plain(quantity.head or "")
    bare = _TAIL.sub("", near)
    return next((one for one in words if head.endswith(one) or bare.endswith(one)), "")


def wrong_with(words: str, known: Mapping[str, str], code: str) -> str:
    """What is wrong with words an office wants to keep for a code, as a sentence; "" when nothing is.

    ``known`` are the names of the catalogue: none of them may come to mean something else.
    """
    if not SHORTEST <= len(words) <= LONGEST:
        return f"说法要写{SHORTEST}至{LONGEST}个字。"
    if re.search(r"\d", words) or _BREAK.search(words):
        return "说法里不能有数字和标点，只写数字旁边的词，如“带动务工就业”。"
    if known.get(words, code) != code:
        return "这个说法已是指标目录里另一个指标的名称，不能再指别的。"
    return ""
