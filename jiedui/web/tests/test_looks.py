import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client

from jiedui.accounts.tests.people import make_user

TEMPLATES = sorted(Path(__file__).parents[2].rglob("templates/**/*.html"))


@pytest.mark.one_engine
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_stands_without_request_or_database(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html
    assert "回到看板" in html


@pytest.mark.django_db
def test_what_is_not_there_says_so_in_chinese(client: Client) -> None:
    client.force_login(make_user("tian", "田小禾"))
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()


@pytest.mark.django_db
def test_the_bar_names_who_is_signed_in_and_where_one_is(client: Client) -> None:
    client.force_login(make_user("tian", "田小禾", "上林县协作办"))
    html = client.get("/components/").content.decode()
    assert "田小禾" in html
    assert 'aria-label="主导航"' in html
    assert client.get("/pairings/").content.decode().count('aria-current="page"') == 2


# Handed out as a file that stands alone, with a policy of its own; never shown as a page of the house.
STANDS_ALONE = {"checksheet.html"}


@pytest.mark.one_engine
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_style_or_script(template: Path) -> None:
    text = re.sub(r"{%.*?%}", "", template.read_text(encoding="utf-8"))
    if template.name in STANDS_ALONE:
        text = re.sub(r"<style>.*?</style>", "", text, count=1, flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)


STYLESHEET = Path(__file__).parents[3] / "web" / "src" / "jiedui.css"


@pytest.mark.one_engine
def test_the_stylesheet_has_no_raw_colour_outside_its_tokens() -> None:
    text = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    screen, _print = text.split("@media print")
    after_tokens = screen.split("}", 1)[1]
    assert re.findall(r"(?<![%\w-])#[0-9a-fA-F]{3,8}\b", after_tokens) == []


@pytest.mark.one_engine
def test_every_token_that_is_used_is_defined() -> None:
    text = STYLESHEET.read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    defined = set(re.findall(r"(--[\w-]+):", text))
    assert used <= defined
