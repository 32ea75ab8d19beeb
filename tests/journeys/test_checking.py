"""数据核校 in a browser: hand in a text, walk over what is wrong, hide marks, follow a figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
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
