"""Who changes an entry of the registers, and what stays of the name it had."""

from __future__ import annotations

import pytest
from django.test import Client

from jiedui.accounts.models import User
from jiedui.parties import actions
from jiedui.parties.keeping import NotKept, may_change
from jiedui.parties.models import Enterprise, Organisation, Renaming
from jiedui.records.tests.world import (
    NOW,
    SHANGLIN,
    Office,
    credit_code,
    make_office,
    record_receipt,
)

SHENZHEN, BEIJING, XUNYANG = 440300_000000, 110100_000000, 610981_000000
NEW_NAME = "上林云里农业集团有限公司"


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def firm(number: int, region: int | None, by: User | None = None) -> Enterprise:
    return actions.record_enterprises(
        [(credit_code(number), f"第{number}号有限公司", region)], by=by
    )[0]


def test_an_entry_is_kept_by_the_offices_of_its_place_and_of_the_other_side(office: Office) -> None:
    clerk, east, stranger = office.people.enterer, office.people.eastern, office.people.stranger
    here, there, far = firm(11, SHANGLIN), firm(12, SHENZHEN), firm(13, BEIJING)
    who = {
        name: [may_change(user, one) for one in (here, there, far)]
        for name, user in {"west": clerk, "east": east, "stranger": stranger}.items()
    }
    assert who == {
        "west": [True, True, False],
        "east": [True, True, False],
        "stranger": [False, False, False],
    }
    assert not may_change(office.people.reviewer, here)
    assert may_change(stranger, firm(14, XUNYANG))


def test_who_entered_an_entry_or_names_it_in_a_record_may_mend_it(office: Office) -> None:
    clerk, stranger = office.people.enterer, office.people.stranger
    far = firm(21, BEIJING)
    assert not may_change(clerk, far)
    record_receipt(office, enterprise=far.credit_code)
    assert may_change(clerk, far)
    assert not may_change(stranger, far)
    own = firm(22, None, by=stranger)
    assert may_change(stranger, own)
    assert not may_change(clerk, own)


def test_the_pages_of_a_foreign_entry_offer_no_change_and_take_none(office: Office) -> None:
    entry = office.enterprise
    stranger = signed_in(office.people.stranger)
    page = stranger.get(f"/registers/enterprises/{entry.pk}/")
    assert page.status_code == 200
    assert entry.name in page.content.decode()
    assert "/edit/" not in page.content.decode()
    assert "要更名请与他们联系" in page.content.decode()
    sent = {"name": NEW_NAME, "reason": "工商变更登记。"}
    address = f"/registers/enterprises/{entry.pk}/edit/"
    assert stranger.get(address).content == stranger.get("/registers/enterprises/0/edit/").content
    assert stranger.post(address, sent).status_code == 404
    entry.refresh_from_db()
    assert entry.name == "上林云里花卉有限公司"
    with pytest.raises(NotKept):
        actions.change_enterprise(
            enterprise=entry, name=NEW_NAME, reason="x", by=office.people.stranger, now=NOW
        )


def test_a_new_name_needs_a_reason_and_the_old_one_stays_to_be_read(office: Office) -> None:
    entry, clerk = office.enterprise, signed_in(office.people.enterer)
    address = f"/registers/enterprises/{entry.pk}/edit/"
    page = clerk.post(address, {"name": NEW_NAME, "region": "上林县"})
    assert page.status_code == 422
    assert "更名请写理由" in page.content.decode()
    assert NEW_NAME in page.content.decode()
    assert not Renaming.objects.exists()
    sent = {"name": NEW_NAME, "region": "上林县", "reason": "2023-05-10 工商变更登记"}
    assert clerk.post(address, sent).status_code == 302
    renaming = Renaming.objects.get()
    assert (renaming.name, renaming.became) == ("上林云里花卉有限公司", NEW_NAME)
    assert (renaming.by, renaming.party) == (office.people.enterer, entry.uid)
    page = clerk.get(f"/registers/enterprises/{entry.pk}/")
    assert "上林云里花卉有限公司" in page.content.decode()
    assert "工商变更登记" in page.content.decode()
    # The name is public; who changed it and why is for the office that keeps the entry.
    other = signed_in(office.people.stranger).get(f"/registers/enterprises/{entry.pk}/")
    assert "上林云里花卉有限公司" in other.content.decode()
    assert "工商变更登记" not in other.content.decode()
    assert "田小禾" not in other.content.decode()
    # The same name once more, or another place, is no renaming.
    clerk.post(address, {"name": NEW_NAME, "region": "南宁市"})
    assert Renaming.objects.count() == 1


def test_an_old_name_leads_to_the_new_one(office: Office) -> None:
    actions.change_enterprise(
        enterprise=office.enterprise,
        name=NEW_NAME,
        region=SHANGLIN,
        reason="工商变更登记",
        by=office.people.enterer,
        now=NOW,
    )
    cells = {
        "region": "上林县",
        "enterprise": "上林云里花卉有限公司",
        "received_on": "2023-09-26",
        "amount_fen": "5",
        "form": "货币",
        "verb": "submit",
    }
    clerk = signed_in(office.people.enterer)
    page = clerk.post(
        "/records/k/industry.receipt/new/", cells | {"uid": "01890a5d-ac96-774b-bcce-b302099a8057"}
    )
    assert f"已更名为“{NEW_NAME}”，请写现名。" in page.content.decode()


def test_entering_an_organisation_again_changes_nothing(office: Office) -> None:
    [there] = actions.record_organisations([("上林县人民医院", "hospital", SHANGLIN)])
    clerk = signed_in(office.people.enterer)
    sent = {
        "name": "上林县人民医院",
        "kind": "school",
        "region": "上林县",
        "valid_from": "2020-01-01",
    }
    page = clerk.post("/registers/organisations/new/", sent)
    assert page.status_code == 422
    assert "这个地区已有同名单位" in page.content.decode()
    there.refresh_from_db()
    assert (there.kind, there.valid_from) == ("hospital", None)
    assert Organisation.objects.count() == 1


def test_a_foreign_organisation_is_neither_mended_nor_continued(office: Office) -> None:
    one, other = actions.record_organisations(
        [("上林县扶贫办", "government", SHANGLIN), ("旬阳市某局", "government", XUNYANG)]
    )
    stranger, clerk = signed_in(office.people.stranger), signed_in(office.people.enterer)
    ends = {"successor": other.name, "on": "2021-06-01"}
    assert stranger.post(f"/registers/organisations/{one.pk}/successor/", ends).status_code == 404
    sent = {"name": "改了", "kind": "school", "reason": "x"}
    assert stranger.post(f"/registers/organisations/{one.pk}/edit/", sent).status_code == 404
    one.refresh_from_db()
    assert (one.name, one.successor) == ("上林县扶贫办", None)
    assert clerk.post(f"/registers/organisations/{one.pk}/successor/", ends).status_code == 302
    sent = {
        "name": "上林县乡村振兴局",
        "kind": "government",
        "region": "上林县",
        "reason": "机构改革",
    }
    assert clerk.post(f"/registers/organisations/{one.pk}/edit/", sent).status_code == 302
    page = clerk.get(f"/registers/organisations/{one.pk}/").content.decode()
    assert "上林县扶贫办 → 上林县乡村振兴局" in page
