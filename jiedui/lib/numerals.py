"""Chinese numerals: 一千二百零五 as a number and back. Whole numbers from 0 to 10**16 − 1."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4), ("", 1))

LARGEST = 10**16 - 1


def written(number: int) -> str:
    """1205 → "一千二百零五", 10 → "十". Raises ValueError outside 0..LARGEST."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"not writable: {number}")
    text = grouped(number, _DIGITS, ("", "十", "百", "千"))
    return text.removeprefix("一") if text.startswith("一十") else text


def grouped(number: int, digits: str, places: tuple[str, str, str, str]) -> str:
    """The numeral with the given ten digits and place words; the capitals of money use it too."""
    if number == 0:
        return digits[0]
    parts: list[str] = []
    gap = False
    for word, size in _GROUPS:
        value = number // size % 10**4
        if value == 0:
            gap = bool(parts)
            continue
        if parts and (gap or value < 1000):
            parts.append(digits[0])
        parts += [_four(value, digits, places), word]
        gap = False
    # 一万亿零二百亿 shares its 亿: 一万零二百亿.
    text = "".join(parts)
    return text.replace("万亿", "万", 1) if "亿" in text.partition("万亿")[2] else text


def _four(value: int, digits: str, places: tuple[str, str, str, str]) -> str:
    text = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += digits[digit] + places[power]
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    return text.rstrip(digits[0])


def parse(text: str) -> int:
    """The number a numeral writes in full: "一千二百零五" → 1205, "两万三" is not one.

    Digits in a row ("二〇二三") are a number too. Raises ValueError with a Chinese sentence.
    """
    if text and all(character in _VALUES for character in text):
        return int("".join(str(_VALUES[character]) for character in text))
    head, group, rest = text.partition("亿")
    if group:
        _refuse_left_out(text, rest)
        return _under_yi(head or "?") * 10**8 + (_under_yi(rest) if rest else 0)
    return _under_yi(text)


def _under_yi(text: str) -> int:
    head, group, rest = text.partition("万")
    if group:
        _refuse_left_out(text, rest)
        return _under_wan(head or "?") * 10**4 + (_under_wan(rest) if rest else 0)
    return _under_wan(text)


def _refuse_left_out(text: str, rest: str) -> None:
    """一万五 means 15 000 to some and 10 005 to others."""
    if len(rest) == 1:
        raise _unreadable(text)


def _under_wan(text: str) -> int:
    total, digit, smallest = 0, None, 10**4
    for index, character in enumerate(text):
        if character in _PLACES:
            place = _PLACES[character]
            if place >= smallest or digit == 0 or (digit is None and (place != 10 or index > 1)):
                raise _unreadable(text)
            total, digit, smallest = total + (digit or 1) * place, None, place
        elif character in _VALUES:
            if digit:
                raise _unreadable(text)
            digit = _VALUES[character]
        else:
            raise _unreadable(text)
    if text == "" or (digit and smallest > 10 and total and "零" not in text and "〇" not in text):
        # 三百五 means 350 to some and 305 to others.
        raise _unreadable(text)
    return total + (digit or 0)


def _unreadable(text: str) -> ValueError:
    return ValueError(f"看不懂的数字：{text}")
