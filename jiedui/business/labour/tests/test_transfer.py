import pytest

from jiedui.business.tests.clerk import MASHAN, SHANGLIN, Clerk, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "labour.transfer",
        region="南宁市",
        destination="结对东部省份",
        employed_on="2023-09",
        people="300",
        poverty="90",
        place="广东省深圳市",
    )


def test_people_count_by_where_they_went(clerk: Clerk) -> None:
    clerk.lives(
        {"destination": "省内就近就地", "people": "310"},
        {
            "labour.employed": (300, 310),
            "labour.employed:paired": (300, 0),
            "labour.employed:nearby": (0, 310),
            "labour.employed:poverty": (90, 90),
        },
    )


def test_counties_have_their_parts(clerk: Clerk) -> None:
    clerk.records(counties="上林县 200 60；马山县 100 30")
    assert total("labour.employed:paired", SHANGLIN) == 200
    assert total("labour.employed:poverty", MASHAN) == 30
    assert total("labour.employed") == 300


def test_a_part_is_at_most_its_whole_in_every_line_too(clerk: Clerk) -> None:
    assert clerk.says(poverty="301") == {
        "poverty": "其中脱贫人口（301 人）大于新就业人数（300 人），请核对。"
    }
    assert clerk.says(counties="上林县 200 60；马山县 20 30") == {
        "counties": "分县人数第 2 行：其中脱贫（30）大于人数（20），请核对。"
    }


def test_a_foreign_county_has_no_line_here(clerk: Clerk) -> None:
    assert "不在所填地区之内" in clerk.says(counties="汉滨区 10 0")["counties"]
