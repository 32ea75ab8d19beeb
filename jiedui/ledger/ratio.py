"""Ratio (比率): Σ numerators / Σ denominators, rounded once, at the end."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import NamedTuple

from jiedui.ledger.facts import Total
from jiedui.lib.bounds import Bound, ratio_bound


class Ratio(NamedTuple):
    """A value with the catalogue's decimals, None over zero, and its bound."""

    value: Decimal | None
    bound: Bound


def ratio(numerator: Total, denominator: Total, *, decimals: int, scale: int = 1) -> Ratio:
    """`scale` × numerator / denominator (100 for a percentage), ROUND_HALF_UP; None over zero or nothing."""
    over, under = numerator.value, denominator.value
    if over is None or not under:
        return Ratio(None, Bound.EXACT)
    with localcontext() as context:
        context.prec = 60
        unit = Decimal(1).scaleb(-decimals)
        value = rounded(over * scale, under, decimals) * unit
    if under < 0:
        bound = Bound.EXACT if numerator.bound == denominator.bound == Bound.EXACT else Bound.ABOUT
    elif over < 0:
        # Dividing a negative sum by more brings it nearer to zero, that is up.
        bound = numerator.bound | denominator.bound
    else:
        bound = ratio_bound(numerator.bound, denominator.bound)
    return Ratio(value, bound)


def rounded(over: int, under: int, decimals: int) -> int:
    """10**decimals × over / under as an integer, halves away from zero, no float and no double rounding."""
    by = abs(under)
    whole, rest = divmod(abs(over) * int(10**decimals), by)
    if 2 * rest >= by:
        whole += 1
    return whole if (over < 0) == (under < 0) else -whole
