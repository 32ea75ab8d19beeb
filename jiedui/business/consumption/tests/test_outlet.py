import pytest

from jiedui.business.tests.clerk import Clerk, on, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk("consumption.outlet", name="上林县消费帮扶馆", form="专馆", opened_on="2023-03-18")


def test_a_hall_is_opened_and_stands(clerk: Clerk) -> None:
    clerk.lives(
        {"form": "专柜"},
        {
            "consumption.outlets_opened": (1, 1),
            "consumption.outlets": (1, 1),
            "consumption.outlets:hall": (1, 0),
            "consumption.outlets:counter": (0, 1),
        },
    )


def test_a_closed_hall_was_opened_all_the_same(clerk: Clerk) -> None:
    clerk.records(closed_on="2023-08-31")
    assert total("consumption.outlets", end=on("2023-08-30")) == 1
    assert total("consumption.outlets") == total("consumption.outlets:hall") == 0
    assert total("consumption.outlets_opened") == 1


def test_nothing_closes_before_it_opens(clerk: Clerk) -> None:
    assert "早于" in clerk.says(closed_on="2023-03-17")["closed_on"]
