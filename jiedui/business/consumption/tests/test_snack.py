import pytest

from jiedui.business.tests.clerk import Clerk, on, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "consumption.snack", name="陕味小吃湖塘店", form="特色小吃店", opened_on="2023-05-20"
    )


def test_a_shop_and_a_kitchen_are_counted_apart(clerk: Clerk) -> None:
    clerk.lives(
        {"form": "中央厨房"},
        {"consumption.snack_shops": (1, 0), "consumption.kitchens": (0, 1)},
    )


def test_a_closed_shop_is_no_longer_counted(clerk: Clerk) -> None:
    clerk.records(closed_on="2023-09-30")
    assert total("consumption.snack_shops", end=on("2023-09-29")) == 1
    assert total("consumption.snack_shops") == 0


def test_nothing_closes_before_it_opens(clerk: Clerk) -> None:
    assert clerk.says(closed_on="2023-05-19") == {
        "closed_on": "停业日期 2023-05-19 早于开业日期 2023-05-20，请核对这两个日期。"
    }
