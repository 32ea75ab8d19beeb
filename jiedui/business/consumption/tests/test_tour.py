import pytest

from jiedui.business.tests.clerk import MASHAN, SHANGLIN, Clerk, total
from jiedui.lib.bounds import Bound


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "consumption.tour",
        region="南宁市",
        name="百人旅行团",
        arrived_on="2023-10-11",
        people="100",
        bound="约",
    )


def test_a_group_and_its_people_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"people": "103", "bound": ""},
        {"consumption.tour_groups": (1, 1), "consumption.tourists": (100, 103)},
    )


def test_a_round_number_says_about(clerk: Clerk) -> None:
    bounds = {e.indicator: e.bound for e in clerk.entries()}
    assert bounds == {"consumption.tour_groups": Bound.EXACT, "consumption.tourists": Bound.ABOUT}


def test_counties_have_their_parts(clerk: Clerk) -> None:
    clerk.records(counties="上林县 60；马山县 30")
    assert total("consumption.tourists") == 100
    assert total("consumption.tourists", SHANGLIN) == 60
    assert total("consumption.tourists", MASHAN) == 30


def test_counties_are_together_no_more_than_all(clerk: Clerk) -> None:
    assert "大于总数" in clerk.says(counties="上林县 60；马山县 60")["counties"]
    assert clerk.says(people="0") == {"people": "游客人数是 0 的不用登记。"}
