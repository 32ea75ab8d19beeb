"""Numerals: Arabic digits, Chinese characters, and what stands between them and the unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10**4, "亿": 10**8}
CHINESE = "零〇一二两三四五六七八九十百千万亿"

MULTIPLIERS = {
    "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip

# 千 before 克, 米, 瓦 belongs to the unit; 百 and 千 before 分 or 家万户 belong to a word.
_MULTIPLIER = (
    r"(?:[千百十]?亿|万亿|[千百十]?万(?!达|科|宁|州)|千(?![克米瓦伏卡帕家])|百(?![分货色家]))"
)
ARABIC = re.compile(
    r"(\d{1,3}(?:,\d{3}){1,5}(?![\d,])|\d{1,3}(?:[ \xa0]\d{3}){1,3}(?=[万亿元])|\d{1,18}(?!\d))"
    r"(?:\.(\d{1,12})(?![\d.])|\.[ \u3000](\d{1,6})(?=[万亿%]))?"
    rf"[ \u3000\xa0]?({_MULTIPLIER})?"
    r"(余|多|来(?=[个名家户人位亩次万件场位公里岁年天座所台条种项吨头只株批张份辆间处斤])|几(?=[个名家户人位亩次万件场位公里年天十百座所台条种项吨头只株批张份辆间处斤]))?"
    rf"({_MULTIPLIER})?"
)
# Digits that nothing of ARABIC can follow: most figures, at a tenth of its price.
_ALONE = re.compile(r"\d{1,18}(?![\d,. \u3000\xa0千百十万亿余多来几])")
WORDS = re.compile(
    rf"([{CHINESE}]{{1,24}})(?:点([零〇一二三四五六七八九]{{1,8}}))?"
    r"(余|多|来(?=[个名家户人位亩次万件场公里岁年天座所台条种项吨头只株批张份辆间处斤])|几(?=[个名家户人位亩次万亿件场公里岁年天座所台条种项吨头只株批张份辆间处斤]))?"
    r"([千百十]?[万亿]{1,2})?"
)
VAGUE = re.compile(r"(数|好几|几|上|成)([十百千万亿]{1,3})(余|多)?([万亿])?")
_GROUPING = re.compile(r"\D")
ONE = Decimal(1)
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％～－", "0123456789.%~-")


class Numeral(NamedTuple):
    """A numeral without its unit. ``high`` is set for a range inside the word (三五, 七八百).

    ``word`` is the multiplier as written (万, 亿) and ``step`` the worth of the last digit shown.
    ``number`` is None where the word has no exact value (数十, 几百).
    """

    start: int
    end: int
    number: Decimal | None
    step: Decimal
    word: str = ""
    infix: str | None = None
    high: Decimal | None = None
    vague: str | None = None
    bare: bool = False
    """No leading digit: 百人, 千万."""


def parse_chinese(word: str) -> int | None:
    """The whole number a Chinese numeral writes; None when it writes none (一二三, 万万)."""
    if not word:
        return None
    if len(word) > 1 and all(c in DIGITS for c in word):
        return None
    total = section = digit = 0
    last_unit = 0
    previous = ""
    for char in word:
        if char in DIGITS:
            if previous in DIGITS and previous not in "零〇":
                return None
            digit = DIGITS[char]
        elif char in UNITS:
            unit = UNITS[char]
            if previous in UNITS and UNITS[previous] <= unit:
                return None
            section += (digit or 1) * unit
            digit, last_unit = 0, unit
        else:
            section += digit
            if section == 0 and total == 0:
                section = 1
            if char == "亿":
                total = (total + section) * BIG[char]
            else:
                total += section * BIG[char]
            section = digit = 0
            last_unit = BIG[char]
        previous = char
    # 三百五 and 一万二 leave out their last unit.
    if digit and last_unit >= 100 and len(word) > 2 and word[-2] not in "零〇":
        digit *= last_unit // 10
    return total + section + digit


def parse_years(word: str) -> int | None:
    """A year in four Chinese digits (二〇二三); None for anything else."""
    if len(word) == 4 and all(c in DIGITS for c in word):
        year = int("".join(str(DIGITS[c]) for c in word))
        return year if 1900 <= year <= 2099 else None
    return None


def _range_word(word: str) -> tuple[int, int] | None:
    """三五 -> (3, 5), 七八百 -> (700, 800), 十七八 -> (17, 18); None for other words."""
    for index in range(len(word) - 1):
        low, high = word[index], word[index + 1]
        if low in DIGITS and high in DIGITS and 0 < DIGITS[low] < DIGITS[high]:
            if DIGITS[high] - DIGITS[low] > 2:
                return None
            first = parse_chinese(word[: index + 1] + word[index + 2 :])
            second = parse_chinese(word[:index] + word[index + 1 :])
            return (first, second) if first is not None and second is not None else None
    return None


def read_arabic(text: str, start: int) -> Numeral | None:
    """The numeral in Arabic digits that begins at ``start`` of a half-width text."""
    alone = _ALONE.match(text, start)
    if alone:
        return Numeral(start, alone.end(), Decimal(alone[0]), ONE)
    match = ARABIC.match(text, start)
    if match is None:
        return None
    whole, decimals, spaced, multiplier, infix, second = match.groups()
    fraction = decimals or spaced or ""
    number = Decimal(_GROUPING.sub("", whole) + ("." + fraction if fraction else ""))
    end = match.end()
    word = (multiplier or "") + (second or "")
    factor = MULTIPLIERS.get(multiplier or "", 1) * MULTIPLIERS.get(second or "", 1)
    if not multiplier and not infix and text[end - 1] in " \u3000\xa0":
        end = match.end(3) if spaced else match.end(2) if decimals else match.end(1)
    return Numeral(start, end, number * factor, Decimal(factor).scaleb(-len(fraction)), word, infix)


def read_words(text: str, start: int) -> Numeral | None:
    """The numeral in Chinese characters that begins at ``start``."""
    match = WORDS.match(text, start)
    if match is None:
        return None
    word, decimals, infix, second = match.groups()
    if not infix and second:
        word, second = word + second, None
    number = parse_chinese(word)
    spread = _range_word(word) if number is None else None
    if number is None and spread is None:
        return None
    factor = 1
    for char in second or "":
        factor *= UNITS.get(char) or BIG[char]
    low = Decimal(spread[0] if spread else number or 0)
    high = Decimal(spread[1]) * factor if spread else None
    if decimals:
        # 三点五万: the multiplier stands behind the decimals, where the pattern reads it as second.
        low += Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))
    tail = word[-1] if word[-1] in BIG and len(word) > 1 else ""
    step = Decimal(factor) if decimals is None else Decimal(factor).scaleb(-len(decimals))
    bare = word[0] in "百千万亿"
    return Numeral(start, match.end(), low * factor, step, second or tail, infix, high, None, bare)


def read_vague(text: str, start: int) -> Numeral | None:
    """数十, 几百, 上千: only 上 and 成 have a value, the least one."""
    match = VAGUE.match(text, start)
    if match is None:
        return None
    vague, word, infix, second = match.groups()
    base = parse_chinese(word)
    if base is None:
        return None
    number = Decimal(base * BIG.get(second or "", 1)) if vague in "上成" else None
    return Numeral(start, match.end(), number, Decimal(1), second or "", infix, None, vague, True)


def plain(number: Decimal) -> str:
    """A Decimal without exponent or needless zeros: "75.5", "4972000000"."""
    shown = format(number, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def written_step(surface: str) -> Decimal:
    """The place of the last digit of a number as written: 0.01 for 3.25亿元, 1 for 30万元."""
    written = re.match(r"[\d,]*(?:\.\s?(\d+))?", surface)
    return Decimal(1).scaleb(-len(written[1])) if written and written[1] else Decimal(1)
