"""A percent worked out from its part and whole, and what it takes to say it is wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jiedui.checking.reader.model import Quantity, Relation, Severity
from jiedui.checking.reader.quantity.numerals import plain

from .links import Link, one_digit_apart, told


def as_percent(quantity: Quantity) -> Quantity | None:
    """A percent, and 七成五 or 三分之二 as one: what people round when they talk."""
    if quantity.number is None:
        return None
    if quantity.kind == "percent":
        return quantity if quantity.unit == "%" else None
    if quantity.kind != "ratio" or quantity.unit not in (None, "成"):
        return None
    if quantity.unit == "成":
        # 四成 is said of 36 to 44 percent.
        wide = Decimal(4) if quantity.number % 1 else Decimal(8)
        return replace(quantity, number=quantity.number * 10, step=wide, approx=None)
    return replace(quantity, number=quantity.number * 100, step=Decimal(5), approx=None)


def works_out(rate: Quantity, part: Quantity, whole: Quantity) -> Severity | str | None:
    """None where the rate is right, "note" where it was cut off, "no" where it is wrong."""
    assert rate.number is not None
    assert part.number is not None
    assert whole.number is not None
    if not whole.number or not part.number:
        return "no"
    share = part.number / whole.number * 100
    wide = share * (part.step / 2 / part.number if part.step != 1 else Decimal(0))
    wide += share * (whole.step / 2 / whole.number if whole.step != 1 else Decimal(0))
    off = share - rate.number
    if abs(off) <= rate.step / 2 + wide:
        return None
    # Only what was cut off is smaller than the share, and by less than one in its last digit.
    return "note" if rate.kind == "percent" and 0 < off < rate.step + wide else "no"


def countable(quantity: Quantity) -> bool:
    return (
        quantity.kind in ("amount", "count", "people", "person_times", "measure")
        and quantity.exact and bool(quantity.number)
    )  # fmt: skip


def slipped(rate: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Whether one wrong digit in one of the three makes the percent right."""
    assert rate.number is not None
    assert part.number is not None
    assert whole.number is not None
    if not part.number or not whole.number or not rate.number:
        return False
    share = (part.number / whole.number * 100).quantize(rate.step)
    if one_digit_apart(share, rate.number):
        return True
    if rate.kind == "ratio" or min(part.number / part.step, whole.number / whole.step) < 10:
        # One digit of 2 or 7 says nothing.
        return False
    made = (whole.number * rate.number / 100).quantize(part.step)
    if one_digit_apart(made, part.number):
        return True
    base = (part.number * 100 / rate.number).quantize(whole.step)
    return one_digit_apart(base, whole.number)


def link_of(rate: Quantity, part: Quantity, whole: Quantity, wrong: Severity | None) -> Link | None:
    if not whole.number or not part.number:
        return None
    verdict = works_out(rate, part, whole)
    assert part.number is not None
    assert whole.number is not None
    shown = plain((part.number / whole.number * 100).quantize(rate.step.min(Decimal("0.01"))))
    relation = Relation("rate", {"rate": rate.id, "part": part.id, "whole": whole.id})
    line = f"{told(part)} ÷ {told(whole, whole)} = {shown}%"
    if part.orig_unit != whole.orig_unit:
        line = f"{part.surface} ÷ {whole.surface} = {shown}%"
    if verdict is None:
        return Link(relation, rate, (part, whole), line)
    line += f" ≠ {rate.surface}"
    if verdict == "note":
        return Link(relation, rate, (part, whole), line, "note", "百分比是截去而不是四舍五入")
    if wrong is None:
        return None
    return Link(
        relation, rate, (part, whole), line, wrong, f"百分比应为{shown}%，文中为{rate.surface}"
    )
