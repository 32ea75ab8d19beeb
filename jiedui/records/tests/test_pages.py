from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook  # type: ignore[import-untyped]

from jiedui.accounts.models import User
from jiedui.lib import clock
from jiedui.lib.ids import uuid7
from jiedui.records import actions, evidence, review
from jiedui.records.kinds import bodies
from jiedui.records.models import Evidence, Record
from jiedui.records.tests.world import (
    NOW,
    Office,
    approved_receipt,
    credit_code,
    make_office,
    receipt_cells,
    record_receipt,
    total,
)
from jiedui.records.views import lists

PDF = b"%PDF-1.7 a slip"


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_office()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_data(**cells: Any) -> dict[str, Any]:
    uid = uuid7()
    return (
        receipt_cells(region="450125000000", form="cash")
        | {"uid": str(uid), "verb": "submit"}
        | cells
    )


def slip(name: str = "进账单.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_receipt_is_entered_with_its_slip_and_waits(office: Office) -> None:
    client = signed_in(office.people.enterer)
    answer = client.post("/records/k/industry.receipt/new/", form_data(files=[slip()]), follow=True)
    assert "已报送" in answer.content.decode()
    record = Record.objects.get()
    assert record.status == "submitted"
    assert [item.media_type for item in record.newest.evidence.all()] == ["application/pdf"]
    assert total("industry.investment", pending=True) == 5_600_0000_00


def test_the_same_form_sent_twice_is_one_record(office: Office) -> None:
    client = signed_in(office.people.enterer)
    data = form_data()
    for _again in range(2):
        client.post("/records/k/industry.receipt/new/", data | {"files": [slip()]})
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "field", "sentence"),
    [
        ({"received_on": "2023-10-18"}, "received_on", "晚于今天（2023-10-16）"),
        ({"enterprise": credit_code(1)[:-1] + "0"}, "enterprise", "校验位"),
        ({"enterprise": "没有这家"}, "enterprise", "请先建档"),
        ({"region": "450124000000"}, "region", "填报权限"),
        ({"region": "440300000000"}, "region", "西部"),
        ({"amount_fen": "约五百"}, "amount_fen", "看不懂"),
        ({"amount_fen": ""}, "amount_fen", "请填写"),
        ({"form": "gold"}, "form", "不在可选的里面"),
    ],
)
def test_bad_cells_are_marked_and_nothing_typed_is_lost(
    office: Office, cells: dict[str, str], field: str, sentence: str
) -> None:
    client = signed_in(office.people.enterer)
    data = form_data(files=[slip()], note="照原样留着") | cells
    answer = client.post("/records/k/industry.receipt/new/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    marked = re.search(rf'id="id_{field}(_0)?-err"[^>]*>([^<]+)', page)
    assert marked is not None
    assert sentence in marked[2]
    assert "照原样留着" in page
    assert "进账单.pdf" in page
    assert not Record.objects.exists()


def test_evidence_is_wanted_and_looked_into(office: Office) -> None:
    client = signed_in(office.people.enterer)
    answer = client.post("/records/k/industry.receipt/new/", form_data())
    assert "请附佐证" in answer.content.decode()
    fake = slip("进账单.pdf", b"<html><script>alert(1)</script>")
    answer = client.post("/records/k/industry.receipt/new/", form_data(files=[fake]))
    assert "只收 PDF" in answer.content.decode()
    assert not Record.objects.exists()
    assert not Evidence.objects.filter(is_citation=False).exists()


def test_evidence_is_served_only_inside_the_scope(office: Office) -> None:
    client = signed_in(office.people.enterer)
    client.post("/records/k/industry.receipt/new/", form_data(files=[slip("../../x<.pdf")]))
    item = Evidence.objects.get(is_citation=False)
    answer = signed_in(office.people.reviewer).get(f"/evidence/{item.uid}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert item.name == "x<.pdf"
    assert signed_in(office.people.stranger).get(f"/evidence/{item.uid}/").status_code == 404


def test_a_stranger_finds_nothing(office: Office) -> None:
    record = approved_receipt(office)
    client = signed_in(office.people.stranger)
    assert client.get(f"/records/{record.uid}/").status_code == 404
    assert client.get(f"/records/{record.uid}/edit/").status_code == 404
    assert client.post(f"/records/{record.uid}/do/approve/").status_code == 404
    for address in (
        "/records/k/industry.receipt/",
        "/records/",
        "/records/todo/",
        "/records/k/industry.receipt/?q=云里",
    ):
        page = client.get(address).content.decode()
        assert record.number not in page
        assert "5,600" not in page
    sheet = client.get("/records/k/industry.receipt/export/")
    assert b"R-0000" not in sheet.content


def test_the_uid_of_a_foreign_record_tells_a_stranger_nothing(office: Office) -> None:
    record = approved_receipt(office)
    client = signed_in(office.people.stranger)
    data = form_data(region="610900000000", uid=str(record.uid), amount_fen="1")
    answer = client.post("/records/k/industry.receipt/new/", data | {"files": [slip()]})
    assert answer.status_code == 404
    assert "云里" not in answer.content.decode()
    record.refresh_from_db()
    assert (record.newest.number, Record.objects.count()) == (1, 1)


def test_a_number_no_record_can_have_chooses_nothing(office: Office) -> None:
    client = signed_in(office.people.reviewer)
    answer = client.post("/records/approve/", {"record": ["9" * 40, "9" * 19], "verb": "approve"})
    assert answer.status_code == 302


def test_the_list_filters_counts_and_sums(office: Office) -> None:
    approved_receipt(office)
    record_receipt(office, amount_fen="100", received_on="2023-08-01")
    client = signed_in(office.people.reader)
    page = client.get("/records/k/industry.receipt/?region=450100").content.decode()
    assert "全部 2" in page
    assert "待审核 1" in page
    assert "5,600" in page
    assert "5,700" in page
    page = client.get("/records/k/industry.receipt/?from=2023-09-01").content.decode()
    assert "全部 1" in page
    page = client.get("/records/k/industry.receipt/?tab=waiting").content.decode()
    assert "2023-08-01" in page
    assert "2023-09-26" not in page
    page = client.get("/records/k/industry.receipt/?q=没有的").content.decode()
    assert "没有符合的记录" in page


def test_a_list_asks_no_more_for_more_rows(office: Office) -> None:
    client = signed_in(office.people.reviewer)
    record_receipt(office)
    with CaptureQueriesContext(connection) as few:
        client.get("/records/k/industry.receipt/")
    for day in range(1, 21):
        record_receipt(office, received_on=f"2023-09-{day:02d}")
    with CaptureQueriesContext(connection) as many:
        client.get("/records/k/industry.receipt/")
    assert len(many) <= len(few) + 1
    assert len(many) <= 30


def test_every_tab_counts_what_it_lists(office: Office) -> None:
    approved_receipt(office)
    for _n in range(3):
        record_receipt(office)
    for person, mine in ((office.people.reviewer, 3), (office.people.enterer, 0)):
        client = signed_in(person)
        for tab, size in {"": 4, "mine": mine, "waiting": 3, "approved": 1, "no": 4}.items():
            answer = client.get(f"/records/k/industry.receipt/?tab={tab}")
            page = answer.context["page"]
            assert (page.paginator.count, len(page.object_list)) == (size, size), tab
            assert answer.context["counts"]["mine"] == mine


def test_every_page_keeps_its_number_of_queries(office: Office) -> None:
    record = approved_receipt(office)
    for _n in range(3):
        record_receipt(office)
    client = signed_in(office.people.reviewer)
    for address, most in {
        "/records/": 8,
        "/records/todo/": 16,
        f"/records/{record.uid}/": 30,
    }.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= most, (address, len(queries))


def test_the_queue_leads_to_approval_with_the_differences_in_sight(office: Office) -> None:
    record = approved_receipt(office)
    actions.revise(
        record=record,
        cells=receipt_cells(amount_fen="6,000"),
        by=office.people.enterer,
        now=NOW,
        seen=record.newest.mark,
        submit=True,
        reason="漏记",
    )
    record_receipt(office, amount_fen="10")
    client = signed_in(office.people.reviewer)
    page = client.get("/records/todo/").content.decode()
    keys = re.findall(r'name="record" value="(\d+)"', page)
    assert len(keys) == 2
    preview = client.post("/records/approve/", {"record": keys}).content.decode()
    assert '<span class="del">5,600</span>' in preview
    assert '<span class="ins">6,000</span>' in preview
    seen = dict(re.findall(r'name="(seen-\d+)" value="([^"]+)"', preview))
    answer = client.post(
        "/records/approve/",
        {
            "record": keys,
            "verb": "approve",
            "title": "上林县 10 月",
            "signers": "甲、乙",
            "signed_on": "2023-10-16",
            **seen,
        },
        follow=True,
    )
    assert "已审核 2 件" in answer.content.decode()
    assert total("industry.investment") == 6_010_0000_00


def test_the_queue_shows_thirty_at_a_time_and_what_waited_longest_first(office: Office) -> None:
    records = [record_receipt(office, amount_fen=str(n)) for n in range(1, 33)]
    client = signed_in(office.people.reviewer)
    first = client.get("/records/todo/").content.decode()
    second = client.get("/records/todo/?page=2").content.decode()
    shown = [re.findall(r'name="record" value="(\d+)"', page) for page in (first, second)]
    assert [len(keys) for keys in shown] == [30, 2]
    assert [int(key) for keys in shown for key in keys] == [record.pk for record in records]
    assert "共 32 件" in first


def test_what_a_record_posted_leads_to_figures_its_readers_may_open(office: Office) -> None:
    record = approved_receipt(office)
    for user in (office.people.enterer, office.people.eastern):
        client = signed_in(user)
        page = client.get(f"/records/{record.uid}/").content.decode()
        addresses = re.findall(r'href="(/f/[^"]+)"', page)
        assert addresses
        assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_who_mends_what_was_returned_reads_why(office: Office) -> None:
    record = record_receipt(office)
    review.return_many(records=[record], reason="缺进账单", by=office.people.reviewer, now=NOW)
    page = signed_in(office.people.enterer).get(f"/records/{record.uid}/edit/").content.decode()
    assert "缺进账单" in page


def test_a_place_that_is_not_the_users_stays_in_the_form(office: Office) -> None:
    client = signed_in(office.people.enterer)
    answer = client.post("/records/k/industry.receipt/new/", form_data(region="610900000000"))
    assert answer.status_code == 422
    assert '<option value="610900000000" selected' in answer.content.decode()
    assert not Record.objects.exists()


def test_what_came_back_says_why_where_it_is_mended(office: Office) -> None:
    record = record_receipt(office)
    review.return_with_reason(
        record=record, reason="缺验资报告", by=office.people.reviewer, now=NOW
    )
    client = signed_in(office.people.enterer)
    for address in ("/records/todo/", "/records/k/industry.receipt/", f"/records/{record.uid}/"):
        assert record.number in client.get(address).content.decode()
    page = client.get(f"/records/{record.uid}/edit/").content.decode()
    assert "退回：缺验资报告" in page
    data = form_data(
        seen=re.findall(r'name="seen" value="([^"]+)"', page)[0],
        amount_fen="5,000",
        kept=[str(office.citation.uid)],
    )
    answer = client.post(f"/records/{record.uid}/edit/", data, follow=True)
    assert "已报送" in answer.content.decode()
    assert total("industry.investment", pending=True) == 5_000_0000_00


def test_batch_approval_with_one_foreign_record_does_nothing(office: Office) -> None:
    mine = record_receipt(office)
    client = signed_in(office.people.stranger)
    client.post("/records/approve/", {"record": [mine.pk], "verb": "approve"})
    own = signed_in(office.people.enterer)
    assert (
        own.post("/records/approve/", {"record": [mine.pk], "verb": "approve"}).status_code == 404
    )
    mine.refresh_from_db()
    assert mine.status == "submitted"


def test_the_second_writer_sees_the_difference(office: Office) -> None:
    record = approved_receipt(office)
    review.confirm(record=record, by=office.people.eastern, now=NOW)
    mark = record.newest.mark
    actions.revise(
        record=record,
        cells=receipt_cells(amount_fen="6,000"),
        by=office.people.enterer,
        now=NOW,
        seen=mark,
        reason="一",
    )
    client = signed_in(office.people.enterer)
    answer = client.post(
        f"/records/{record.uid}/edit/", form_data(amount_fen="7,000", seen=mark, reason="二")
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "打开之后已有他人改过" in page
    assert "6000" in page.replace(",", "")
    assert "7,000" in page


def test_paste_shows_each_bad_cell_and_writes_all_or_nothing(office: Office) -> None:
    client = signed_in(office.people.enterer)
    text = (
        "县区\t班次\t结业日期\t培训人次\t备注\n"
        "上林县\t家政\t2023-09\t50\tx\n上林县\t电工\t2023-13\t四十\tx\n"
    )
    data = {"text": text, "uid": str(uuid7()), "verb": "submit"}
    answer = client.post("/records/k/labour.training/paste/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有 13 这个月" in page
    assert "请写整数" in page
    assert "备注" in page
    assert not Record.objects.exists()
    data["text"] = text.replace("2023-13", "2023-08").replace("四十", "40")
    for _again in range(2):
        client.post("/records/k/labour.training/paste/", data)
    assert Record.objects.count() == 2
    assert total("labour.trainees", pending=True) == 90


def test_what_goes_out_as_excel_can_be_pasted_back(office: Office) -> None:
    record_receipt(office, note="=1+1", amount_fen="1,234.5")
    answer = signed_in(office.people.enterer).get("/records/k/industry.receipt/export/")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head, row = list(sheet.iter_rows())
    assert [cell.data_type for cell in row if cell.value == "=1+1"] == ["s"]
    lines = "\n".join("\t".join(as_excel_copies(c) for c in line) for line in (head, row))
    data = {"text": lines.replace("R-0", ""), "uid": str(uuid7()), "verb": "draft"}
    signed_in(office.people.enterer).post("/records/k/industry.receipt/paste/", data)
    one, two = Record.objects.order_by("pk")
    assert one.newest.data.fields == two.newest.data.fields


def as_excel_copies(cell: Any) -> str:
    """What a cell is on the clipboard: the text that Excel shows."""
    if isinstance(cell.value, datetime):
        assert cell.number_format == "yyyy-mm-dd"
        return f"{cell.value:%Y-%m-%d}"
    return f"{cell.value:,}" if cell.data_type == "n" and cell.value else str(cell.value or "")


def test_amounts_and_days_go_out_as_what_excel_can_add_up(office: Office) -> None:
    record_receipt(office, amount_fen="5,600", received_on="2023-09-26")
    record_receipt(office, amount_fen="0.07", received_on="2023-09-27")
    address = "/records/k/industry.receipt/export/?from=2023-09-01&q=云里"
    book = load_workbook(
        io.BytesIO(signed_in(office.people.enterer).get(address).content), data_only=False
    )
    rows, told = book.worksheets
    heads = [cell.value for cell in rows[1]]
    amounts = [row[heads.index("本次到位金额（万元）")] for row in rows.iter_rows(min_row=2)]
    assert sorted(cell.value for cell in amounts) == [0.07, 5600]
    # A format with decimals that may be missing would show 5600 as "5,600.".
    assert {cell.value: cell.number_format for cell in amounts} == {
        0.07: "#,##0.######",
        5600: "#,##0",
    }
    assert {row[heads.index("到账日期")].is_date for row in rows.iter_rows(min_row=2)} == {True}
    assert told.title == "说明"
    said = {row[0].value: row[1].value for row in told.iter_rows(min_row=2)}
    assert said["件数"] == 2
    assert said["检索词"] == "云里"
    assert said["日期"] == f"2023-09-01 至 {clock.today()}"
    assert said["实际到位投资额，含待审核"] == "5,600 万元"


def test_a_sheet_that_holds_only_a_part_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_EXPORTED", 2)
    for _n in range(3):
        record_receipt(office)
    answer = signed_in(office.people.enterer).get("/records/k/industry.receipt/export/")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 4
    assert str(sheet.cell(4, 1).value).startswith("只导出前 2 件")


def test_a_file_too_large_is_refused_and_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, evidence_folder: Path
) -> None:
    monkeypatch.setattr(evidence, "LARGEST_BYTES", 10)
    client = signed_in(office.people.enterer)
    answer = client.post("/records/k/industry.receipt/new/", form_data(files=[slip()]))
    assert "超过 20 MB" in answer.content.decode()
    assert not [path for path in evidence_folder.rglob("*") if path.is_file()]


def test_pages_open_for_every_kind(office: Office) -> None:
    client = signed_in(office.people.enterer)
    for kind in bodies():
        for page in ("", "new/", "paste/", "export/"):
            assert client.get(f"/records/k/{kind}/{page}", follow=True).status_code == 200, (
                kind,
                page,
            )


def test_signed_out_is_sent_to_the_door(office: Office) -> None:
    answer = Client().get("/records/")
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_unknown_things_are_not_found(office: Office) -> None:
    client = signed_in(office.people.enterer)
    assert client.get("/records/k/no.kind/").status_code == 404
    assert client.get(f"/records/{UUID(int=5)}/").status_code == 404
