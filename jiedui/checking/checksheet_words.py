"""How a check sheet writes what the ledger says: in full, since a sheet is filed and compared."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer
from jiedui.indicators.catalogue import Measure
from jiedui.lib.bounds import Bound

from .ledger import when

MONEY = {"亿元": Decimal(100_000_000), "万元": Decimal(10_000), "元": Decimal(1)}


def asked(answer: Answer) -> str:
    """Place and name of what was asked: 南宁市实际到位投资额."""
    return formats.place_name(answer.question) + answer.indicator.name


def since(answer: Answer) -> str:
    """The window the answer stands for; a stock only has its day."""
    if answer.indicator.measure is Measure.STOCK:
        return _("截至 %s") % answer.as_of.isoformat()
    return when(answer.question.window)


def known(answer: Answer, like: str | None = None) -> str:
    """The ledger's value in full with its bound: "不低于2000万元", "1.2345亿元"; "—" for none.

    Money is written in the unit ``like`` of the text, where that takes no more than four decimals.
    """
    if answer.value is None or not answer.approved.is_recorded:
        return "—"
    words = {
        Bound.EXACT: "",
        Bound.AT_LEAST: _("不低于"),
        Bound.AT_MOST: _("不超过"),
        Bound.ABOUT: _("约"),
    }
    return words[answer.bound] + digits(answer, like)


def digits(answer: Answer, like: str | None) -> str:
    """The value with its unit; see ``known``. The answer has a value."""
    value = answer.value
    assert value is not None
    if answer.indicator.is_money:
        sizes = sorted(MONEY.items(), key=lambda item: (item[0] != like, -item[1]))
        for unit, size in sizes:
            scaled = formats.decimal_text(value / size) or ""
            if (abs(value) >= size or unit == like) and len(scaled.partition(".")[2]) <= 4:
                return scaled + unit
    return f"{formats.decimal_text(value)}{answer.unit}"
