import pytest

from jiedui.business.tests.clerk import Clerk
from jiedui.lib.bounds import Bound
from jiedui.records.tests.world import credit_code


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "society.donation",
        donor="退役军人助学行",
        received_on="2023-08",
        purpose="捐资助学",
        money_fen="6",
        goods_fen="1.5",
        people="30",
        people_bound="不低于",
    )


def test_money_goods_and_people_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"purpose": "产业发展", "money_fen": "8", "goods_fen": ""},
        {
            "society.donations": (7_5000_00, 8_0000_00),
            "society.donations:money": (6_0000_00, 8_0000_00),
            "society.donations:goods": (1_5000_00, 0),
            "society.donors": (30, 30),
            "society.donors:education": (30, 0),
        },
    )


def test_more_than_thirty_says_so_of_people_only(clerk: Clerk) -> None:
    bounds = {entry.indicator: entry.bound for entry in clerk.entries()}
    assert bounds["society.donors"] == bounds["society.donors:education"] == Bound.AT_LEAST
    assert bounds["society.donations"] == Bound.EXACT


def test_a_donation_is_of_something(clerk: Clerk) -> None:
    assert clerk.says(money_fen="", goods_fen="", people="") == {
        "money_fen": "资金、物资折价、参与人数至少填一项。"
    }
    assert clerk.says(money_fen="", goods_fen="") == {}


def test_a_wrong_credit_code_is_named(clerk: Clerk) -> None:
    right = credit_code(2)
    assert clerk.says(credit_code=right) == {}
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert clerk.says(credit_code=wrong)["credit_code"].startswith("捐赠方信用代码：")
    assert "18 位" in clerk.says(credit_code="12345")["credit_code"]
