"""The check sheet (核校单): what HTML and PDF say, who may see what, and that it is the same twice."""

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from jiedui.accounts.models import User
from jiedui.accounts.tests.people import People, people
from jiedui.checking import checks, checksheet_files
from jiedui.checking.by_hand import Correction
from jiedui.checking.checksheet import CheckSheet, check_sheet
from jiedui.checking.tests.test_checktext import run, written
from jiedui.figures.tests.world import INVESTMENT, NANNING, WAN, put, stated
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import Window
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
RIGHT = "深圳市与南宁市协作简报\n截至2023年9月底，南宁市实际到位投资1.2345亿元，种下<b>梨树</b>300棵。\n"
WRONG = RIGHT.replace("1.2345", "1.3245")
SUM = "全年实施项目86个，其中产业类52个、就业类14个、民生类21个。\n"
HOSTILE = '<script>alert(1)</script> #panic("x") $x$ *粗* \\u{41} // 注\n'
MADE_AT = datetime(2023, 10, 20, 2, 3, tzinfo=UTC)


@pytest.fixture
def staff() -> People:
    make_regions()
    put(stated(12_345 * WAN))
    return people()


def sheet(*texts: str, who: str = "南宁市协作办 李明") -> CheckSheet:
    found = checks.check(
        [(f"文稿{number}.txt", text) for number, text in enumerate(texts, 1)],
        published_on=date(2023, 10, 20),
    )
    return check_sheet(found, who=who, made_at=MADE_AT)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        found = [page.get_textpage().get_text_range() for page in document]
    return ["".join(text.split()) for text in found]


def words(html: str) -> str:
    """What a reader sees of a page, without white space."""
    body = html.partition("<body>")[2]
    return "".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def both(made: CheckSheet) -> list[str]:
    return [words(checksheet_files.html(made)), "".join(pages(checksheet_files.pdf(made)))]


def download(user: User, text: str, suffix: str = "html", **fields: str) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("checking:sheet"), {"text": text, "format": suffix, **fields})
    assert answer.status_code == 200
    content: bytes = answer.content
    return words(content.decode()) if suffix == "html" else "".join(pages(content))


def test_a_sheet_says_who_when_of_what_and_by_which_rules(staff: People) -> None:
    for said in both(sheet(RIGHT)):
        for part in (
            "数据核校单", "深圳市与南宁市协作简报", "文稿1.txt", "深圳市—南宁市", "南宁市协作办李明",
            "2023-10-2010:03（北京时间）", "账头#1", "440300-450100第1笔", "核校规则",
            "✓相符1", "≠不符0", "Σ自相矛盾0", "?账上没有1", "没有发现与账不符或自相矛盾的数。",
        ):  # fmt: skip
            assert part in said


def test_a_difference_has_both_numbers_whole_with_bound_window_and_reason(staff: People) -> None:
    for said in both(sheet(WRONG)):
        assert "有1处需要处理。" in said
        assert "[1]≠与账不符：南宁市实际到位投资额" in said
        assert "文中1.3245亿元账上1.2345亿元（截至2023-09-30）可能的原因疑两位数字颠倒" in said
        assert "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100" in said


def test_a_bound_of_the_ledger_is_said(staff: People) -> None:
    put(stated(3000 * WAN, date(2023, 8, 31), bound=Bound.AT_LEAST))
    for said in both(sheet("截至2023年8月底，南宁市实际到位投资1000万元。")):
        assert "不低于3000万元" in said


def test_a_contradiction_has_its_arithmetic_and_the_numbers_of_its_marks(staff: People) -> None:
    for said in both(sheet(SUM)):
        assert "[1]Σ各部分之和比总数多1个52+14+21=87个≠86个判断文中自相矛盾" in said
        assert "所涉[1]86个、[2]52个、[3]14个、[4]21个" in said


def test_every_mark_has_its_sign_and_number_and_the_text_is_whole(staff: People) -> None:
    for said in both(sheet(RIGHT + SUM)):
        assert "实际到位投资✓1.2345亿元[1]，种下<b>梨树</b>?300棵[2]。" in said
        assert "全年实施项目?Σ86个[3]，其中产业类?52个[4]" in said


