import pytest

from jiedui.business.tests.clerk import FIRM, Clerk
from jiedui.lib.bounds import Bound


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "industry.landing",
        project="山野预制菜",
        landed_on="2023-06",
        total_fen="2500",
        enterprise=FIRM,
    )


def test_a_project_and_its_planned_investment_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"total_fen": "0.3 亿元"},
        {
            "industry.landed_projects": (1, 1),
            "industry.landed_investment": (2500_0000_00, 3000_0000_00),
            "industry.investment": (0, 0),
        },
    )


def test_a_fund_without_an_investment_is_a_project_all_the_same(clerk: Clerk) -> None:
    assert clerk.posts(total_fen="") == {"industry.landed_projects": 1}


def test_the_same_project_does_not_land_twice_in_a_place(clerk: Clerk) -> None:
    clerk.records()
    assert "请核对是否重复" in clerk.refuses(landed_on="2023-09-01")["project"]
    assert clerk.refuses(region="马山县", landed_on="2023-09-01") == {}


def test_an_investment_is_more_than_nothing_and_may_be_rough(clerk: Clerk) -> None:
    assert clerk.says(total_fen="0") == {"total_fen": "总投资是 0 的不用登记。"}
    assert [entry.bound for entry in clerk.entries(bound="约")] == [Bound.EXACT, Bound.ABOUT]
