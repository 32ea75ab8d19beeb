from datetime import timedelta
from io import BytesIO
from urllib.parse import quote

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiedui.accounts.models import User
from jiedui.accounts.tests.people import SHANGLIN
from jiedui.figures.tests.world import question
from jiedui.ledger import heads
from jiedui.lib.ids import uuid7
from jiedui.records import actions, review
from jiedui.records.tests.world import (
    NOW,
    Office,
    approved_receipt,
    make_office,
    receipt_cells,
    record_receipt,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=9)


@pytest.fixture
def office() -> Office:
    office = make_office()
    approved_receipt(office)
    uid = uuid7()
    row = {
        "uid": uid,
        "region": "南宁市",
        "pairing": "440300-450100",
        "indicator": "实际到位投资额",
        "stated": "49.72亿元",
        "end_on": "2023-09-30",
        "wording": "截至9月底，实际到位投资额49.72亿元",
    }
    record = actions.record_many(
        kind="summary",
        rows=[row],
        by=office.city_enterer,
        now=NOW,
        submit=True,
        evidence={uid: [office.citation]},
    )[0]
    review.approve(record=record, by=office.city_reviewer, now=NOW)
    return office


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_value_sum_words_people_and_evidence(office: Office) -> None:
    text = text_of(signed_in("cha"), question().address)
    for said in (
        "49.72",
        "497,200 万元 = 4,972,000,000 元",
        "“截至9月底，实际到位投资额49.72亿元”",
        "确数；累计发生量，截至 2023-09-30",
        "逐笔记录 1 件",
        "南宁市汇总数补差",
        "491,600",
        "南填 报送 2023-10-16 → 文核 审核 2023-10-16",
        "上林云里花卉有限公司",
        "田小禾 → 沈核",
        "引文 某银行",
        "未分县",
        "未分月 491,600 万元",
        "440300-450100",
        heads.book_head("440300-450100")[1],
    ):
        assert said in text, said


def test_each_number_on_the_page_leads_to_a_page(office: Office) -> None:
    client = signed_in("cha")
    text = text_of(client, question().address)
    links = {part.split('"')[0] for part in text.split('class="n" href="')[1:]}
    assert "/f/industry.investment/450125/..2023-09-30?pairing=440300-450100" in links
    for link in sorted(links - {"#sources"}):
        assert client.get(link).status_code == 200, link


def test_who_may_not_read_the_whole_question_gets_the_page_of_what_does_not_exist(
    office: Office,
) -> None:
    county, stranger = signed_in("tian"), signed_in("lu")
    assert county.get(question(region=SHANGLIN).address).status_code == 200
    gone = county.get("/f/industry.none/450125/..2023-09-30")
    for client, address in (
        (county, question().address),
        (county, question(region=SHANGLIN, pairing=None).address),
        (stranger, question().address),
        (stranger, question(region=SHANGLIN).address),
        (county, "/f/industry.investment/450199/..2023-09-30"),
        (county, "/f/industry.investment/450125/..2023-13-30"),
        (county, question(region=SHANGLIN, known_at=10**9).address),
    ):
        response = client.get(address)
        assert response.status_code == 404, address
        assert response.content == gone.content
        export = address.replace("?", "/export/?") if "?" in address else f"{address}/export/"
        assert client.get(export).status_code == 404


def test_the_hash_of_a_book_is_for_those_who_may_read_all_of_it(office: Office) -> None:
    digest = heads.book_head("440300-450100")[1]
    asked = question(region=SHANGLIN).address
    assert digest in text_of(signed_in("cha"), asked)
    text = text_of(signed_in("tian"), asked)
    assert digest not in text
    # Nor how long the book is: most of its postings may be other counties'.
    assert "本簿第" not in text
    assert "可查全簿的人可见" in text


def test_somebody_signed_out_is_asked_to_sign_in(office: Office) -> None:
    response = Client().get(question().address)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:sign_in"))


