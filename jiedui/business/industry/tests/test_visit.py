import pytest

from jiedui.business.tests.clerk import BUREAU, CHAMBER, FIRM, SCHOOL, Clerk, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "industry.visit",
        name="福田商协会来考察",
        heading="东部来考察",
        visited_on="2023-09-12 至 2023-09-14",
        parties=f"{CHAMBER}、{BUREAU}",
        entrepreneurs="33",
    )


def test_who_came_and_who_was_called_on_are_counted_apart(clerk: Clerk) -> None:
    clerk.lives(
        {"heading": "赴东部考察", "entrepreneurs": "", "parties": f"{CHAMBER}；{BUREAU}；{SCHOOL}"},
        {"industry.visitors": (2, 0), "industry.explored": (0, 3), "industry.inspecting": (33, 0)},
    )


def test_a_body_that_came_twice_counts_once(clerk: Clerk) -> None:
    clerk.records()
    clerk.records(name="再来", visited_on="2023-10-10", parties=f"{CHAMBER}；{FIRM}")
    assert total("industry.visitors") == 3
    assert total("industry.inspecting") == 66


def test_a_body_stands_in_the_list_once(clerk: Clerk) -> None:
    assert clerk.says(parties=f"{CHAMBER}；{CHAMBER}") == {
        "parties": f"单位和企业第 2 行重复了“{CHAMBER}”，请删去一行。"
    }


def test_entrepreneurs_are_those_who_came_west(clerk: Clerk) -> None:
    assert clerk.says(heading="赴东部考察") == {
        "entrepreneurs": "方向是“赴东部考察”时不填实地考察企业家人数，请删去或改方向。"
    }


def test_a_visit_without_a_list_counts_its_people(clerk: Clerk) -> None:
    assert clerk.posts(parties="") == {"industry.inspecting": 33}
