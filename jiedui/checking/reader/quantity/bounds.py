"""The words around a span that bound its figure, and the interval they allow."""

from __future__ import annotations

import re
from decimal import Decimal

from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.model import EVERYTHING, Interval
from jiedui.checking.reader.tokens import Token

_TENTH = Decimal("0.1")
# 近三年来 is the last three years; 工作了近三年 is almost three.
_RECENT = ("来", "以来", "累计", "，", ",", "间", "内", "里", "期间", "中")
# 至少覆盖40个, 最高奖励10万元: a verb may stand between.
_APART = re.compile(r"(至少|最少|最高|最多|至多|不低于|不少于)[\u4e00-\u9fff]{2}$")
_SMALL = ("百", "千", "万", "亿", "半")


def bound_by_words(text: str, token: Token, lexicon: Lexicon, floor: int) -> None:
    """Set ``approx`` and ``bound`` from the words before and after the span.

    ``floor`` is the end of the token before: nothing to its left belongs to this one.
    """
    if token.kind in ("date", "ordinal", "code", ""):
        return
    prefix = _prefix(text, token, lexicon, floor)
    if prefix:
        # 约有 and 约为 say 约.
        token.approx, token.bound = prefix.rstrip("有为占需合"), lexicon.words.prefixes[prefix]
        return
    match = lexicon.words.suffix_pattern.match(text, token.end)
    if match and token.approx in (None, "约数"):
        token.approx, token.bound = match[0], lexicon.words.suffixes[match[0]]


def _prefix(text: str, token: Token, lexicon: Lexicon, floor: int) -> str | None:
    left = text[max(token.start - 8, floor) : token.start].rstrip()
    # Most figures have no such word before them, which its last character tells.
    ends = left[-1:] in lexicon.words.prefix_ends
    match = lexicon.words.prefix_pattern.search(left) if ends else None
    if match is None:
        apart = _APART.search(left) if left[-4:-3] in "至最低少" else None
        return apart[1] if apart else None
    word = match[1]
    before = left[: match.start()]
    if any(before.endswith(barred) for barred in lexicon.words.not_after.get(word, ())):
        return None
    surface = text[token.start : token.end]
    if word == "过" and not surface.startswith(_SMALL):
        return None
    if word == "近" and token.kind == "duration":
        return None if _is_recent(text, token, before) else word
    return word


def _is_recent(text: str, token: Token, before: str) -> bool:
    return text.startswith(_RECENT, token.end) or not before or before[-1] in "，,。、；：“ \n"


def interval(token: Token) -> Interval:
    """What the wording allows of the value; everything where there is no number."""
    number, high = token.number, token.high
    if token.bound == "vague" or number is None:
        return EVERYTHING
    if high is not None:
        return Interval(number, high)
    rounding = token.step / 2 if token.step != 1 else Decimal(0)
    if token.bound == "more":
        return Interval(number, number + _room(number, token.step))
    if token.bound == "at_least":
        return Interval(number, None)
    if token.bound == "at_most":
        return Interval(None, number)
    if token.bound == "below":
        return Interval(number * (1 - 2 * _TENTH), number)
    if token.bound == "about":
        return Interval(number * (1 - _TENTH), number * (1 + _TENTH))
    return Interval(number - rounding, number + rounding)


def _room(number: Decimal, step: Decimal) -> Decimal:
    """How far 余 reaches: one in the last place that is not zero (50余 -> 10, 300余 -> 100)."""
    units = number / step if step else number
    room = step
    while units and units % 10 == 0:
        units /= 10
        room *= 10
    return room
