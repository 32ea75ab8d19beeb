from __future__ import annotations

import pytest
from django.test import Client

from jiedui.accounts.models import User
from jiedui.accounts.tests.people import SHANGLIN, People, people
from jiedui.parties import actions
from jiedui.parties.models import Enterprise, Organisation
from jiedui.records.tests.world import credit_code
from jiedui.regions.tests.world import make_regions


@pytest.fixture
def office(db: None) -> People:
    make_regions()
    return people()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_enterprise_is_entered_once_by_its_credit_code(office: People) -> None:
    client = signed_in(office.enterer)
    data = {"credit_code": credit_code(7), "name": "上林米业有限公司", "region": "上林县"}
    client.post("/registers/enterprises/new/", data)
    assert Enterprise.objects.get().region == 450125_000000
    page = client.post("/registers/enterprises/new/", data | {"name": "另一家"})
    assert page.status_code == 422
    assert "已属于上林米业有限公司" in page.content.decode()
    wrong = data | {"credit_code": credit_code(8)[:-1] + "0"}
    assert "校验位" in client.post("/registers/enterprises/new/", wrong).content.decode()
    assert Enterprise.objects.count() == 1


def test_only_who_enters_writes_the_registers(office: People) -> None:
    client = signed_in(office.reader)
    assert client.get("/registers/enterprises/").status_code == 200
    assert client.get("/registers/enterprises/new/").status_code == 404
    assert client.get("/registers/find/?q=xx").status_code == 404


def test_an_organisation_is_continued_by_another_and_never_by_itself(office: People) -> None:
    old, new = actions.record_organisations(
        [("上林县扶贫办", "government", SHANGLIN), ("上林县乡村振兴局", "government", SHANGLIN)]
    )
    client = signed_in(office.enterer)
    address = f"/registers/organisations/{old.pk}/successor/"
    assert client.post(address, {"successor": "没有", "on": "2021-06-01"}).status_code == 422
    client.post(address, {"successor": new.name, "on": "2021-06-01"})
    old.refresh_from_db()
    assert (old.successor, str(old.valid_to)) == (new, "2021-05-31")
    back = client.post(
        f"/registers/organisations/{new.pk}/successor/", {"successor": old.name, "on": "2022-01-01"}
    )
    assert "不能绕回自己" in back.content.decode()
    assert Organisation.objects.get(pk=new.pk).successor is None


def test_the_picker_finds_by_a_part_of_a_name_or_code(office: People) -> None:
    actions.record_enterprises([(credit_code(7), "上林米业有限公司", None)])
    client = signed_in(office.enterer)
    for text in ("米业", credit_code(7)[:12]):
        page = client.get("/registers/find/", {"for": "buyer", "buyer": text}).content.decode()
        assert 'data-label="上林米业有限公司"' in page
    nothing = client.get("/registers/find/", {"for": "buyer", "buyer": "没有这家"}).content.decode()
    assert "企业建档" in nothing


def test_the_registers_stand_under_the_lists_in_the_bar(office: People) -> None:
    page = signed_in(office.reader).get("/registers/enterprises/").content.decode()
    assert '<a href="/records/" aria-current="page">台账</a>' in page
