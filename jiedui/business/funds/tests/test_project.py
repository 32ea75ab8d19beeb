import pytest

from jiedui.business.tests.clerk import MASHAN, NANNING, SHANGLIN, Clerk, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "funds.project",
        name="大丰镇花卉基地二期",
        category="产业",
        planned_on="2022-04-20",
        amount_fen="600",
        started_on="2022-06",
        completed_on="2023-05-31",
        households="300",
        poverty="120",
        total_fen="850",
    )


def test_a_project_its_money_and_its_progress_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"category": "教育", "amount_fen": "650", "completed_on": ""},
        {
            "funds.projects": (1, 1),
            "funds.projects:industry": (1, 0),
            "funds.projects:education": (0, 1),
            "funds.arranged": (600_0000_00, 650_0000_00),
            "funds.arranged:industry": (600_0000_00, 0),
            "funds.started": (1, 1),
            "funds.completed": (1, 0),
        },
    )


def test_a_project_that_goes_on_counts_its_money_only(clerk: Clerk) -> None:
    posted = clerk.posts(nature="续建", started_on="", completed_on="")
    assert posted == {"funds.arranged": 600_0000_00, "funds.arranged:industry": 600_0000_00}


def test_the_citys_own_project_stands_at_the_city(clerk: Clerk) -> None:
    clerk.records(region="南宁市本级", amount_fen="327", total_fen="")
    assert total("funds.arranged", NANNING) == 327_0000_00
    assert total("funds.arranged", SHANGLIN) == 0


def test_a_project_over_counties_divides_its_money(clerk: Clerk) -> None:
    clerk.records(region="南宁市", counties="上林县 350；马山县 250")
    assert total("funds.arranged:industry", SHANGLIN) == 350_0000_00
    assert total("funds.arranged:industry", MASHAN) == 250_0000_00
    assert total("funds.projects", NANNING) == 1
    assert total("funds.projects", MASHAN) == 0


def test_lines_are_together_no_more_than_the_project_and_name_a_county_once(clerk: Clerk) -> None:
    said = clerk.says(region="南宁市", counties="上林县 350；马山县 251")
    assert said == {"counties": "各行协作资金合计 601 万元，大于总数 600 万元，请核对。"}
    assert clerk.says(region="南宁市", counties="上林县 50；上林县 51") == {
        "counties": "分县资金第 2 行重复了“上林县”，请删去一行。"
    }


def test_a_project_is_begun_before_it_is_done(clerk: Clerk) -> None:
    assert clerk.says(completed_on="2022-05-31") == {
        "completed_on": "实际完工日期 2022-05-31 早于实际开工日期 2022 年 6 月，请核对这两个日期。"
    }
    assert clerk.says(started_on="") == {"started_on": "填了实际完工日期，还要填实际开工日期。"}


def test_parts_are_at_most_their_wholes(clerk: Clerk) -> None:
    assert clerk.says(total_fen="500") == {
        "amount_fen": "协作资金（600 万元）大于总投资（500 万元），请核对。"
    }
    assert clerk.says(poverty="301") == {
        "poverty": "其中脱贫户数（301 户）大于受益户数（300 户），请核对。"
    }
    assert clerk.says(total_fen="") == {}


def test_a_project_stands_once_in_a_years_plan(clerk: Clerk) -> None:
    clerk.records()
    assert "同名项目" in clerk.refuses(planned_on="2022-09-01")["name"]
    assert clerk.refuses(planned_on="2023-03-01", nature="续建") == {}
