"""How figures are written: on pages, in tables, in texts for issue (公文) and in JSON.

Plain functions over answers; ``ui.numbers`` draws the digits.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from jiedui.figures.answers import Answer, Figure, rounded_ratio
from jiedui.figures.questions import Question
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.lib.bounds import Bound
from jiedui.regions import places
from jiedui.ui import numbers
from jiedui.ui.numbers import Number

WORDS = {
    Bound.EXACT: "",
    Bound.AT_LEAST: "不低于",
    Bound.AT_MOST: "不超过",
    Bound.ABOUT: "约",
}


def decimal_text(value: Decimal | None) -> str | None:
    """A decimal string without trailing zeros, "4972000000", "74.15"; None for None."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def per(indicator: Indicator) -> int:
    """Smallest units in one display unit: 1 000 000 for 万元."""
    return indicator.scale * indicator.display_scale


def cell(answer: Answer, *, href: bool = True) -> Number:
    """The number for a table, in the indicator's one display unit; a dash when nothing is recorded."""
    link = answer.question.address if href else ""
    return shown(answer.indicator, answer.approved, href=link)


def pending_cell(answer: Answer) -> Number:
    """The number 含待审核 for a table, marked as such."""
    figure = answer.with_pending or answer.approved
    return shown(answer.indicator, figure, href=answer.question.address, state="pend")


def shown(indicator: Indicator, figure: Figure, *, href: str = "", state: str = "") -> Number:
    """A figure as a number of a table."""
    if not figure.is_recorded:
        return Number(None, reason=_missing(figure), href=href)
    text = table_digits(indicator, figure)
    return Number(text, figure.bound, href=href, state=state)


def table_digits(indicator: Indicator, figure: Figure) -> str:
    """The digits in the display unit, "497,200"; "" when there is no value."""
    decimals = indicator.display_decimals
    if figure.fraction is not None:
        value = rounded_ratio(figure.fraction, decimals)
        return "" if value is None else f"{value:,.{decimals}f}".replace("-", numbers.MINUS)
    if figure.amount is None:
        return ""
    return numbers.digits(figure.amount, per(indicator), decimals)


def part_digits(indicator: Indicator, amount: int) -> str:
    """The digits of a part (an entry, an addition) in the display unit."""
    return numbers.digits(amount, per(indicator), indicator.display_decimals)


def share(amount: int, whole: int) -> str:
    """The share of a whole in percent with one decimal, "36.9"; "" when there is no whole."""
    value = rounded_ratio((amount * 100, whole), 1)
    return "" if value is None else f"{value:.1f}".replace("-", numbers.MINUS)


def alone(indicator: Indicator, figure: Figure) -> tuple[str, str]:
    """Digits and unit of a figure standing alone: ("49.72", "亿元"), ("4,577", "人"), ("—", "")."""
    if not figure.is_recorded:
        return "—", ""
    if figure.amount is not None and indicator.is_money:
        return numbers.money(figure.amount)
    return table_digits(indicator, figure), indicator.unit


def other_forms(indicator: Indicator, figure: Figure) -> str:
    """The exact other forms of money: "497,200 万元 = 4,972,000,000 元"; "" for what is not money."""
    if figure.amount is None or not indicator.is_money or not figure.is_recorded:
        return ""
    return numbers.money_forms(figure.amount)


def in_text(indicator: Indicator, figure: Figure) -> str:
    """The figure inside a text for issue, without commas: "49.72亿元", "不低于2000万元"."""
    digits, unit = alone(indicator, figure)
    return f"{WORDS[figure.bound]}{digits.replace(',', '')}{unit}"


def sentence(answer: Answer) -> str:
    """The figure as a sentence to quote: "截至2023-09-30，南宁市实际到位投资额49.72亿元"."""
    question, name = answer.question, answer.indicator.name
    start, end = question.window
    if start is None or answer.indicator.measure is Measure.STOCK:
        when = _("截至%s") % end.isoformat()
    else:
        when = _("%(start)s至%(end)s") % {"start": start.isoformat(), "end": end.isoformat()}
    said = in_text(answer.indicator, answer.approved)
    return f"{when}，{place_name(question)}{name}{said}"


def place_name(question: Question) -> str:
    """The name of the question's place, with 本级 when only its own level is meant."""
    name = places.names([question.region]).get(question.region, f"{question.region:012d}")
    return name + places.OWN if question.own else name


def nature(answer: Answer) -> str:
    """What kind of number it is: "确数；累计发生量，截至 2023-09-30"."""
    words = {
        Bound.EXACT: _("确数"),
        Bound.AT_LEAST: _("不低于"),
        Bound.AT_MOST: _("不超过"),
        Bound.ABOUT: _("约数"),
    }
    measure = answer.indicator.measure
    label = measure.label
    if answer.question.window.start is None and measure is Measure.FLOW:
        label = _("累计") + label
    until = _("截至 %s") % answer.as_of.isoformat()
    word = words[answer.bound] if answer.approved.is_recorded else _("没有数")
    return f"{word}；{label}，{until}"


def _missing(figure: Figure) -> str:
    if figure.fraction is not None:
        return _("分母为零，不能计算")
    if figure.left_out:
        return _("只有跨越窗口或交叉的数，没有计入的")
    return _("没有记录")
