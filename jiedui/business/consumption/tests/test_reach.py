import pytest

from jiedui.business.tests.clerk import BUREAU, SCHOOL, Clerk, on, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk("consumption.reach", unit=BUREAU, sort="政府机关", since_on="2023-03")


def test_a_place_counts_by_its_sort(clerk: Clerk) -> None:
    clerk.lives(
        {"unit": SCHOOL, "sort": "学校"},
        {
            "consumption.offices_reached": (1, 0),
            "consumption.schools_reached": (0, 1),
            "consumption.canteens_reached": (0, 0),
        },
    )


@pytest.mark.parametrize(
    ("sort", "code"),
    [("企业食堂", "consumption.canteens_reached"), ("社区", "consumption.communities_reached")],
)
def test_every_sort_has_its_figure(clerk: Clerk, sort: str, code: str) -> None:
    assert clerk.posts(sort=sort) == {code: 1}


def test_what_stopped_is_no_longer_counted(clerk: Clerk) -> None:
    clerk.records(ended_on="2023-08-31")
    assert total("consumption.offices_reached", end=on("2023-08-30")) == 1
    assert total("consumption.offices_reached", end=on("2023-08-31")) == 0
    assert "早于" in clerk.says(ended_on="2023-02-28")["ended_on"]


def test_one_place_stands_once_at_a_time(clerk: Clerk) -> None:
    clerk.records(ended_on="2023-08-31")
    assert "已登记" in clerk.refuses(since_on="2023-05-01")["unit"]
    assert clerk.refuses(since_on="2023-09-01") == {}
