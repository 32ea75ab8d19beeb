import pytest

from jiedui.business.tests.clerk import SHANGLIN, Clerk, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "labour.training",
        region="南宁市",
        course="中式烹调",
        people="40",
        poverty="18",
        ended_on="2023-09-01 至 2023-09-12",
    )


def test_a_course_and_its_people_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"people": "42", "poverty": ""},
        {
            "labour.training_sessions": (1, 1),
            "labour.trainees": (40, 42),
            "labour.trainees:poverty": (18, 0),
        },
    )


def test_counties_have_their_people_and_the_course_stays_one(clerk: Clerk) -> None:
    clerk.records(counties="上林县 25 10；马山县 15 8")
    assert total("labour.trainees", SHANGLIN) == 25
    assert total("labour.training_sessions", SHANGLIN) == 0
    assert total("labour.training_sessions") == 1


def test_a_part_is_at_most_its_whole(clerk: Clerk) -> None:
    assert "其中脱贫人口" in clerk.says(poverty="41")["poverty"]
    assert "大于总数" in clerk.says(counties="上林县 41 0")["counties"]
