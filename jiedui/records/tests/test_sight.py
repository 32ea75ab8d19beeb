"""What a record tells its readers of what lies outside their own scope: nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]

from jiedui.accounts.models import Grant, Role, User
from jiedui.accounts.tests.people import grant
from jiedui.lib.ids import uuid7
from jiedui.records import actions, evidence, review
from jiedui.records.models import Evidence, Record
from jiedui.records.tests.world import (
    MASHAN,
    NOW,
    Office,
    approved_receipt,
    make_office,
    receipt_cells,
    record_receipt,
)
from jiedui.web import todo

pytestmark = pytest.mark.django_db
TITLE = "马山黑山羊"


@pytest.fixture
def office() -> Office:
    return make_office()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def record(kind: str, by: User, **cells: Any) -> Record:
    return actions.record_many(kind=kind, rows=[cells], by=by, now=NOW, submit=True)[0]


def linked_sale(office: Office) -> Record:
    """A sale of 上林 that the city entered and linked to a product of 马山."""
    product = record(
        "consumption.product",
        office.city_enterer,
        region="马山县",
        name=TITLE,
        recognised_on="2022-01-01",
        mark="无",
    )
    return record(
        "consumption.sale",
        office.city_enterer,
        region="上林县",
        settled_on="2023-09-26",
        amount_fen="30万元",
        channel="进机关",
        way="采购",
        product=product.number,
    )


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    if answer.content.startswith(b"PK"):
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    return answer.content.decode()


def test_a_linked_record_goes_by_its_number_where_its_title_may_not_be_read(office: Office) -> None:
    sale = linked_sale(office)
    number = Record.objects.get(kind="consumption.product").number
    addresses = [
        reverse("records:detail", args=[sale.uid]),
        reverse("records:list", args=[sale.kind]),
        reverse("records:export", args=[sale.kind]),
    ]
    county, city = signed_in(office.people.enterer), signed_in(office.city_enterer)
    assert TITLE in page(city, addresses[0])
    assert TITLE in page(city, addresses[2])
    for address in addresses:
        assert TITLE not in page(county, address)
    assert number in page(county, addresses[0])
    found = page(county, f"{reverse('web:search')}?q={TITLE}")
    assert sale.number not in found


def test_who_cannot_see_the_linked_record_may_correct_the_rest(office: Office) -> None:
    sale = linked_sale(office)
    reviewer = office.people.reviewer
    review.approve(record=sale, by=reviewer, now=NOW)
    client = signed_in(office.people.enterer)
    address = reverse("records:edit", args=[sale.uid])
    form = client.get(address).context["form"]
    assert TITLE not in client.get(address).content.decode()
    cells = {name: form.initial[name] for name in form.fields if form.initial.get(name)}
    sent = cells | {"amount_fen": "31万元", "reason": "少计一万元。", "verb": "submit"}
    assert client.post(address, sent).status_code == 302
    now = Record.objects.get(pk=sale.pk)
    assert now.status == "correcting"
    assert now.newest.data.fields["product"] == sale.newest.data.fields["product"]
    # A link that was not there is not found, and nothing tells whether it exists.
    other = client.post(reverse("records:new", args=[sale.kind]), sent | {"uid": str(uuid7())})
    none = client.post(
        reverse("records:new", args=[sale.kind]),
        sent | {"uid": str(uuid7()), "product": "R-999999"},
    )
    assert (other.status_code, none.status_code) == (422, 422)
    assert "请先登记" in other.content.decode()
    assert "请先登记" in none.content.decode()


def test_a_record_that_moved_away_takes_its_words_with_it(office: Office) -> None:
    receipt = approved_receipt(office, origin="深圳市福田区", amount_fen="77")
    cells = receipt_cells(region="马山县", origin="深圳市罗湖区", amount_fen="88")
    moved = actions.revise(
        record=receipt,
        cells=cells,
        by=office.city_enterer,
        now=NOW,
        seen=receipt.newest.mark,
        submit=True,
        reason="实际落在马山。",
    )
    review.approve(record=moved, by=office.city_reviewer, now=NOW)
    there = office.people.enterer
    reader = office.people.reader
    assert signed_in(there).get(reverse("records:detail", args=[receipt.uid])).status_code == 404
    Grant.objects.filter(user=reader).update(region=MASHAN)
    seen = page(signed_in(reader), reverse("records:detail", args=[receipt.uid]))
    assert "深圳市罗湖区" in seen
    assert "福田" not in seen
    assert "当时登记在别处" in seen
    assert "福田" in page(
        signed_in(office.city_enterer), reverse("records:detail", args=[receipt.uid])
    )


def test_who_is_moved_to_another_county_leaves_the_old_one_behind(office: Office) -> None:
    clerk = office.people.enterer
    own = evidence.cite(
        title="旧县的凭证", publisher="", published_on=None, url="", by=clerk, now=NOW
    )
    receipt = record_receipt(office)
    review.return_with_reason(
        record=receipt,
        reason="缺凭证。",
        by=office.people.reviewer,
        now=NOW,
        seen=receipt.newest.mark,
    )
    receipt = Record.objects.get(pk=receipt.pk)
    evidence.attach(record=receipt, items=[own], by=clerk, now=NOW, seen=receipt.newest.mark)
    loose = evidence.cite(
        title="还没用上的", publisher="", published_on=None, url="", by=clerk, now=NOW
    )
    assert [item.title for item in todo.read(clerk, NOW.date()).items] == [receipt.title]
    assert set(Evidence.objects.visible_to(clerk)) >= {own, loose}
    Grant.objects.filter(user=clerk).delete()
    grant(clerk, Role.ENTER, MASHAN)
    assert todo.read(clerk, NOW.date()).items == []
    assert todo.read(clerk, NOW.date()).count == 0
    assert list(Evidence.objects.visible_to(clerk)) == [loose]
