import pytest
from django.test import Client

from jiedui.accounts.models import User
from jiedui.accounts.tests.people import (
    CHANGZHOU_ANKANG,
    NANNING,
    SHANGLIN,
    SHENZHEN_NANNING,
    People,
    people,
)
from jiedui.parties.actions import RegisterError, record_organisations
from jiedui.parties.models import Person
from jiedui.parties.persons import NewPerson, erase_person, find_persons, names_of, record_persons
from jiedui.regions.tests.world import make_regions

NEW, LIST, FIND = "/registers/people/new/", "/registers/people/", "/registers/people/find/"


@pytest.fixture
def made(db: None) -> People:
    make_regions()
    return people()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_person_is_entered_on_a_page_and_picked_by_name(made: People) -> None:
    record_organisations([("深圳市某局", "government", None)])
    client = signed_in(made.enterer)
    answer = client.post(
        NEW, {"name": " 陈一帆 ", "region": "上林县", "organisation": "深圳市某局"}
    )
    assert answer.status_code == 302
    [person] = Person.objects.all()
    assert (person.name, person.region, person.pairing) == ("陈一帆", SHANGLIN, SHENZHEN_NANNING)
    assert (
        "陈一帆（深圳市某局）"
        in client.get(FIND, {"for": "person", "person": "陈"}).content.decode()
    )
    assert "陈一帆" in client.get(LIST).content.decode()
    assert (
        find_persons(["陈一帆（深圳市某局）"], by=made.enterer)["陈一帆（深圳市某局）"].uid
        == person.uid
    )
    assert names_of([person.uid], with_office=True) == {person.uid.hex: "陈一帆（深圳市某局）"}


def test_nobody_of_another_programme_is_shown_found_or_erased(made: People) -> None:
    new = NewPerson("陈一帆", SHANGLIN, SHENZHEN_NANNING)
    [person] = record_persons(rows=[new], by=made.enterer)
    client = signed_in(made.stranger)
    assert "陈一帆" not in client.get(LIST).content.decode()
    assert "陈一帆（" not in client.get(FIND, {"for": "q", "q": "陈"}).content.decode()
    assert client.post(f"/registers/people/{person.pk}/erase/").status_code == 404
    assert find_persons(["陈一帆"], by=made.stranger)["陈一帆"].matches == 0


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (NewPerson("陈一帆", NANNING, SHENZHEN_NANNING), "region"),
        (NewPerson("陈一帆", SHANGLIN, CHANGZHOU_ANKANG), "region"),
        (NewPerson("  ", SHANGLIN, SHENZHEN_NANNING), "name"),
    ],
)
def test_a_person_is_entered_where_one_may_and_by_a_name(
    made: People, row: NewPerson, field: str
) -> None:
    with pytest.raises(RegisterError) as refused:
        record_persons(rows=[row], by=made.enterer)
    assert refused.value.field == field
    assert not Person.objects.exists()


def test_the_register_is_found_from_the_lists(made: People) -> None:
    client = signed_in(made.enterer)
    assert 'href="/registers/people/"' in client.get("/records/").content.decode()
    assert 'href="/registers/people/new/"' in client.get("/registers/people/").content.decode()


def test_the_page_says_what_is_wrong(made: People) -> None:
    client = signed_in(made.enterer)
    answer = client.post(NEW, {"name": "陈一帆", "region": "马山县", "organisation": "没有这家"})
    assert answer.status_code == 422
    assert "请先建档" in answer.content.decode()
    answer = client.post(NEW, {"name": "陈一帆", "region": "马山县"})
    assert "没有填报权限" in answer.content.decode()
    answer = client.post(NEW, {"name": "陈一帆", "region": "成都市"})
    assert answer.status_code == 422


def test_an_erased_person_keeps_the_id_and_nothing_else(made: People) -> None:
    [office] = record_organisations([("深圳市某局", "government", None)])
    new = NewPerson("陈一帆", SHANGLIN, SHENZHEN_NANNING, office)
    [person] = record_persons(rows=[new], by=made.enterer)
    url = f"/registers/people/{person.pk}/erase/"
    assert signed_in(made.enterer).post(url).status_code == 404
    assert signed_in(made.reviewer).post(url).status_code == 302
    assert names_of([person.uid], with_office=True) == {person.uid.hex: "已删除"}
    with pytest.raises(RegisterError):
        erase_person(person=person, by=made.enterer)