def test_what_waits_for_approval_is_said_beside_and_listed_as_left_out(office: Office) -> None:
    client = signed_in("cha")
    record_receipt(office, amount_fen="300", received_on="2023-10-10")
    later = question(end=NOW.date()).address
    text = text_of(client, later)
    assert "含待审核为 49.75 亿元（1 件）" in text
    assert "未审核" in text
    text = text_of(client, question().address)
    assert "含待审核" not in text


def test_a_correction_changes_the_figure_and_the_difference_names_it(office: Office) -> None:
    late = {"received_on": "2023-10-12", "amount_fen": "5600"}
    record = approved_receipt(office, **late)
    head = heads.head()
    cells = receipt_cells(**late | {"amount_fen": "5000"})
    record = actions.revise(
        record=record,
        cells=cells,
        by=office.people.enterer,
        now=LATER,
        seen=record.newest.mark,
        submit=True,
        reason="汇率折算有误",
    )
    review.approve(record=record, by=office.people.reviewer, now=LATER)
    client = signed_in("cha")
    asked = question(end=LATER.date())
    text = text_of(client, f"{asked.address}&since={head}")
    assert "502,200" in text
    assert "502,800" in text
    assert "更正：汇率折算有误" in text
    assert "−600" in text
    old = text_of(client, asked.known(head).address)
    assert "502,800 万元" in old
    moved = client.get(f"{asked.address}&since=0&until={head}")
    assert moved.status_code == 302
    assert moved["Location"] == f"{asked.known(head).address}&since=0#known"


def test_a_voided_duplicate_is_listed_with_its_value_and_reason(office: Office) -> None:
    record = approved_receipt(office, amount_fen="3,200", received_on="2023-09-02")
    record = actions.void(
        record=record,
        reason="与马山县重复登记",
        by=office.people.enterer,
        now=LATER,
        seen=record.newest.mark,
    )
    review.approve(record=record, by=office.people.reviewer, now=LATER)
    text = text_of(signed_in("cha"), question().address)
    assert "重复登记，已作废" in text
    assert "与马山县重复登记" in text
    assert "3,200" in text


def test_details_go_out_as_plain_numbers_and_text(office: Office) -> None:
    address = question().address.replace("?", "/export/?")
    response = signed_in("cha").get(address)
    assert quote("实际到位投资额-南宁市") in response["Content-Disposition"]
    book = openpyxl.load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["数字", "明细", "汇总数"]
    cells = [cell.value for row in book["明细"].iter_rows() for cell in row]
    assert 56_000_000 in cells
    assert "上林云里花卉有限公司" in cells
    assert not any(str(cell).startswith("=") for cell in cells)
    cells = [cell.value for row in book["汇总数"].iter_rows() for cell in row]
    assert {4_972_000_000, 4_916_000_000, "计入"} <= set(cells)


def test_the_list_shows_every_indicator_of_the_widest_place_one_may_read(office: Office) -> None:
    text = text_of(signed_in("cha"), f"{reverse('figures:index')}?to=2023-10-31")
    assert "南宁市" in text
    assert "497,200" in text
    assert "资金支付率" in text
    text = text_of(signed_in("cha"), f"{reverse('figures:index')}?to=2023-10-31&only=1")
    assert "497,200" in text
    assert "资金支付率" not in text
    text = text_of(signed_in("tian"), f"{reverse('figures:index')}?region=450100&to=2023-10-31")
    assert "上林县" in text
    assert "497,200" not in text
    assert "5,600" in text


def test_a_page_costs_the_same_queries_however_much_is_behind_it(office: Office) -> None:
    client = signed_in("cha")
    address = f"{question().address}&since=0"

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    cost()
    few = cost()
    for number in range(12):
        approved_receipt(office, amount_fen=str(100 + number), received_on="2023-08-30")
    assert cost() == few
    assert few < 190


def test_every_measure_has_a_page(office: Office) -> None:
    client = signed_in("cha")
    for code in (
        "labour.workshops",
        "industry.contacted",
        "industry.farmer_income",
        "funds.paid_rate",
        "consumption.sales:live",
    ):
        text = text_of(client, question(code).address)
        assert "—" in text
        assert "没有记录，也没有汇总数" in text
