"""从旧材料建账: which rows are taken at first, what is refused at its cell, one form one batch."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiedui.accounts.models import Role, User
from jiedui.accounts.tests.people import BOOK, NANNING, SHANGLIN, People, grant, make_user, people
from jiedui.checking import adopting, by_hand, checks
from jiedui.checking.adopting import Row
from jiedui.checking.tests.test_files import docx, paragraph
from jiedui.figures.answers import ask
from jiedui.figures.questions import Question
from jiedui.ledger import heads
from jiedui.lib.clock import now
from jiedui.lib.periods import Window
from jiedui.records import review
from jiedui.records.models import Evidence, Record
from jiedui.regions.tests.world import make_regions

TITLE = "深圳市—南宁市2022年东西部协作工作总结\n"
BODY = (
    "全年实施协作项目24个，其中上林县10个、马山县14个。协作企业吸纳农村劳动力就业超过300人。"
    "截至12月底，两地共建产业园区4个。举办劳务协作培训班3期。\n"
)


@pytest.fixture
def staff(db: None) -> People:
    make_regions()
    return people()


@pytest.fixture
def clerk(staff: People) -> User:
    """Enters for the whole of 南宁."""
    user = make_user("quan", "全市报")
    grant(user, Role.ENTER, NANNING, book=BOOK)
    return user


def rows(text: str, *, may_enter: bool = True) -> dict[str, Row]:
    found = checks.read_texts([("总结", TITLE + text)])
    return {row.surface: row for row in adopting.all_rows(found, lambda *_: may_enter)}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def table(client: Client, text: str = TITLE + BODY, **fields: Any) -> dict[str, Any]:
    """What the page's form would send back."""
    answer = client.post(reverse("checking:adopt"), {"text": text, **fields})
    assert answer.status_code == 200, answer.content.decode()
    return sent(answer.content.decode())


def sent(page: str) -> dict[str, Any]:
    form = page[page.index("<table") : page.index("</table>")]
    hidden = dict(
        re.findall(r'type="hidden" name="(uid|pairing|published_on)" value="([^"]*)"', page)
    )
    data: dict[str, Any] = dict(hidden)
    data["name"] = re.findall(r'name="name" value="([^"]*)"', page)
    data["body"] = re.findall(r'name="body" value="([^"]*)"', page)
    data["original"] = re.findall(r'name="original" value="([^"]*)"', page)
    data["row"] = re.findall(r'name="row" value="([^"]*)"', form)
    data |= {
        name: value.replace("&quot;", '"')
        for name, value in re.findall(
            r'<input class="in[^"]*" name="([^"]*)" value="([^"]*)"', form
        )
    }
    for name, options in re.findall(r'<select class="in" name="([^"]*)"[^>]*>(.*?)</select>', form):
        data[name] = re.search(r'value="(\w+)" selected', options)[1]  # type: ignore[index]
    data |= dict.fromkeys(re.findall(r'name="([^"]*-take)" value="1" data-tick checked', form), "1")
    return data


def post(client: Client, data: dict[str, Any], verb: str = "submit") -> tuple[int, str]:
    answer = client.post(reverse("checking:adopt"), data | {"verb": verb})
    return answer.status_code, answer.content.decode()


def key_of(data: dict[str, Any], surface: str) -> str:
    """The key of the row of a figure."""
    text = str(data["body"][0])
    spans: dict[str, list[str]] = {key: key.split(":") for key in data["row"]}
    return next(k for k, (_n, a, b) in spans.items() if str(text[int(a) : int(b)]) == surface)


# Rows.


