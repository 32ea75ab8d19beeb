import pytest

from jiedui.business.tests.clerk import CHAMBER, FIRM, Clerk


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "industry.signing",
        party=FIRM,
        signer="企业",
        signed_on="2023-05-18",
        project="中药漱口水",
        amount_fen="4000",
    )


def test_a_firm_a_project_and_a_sum_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"party": CHAMBER, "signer": "商协会", "project": "", "amount_fen": ""},
        {
            "industry.signed_enterprises": (1, 0),
            "industry.signed_associations": (0, 1),
            "industry.signed_projects": (1, 0),
            "industry.signed_amount": (4000_0000_00, 0),
        },
    )


def test_a_firm_counts_once_a_year(clerk: Clerk) -> None:
    clerk.records()
    said = clerk.refuses(signed_on="2023-09-01", project="葛根饮品")
    assert "一家一年计一次" in said["party"]
    assert clerk.refuses(signed_on="2022-09-01", project="葛根饮品") == {}


def test_a_second_project_of_the_year_counts_without_the_firm(clerk: Clerk) -> None:
    clerk.records()
    clerk.records(signed_on="2023-09-01", project="葛根饮品", again="是")
    assert clerk.posts(again="是") == {
        "industry.signed_projects": 1,
        "industry.signed_amount": 4000_0000_00,
    }


def test_a_sum_belongs_to_a_project(clerk: Clerk) -> None:
    assert clerk.says(project="") == {"project": "填了协议金额，还要填项目名称。"}
    assert clerk.says(amount_fen="0") == {"amount_fen": "协议金额是 0 的不用登记。"}
