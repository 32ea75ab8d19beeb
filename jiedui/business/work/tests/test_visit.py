import pytest

from jiedui.business.tests.clerk import Clerk


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "work.visit",
        topic="深圳市党政代表团来访",
        way="东部来访",
        departed_on="2023-07-19",
        leaders="是",
        people="12",
    )


def test_a_journey_counts_by_its_way_and_its_leader(clerk: Clerk) -> None:
    clerk.lives(
        {"way": "赴东部对接", "leaders": "否", "people": ""},
        {
            "work.visits": (1, 1),
            "work.visits:to_west": (1, 0),
            "work.visits:to_east": (0, 1),
            "work.visits:leaders": (1, 0),
            "work.visit_people": (12, 0),
        },
    )


def test_whoever_travels_is_somebody(clerk: Clerk) -> None:
    assert clerk.says(people="0") == {"people": "人数是 0 的不用登记。"}


def test_a_word_that_is_no_way_is_refused(clerk: Clerk) -> None:
    assert "赴东部对接、东部来访" in clerk.says(way="双向")["way"]
