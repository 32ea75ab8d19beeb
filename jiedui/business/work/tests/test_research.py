import pytest

from jiedui.business.tests.clerk import Clerk


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "work.research",
        name="深圳社区治理经验调研",
        sort="调研报告",
        published_on="2023-06",
        outlet="工作简报",
    )


def test_reports_and_cases_are_counted_apart(clerk: Clerk) -> None:
    clerk.lives(
        {"sort": "经验做法与典型案例", "level": "省级"},
        {"work.reports": (1, 0), "work.cases": (0, 1), "work.cases:province": (0, 1)},
    )
    assert clerk.posts(name="又一篇", sort="深度报道") == {"work.reports": 1}


def test_a_case_counts_by_the_level_that_took_it_up(clerk: Clerk) -> None:
    assert clerk.says(sort="经验做法与典型案例") == {
        "level": "类型是“经验做法与典型案例”时，请填写采用层级。"
    }


def test_a_piece_printed_in_several_places_is_one(clerk: Clerk) -> None:
    clerk.records()
    assert "多处刊发只计一篇" in clerk.refuses(outlet="安康日报", published_on="2023-07")["name"]
