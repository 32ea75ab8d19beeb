"""The page 数据核校: marks, points, who may see what, and what is refused."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiedui.accounts.models import User
from jiedui.accounts.tests.people import People, people
from jiedui.figures.tests.world import WAN, put, stated
from jiedui.regions.tests.world import make_regions

from .printed import page, paragraph, pdf

pytestmark = pytest.mark.django_db

RIGHT = "深圳市与南宁市协作简报\n截至2023年9月底，南宁市实际到位投资1.2345亿元，种下<b>梨树</b>300棵。\n"
SUM = "全年实施项目86个，其中产业类52个、就业类14个、民生类21个。"


@pytest.fixture
def staff() -> People:
    make_regions()
    put(stated(12_345 * WAN))
    return people()


def client(user: User) -> Client:
    found = Client()
    found.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


def checked(user: User, text: str = "", **fields: object) -> str:
    answer = client(user).post(reverse("checking:check"), {"text": text, **fields})
    assert answer.status_code == 200
    return answer.content.decode()


def marks(page: str) -> dict[str, str]:
    """The marked figures with their kinds."""
    found = re.findall(r'class="mk (\w\w)"[^>]*>([^<]*)</', page)
    return {surface: kind for kind, surface in found}


def test_the_page_is_for_those_who_signed_in(staff: People) -> None:
    assert Client().get(reverse("checking:check")).status_code == 302
    page = client(staff.reader).get(reverse("checking:check")).content.decode()
    assert "<textarea" in page
    assert 'href="/check/" aria-current="page"' in page or "核校" in page


def test_a_figure_that_agrees_leads_to_its_page(staff: People) -> None:
    page = checked(staff.reader, RIGHT)
    assert marks(page) == {"1.2345亿元": "ok", "300棵": "no"}
    address = "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100"
    assert f'href="{address}"' in page
    assert client(staff.reader).get(address).status_code == 200


def test_a_difference_is_a_point_with_both_numbers(staff: People) -> None:
    page = checked(staff.reader, RIGHT.replace("1.2345", "1.3245"))
    assert marks(page)["1.3245亿元"] == "ne"
    assert 'href="#p1-1"' in page
    assert 'id="p1-1"' in page
    assert "文中 1.3245亿元" in page
    assert "颠倒" in page


def test_a_sum_that_does_not_hold_shows_its_arithmetic(staff: People) -> None:
    page = checked(staff.reader, SUM)
    assert "su" in marks(page).values()
    assert "52 + 14 + 21 = 87" in re.sub(r"\s+", " ", page)


def test_the_text_is_shown_as_it_is_and_never_as_markup(staff: People) -> None:
    page = checked(staff.reader, RIGHT + "<script>alert(1)</script>")
    assert "&lt;b&gt;梨树&lt;/b&gt;" in page
    assert "<script>alert" not in page
    article = re.search(r'<article class="text">(.*?)</article>', page, re.DOTALL)
    assert article is not None
    shown = re.sub(r"<[^>]+>", "", article[1]).replace("&lt;", "<").replace("&gt;", ">")
    expected = (RIGHT + "<script>alert(1)</script>").split()
    assert "".join(shown.split()) == "".join(expected)


def test_a_stranger_learns_nothing_of_the_ledger(staff: People) -> None:
    for text in (RIGHT, RIGHT.replace("1.2345", "1.3245")):
        page = checked(staff.stranger, text)
        assert set(marks(page).values()) == {"no"}
        assert "不在您的查阅范围内" in page
        assert "/f/industry" not in page
    assert "440300-450100" not in page.split("<select")[0]


def test_files_are_read_together_with_what_was_pasted(staff: People) -> None:
    file = SimpleUploadedFile("年报.txt", RIGHT.encode("gb18030"))
    page = checked(staff.reader, SUM, documents=[file])
    assert page.count("data-marks-bar") == 2
    assert "年报.txt" in page
    assert marks(page)["1.2345亿元"] == "ok"


def test_a_pdf_is_read_too(staff: People) -> None:
    file = SimpleUploadedFile("年报.pdf", pdf([page(paragraph(RIGHT.replace("\n", "。"), 90))]))
    found = checked(staff.reader, documents=[file])
    assert marks(found)["1.2345亿元"] == "ok"


@pytest.mark.parametrize(
    ("text", "content", "said"),
    [
        (" ", None, "请粘贴文稿"),
        ("", b"%PDF-1.7", "损坏"),
        ("", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "密码"),
        ("", "字".encode() * 200_001, "20万字"),
    ],
    ids=["nothing", "pdf", "old", "long"],
)
def test_what_cannot_be_used_is_said_on_the_form(
    staff: People, text: str, content: bytes | None, said: str
) -> None:
    fields: dict[str, object] = {"text": text}
    if content is not None:
        fields["documents"] = [SimpleUploadedFile("稿.docx", content)]
    answer = client(staff.reader).post(reverse("checking:check"), fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("checks_csrf", [True, False])
def test_ten_megabytes_of_digits_are_a_sentence(staff: People, checks_csrf: bool) -> None:
    browser = Client(enforce_csrf_checks=checks_csrf)
    browser.force_login(staff.reader, backend="django.contrib.auth.backends.ModelBackend")
    browser.get(reverse("checking:check"))
    token = browser.cookies["csrftoken"].value
    fields = {"text": "7" * 10_000_000, "csrfmiddlewaretoken": token}
    answer = browser.post(reverse("checking:check"), fields)
    assert answer.status_code == 413
    assert "拆分后再送" in answer.content.decode()
    file = SimpleUploadedFile("数.txt", b"7" * 10_000_000)
    refused = client(staff.reader).post(reverse("checking:check"), {"documents": [file]})
    assert refused.status_code == 422
    assert "20万字" in refused.content.decode()


def test_a_pairing_one_may_not_read_is_no_choice(staff: People) -> None:
    answer = client(staff.reader).post(
        reverse("checking:check"), {"text": RIGHT, "pairing": "320400-610900"}
    )
    assert answer.status_code == 422


def hidden(page: str) -> list[tuple[str, str]]:
    """The fields of the form that carries the texts."""
    form = page.split('<form id="again"')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return [(name, unescape(value)) for name, value in found if not name.startswith("csrf")]


def test_a_result_carries_its_texts_and_can_be_posted_again(staff: People) -> None:
    file = SimpleUploadedFile("年报.txt", RIGHT.replace("\n", "\r\n").encode())
    page = checked(staff.reader, SUM + '"<i>\n', documents=[file], published_on="2023-10-01")
    fields = hidden(page)
    assert ("body", SUM + '"<i>\n') in fields
    # A browser posts line ends of its own.
    names = [value for name, value in fields if name == "name"]
    bodies = [value.replace("\n", "\r\n") for name, value in fields if name == "body"]
    again = checked(staff.reader, name=names, body=bodies, published_on="2023-10-01")
    assert marks(again) == marks(page)
    assert hidden(again) == fields


def test_what_is_carried_is_measured_again(staff: People) -> None:
    for bodies, said in (["字" * 200_001], "太长"), (["字。"] * 7, "太多"):
        fields = {"name": ["a"] * len(bodies), "body": bodies}
        answer = client(staff.reader).post(reverse("checking:check"), fields)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    fields = {"name": ["a"] * 3, "body": ["字" * 199_999] * 3}
    answer = client(staff.reader).post(reverse("checking:check"), fields)
    assert answer.status_code == 422
    assert "50万字" in answer.content.decode()