def test_every_finding_of_a_text_is_in_the_pdf(staff: People) -> None:
    text = WRONG + SUM + "培训200人，其中脱贫人口260人，占50%。\n"
    found = checks.check([("稿", text)], published_on=date(2023, 10, 20))
    made = check_sheet(found, who="李明", made_at=MADE_AT)
    said = "".join(pages(checksheet_files.pdf(made)))
    assert len(found[0].reading.findings) >= 2
    for finding in found[0].reading.findings:
        assert squeezed(finding.message) in said
        assert squeezed(finding.arithmetic) in said


def by_person(text: str) -> Correction:
    """What a person says of the 1.2345亿元 of a text."""
    start = text.index("1.2345")
    return Correction(
        1, start, "1.2345亿元", text[start - 4 : start], INVESTMENT, NANNING, False,
        Window(None, date(2023, 9, 30)),
    )  # fmt: skip


def test_what_was_set_by_hand_is_said(staff: People) -> None:
    text = "深圳市与南宁市协作简报\n共计落实1.2345亿元。\n"
    given = by_person(text)
    alone, helped = (
        check_sheet(checks.check([("稿", text)], corrections=by_hand), who="李明", made_at=MADE_AT)
        for by_hand in ([], [given])
    )
    assert "人工改认" not in "".join(both(alone))
    for said in both(helped):
        assert "✓相符1" in said
        assert "其中1个数的读法由人工改认。" in said
        assert "截至2023-09-30人工改认" in said


def test_a_text_is_never_markup(staff: People) -> None:
    html = checksheet_files.html(sheet(HOSTILE + RIGHT, who='<img src="x">'))
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>梨树" not in html
    for said in both(sheet(HOSTILE + RIGHT)):
        assert squeezed(HOSTILE) in said


def test_what_no_font_holds_is_typeset_all_the_same(staff: People) -> None:
    made = sheet("\u202e反向\x00\x07\t制表😀\n" + RIGHT)
    said = "".join(pages(checksheet_files.pdf(made)))
    assert "1.2345亿元" in said
    assert "\u202e" not in checksheet_files.html(made)


def test_the_same_check_is_the_same_file(staff: People) -> None:
    first, again = sheet(RIGHT + SUM, WRONG), sheet(RIGHT + SUM, WRONG)
    assert checksheet_files.pdf(first) == checksheet_files.pdf(again)
    assert checksheet_files.html(first) == checksheet_files.html(again)
    put(stated(12_346 * WAN, date(2023, 10, 1)))
    assert checksheet_files.html(sheet(RIGHT)) != checksheet_files.html(first)


def test_pages_are_numbered_and_every_text_begins_on_its_own(staff: People) -> None:
    found = pages(checksheet_files.pdf(sheet(RIGHT + "一行平常的话。\n" * 80, SUM)))
    assert len(found) >= 3
    for number, page in enumerate(found, 1):
        assert f"第{number}页／共{len(found)}页" in page
    assert [page.startswith("数据核校单") for page in found].count(True) == 2


