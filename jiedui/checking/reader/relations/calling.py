"""By what words a figure is called, and whether a noun of the text means it."""

from __future__ import annotations

import re

from jiedui.checking.reader.model import Quantity

_CUT = re.compile(r"[，,。；;：:（(）)】\n]")
_FLUFF = re.compile(
    r"^(?:该|其|本|全|各)?(?:省|市|州|县|区|镇|乡|村)|^计划(?=.)|^预算(?=.)|年度|全年|当年|今年|总额|总量|总数|总计|[总数量额的了共约达有已其该只仅也就还却才]"
)
_REACH = 24
_BEHIND = 8


def called(text: str, quantity: Quantity, floor: int = 0) -> str:
    """The words around a figure up to the nearest comma, and its head.

    ``floor`` is where the figure of the same kind before it ends."""
    start = max(quantity.start - _REACH, floor, 0)
    before = _CUT.split(text[start : quantity.start])[-1]
    behind = _CUT.split(text[quantity.end : quantity.end + _BEHIND])[0]
    return f"{before}\0{behind}\0{quantity.head or ''}"


def bare(noun: str) -> str:
    """A noun without what says how much of it: 该县项目总数 is 项目."""
    return _FLUFF.sub("", noun)


def covers(words: str, noun: str) -> bool:
    """Whether ``words`` hold most of a noun, and some two characters of it together."""
    if len(noun) < 2:
        return bool(noun) and noun in words
    if not any(noun[n : n + 2] in words for n in range(len(noun) - 1)):
        return False
    return sum(char in words for char in noun) >= 0.8 * len(noun)


_COMPARED = re.compile(
    r"(?:较|比|超)(?:上年|去年|前年|上月|同期|年初|往年|20\d\d年|计划|任务|协议数?|目标数?|\d+月\d*日?)[^，,。；;]{0,6}$|(?:上年|去年)同期的?$|同期[^，,]{0,4}$"
)


def compared(text: str, quantity: Quantity) -> bool:
    """较上年的4950万元, 比上年多480亩: told only to compare with."""
    return bool(_COMPARED.search(text, max(quantity.start - 14, 0), quantity.start))


def akin(one: Quantity, other: Quantity, words: str) -> bool:
    """Whether two figures may be of one thing by their heads, or by the ``words`` around ``one``."""
    first, second = one.head or "", other.head or ""
    if not first or not second:
        return True
    return first[-2:] == second[-2:] or second[-2:] in words or first[:2] == second[:2]
