"""Correcting a reading on the page, and the words of an office, as people use them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiedui.accounts.models import User
from jiedui.accounts.tests.people import People, make_user, people
from jiedui.checking import finding_indicators
from jiedui.checking.models import Saying
from jiedui.figures.tests.world import WAN, put, stated
from jiedui.regions.tests.world import make_regions

from .test_page import hidden, marks

pytestmark = pytest.mark.django_db

TEXT = "深圳市与南宁市协作简报\n截至2023年9月底，南宁市种下希望1.2345亿元，全年种树300棵。\n"
SPOT = f"1:{TEXT.index('1.2345')}:{TEXT.index('，全年')}"
INVESTMENT = "实际到位投资额"


@pytest.fixture
def staff() -> People:
    make_regions()
    put(stated(12_345 * WAN))
    return people()


def client(user: User) -> Client:
    found = Client()
    found.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


def post(user: User, name: str = "check", status: int = 200, **fields: object) -> str:
    answer = client(user).post(reverse(f"checking:{name}"), {"name": "稿", "body": TEXT, **fields})
    assert answer.status_code == status
    return answer.content.decode()


def corrections(page: str) -> list[str]:
    return [value for name, value in hidden(page) if name == "correction"]


def test_a_figure_is_corrected_and_the_correction_travels(staff: People) -> None:
    page = post(staff.reader)
    assert marks(page)["1.2345亿元"] == "no"
    assert f'name="fix" value="{SPOT}"' in page
    panel = post(staff.reader, "correct", fix=SPOT)
    assert "种下希望<b>1.2345亿元</b>" in panel
    page = post(staff.reader, set=SPOT, indicator="dwtz")
    assert marks(page)["1.2345亿元"] == "ok"
    assert "data-hand>1.2345亿元" in page
    (said,) = corrections(page)
    assert marks(post(staff.reader, correction=said))["1.2345亿元"] == "ok"
    assert marks(post(staff.reader, correction=said, drop=said))["1.2345亿元"] == "no"
    assert Saying.objects.count() == 0


def test_a_mark_leads_to_its_row_and_its_correction_whatever_it_shows(staff: People) -> None:
    text = "全年实施项目86个，其中产业类52个、就业类14个、民生类21个。"
    page = post(staff.reader, body=text)
    assert marks(page)["86个"] == "su"
    at = text.index("86个")
    assert f'id="m1-{at}"' in page
    assert f'data-fix="m1-{at}"' in page
    assert f'href="#a1-{text.index("52个")}"' in page
    assert f'id="a1-{text.index("52个")}"' in page
    # The tally says as much as the lists below it.
    tally = [int(n) for n in re.findall(r"</span> \S+ (\d+)</span>", page)]
    assert tally == [0, 0, 1, len(re.findall(r'<li id="a1-', page))]


def test_a_second_correction_of_a_figure_takes_the_place_of_the_first(staff: People) -> None:
    (said,) = corrections(post(staff.reader, set=SPOT, indicator=INVESTMENT))
    page = post(staff.reader, correction=said, set=SPOT, indicator=INVESTMENT, place="上林县")
    assert marks(page)["1.2345亿元"] == "no"
    assert len(corrections(page)) == 1
    panel = post(staff.reader, "correct", correction=corrections(page), fix=SPOT)
    assert 'value="广西壮族自治区南宁市上林县"' in panel
    assert f'value="{INVESTMENT}"' in panel


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "至少写一项"),
        ({"indicator": "没有的指标"}, "目录中没有"),
        ({"indicator": "吸纳农村劳动力就业人数"}, "不能与它相比"),
        ({"indicator": INVESTMENT, "place": "火星"}, "没有这个地方"),
        ({"indicator": INVESTMENT, "own": "on"}, "写明是哪里"),
        ({"indicator": INVESTMENT, "since": "2023-01-01"}, "截止日"),
        ({"since": "2023-02-01", "until": "2023-01-01"}, "截止日之后"),
        ({"until": "昨天"}, "日期"),
        ({"remember": "on", "words": "种下希望", "place": "南宁市"}, "哪个指标"),
        ({"indicator": INVESTMENT, "remember": "on", "words": "希"}, "2至30个字"),
        ({"indicator": INVESTMENT, "remember": "on", "words": "别处的词"}, "紧挨着"),
        ({"indicator": INVESTMENT, "remember": "on", "words": "协作资金"}, "另一个指标"),
    ],
)
def test_what_is_wrong_is_said_in_the_panel_and_nothing_typed_is_lost(
    staff: People, fields: dict[str, str], said: str
) -> None:
    page = post(staff.reader, status=422, set=SPOT, **fields)
    assert said in page
    for value in fields.values():
        assert f'value="{value}"' in page or value == "on"
    assert ("body", TEXT) in hidden(page)
    assert Saying.objects.count() == 0


def test_what_is_not_there_to_be_corrected_is_said(staff: People) -> None:
    for spot in ("", "1:0:3", "9:0:3", "x", f"2{SPOT[1:]}"):
        for name, field in (("correct", "fix"), ("check", "set")):
            if spot or name == "correct":
                page = post(staff.reader, name, 422, **{field: spot})
                assert "找不到要改认的那个数" in page
                assert "种下希望" in page
    assert "手工改认的内容不完整" in post(staff.reader, status=422, correction="{}")


def test_a_changed_text_keeps_what_can_be_found_again(staff: People) -> None:
    (said,) = corrections(post(staff.reader, set=SPOT, indicator=INVESTMENT))
    moved = client(staff.reader).post(
        reverse("checking:check"), {"text": "编者按。\n" + TEXT, "correction": said}
    )
    assert marks(moved.content.decode())["1.2345亿元"] == "ok"
    gone = client(staff.reader).post(
        reverse("checking:check"), {"text": TEXT.replace("1.2345", "1.3"), "correction": said}
    )
    assert "没有套用：1.2345亿元" in gone.content.decode()
    assert corrections(gone.content.decode()) == []


def test_nobody_learns_by_a_correction_what_they_may_not_read(staff: People) -> None:
    page = post(staff.stranger, set=SPOT, indicator=INVESTMENT, place="南宁市")
    assert marks(page)["1.2345亿元"] == "no"
    assert "/f/industry" not in page


# The words of an office.


def remembered(user: User) -> str:
    return post(user, set=SPOT, indicator=INVESTMENT, remember="on", words="种下希望")


def test_an_office_remembers_and_another_one_does_not(staff: People) -> None:
    page = remembered(staff.reader)
    assert "已记住" in page
    colleague, other = staff.dispatcher, staff.eastern
    assert marks(post(colleague))["1.2345亿元"] == "ok"
    assert marks(post(other))["1.2345亿元"] == "no"
    saying = Saying.objects.get()
    assert (saying.office, saying.words, saying.indicator, saying.made_by) == (
        "南宁市协作办",
        "种下希望",
        "industry.investment",
        staff.reader,
    )


def test_the_page_of_words_is_the_office_s_own(staff: People) -> None:
    remembered(staff.reader)
    pk = str(Saying.objects.get().pk)
    words, forget = reverse("checking:words"), reverse("checking:forget")
    assert "种下希望" in client(staff.dispatcher).get(words).content.decode()
    stranger = client(staff.eastern)
    assert "种下希望" not in stranger.get(words).content.decode()
    assert "没有这个说法" in stranger.post(forget, {"saying": pk}, follow=True).content.decode()
    assert Saying.objects.in_force().count() == 1
    colleague = client(staff.dispatcher)
    assert colleague.get(forget).status_code == 405
    for given in ("", "x", "9" * 30, "０"):
        colleague.post(forget, {"saying": given})
    assert "已取消" in colleague.post(forget, {"saying": pk}, follow=True).content.decode()
    assert marks(post(staff.reader))["1.2345亿元"] == "no"


def test_who_has_no_office_is_offered_no_memory(staff: People) -> None:
    alone = make_user("gu", "顾一")
    assert "本单位记住" not in post(alone, "correct", fix=SPOT)
    remembered(alone)
    assert Saying.objects.count() == 0
    page = client(alone).get(reverse("checking:words")).content.decode()
    assert "没有填写单位" in page


def test_files_are_corrected_too(staff: People) -> None:
    file = SimpleUploadedFile("二.txt", TEXT.encode())
    page = client(staff.reader).post(
        reverse("checking:check"), {"text": "前言3个。", "documents": [file]}
    )
    fields: dict[str, list[str]] = {}
    for name, value in hidden(page.content.decode()):
        fields.setdefault(name, []).append(value)
    answer = client(staff.reader).post(
        reverse("checking:check"), {**fields, "set": f"2{SPOT[1:]}", "indicator": INVESTMENT}
    )
    assert marks(answer.content.decode())["1.2345亿元"] == "ok"


# The picker.


@pytest.mark.parametrize("typed", ["实际到位投资", "到位投资", "sjdwtz", "shijidaowei", "dwtz"])
def test_an_indicator_is_found_by_name_alias_and_pinyin(typed: str) -> None:
    assert INVESTMENT in [one.name for one in finding_indicators.find(typed)][:5]


def test_the_picker_offers_what_a_figure_can_be(staff: People) -> None:
    address = reverse("checking:find_indicators")
    asked = {"name": "indicator", "indicator": "dwtz", "kind": "amount", "unit": "元"}
    page = client(staff.reader).get(address, asked).content.decode()
    assert f'data-label="{INVESTMENT}"' in page
    page = (
        client(staff.reader).get(address, asked | {"kind": "people", "unit": "人"}).content.decode()
    )
    assert INVESTMENT not in page
    assert "计量单位" in page
    chosen = client(staff.reader).get(address, asked | {"indicator": INVESTMENT}).content.decode()
    assert "choice" not in chosen
    typed = client(staff.reader).get(address, {"q": "<b>"}).content.decode()
    assert "<b>" not in unescape(re.sub(r"<(?:p|/p)[^>]*>", "", typed))
    assert finding_indicators.find(" ") == []


def test_a_check_and_its_corrections_store_nothing(staff: People) -> None:
    def rows() -> dict[str, int]:
        return {str(model): model._default_manager.count() for model in apps.get_models()}

    browser = client(staff.reader)
    before = rows()
    file = SimpleUploadedFile("大.txt", (TEXT * 2000).encode())
    for fields in (
        {"text": TEXT, "documents": [file]},
        {"name": "稿", "body": TEXT, "set": SPOT, "indicator": INVESTMENT},
    ):
        assert browser.post(reverse("checking:check"), fields).status_code == 200
    assert rows() == before
