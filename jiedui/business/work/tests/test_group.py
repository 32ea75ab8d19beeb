import pytest

from jiedui.business.tests.clerk import Clerk, on, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "work.group",
        region="南宁市",
        name="赴深圳挂职工作组",
        batch="第6批",
        founded_on="2022-12",
        teams="内部管理、调研组织、项目招引、宣传报道",
    )


def test_a_group_and_its_teams_are_counted(clerk: Clerk) -> None:
    clerk.lives(
        {"teams": "内部管理；调研组织；项目招引"},
        {"work.groups": (1, 1), "work.teams": (4, 3)},
    )


def test_a_dissolved_group_counts_no_more(clerk: Clerk) -> None:
    clerk.records(dissolved_on="2023-09-30")
    assert total("work.teams", end=on("2023-09-29")) == 4
    assert total("work.teams") == total("work.groups") == 0


def test_a_team_is_named_once(clerk: Clerk) -> None:
    assert clerk.says(teams="内部管理；内部管理") == {
        "teams": "内设小组第 2 行重复了“内部管理”，请删去一行。"
    }


def test_a_next_batch_waits_for_the_end_of_the_last(clerk: Clerk) -> None:
    record = clerk.records()
    assert "先给上一批填撤销日期" in clerk.refuses(batch="第7批", founded_on="2023-10-01")["name"]
    clerk.corrects(record, dissolved_on="2023-09-30")
    assert clerk.refuses(batch="第7批", founded_on="2023-10-01") == {}


def test_the_leader_is_somebody_of_the_register(clerk: Clerk) -> None:
    clerk.person("余组长")
    assert clerk.says(leader="余组长") == {}
    assert "请先建档" in clerk.says(leader="无名")["leader"]
