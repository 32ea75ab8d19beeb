import pytest

from jiedui.business.tests.clerk import FIRM, Clerk
from jiedui.lib.bounds import Bound


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "labour.absorption", enterprise=FIRM, hired_on="2023-09", people="120", poverty="45"
    )


def test_people_and_those_out_of_poverty_among_them_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"people": "118", "poverty": ""},
        {"labour.absorbed": (120, 118), "labour.absorbed:poverty": (45, 0)},
    )


def test_a_part_is_at_most_its_whole(clerk: Clerk) -> None:
    assert clerk.says(poverty="121") == {
        "poverty": "其中脱贫人口（121 人）大于新吸纳农村劳动力人数（120 人），请核对。"
    }
    assert clerk.says(poverty="120") == {}


def test_nobody_taken_on_is_nothing_to_record(clerk: Clerk) -> None:
    assert clerk.says(people="0", poverty="") == {"people": "新吸纳农村劳动力人数是 0 的不用登记。"}


def test_more_than_a_number_says_so_of_both(clerk: Clerk) -> None:
    assert {entry.bound for entry in clerk.entries(bound="不低于")} == {Bound.AT_LEAST}
