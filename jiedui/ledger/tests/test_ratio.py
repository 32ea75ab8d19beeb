from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jiedui.ledger import Total
from jiedui.ledger.ratio import ratio
from jiedui.lib.bounds import Bound

numbers = st.integers(-(10**15), 10**15)


@given(numbers, numbers.filter(bool), st.integers(0, 6), st.sampled_from([1, 100]))
def test_a_ratio_is_rounded_once_half_up(over: int, under: int, decimals: int, scale: int) -> None:
    value = ratio(
        Total(over, Bound.EXACT), Total(under, Bound.EXACT), decimals=decimals, scale=scale
    ).value
    assert value is not None
    exact = Fraction(over * scale, under)
    assert abs(Fraction(value) - exact) <= Fraction(1, 2 * 10**decimals)
    if abs(Fraction(value) - exact) == Fraction(1, 2 * 10**decimals):
        assert abs(Fraction(value)) > abs(exact)
    assert value == value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def test_nothing_can_be_divided_by_zero() -> None:
    assert ratio(Total(5, Bound.EXACT), Total(0, Bound.EXACT), decimals=2) == (None, Bound.EXACT)
    assert ratio(Total(None, Bound.EXACT), Total(5, Bound.EXACT), decimals=2).value is None


def test_a_share_is_never_a_false_bound() -> None:
    paid, planned = Total(1, Bound.AT_LEAST), Total(3, Bound.AT_LEAST)
    assert ratio(paid, planned, decimals=2, scale=100) == (Decimal("33.33"), Bound.ABOUT)
    assert ratio(Total(1, Bound.EXACT), planned, decimals=0).bound is Bound.AT_MOST
