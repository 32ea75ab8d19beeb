import pytest

from jiedui.business.tests.clerk import CHAMBER, FIRM, Clerk


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "industry.receipt",
        enterprise=FIRM,
        received_on="2023-09-26",
        amount_fen="5,600",
        form="货币",
        origin="深圳市福田区",
    )


def test_a_receipt_is_investment_and_no_public_money(clerk: Clerk) -> None:
    clerk.lives(
        {"amount_fen": "0.55 亿元"},
        {"industry.investment": (5600_0000_00, 5500_0000_00), "funds.received": (0, 0)},
    )


def test_a_receipt_is_proved(clerk: Clerk) -> None:
    assert clerk.refuses(evidence=False) == {
        "evidence": "请附佐证：进账单、验资报告、设备清单或发票。"
    }


def test_only_an_enterprise_invests(clerk: Clerk) -> None:
    assert "请先建档" in clerk.says(enterprise=CHAMBER)["enterprise"]


def test_a_receipt_has_its_day(clerk: Clerk) -> None:
    assert clerk.says(received_on="2023-09") == {"received_on": "请写到日，例：2023-09-30。"}
