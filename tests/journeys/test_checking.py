"""数据核校 in a browser: hand in a text, walk over what is wrong, hide marks, follow a figure."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pylopdf_fonts_zh_cn import sans_path
from pytest_django.live_server_helper import LiveServer

from jiedui.accounts.tests.people import PASSWORD, people
from jiedui.figures.tests.world import WAN, put, stated
from jiedui.regions.tests.world import make_regions

TEXT = (
    "深圳市与南宁市协作简报\n"
    "截至2023年9月底，南宁市实际到位投资1.2345亿元，吸纳农村劳动力就业4680人，"
    "其中脱贫人口5100人，种下梨树300棵。"
)


@pytest.fixture
def page(transactional_db: None, live_server: LiveServer, browser: Browser) -> Page:
    make_regions()
    people()
    put(stated(12_345 * WAN))
    put(stated(4_860, indicator="labour.absorbed"))
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_label("用户名").fill("cha")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="核校", exact=True).click()
    return page


def test_a_text_is_checked_and_walked_over_by_keys(page: Page) -> None:
    page.get_by_label("文稿").fill(TEXT)
    page.get_by_role("button", name="核对").click()
    expect(page.locator(".mk")).to_have_text(["1.2345亿元", "4680人", "5100人", "300棵"])
    page.keyboard.press("j")
    expect(page.locator(".mk.at")).to_have_text("4680人")
    page.keyboard.press("k")
    expect(page.locator(".mk.at")).to_have_text("300棵")
    page.get_by_label("账上没有").uncheck()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".mk.at")).not_to_have_text("300棵")
    page.locator(".mk.ne").click()
    expect(page.locator(".finds li:target h3")).to_contain_text("与账不符")
    expect(page.locator(".finds li:target")).to_contain_text("颠倒")
    page.locator(".mk.ok").click()
    expect(page.get_by_role("heading", name="实际到位投资额", level=1)).to_be_visible()


def test_a_reading_is_corrected_by_keys_and_remembered_for_the_office(page: Page) -> None:
    page.get_by_label("文稿").fill(TEXT.replace("实际到位投资", "种下希望"))
    page.get_by_role("button", name="核对").click()
    mark = page.locator(".mk", has_text="1.2345亿元")
    expect(mark).to_have_class("mk no")
    page.keyboard.press("j")
    expect(mark).to_be_focused()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="改认这个数")
    expect(dialog).to_contain_text("种下希望1.2345亿元")
    expect(dialog.get_by_label("指标")).to_be_focused()
    # Escape leaves nothing behind that would be sent with another button.
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#correct *")).to_have_count(0)
    page.locator(".findings li", has_text="1.2345亿元").get_by_role("button", name="改认").click()
    dialog.get_by_label("指标").press_sequentially("dwtz")
    dialog.get_by_role("button", name="实际到位投资额").click()
    dialog.get_by_label("本单位记住这个说法").check()
    expect(dialog.get_by_label("说法", exact=False).last).to_have_value("种下希望")
    dialog.get_by_role("button", name="按此核对").click()
    expect(mark).to_have_class("mk ok")
    expect(mark).to_have_attribute("data-hand", "")
    expect(mark).to_be_in_viewport()
    expect(page.get_by_role("status")).to_contain_text("已记住")
    page.get_by_role("button", name="撤销").click()
    # The office has remembered: without the correction the figure is known all the same.
    expect(mark).to_have_class("mk ok")
    expect(page.locator("[data-hand]")).to_have_count(0)
    page.get_by_role("link", name="另核一篇").click()
    page.get_by_role("link", name="本单位的说法").click()
    expect(page.locator("tbody tr")).to_contain_text("种下希望")
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("status")).to_contain_text("已取消")
    expect(page.locator("tbody tr")).to_have_count(0)


def test_a_panel_with_an_error_keeps_what_was_typed(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("文稿").fill(TEXT)
    page.get_by_role("button", name="核对").click()
    page.locator(".findings li", has_text="300棵").get_by_role("button", name="改认").click()
    page.get_by_role("dialog").get_by_label("指标").fill("实际到位投资额")
    page.get_by_role("button", name="按此核对").click()
    expect(page.get_by_text("不能与它相比").first).to_be_visible()
    expect(page.get_by_label("指标")).to_have_value("实际到位投资额")
    width, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= shown
    page.get_by_role("button", name="不改了").click()
    expect(page.locator(".mk", has_text="300棵")).to_have_class("mk no")


def test_a_page_printed_to_pdf_reads_as_its_text_does(page: Page, tmp_path: Path) -> None:
    """Chromium sets the lines and numbers the pages, as any office's printer does."""
    file = tmp_path / "简报.pdf"
    # The font is part of the page, as not every machine has a Chinese one.
    font = base64.b64encode(sans_path().read_bytes()).decode()
    style = (
        f"@font-face {{ font-family: zh; src: url(data:font/otf;base64,{font}) }}"
        "body { font: 16pt zh } p { text-indent: 2em; text-align: justify }"
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() * 20)
    number = "<p style='font-size: 9px; width: 100%; text-align: center'>— <span class=pageNumber></span> —</p>"
    other = page.context.new_page()
    other.set_content(f"<meta charset=utf-8><style>{style}</style>{paragraphs}")
    other.evaluate("document.fonts.ready")
    other.pdf(
        path=file,
        format="A4",
        display_header_footer=True,
        header_template=number,
        footer_template=number,
    )
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="核对").click()
    expect(page.locator(".mk").first).to_have_text("1.2345亿元")
    assert page.locator(".mk").all_inner_texts() == ["1.2345亿元", "4680人", "5100人", "300棵"] * 20
    article = page.locator("article.text").inner_text()
    assert [line for line in article.splitlines() if line.strip()] == TEXT.splitlines() * 20


def test_a_file_is_checked_on_a_phone_without_scrolling_sideways(
    page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "简报.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("heading", name="简报.txt")).to_be_visible()
    expect(page.locator(".mk.ok")).to_have_text("1.2345亿元")
    width, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= shown
