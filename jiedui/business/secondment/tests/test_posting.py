import pytest

from jiedui.business.tests.clerk import Clerk, on, total
from jiedui.parties.models import Person
from jiedui.parties.persons import erase_person, find_persons
from jiedui.records.kinds import columns_of
from jiedui.records.models import Record, Revision


@pytest.fixture
def clerk(db: None) -> Clerk:
    clerk = Clerk(
        "secondment.posting",
        region="南宁市",
        person="陈一帆",
        direction="东部到西部",
        host="市粤桂办副主任",
        start_on="2021-06",
        term_ends_on="2024-06-30",
        batch="第1批",
        sender="深圳市某局处长",
    )
    clerk.person("陈一帆", "深圳市某局")
    return clerk


def test_a_term_counts_as_sent_and_as_serving(clerk: Clerk) -> None:
    clerk.lives(
        {"direction": "西部到东部"},
        {
            "secondment.sent": (1, 1),
            "secondment.sent:to_west": (1, 0),
            "secondment.sent:to_east": (0, 1),
            "secondment.serving": (1, 1),
            "secondment.serving:to_west": (1, 0),
        },
    )


def test_who_left_is_no_longer_serving_and_was_sent_all_the_same(clerk: Clerk) -> None:
    record = clerk.records()
    clerk.corrects(record, left_on="2023-06-30")
    assert total("secondment.serving", end=on("2023-06-29")) == 1
    assert total("secondment.serving") == total("secondment.serving:to_west") == 0
    assert total("secondment.sent") == 1


def test_no_term_ends_before_it_begins(clerk: Clerk) -> None:
    said = clerk.says(start_on="2023-06-15", term_ends_on="2023-06-14", left_on="2023-06-01")
    assert said == {
        "term_ends_on": "任期至 2023-06-14 早于到岗日期 2023-06-15，请核对这两个日期。",
        "left_on": "实际离任日期 2023-06-01 早于到岗日期 2023-06-15，请核对这两个日期。",
    }


def test_nobody_serves_two_terms_at_once(clerk: Clerk) -> None:
    record = clerk.records()
    assert "请先在原记录填实际离任日期" in clerk.refuses(start_on="2023-07-01")["person"]
    clerk.corrects(record, left_on="2023-06-30")
    assert clerk.refuses(start_on="2023-07-01") == {}


def test_two_of_one_name_are_told_apart_by_their_offices(clerk: Clerk) -> None:
    other = clerk.person("陈一帆", "福田区某局")
    assert "请连单位写" in clerk.says()["person"]
    content = clerk.clean(person="陈一帆（福田区某局）").contents[0]
    assert content is not None
    assert content.fields["person"] == other.uid.hex


def test_people_of_another_programme_are_not_found(clerk: Clerk) -> None:
    stranger = clerk.office.people.stranger
    assert find_persons(["陈一帆"], by=stranger)["陈一帆"].uid is None


def test_a_name_stays_in_the_register_alone(clerk: Clerk) -> None:
    record = clerk.records()
    held = [*Record.objects.values_list("title", "words"), *Revision.objects.values_list("content")]
    assert "陈一帆" not in str(held)
    [person] = [entry.subject for entry in clerk.entries()[:1]]
    assert person is not None
    column = columns_of(clerk.body)["person"]
    assert column.show([person]) == ["陈一帆"]
    erase_person(person=Person.objects.get(uid=person), by=clerk.office.city_reviewer)
    assert column.show([person]) == ["已删除"]
    assert total("secondment.sent") == 1
    assert record.title == "第1批 市粤桂办副主任"
