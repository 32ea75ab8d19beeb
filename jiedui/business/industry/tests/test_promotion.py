import pytest

from jiedui.business.tests.clerk import CHAMBER, Clerk, on, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "industry.promotion",
        name="福田商协会走进南宁",
        session="第一期",
        held_on="2023-05",
        invited="40",
        inspecting="15",
        organiser=CHAMBER,
    )


def test_an_event_with_its_guests_is_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"invited": "44", "inspecting": "18"},
        {
            "industry.promotions": (1, 1),
            "industry.invited": (40, 44),
            "industry.inspecting": (15, 18),
            "consumption.events": (0, 0),
        },
    )


def test_two_sessions_add_up(clerk: Clerk) -> None:
    clerk.records()
    clerk.records(session="第二期", held_on="2023-09-12", invited="44", inspecting="18")
    assert total("industry.promotions") == 2
    assert total("industry.invited") == 84
    assert total("industry.inspecting") == 33
    assert total("industry.promotions", end=on("2023-06-30")) == 1


def test_guests_may_be_unknown_but_not_odd(clerk: Clerk) -> None:
    assert clerk.posts(invited="", inspecting="") == {"industry.promotions": 1}
    assert clerk.says(invited="八十四人左右") == {"invited": "请写整数，例：120。"}
    assert "晚于今天" in clerk.says(held_on="2023-12-01")["held_on"]


def test_more_who_look_around_than_were_invited_is_doubted(clerk: Clerk) -> None:
    assert clerk.says(inspecting="41") == {}
    assert clerk.doubts() == {}
    assert clerk.doubts(inspecting="41") == {
        "inspecting": "实地考察企业家人数（41 人）大于邀请企业家人数（40 人），请核对。"
    }