def test_a_long_text_is_cut_and_says_so(staff: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiedui.checking.checksheet.SHOWN", 60)
    monkeypatch.setattr("jiedui.checking.checksheet.LISTED", 2)
    for said in both(sheet(RIGHT + SUM + "末句。")):
        assert "只印出前60字" in said
        assert "各表只列前2条" in said
        assert "末句" not in said


def test_a_hundred_pages_are_typeset(staff: People) -> None:
    text = RIGHT + (SUM.strip() + "协作双方密切往来，工作有序推进。" * 4 + "\n") * 700
    found = pages(checksheet_files.pdf(sheet(text)))
    assert len(found) > 60


def test_who_may_not_read_learns_nothing_of_the_ledger(staff: People) -> None:
    for suffix in ("html", "pdf"):
        said = download(staff.stranger, WRONG, suffix)
        assert "不在您的查阅范围内" in said
        assert "1.2345" not in said
        assert "/f/industry" not in said
        assert "440300-450100" not in said
        known = download(staff.reader, WRONG, suffix)
        assert "账上1.2345亿元" in known
        assert str(staff.reader) in known


def test_what_was_set_by_hand_travels_to_the_sheet(staff: People) -> None:
    text = "深圳市与南宁市协作简报\n共计落实1.2345亿元。\n"
    fields = {"correction": str(by_person(text))}
    assert "人工改认" in download(staff.reader, text, **fields)
    said = download(staff.stranger, text, **fields)
    assert "不在您的查阅范围内" in said
    assert "✓相符0" in said


def test_a_hash_is_for_those_who_may_read_the_book(staff: People) -> None:
    found = checks.check([("稿", RIGHT)])
    shown = check_sheet(found, who="", made_at=MADE_AT)
    hidden = check_sheet(found, who="", made_at=MADE_AT, may_read_book=lambda _book: False)
    assert re.search(r"第 1 笔 [0-9a-f]{12}$", dict(shown.sheets[0].about)["所查账簿"])
    assert dict(hidden.sheets[0].about)["所查账簿"] == "440300-450100 第 1 笔"


def test_a_sheet_is_a_download_with_a_chinese_name(staff: People) -> None:
    client = Client()
    client.force_login(staff.reader, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("checking:sheet"), {"name": "甲.txt", "body": RIGHT})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "%E6%A0%B8%E6%A0%A1%E5%8D%95-" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")
    assert client.get(reverse("checking:sheet")).status_code == 405
    assert client.post(reverse("checking:sheet"), {"text": " "}).status_code == 422


def test_what_is_refused_keeps_the_text(staff: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checksheet_files.LIMITS, "memory_bytes", 1)
    client = Client()
    client.force_login(staff.reader, backend="django.contrib.auth.backends.ModelBackend")
    for texts in (["稿甲"], ["稿甲", "稿乙"]):
        answer = client.post(
            reverse("checking:sheet"), {"name": ["一", "二"][: len(texts)], "body": texts}
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "没有排成" in page
        assert all(text in page for text in texts)


def test_the_result_page_offers_the_sheet(staff: People) -> None:
    client = Client()
    client.force_login(staff.reader, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(reverse("checking:check"), {"text": RIGHT}).content.decode()
    assert f'formaction="{reverse("checking:sheet")}"' in page


def test_the_command_writes_the_sheet_beside_its_answer(staff: People, tmp_path: Path) -> None:
    text = written(tmp_path, WRONG)
    pdf, html = tmp_path / "单.pdf", tmp_path / "单.html"
    assert run(text, "--sheet", str(pdf))[0] == 1
    assert run(text, "--sheet", str(html))[0] == 1
    for said in ("".join(pages(pdf.read_bytes())), words(html.read_text(encoding="utf-8"))):
        assert "账上1.2345亿元" in said
        assert "命令行" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["单.html", "单.pdf", "简报.txt"]


@pytest.mark.parametrize(("name", "said"), [("单.doc", ".pdf"), ("没有/单.pdf", "写不进")])
def test_a_sheet_that_cannot_be_written_is_exit_two(
    staff: People, tmp_path: Path, name: str, said: str
) -> None:
    status, out, err = run(written(tmp_path, RIGHT), "--sheet", str(tmp_path / name))
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not part of the repository")
@pytest.mark.usefixtures("demo")
def test_the_sheets_of_both_articles_list_every_figure_of_theirs() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        found = checks.check([(path.name, path.read_bytes().decode("utf-8"))])
        made = check_sheet(found, who="李明", made_at=MADE_AT)
        lines = made.sheets[0].lines
        assert [line.number for line in lines] == list(range(1, len(lines) + 1))
        for said in both(made):
            assert "没有发现与账不符或自相矛盾的数。" in said
            for line, one in zip(lines, found[0].verdicts, strict=True):
                assert squeezed(f"{line.sign}{one.quantity.surface}[{line.number}]") in said
                assert squeezed(line.name) in said
