"""A refused form says everything in one go, a form gone back to is the same record, and 待办 shows
only what concerns the person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiedui.accounts.models import User
from jiedui.lib.ids import uuid7
from jiedui.records import actions, review
from jiedui.records.models import Evidence, Record
from jiedui.records.tests.world import NOW, Office, make_office, receipt_cells, record_receipt

pytestmark = pytest.mark.django_db
NEW = "/records/k/industry.receipt/new/"


@pytest.fixture
def office() -> Office:
    return make_office()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def marked(page: str) -> set[str]:
    """The fields that the summary on top leads to."""
    return set(re.findall(r'<a href="#id_(\w+?)(?:_0)?">', page))


def sent(**cells: Any) -> dict[str, Any]:
    place = {"region": "450125000000", "form": "cash"}
    return receipt_cells(**place) | {"uid": str(uuid7()), "verb": "submit"} | cells


def test_missing_evidence_is_said_together_with_wrong_cells(office: Office) -> None:
    client = signed_in(office.people.enterer)
    page = client.post(NEW, sent(amount_fen="一大笔", enterprise="", region="")).content.decode()
    assert marked(page) == {"region", "amount_fen", "enterprise", "evidence"}
    assert "请附佐证" in page
    assert not Record.objects.exists()


def test_a_file_that_is_refused_is_said_together_with_wrong_cells(office: Office) -> None:
    client = signed_in(office.people.enterer)
    files = [
        SimpleUploadedFile("进账单.pdf", b"%PDF-1.7 a slip"),
        SimpleUploadedFile("程序.exe", b"MZ"),
    ]
    page = client.post(NEW, sent(amount_fen="一大笔", files=files)).content.decode()
    assert marked(page) == {"amount_fen", "evidence"}
    assert "程序.exe：只收" in page
    # The good one is kept for the next try.
    kept = Evidence.objects.get(name="进账单.pdf")
    assert f'name="kept" value="{kept.uid}" checked' in page
    cite = {"cite_title": "公报", "cite_on": "去年"}
    page = client.post(NEW, sent(amount_fen="一大笔", **cite)).content.decode()
    assert marked(page) == {"amount_fen", "evidence"}
    assert "引文的日期" in page
    assert 'value="去年"' in page


def test_a_correction_too_says_everything_in_one_go(office: Office) -> None:
    record = review.approve(record=record_receipt(office), by=office.people.reviewer, now=NOW)
    client = signed_in(office.people.enterer)
    data = sent(amount_fen="一大笔", seen=record.newest.mark, reason="")
    page = client.post(f"/records/{record.uid}/edit/", data).content.decode()
    assert marked(page) == {"amount_fen", "evidence", "reason"}


def headings(client: Client) -> list[str]:
    page = client.get("/records/todo/").content.decode()
    return re.findall(r"<h2>([^<]*)</h2>", page)


def test_the_queue_shows_what_concerns_the_person(office: Office) -> None:
    clerk, reviewer = office.people.enterer, office.people.reviewer
    assert headings(signed_in(clerk)) == ["我填报的"]
    assert headings(signed_in(reviewer)) == ["待我审核"]
    assert headings(signed_in(office.people.reader)) == []
    page = signed_in(office.people.reader).get("/records/todo/").content.decode()
    assert "没有等您办理的。" in page
    record = record_receipt(office)
    assert headings(signed_in(clerk)) == ["我填报的"]
    review.return_many(records=[record], reason="缺章", by=reviewer, now=NOW)
    assert headings(signed_in(clerk)) == ["退回给我的"]
    actions.record_many(kind="industry.receipt", rows=[receipt_cells()], by=clerk, now=NOW)
    assert headings(signed_in(clerk)) == ["退回给我的", "我的草稿"]
    assert headings(signed_in(office.people.eastern)) == ["待我审核", "我填报的"]
    page = signed_in(office.people.eastern).get("/records/todo/").content.decode()
    assert "西部报送的由西部审核" in page
    assert "西部报送的由西部审核" not in signed_in(reviewer).get("/records/todo/").content.decode()


def test_what_is_to_be_done_comes_before_the_history(office: Office) -> None:
    record = record_receipt(office)
    page = signed_in(office.people.reviewer).get(f"/records/{record.uid}/").content.decode()
    order = [page.index(f"<h2>{title}</h2>") for title in ("内容", "办理", "佐证", "经过")]
    assert order == sorted(order)


def test_a_form_keeps_its_uid_in_its_address(office: Office) -> None:
    client = signed_in(office.people.enterer)
    start = client.get(NEW, {"region": "450125000000"})
    assert start.status_code == 302
    address = start["Location"]
    assert "region=450125000000" in address
    forms = [client.get(address).context["form"] for _again in range(2)]
    uid = str(forms[0].initial["uid"])
    assert f"uid={uid}" in address
    assert str(forms[1].initial["uid"]) == uid
    assert f"uid={uid}" not in client.get(NEW, {"uid": "nonsense"})["Location"]
    # The answer to this is lost: whoever goes back is told, and going on makes no second one.
    client.post(address, sent(uid=uid, verb="draft"))
    back = client.get(address, follow=True)
    record = Record.objects.get()
    assert back.redirect_chain[-1][0] == f"/records/{uid}/"
    assert f"{record.number} 已经存上，不必再填。" in back.content.decode()
    client.post(address, sent(uid=uid, verb="draft"))
    assert Record.objects.count() == 1


def test_a_foreign_uid_in_the_address_tells_nothing(office: Office) -> None:
    foreign = record_receipt(office)
    client = signed_in(office.people.stranger)
    pages = [
        client.get(NEW, {"uid": str(uid)}).content.decode().replace(str(uid), "")
        for uid in (foreign.uid, uuid7())
    ]
    tokens = r'csrfmiddlewaretoken" value="[^"]*|"X-CSRFToken": "[^"]*'
    assert re.sub(tokens, "", pages[0]) == re.sub(tokens, "", pages[1])
    assert "已经存上" not in pages[0]


def test_a_paste_gone_back_to_is_not_written_twice(office: Office) -> None:
    client = signed_in(office.people.enterer)
    where = "/records/k/labour.training/paste/"
    address = client.get(where)["Location"]
    uid = client.get(address).context["uid"]
    rows = "培训班名称\t结业日期\t培训人数\t地区\n育婴员\t2023-05-06\t30\t上林县"
    data = {"text": rows, "uid": str(uid), "verb": "submit"}
    assert client.post(address, data).status_code == 302
    back = client.get(address, follow=True)
    assert "这一批已经存上" in back.content.decode()
    client.post(address, data)
    assert Record.objects.count() == 1


def test_a_queue_says_how_much_and_a_place_of_its_own_level_says_so(office: Office) -> None:
    record_receipt(office)
    own = {
        "region": "上林县本级",
        "indicator": "协作资金",
        "stated": "327万元",
        "bound": "不低于",
        "end_on": "2023-09-30",
    }
    actions.record_many(kind="summary", rows=[own], by=office.people.enterer, now=NOW, submit=True)
    client = signed_in(office.people.reviewer)
    page = client.get("/records/todo/").content.decode()
    assert re.search(r"<td[^>]*>5,600 万元</td>", page)
    assert re.search(r"<td[^>]*>上林县本级</td>", page)
    listed = client.get("/records/k/summary/").content.decode()
    assert "上林县本级</td>" in listed
    assert "不低于</td>" in listed


def test_a_date_no_list_can_be_narrowed_by_is_said(office: Office) -> None:
    client = signed_in(office.people.reader)
    page = client.get("/records/k/industry.receipt/?from=2023-02-30&to=2023-03").content.decode()
    assert "看不懂日期“2023-02-30”" in page
    assert page.count("看不懂日期") == 1
