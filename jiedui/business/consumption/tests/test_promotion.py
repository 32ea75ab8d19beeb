import pytest

from jiedui.business.tests.clerk import Clerk
from jiedui.lib.bounds import Bound


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "consumption.promotion",
        name="富硒产品进深圳",
        theme="美食",
        held_on="2023-09-01 至 2023-09-03",
        sales_fen="20",
    )


def test_an_event_counts_once_by_its_theme_and_its_sales_as_a_fair(clerk: Clerk) -> None:
    clerk.lives(
        {"theme": "农产品", "sales_fen": ""},
        {
            "consumption.events": (1, 1),
            "consumption.events:food": (1, 0),
            "consumption.events:produce": (0, 1),
            "consumption.sales": (20_0000_00, 0),
            "consumption.sales:fair": (20_0000_00, 0),
            "consumption.sales:assisted": (20_0000_00, 0),
        },
    )


def test_sales_above_a_number_say_so(clerk: Clerk) -> None:
    sales = [
        e
        for e in clerk.entries(sales_fen="2000", bound="不低于")
        if e.indicator == "consumption.sales"
    ]
    assert [(e.value, e.bound) for e in sales] == [(2000_0000_00, Bound.AT_LEAST)]


def test_a_bound_needs_a_number(clerk: Clerk) -> None:
    assert clerk.says(sales_fen="", bound="约") == {
        "sales_fen": "销售额的准确程度是“约”时，请填写现场销售额。"
    }


def test_days_in_the_wrong_order_are_refused(clerk: Clerk) -> None:
    assert "先后不对" in clerk.says(held_on="2023-09-03 至 2023-09-01")["held_on"]
