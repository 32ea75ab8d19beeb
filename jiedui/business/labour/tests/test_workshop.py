import pytest

from jiedui.business.tests.clerk import FIRM, Clerk, on, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "labour.workshop",
        name="中禾箱包扶贫车间",
        sort="厂房式",
        recognised_on="2022-04-01",
        people="60",
        poverty="20",
        operator=FIRM,
    )


def test_a_workshop_and_a_base_are_counted_apart_with_their_workers(clerk: Clerk) -> None:
    clerk.lives(
        {"sort": "稳岗就业基地", "people": "80"},
        {
            "labour.workshops": (1, 0),
            "labour.workshop_jobs": (60, 0),
            "labour.workshop_jobs:poverty": (20, 0),
            "labour.bases": (0, 1),
            "labour.base_jobs": (0, 80),
            "labour.base_jobs:poverty": (0, 20),
        },
    )


@pytest.mark.parametrize("sort", ["厂房式", "稳岗就业基地"])
def test_what_is_off_the_list_counts_nothing_any_more(clerk: Clerk, sort: str) -> None:
    posted = clerk.posts(sort=sort, withdrawn_on="2023-06-30")
    assert len(posted) == 3
    assert set(posted.values()) == {0}
    clerk.records(withdrawn_on="2023-06-30")
    assert total("labour.workshop_jobs", end=on("2023-06-29")) == 60
    assert total("labour.workshop_jobs", end=on("2023-06-30")) == 0


def test_those_out_of_poverty_are_among_the_workers(clerk: Clerk) -> None:
    assert clerk.says(poverty="61") == {
        "poverty": "其中脱贫人口（61 人）大于吸纳就业人数（60 人），请核对。"
    }
    assert clerk.says(people="") == {"people": "填了其中脱贫人口，还要填吸纳就业人数。"}


def test_a_workshop_stands_once_in_a_place(clerk: Clerk) -> None:
    clerk.records(withdrawn_on="2023-06-30")
    assert "请核对是否重复" in clerk.refuses(recognised_on="2023-01-01")["name"]
    assert clerk.refuses(recognised_on="2023-07-01") == {}


def test_nothing_ends_before_it_begins(clerk: Clerk) -> None:
    assert "早于认定日期 2022-04-01" in clerk.says(withdrawn_on="2022-03-31")["withdrawn_on"]


def test_workers_come_and_go_without_touching_what_was(clerk: Clerk) -> None:
    record = clerk.records()
    clerk.corrects(record, changes="2023-06-30 48 18；2023-03-31 70；2023-09-30 55 25")
    jobs = [
        total("labour.workshop_jobs", end=on(day))
        for day in ("2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30")
    ]
    assert jobs == [60, 70, 48, 55]
    poor = [
        total("labour.workshop_jobs:poverty", end=on(day))
        for day in ("2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30")
    ]
    assert poor == [20, 20, 18, 25]


def test_the_last_workers_leave_with_the_workshop(clerk: Clerk) -> None:
    posted = clerk.posts(changes="2023-03-31 70 30；2023-06-30 48 18", withdrawn_on="2023-08-01")
    assert set(posted.values()) == {0}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("2022-03-31 50", "人数变动第 1 行的日期 2022-03-31 早于认定日期 2022-04-01，请核对。"),
        ("2023-05-01 50", "人数变动第 1 行的日期 2023-05-01 晚于退出日期 2023-04-30，请核对。"),
        ("2023-01-31 50 51", "人数变动第 1 行：其中脱贫（51）大于现有人数（50），请核对。"),
        ("2023-01-31 50；2023-01-31 51", "人数变动第 2 行重复了“2023-01-31”，请删去一行。"),
    ],
)
def test_a_change_lies_within_the_workshops_life(clerk: Clerk, changes: str, said: str) -> None:
    assert clerk.says(changes=changes, withdrawn_on="2023-04-30") == {"changes": said}
