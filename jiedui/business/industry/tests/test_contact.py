import pytest

from jiedui.business.tests.clerk import BUREAU, CHAMBER, Clerk, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk("industry.contact", party=BUREAU, way="对接联系", met_on="2023-04-12")


def test_a_body_counts_by_the_way_it_was_met(clerk: Clerk) -> None:
    clerk.lives(
        {"party": CHAMBER, "way": "考察走访"},
        {"industry.contacted": (1, 0), "industry.explored": (0, 1)},
    )


def test_a_body_met_often_counts_once(clerk: Clerk) -> None:
    clerk.records()
    clerk.records(met_on="2023-08-01", matter="再谈冷链")
    clerk.records(party=CHAMBER)
    assert total("industry.contacted") == 2


def test_a_body_nobody_entered_is_asked_for(clerk: Clerk) -> None:
    assert "请先建档" in clerk.says(party="某某协会")["party"]
    assert clerk.says(party="") == {"party": "请填写对接单位。"}
