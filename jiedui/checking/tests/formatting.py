"""Writers of figures as reports write them, for the tests that read them back."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A whole number below a thousand billion in Chinese numerals: 1005 -> 一千零五."""
    if number < 10:
        return _DIGITS[number]
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            rest = number % size
            gap = "零" if rest and rest < size // 10 else ""
            return chinese(number // size) + word + (gap + chinese(rest) if rest else "")
    for size, word in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            rest = number % size
            gap = "零" if rest and rest < size // 10 else ""
            head = "" if size == 10 and number < 20 else _DIGITS[number // size]
            return head + word + (gap + chinese(rest) if rest else "")
    raise AssertionError(number)


def scaled(number: int, word: str) -> tuple[str, Decimal]:
    """A number of hundredths with its multiplier, and its value: (325, "亿") -> 3.25亿."""
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[word]
    value = Decimal(number) / 100
    return f"{value}{word}", value * factor


def with_commas(number: int) -> str:
    """A whole number with commas between thousands."""
    return f"{number:,}"


def full_width(text: str) -> str:
    """The same text with full-width digits."""
    return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
