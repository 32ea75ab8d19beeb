"""Ordinals: 第6批, 第3趟, 首批, 前十名."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.tokens import Token

from .numerals import Numeral, plain
from .quantities import read_numeral

_TOP = re.compile(r"前(十|[二两三四五六七八九]|[1-9]\d?)(?:名|位|强|列)?")
_NOT_TOP = tuple("目以之年月日此先从当天周提")
# 第一人民医院, 第一产业 and 第二天一早 say no order of things counted.
_NO_ORDER = ("人民", "产业", "天一早", "时间", "责任人", "中学", "小学", "医院")


def read_ordinal(
    text: str, pos: int, lexicon: Lexicon, in_a_name: Callable[[int], bool]
) -> Token | None:
    """The ordinal that 第, 首 or 前 at ``pos`` begins; None where it begins none."""
    if text[pos] == "首":
        return Token(pos, pos + 2, "ordinal", "1", text[pos + 1], text[pos + 1],
                     number=Decimal(1), optional=True)  # fmt: skip
    if text[pos] == "前":
        return _top(text, pos, lexicon)
    if in_a_name(pos):
        return None
    numeral = read_numeral(text, pos + 1)
    if numeral is None or numeral.number is None or numeral.infix:
        return None
    if text.startswith(_NO_ORDER, numeral.end):
        return None
    for word in lexicon.ordinals:
        if text.startswith(word, numeral.end):
            return None if word == "号" else _token(pos, numeral, word)
    counted = lexicon.unit_at(text, numeral.end)
    if counted and counted.kind == "count":
        return _token(pos, numeral, counted.word)
    after = text[numeral.end : numeral.end + 1]
    if text.startswith("、第", numeral.end) or (after and after not in "，,。；;、）)\n"):
        return None
    if after and after in "，,、" and _connects(text, pos):
        return None
    return _token(pos, numeral, "")


def _token(pos: int, numeral: Numeral, word: str) -> Token:
    assert numeral.number is not None
    end, unit = numeral.end + len(word), word or None
    return Token(pos, end, "ordinal", plain(numeral.number), unit, unit, number=numeral.number)


def _connects(text: str, pos: int) -> bool:
    """第一，…。第二，…: words that join sentences count nothing."""
    return pos == 0 or text[pos - 1] in "。；;！？\n\r \u3000：:“"


def _top(text: str, pos: int, lexicon: Lexicon) -> Token | None:
    """前三名, 前十位; not 目前, and not 前三批, where a unit follows."""
    top = _TOP.match(text, pos)
    if top is None or text[pos - 1 : pos] in _NOT_TOP:
        return None
    if lexicon.unit_at(text, top.end(1)) and text[top.end(1)] not in "名位强列":
        return None
    numeral = read_numeral(text, pos + 1)
    if numeral is None or numeral.number is None:
        return None
    return Token(
        pos, top.end(), "ordinal", plain(numeral.number), "名", "名", number=numeral.number
    )
