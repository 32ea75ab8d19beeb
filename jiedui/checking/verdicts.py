"""Whether a stated figure and the ledger's agree: the words first, then what they allow."""

from __future__ import annotations

from decimal import Decimal

from jiedui.lib.bounds import Bound

from .reader.model import Quantity

TIMES = (10, 100, 1000, 10_000, 100_000_000)


def agrees(quantity: Quantity, value: Decimal, bound: Bound) -> bool:
    """Whether the text may say this where the ledger says ``bound value``.

    The same number agrees whatever 余 and 超过 stand beside it. The ledger's exact number agrees
    with every wording that allows it, rounded or cut off at the last digit shown. A number the
    ledger itself knows only roughly allows no other one: 超过3000万 is not ≥ 2000万.
    """
    number = quantity.number
    if number is not None and number == value:
        return True
    low, high = quantity.interval.low, quantity.interval.high
    if low is None and high is None:
        return False
    if bound is not Bound.EXACT:
        return number is not None and abs(number - value) * 2 <= rounding(quantity)
    if (low is None or low <= value) and (high is None or value <= high):
        # At least 2000 is true of 20 000 too; nobody words it so, but it is no contradiction.
        return True
    return (
        quantity.exact and number is not None and Decimal(0) <= value - number < rounding(quantity)
    )


def is_number(quantity: Quantity, value: Decimal) -> bool:
    """Whether the figure writes just this number, as far as its last digit shows."""
    number = quantity.number
    if number is None:
        low, high = quantity.interval.low, quantity.interval.high
        return low is not None and high is not None and low <= value <= high
    return number == value or abs(number - value) * 2 <= rounding(quantity)


def rounding(quantity: Quantity) -> Decimal:
    """The worth of the last digit shown where the figure is written in 万, 亿 or decimals."""
    return quantity.step if quantity.step != 1 else Decimal(0)


def can_compare(quantity: Quantity) -> bool:
    """Whether the wording gives a number or a range at all (数十家 does not)."""
    return quantity.interval.low is not None or quantity.interval.high is not None


def slip(quantity: Quantity, value: Decimal, bound: Bound) -> str:
    """A slip of the pen that explains a difference, as a Chinese phrase; "" for none."""
    number = quantity.number
    if number is None or not value or not number:
        return ""
    for times in TIMES:
        if number == value * times or abs(number - value * times) * 2 < rounding(quantity):
            return f"是账上的{_times(times)}倍，疑单位有误"
        if value == number * times or abs(number * times - value) * 2 < rounding(quantity) * times:
            return f"只有账上的{_times(times)}分之一，疑单位有误"
    mine, its = _digits(number), _digits(value)
    if len(mine) == len(its) and sorted(mine) == sorted(its):
        places = [i for i, pair in enumerate(zip(mine, its, strict=True)) if pair[0] != pair[1]]
        if len(places) == 2:
            return "疑两位数字颠倒"
    if bound is Bound.AT_LEAST and number > value:
        return "超出账上所知，账上只说不低于此数"
    return ""


def _times(times: int) -> str:
    return {10: "十", 100: "百", 1000: "千", 10_000: "万", 100_000_000: "亿"}[times]


def _digits(value: Decimal) -> str:
    return "".join(str(digit) for digit in value.normalize().as_tuple().digits)
