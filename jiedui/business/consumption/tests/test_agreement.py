import pytest

from jiedui.business.tests.clerk import FIRM, SCHOOL, Clerk


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "consumption.agreement",
        buyer=SCHOOL,
        supplier=FIRM,
        amount_fen="3,908",
        signed_on="2023-09-12",
    )


def test_an_agreement_posts_its_sum_and_itself_until_it_is_void(clerk: Clerk) -> None:
    clerk.lives(
        {"amount_fen": "3908.5"},
        {
            "consumption.agreement_amount": (3908_0000_00, 3908_5000_00),
            "consumption.agreements": (1, 1),
            "consumption.sales": (0, 0),
        },
    )


def test_several_agreements_may_be_entered_together(clerk: Clerk) -> None:
    assert clerk.posts(copies="3")["consumption.agreements"] == 3


def test_an_agreement_over_nothing_is_refused(clerk: Clerk) -> None:
    assert clerk.says(amount_fen="0") == {"amount_fen": "协议金额是 0 的不用登记。"}
    assert clerk.says(copies="0") == {"copies": "份数是 0 的不用登记。"}


def test_an_agreement_is_not_over_before_it_is_signed(clerk: Clerk) -> None:
    assert clerk.says(ends_on="2024-09-11") == {}
    assert clerk.says(ends_on="2022-09-11") == {
        "ends_on": "协议到期日 2022-09-11 早于签订日期 2023-09-12，请核对这两个日期。"
    }


def test_a_buyer_nobody_entered_is_asked_for(clerk: Clerk) -> None:
    assert "请先建档" in clerk.says(buyer="某某公司")["buyer"]
