import pytest

from jiedui.business.tests.clerk import Clerk
from jiedui.business.work.meeting import MeetingSort
from jiedui.indicators import catalogue


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk("work.meeting", sort="全体成员会议", held_on="2023-01-06", topic="第一次会议")


def test_a_meeting_counts_by_its_sort(clerk: Clerk) -> None:
    clerk.lives(
        {"sort": "主题党日活动"},
        {
            "work.meetings": (1, 1),
            "work.meetings:plenary": (1, 0),
            "work.meetings:party_day": (0, 1),
        },
    )


def test_several_of_a_span_are_entered_with_their_number(clerk: Clerk) -> None:
    assert clerk.posts(held_on="2023", times="12")["work.meetings:plenary"] == 12


def test_several_on_one_day_are_a_slip(clerk: Clerk) -> None:
    assert clerk.says(times="12") == {
        "times": "次数填了 12，召开日期却只有一天：多次的请把日期写成月份或起止。"
    }
    assert clerk.says(times="0") == {"times": "次数是 0 的不用登记。"}


def test_every_sort_is_a_part_the_catalogue_knows() -> None:
    parts = {part.code for part in catalogue.parts("work.meetings")}
    assert {f"work.meetings:{sort}" for sort in MeetingSort} == parts