def test_a_row_is_taken_when_all_of_it_is_known(staff: People) -> None:
    found = rows(BODY)
    assert [row.surface for row in found.values() if row.ticked] == [
        "24个", "10个", "14个", "300人", "4个", "3期",
    ]  # fmt: skip
    assert found["10个"].cells["region"] == "上林县"
    assert found["24个"].cells["start_on"] == "2022-01-01"
    assert found["24个"].cells["end_on"] == "2022-12-31"
    assert found["4个"].cells["start_on"] == ""
    assert found["4个"].cells["end_on"] == "2022-12-31"
    assert (found["300人"].cells["bound"], found["300人"].cells["wording"]) == (
        "at_least", "超过300人",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "surface", "why"),
    [
        ("全年种下梨树300棵，培训梨农80人。", "80人", "指标"),
        ("全年资金支付率95.2%。", "95.2%", "比率"),
        ("实际到位投资5亿元，同比增长12.4%。", "12.4%", "幅度"),
        ("2023年，力争实施协作项目65个。", "65个", "计划数"),
        ("全年实施协作项目24个。会议指出，24个协作项目全部开工。共实施协作项目24个。", "24个", "同一个数"),
        ("全年实施协作项目24个。回头看，全年实施协作项目26个。", "26个", "数不同"),
        ("百色市全年实施协作项目7个。", "7个", "不在本结对之内"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_taken_says_why(staff: People, text: str, surface: str, why: str) -> None:
    found = checks.read_texts([("总结", TITLE + text)])
    row = [row for row in adopting.all_rows(found, lambda *_: True) if row.surface == surface][-1]
    assert not row.ticked
    assert why in "".join(row.why)


def test_without_a_period_nothing_is_taken(staff: People) -> None:
    found = checks.read_texts([("总结", "深圳市与南宁市协作总结\n实施协作项目24个。")])
    (row,) = adopting.all_rows(found, lambda *_: True)
    assert not row.ticked
    assert row.why == ("文中没有写明期间",)


def test_a_place_one_may_not_enter_is_not_taken(staff: People) -> None:
    assert not any(row.ticked for row in rows(BODY, may_enter=False).values())


def test_the_finer_saying_of_a_figure_is_taken(staff: People) -> None:
    found = rows("全年实际到位投资约5.4亿元。产业兴旺。全年实际到位投资5.38亿元。")
    assert not found["5.4亿元"].ticked
    assert found["5.38亿元"].ticked


def test_what_does_not_add_up_in_the_text_is_not_taken(staff: People) -> None:
    found = rows("全年实施协作项目24个，其中上林县10个、马山县15个。")
    row = next(row for row in found.values() if "25" in "".join(row.why))
    assert not row.ticked


def test_an_empty_text_has_no_rows() -> None:
    assert adopting.all_rows([], lambda *_: True) == []


def test_what_was_set_by_hand_and_the_words_of_the_office_hold(staff: People) -> None:
    text = TITLE + "全年种下致富树300棵。全年实施协作项目24个。"
    (first,) = checks.read_texts([("总结", text)])
    figure = next(q for q in first.reading.quantities if q.surface == "24个")
    given = replace(
        by_hand.about(1, text, figure),
        indicator="funds.completed",
        region=SHANGLIN,
        window=Window(date(2022, 3, 1), date(2022, 3, 31)),
    )
    found = checks.read_texts(
        [("总结", text)], corrections=[given], words={"致富树": "funds.started"}
    )
    cells = [row.cells for row in adopting.all_rows(found, lambda *_: True)]
    assert cells[0]["indicator"] == "开工项目数"
    assert (cells[1]["indicator"], cells[1]["region"]) == ("完工项目数", "上林县")
    assert (cells[1]["start_on"], cells[1]["end_on"]) == ("2022-03-01", "2022-03-31")


# The batch.


def test_the_ticked_rows_become_one_batch(clerk: User) -> None:
    client = signed_in(clerk)
    data = table(client)
    assert post(client, data)[0] == 302
    records = list(Record.objects.order_by("pk"))
    assert {record.kind for record in records} == {"summary"}
    assert len(records) == 6
    assert {record.status for record in records} == {"submitted"}
    first = records[0].newest
    files = [one for one in first.evidence.all() if not one.is_citation]
    cites = [one for one in first.evidence.all() if one.is_citation]
    assert [one.name for one in files] == ["深圳市—南宁市2022年东西部协作工作总结.txt"]
    assert cites[0].name.startswith("《深圳市—南宁市2022年东西部协作工作总结》第 2 段：全年实施")
    assert cites[0].sha256 == files[0].sha256
    assert Evidence.objects.filter(is_citation=False).count() == 1
    assert heads.head() == 0


def test_the_same_form_twice_is_one_batch(clerk: User) -> None:
    client = signed_in(clerk)
    data = table(client)
    assert post(client, data)[0] == 302
    evidence = Evidence.objects.count()
    assert post(client, data)[0] == 302
    assert (Record.objects.count(), Evidence.objects.count()) == (6, evidence)
    data[f"{key_of(data, '24个')}-value"] = "25"
    status, page = post(client, data)
    assert status == 409
    assert "已经存过" in page
    assert Record.objects.count() == 6


def test_another_person_approves_and_the_figure_stands(clerk: User) -> None:
    client = signed_in(clerk)
    post(client, table(client))
    reviewer = make_user("he", "核全市")
    grant(reviewer, Role.REVIEW, NANNING, book=BOOK)
    review.approve_many(records=list(Record.objects.all()), by=reviewer, now=now())
    question = Question.parse(
        "/f/funds.projects/450100/2022-01-01..2022-12-31?pairing=440300-450100"
    )
    assert ask(question).amount == 24
    assert ask(question.at(SHANGLIN)).amount == 10
    (again,) = checks.check([("总结", TITLE + BODY)])
    assert {one.result for one in again.verdicts} == {"agrees"}
    # The same report once more: everything is there already.
    page = client.post(reverse("checking:adopt"), {"text": TITLE + BODY}).content.decode()
    assert "data-tick checked" not in page
    assert "已有同期汇总数 24个，数相同，不必再报" in page


def test_a_bad_cell_is_told_there_and_nothing_is_lost(clerk: User) -> None:
    client = signed_in(clerk)
    data = table(client)
    project, people_ = key_of(data, "24个"), key_of(data, "300人")
    data |= {
        f"{project}-value": "二十来个",
        f"{people_}-end_on": "2022-02-31",
        f"{people_}-indicator": "没有这个指标",
        f"{people_}-wording": "照原样留着",
    }
    status, page = post(client, data)
    assert status == 422
    assert "有 2 行要改，一行也没有报送" in page
    for name in (f"{project}-value", f"{people_}-end_on", f"{people_}-indicator"):
        assert re.search(rf'name="{name}"[^>]*aria-invalid="true"', page), name
    assert 'value="二十来个"' in page
    assert 'value="照原样留着"' in page
    assert not Record.objects.exists()
    assert not Evidence.objects.exists()


def test_a_unit_that_does_not_fit_is_told_at_the_unit(clerk: User) -> None:
    client = signed_in(clerk)
    data = table(client)
    data[f"{key_of(data, '24个')}-unit"] = "万元"
    status, page = post(client, data)
    assert status == 422
    assert re.search(rf'name="{key_of(data, "24个")}-unit"[^>]*aria-invalid="true"', page)


def test_a_foreign_region_is_refused_at_its_cell(staff: People) -> None:
    client = signed_in(staff.enterer)
    data = table(client)
    assert [key for key in data if key.endswith("-take")] == [f"{key_of(data, '10个')}-take"]
    project = key_of(data, "24个")
    data[f"{project}-take"] = "1"
    status, page = post(client, data)
    assert status == 422
    assert "您在这个地区没有填报权限" in page
    assert re.search(rf'name="{project}-region"[^>]*aria-invalid="true"', page)
    data[f"{project}-region"] = "镇坪县"
    status, page = post(client, data)
    assert (status, Record.objects.count()) == (422, 0)
    assert re.search(rf'name="{project}-region"[^>]*aria-invalid="true"', page)


def test_two_rows_of_one_slice_are_not_both_taken(clerk: User) -> None:
    client = signed_in(clerk)
    data = table(client, TITLE + "全年实施协作项目24个。回头看，全年实施协作项目26个。")
    data[f"{key_of(data, '26个')}-take"] = "1"
    status, page = post(client, data)
    assert status == 422
    assert "与第 1 行的指标、地区、期间相同，只能报一行" in page
    assert not Record.objects.exists()


def test_a_file_is_kept_as_it_came(clerk: User) -> None:
    client = signed_in(clerk)
    content = (TITLE + BODY).encode("gb18030")
    data = table(client, "", documents=[SimpleUploadedFile("年报.txt", content)])
    assert post(client, data)[0] == 302
    file = Evidence.objects.get(is_citation=False)
    assert (file.name, file.bytes, file.media_type) == ("年报.txt", len(content), "text/plain")
    record = Record.objects.order_by("pk")[0]
    assert file in record.newest.evidence.all()


def test_a_word_file_becomes_a_table_and_is_the_evidence(clerk: User) -> None:
    client = signed_in(clerk)
    content = docx("".join(paragraph(line) for line in (TITLE + BODY).splitlines()))
    data = table(client, "", documents=[SimpleUploadedFile("年报.docx", content)])
    assert post(client, data)[0] == 302
    file = Evidence.objects.get(is_citation=False)
    assert (file.name, file.bytes) == ("年报.docx", len(content))
    assert Record.objects.count() == 6


def test_nobody_takes_the_file_of_another(clerk: User, staff: People) -> None:
    client, other = signed_in(clerk), signed_in(staff.enterer)
    mine = table(client, "", documents=[SimpleUploadedFile("年报.txt", (TITLE + BODY).encode())])
    theirs = table(other)
    assert post(other, theirs | {"original": mine["original"]})[0] == 302
    assert {
        one.name for one in Record.objects.get().newest.evidence.all() if not one.is_citation
    } == {"深圳市—南宁市2022年东西部协作工作总结.txt"}


def test_looking_again_writes_nothing_and_keeps_what_was_typed(clerk: User) -> None:
    client = signed_in(clerk)
    data = table(client)
    data[f"{key_of(data, '300人')}-value"] = "310"
    status, page = post(client, data, "look")
    assert status == 200
    assert 'value="310"' in page
    assert "含第 2、3 行，不重复计" in page
    assert not Record.objects.exists()


def test_a_text_without_a_period_is_read_again_with_one(clerk: User) -> None:
    client = signed_in(clerk)
    text = "深圳市与南宁市协作总结\n" + BODY
    page = client.post(reverse("checking:adopt"), {"text": text}).content.decode()
    assert "标题没有写是哪一年" in page
    assert "data-tick checked" not in page.split("24个</b>")[0]
    data = table(client, text, own_start="2022-01-01", own_end="2022-06-30")
    key = key_of(data, "24个")
    assert (data[f"{key}-start_on"], data[f"{key}-end_on"]) == ("2022-01-01", "2022-06-30")
    assert f"{key}-take" in data
    wrong = client.post(
        reverse("checking:adopt"), {"text": text, "own_start": "2022-07-01", "own_end": "2022-6"}
    )
    assert wrong.status_code == 422
    assert "全文期间的起止" in wrong.content.decode()
    assert 'value="2022-6"' in wrong.content.decode()


def test_the_places_offered_are_those_one_may_enter(staff: People) -> None:
    page = signed_in(staff.enterer).post(reverse("checking:adopt"), {"text": TITLE + BODY})
    offered = page.content.decode().split('<datalist id="regions">')[1].split("</datalist>")[0]
    assert 'value="上林县"' in offered
    assert 'value="马山县"' not in offered


def test_nothing_ticked_is_said(clerk: User) -> None:
    client = signed_in(clerk)
    data = {k: v for k, v in table(client).items() if not k.endswith("-take")}
    status, page = post(client, data)
    assert status == 422
    assert "没有选中的行" in page


def test_keys_from_elsewhere_are_left_out(clerk: User) -> None:
    client = signed_in(clerk)
    data = table(client)
    data["row"] = ["9:0:1", "0:-1:5", "0:5:99999", "x", "0:1"]
    assert post(client, data)[0] == 422
    assert not Record.objects.exists()


def test_a_text_without_its_pairing_asks_for_it(clerk: User) -> None:
    answer = signed_in(clerk).post(reverse("checking:adopt"), {"text": "全年实施协作项目24个。"})
    assert answer.status_code == 422
    assert "没有认出文中是哪一个结对的数" in answer.content.decode()


def test_a_file_is_not_asked_for_twice(clerk: User) -> None:
    client = signed_in(clerk)
    text = BODY.replace("上林县", "两县").replace("马山县", "各县")
    file = SimpleUploadedFile("年报.txt", ("2022年工作总结\n" + text).encode())
    answer = client.post(reverse("checking:adopt"), {"documents": [file]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已收下 年报.txt，不用再选。" in page
    again = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page)
        for name in ("name", "body", "original")
    }
    data = table(client, "", pairing=BOOK, **again)
    assert post(client, data)[0] == 302
    assert Evidence.objects.get(is_citation=False).name == "年报.txt"


def test_the_page_is_for_those_who_enter(staff: People) -> None:
    assert signed_in(staff.reader).get(reverse("checking:adopt")).status_code == 404
    assert signed_in(staff.enterer).get(reverse("checking:adopt")).status_code == 200
    board = reverse("web:board", args=["440300-450100"])
    link = reverse("checking:adopt")
    assert link not in signed_in(staff.reader).get(board).content.decode()


def test_a_checked_text_goes_on_to_the_table(clerk: User, staff: People) -> None:
    client = signed_in(clerk)
    page = client.post(reverse("checking:check"), {"text": TITLE + BODY}).content.decode()
    assert f'formaction="{reverse("checking:adopt")}"' in page
    data = table(client, "", name=["年报.txt"], body=[TITLE + BODY])
    assert post(client, data)[0] == 302
    assert Evidence.objects.get(is_citation=False).name == "年报.txt"
    other = signed_in(staff.reader).post(reverse("checking:check"), {"text": TITLE + BODY})
    assert reverse("checking:adopt") not in other.content.decode()


def test_an_empty_board_says_how_to_begin(clerk: User) -> None:
    board = signed_in(clerk).get(reverse("web:board", args=["440300-450100"])).content.decode()
    assert f"{reverse('checking:adopt')}?pairing=440300-450100" in board
