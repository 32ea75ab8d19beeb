"""Money is fen (分) in an integer. Text comes in and goes out exactly; nothing here is a float.

An amount that is no whole number of fen is refused and never rounded; what is rounded for a page is
rounded by the page.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Literal

from jiedui.lib import numerals

UNITS = {
    "元": 100,
    "千元": 10**5,
    "万元": 10**6,
    "百万元": 10**8,
    "千万元": 10**9,
    "亿元": 10**10,
    "万亿元": 10**14,
}
"""Fen in one of each unit that a text may name."""

_POWERS = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_POWERS["万亿"] = 10**12
_POWER = "万亿|千万|百万|[百千万亿]"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_NUMBER = re.compile(rf"(?P<digits>{_DIGITS})(?P<power>{_POWER})?")
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_BEFORE = re.compile("^(?:超过|不低于|不少于|不超过|不多于|大约|至少|至多|约|近|逾|超|达|共)+")
_LONGEST = 60


def parse(text: str, unit: str = "元") -> int:
    """The fen of an amount: "1,234.5 万元", "1,234.5" with ``unit="万元"``, "3亿2000万元", "三百万元".

    A unit in the text wins over ``unit``. Full-width characters, ¥, commas between thousands and
    spaces are understood. Raises ValueError with a Chinese sentence for anything else, also for
    fractions of a fen and for an empty text.
    """
    written = _plain(text).removeprefix("¥").removeprefix("人民币")
    sign, written = _sign(written)
    written = written.removeprefix("¥")
    if written.endswith("元"):
        per = UNITS["元"]
        written = written.removesuffix("元")
    elif written.endswith("圆"):
        per = UNITS["元"]
        written = written.removesuffix("圆")
    else:
        # "5 万" without 元 names its unit as well; a bare number stands in the unit of its field.
        per = UNITS["元"] if re.search(f"(?:{_POWER})$", written) else UNITS[unit]
    return sign * _whole(_number(written, text) * per, text, "分")


def parse_measure(text: str, unit: str, scale: int) -> int:
    """A stated value in smallest units: "49.72亿元" (元, 100), "4,577人" (人, 1), "71.42%" (%, 100).

    Words of a bound around the number (超过, 余, 多) are passed over: the bound is stated beside it.
    Raises ValueError with a Chinese sentence when it is no number in ``unit``, or finer than ``scale``.
    """
    written = _BEFORE.sub("", _plain(text))
    written = re.sub(f"(?<=[\\d{'百千万亿'}])[余多](?=[百千万亿]|{re.escape(unit)}|$)", "", written)
    if unit == "元":
        fen = parse(written)
        if fen * scale % 100:
            raise ValueError(f"金额的位数太多：{text.strip()}")
        return fen * scale // 100
    sign, written = _sign(written)
    number = _number(written.removesuffix(unit), text)
    return sign * _whole(number * scale, text, unit)


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError("数字太长")
    plain = unicodedata.normalize("NFKC", text).replace("￥", "¥").replace("−", "-")
    return re.sub(r"\s+", "", plain.replace("–", "-"))


def _sign(written: str) -> tuple[Literal[1, -1], str]:
    return (-1, written[1:]) if written.startswith("-") else (1, written.removeprefix("+"))


def _number(written: str, text: str) -> Decimal:
    """A sum of falling parts: 3亿2000万 → 320 000 000. ASCII digits, or a whole Chinese numeral."""
    if _CHINESE.fullmatch(written):
        return Decimal(numerals.parse(written))
    if not all(character.isascii() or character in "百千万亿" for character in written):
        raise ValueError(f"看不懂的数字：{text.strip()}")
    total, position, smallest = Decimal(0), 0, 0
    while position < max(len(written), 1):
        match = _NUMBER.match(written, position)
        if match is None or smallest == 1:
            raise ValueError(f"看不懂的数字：{text.strip()}")
        power = _POWERS[match["power"] or ""]
        if smallest and power >= smallest:
            raise ValueError(f"看不懂的数字：{text.strip()}")
        part = Decimal(match["digits"].replace(",", "")) * power
        if smallest and not match["power"] and part * 10 < smallest:
            # 3万2 means 32 000 to some and 30 002 to others.
            raise ValueError(f"看不懂的数字：{text.strip()}")
        total += part
        smallest, position = power, match.end()
    return total


def _whole(number: Decimal, text: str, unit: str) -> int:
    if number != number.to_integral_value():
        raise ValueError(f"小于1{unit}的部分无法记账：{text.strip()}")
    return int(number)


def exact(fen: int, unit: str = "元") -> str:
    """All digits there are and no more, without commas: (123_450_000, "万元") → "123.45"."""
    per = UNITS[unit]
    whole, rest = divmod(abs(fen), per)
    part = f"{rest:0{len(str(per)) - 1}d}".rstrip("0")
    text = f"{whole}.{part}" if part else str(whole)
    return f"-{text}" if fen < 0 else text


def text_of(fen: int) -> str:
    """An exact amount in the unit people say it in: "49.72亿元", "327万元", "12.5元"."""
    size = abs(fen)
    unit = "亿元" if size >= UNITS["亿元"] else "万元" if size >= UNITS["万元"] else "元"
    return exact(fen, unit) + unit


# 财务大写.

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_CAPITAL_PLACES = ("", "拾", "佰", "仟")
_SMALL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")


def capital(fen: int) -> str:
    """The amount as cheques write it: 123_405 → "壹仟贰佰叁拾肆元零伍分", whole 元 end in 整.

    Raises ValueError for 10**16 元 and more.
    """
    yuan, rest = divmod(abs(fen), 100)
    if yuan > numerals.LARGEST:
        raise ValueError(f"金额太大：{fen}")
    jiao, cents = divmod(rest, 10)
    text = numerals.grouped(yuan, _CAPITALS, _CAPITAL_PLACES) + "元" if yuan or not rest else ""
    if jiao:
        text += _CAPITALS[jiao] + "角"
    elif yuan and cents:
        text += _CAPITALS[0]
    text += f"{_CAPITALS[cents]}分" if cents else "整"
    return f"负{text}" if fen < 0 else text


def parse_capital(text: str) -> int:
    """The fen of a 财务大写; raises ValueError with a Chinese sentence."""
    written = _plain(text).translate(_SMALL).removeprefix("人民币")
    sign = -1 if written.startswith("负") else 1
    match = re.fullmatch(
        "(?:(?P<yuan>[零一二三四五六七八九十百千万亿]+)[元圆])?零?(?:(?P<jiao>[一二三四五六七八九])角)?"
        "(?:(?P<fen>[一二三四五六七八九])分|[整正])?",
        written.removeprefix("负"),
    )
    if match is None or not any(match.groups()):
        raise ValueError(f"看不懂的大写金额：{text.strip()}")
    yuan, jiao, cents = (numerals.parse(part) if part else 0 for part in match.groups())
    return sign * (yuan * 100 + jiao * 10 + cents)
