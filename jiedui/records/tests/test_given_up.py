"""A record that was given up (放弃) before it counted still opens, and breaks no list."""

import pytest
from django.test import Client

from jiedui.accounts.models import User
from jiedui.lib import clock
from jiedui.lib.ids import uuid7
from jiedui.records import actions, review
from jiedui.records.errors import WrongState
from jiedui.records.models import Record
from jiedui.records.tests.world import (
    NOW,
    Office,
    make_office,
    receipt_cells,
    record_receipt,
    total,
)

INVESTMENT = "industry.investment"
KIND = "/records/k/industry.receipt/"


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_office()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def draft(office: Office) -> Record:
    return actions.record_many(
        kind="industry.receipt",
        rows=[receipt_cells(uid=uuid7())],
        by=office.people.enterer,
        now=NOW,
        submit=False,
    )[0]


def shown(user: User, record: Record) -> list[int]:
    """How the record's page and every list it may stand in answer."""
    client = signed_in(user)
    pages = [f"/records/{record.uid}/", KIND, f"{KIND}?tab=void", f"{KIND}export/", "/records/"]
    return [client.get(page).status_code for page in pages]


def test_a_draft_given_up_opens_for_its_author_and_for_nobody_else(office: Office) -> None:
    record = draft(office)
    client = signed_in(office.people.enterer)
    page = client.post(f"/records/{record.uid}/do/discard/", follow=True)
    assert page.status_code == 200
    assert "已放弃" in page.content.decode()
    assert shown(office.people.enterer, record) == [200] * 5
    assert shown(office.people.reviewer, record) == [404, 200, 200, 200, 200]
    assert list(Record.objects.visible_to(office.people.reviewer)) == []


def test_a_returned_one_given_up_opens_for_who_returned_it(office: Office) -> None:
    record = record_receipt(office)
    review.return_with_reason(record=record, reason="不对", by=office.people.reviewer, now=NOW)
    record = review.discard(record=record, by=office.people.enterer, now=NOW)
    assert record.status == "void"
    assert shown(office.people.enterer, record) == [200] * 5
    assert shown(office.people.reviewer, record) == [200] * 5
    assert total(INVESTMENT) == 0
    with pytest.raises(WrongState):
        actions.revise(
            record=record,
            cells=receipt_cells(),
            by=office.people.enterer,
            now=NOW,
            seen=record.newest.mark,
        )
