import pytest

from jiedui.business.tests.clerk import Clerk, on, total
from jiedui.records.models import Record, Revision


@pytest.fixture
def clerk(db: None) -> Clerk:
    clerk = Clerk(
        "secondment.specialist",
        person="周予安",
        direction="东部到西部",
        field="医疗卫生",
        host="县人民医院骨科副主任",
        start_on="2023-03",
        term_ends_on="2024-02-29",
        team="组团式帮扶医疗队",
        sender="福田区某医院",
        rank="副主任医师",
    )
    clerk.person("周予安", "福田区某医院")
    return clerk


def test_a_term_counts_in_its_field_its_direction_and_as_serving(clerk: Clerk) -> None:
    clerk.lives(
        {"field": "教育", "direction": "西部到东部"},
        {
            "secondment.talent": (1, 1),
            "secondment.talent:medical": (1, 0),
            "secondment.talent:education": (0, 1),
            "secondment.talent:to_west": (1, 0),
            "secondment.talent:to_east": (0, 1),
            "secondment.talent_serving": (1, 1),
        },
    )


def test_who_went_home_is_no_longer_serving_and_was_sent_all_the_same(clerk: Clerk) -> None:
    record = clerk.records()
    clerk.corrects(record, left_on="2023-09-30")
    assert total("secondment.talent_serving", end=on("2023-09-29")) == 1
    assert total("secondment.talent_serving") == 0
    assert total("secondment.talent") == 1


def test_no_term_ends_before_it_begins(clerk: Clerk) -> None:
    said = clerk.says(start_on="2023-06-15", term_ends_on="2023-06-14", left_on="2023-06-01")
    assert said == {
        "term_ends_on": "任期至 2023-06-14 早于到岗日期 2023-06-15，请核对这两个日期。",
        "left_on": "实际结束日期 2023-06-01 早于到岗日期 2023-06-15，请核对这两个日期。",
    }


def test_a_stay_of_some_days_is_asked_about_and_not_refused(clerk: Clerk) -> None:
    days = {"start_on": "2023-06-05", "term_ends_on": "2023-06-11"}
    assert clerk.says(**days) == {}
    assert "只有 7 天" in clerk.doubts(**days)["term_ends_on"]
    # What came true is asked about, not what was planned.
    assert list(clerk.doubts(start_on="2023-06-05", left_on="2023-06-06")) == ["left_on"]
    assert clerk.doubts(start_on="2023-06-05", left_on="2023-07-04") == {}
    assert clerk.doubts(term_ends_on="") == {}


def test_nobody_serves_two_terms_at_once(clerk: Clerk) -> None:
    record = clerk.records()
    assert "请先在原记录填实际结束日期" in clerk.refuses(start_on="2023-07-01")["person"]
    clerk.corrects(record, left_on="2023-06-30")
    assert clerk.refuses(start_on="2023-07-01") == {}


def test_a_name_stays_in_the_register_alone(clerk: Clerk) -> None:
    record = clerk.records()
    held = [*Record.objects.values_list("title", "words"), *Revision.objects.values_list("content")]
    assert "周予安" not in str(held)
    assert record.title == "医疗卫生 县人民医院骨科副主任"
