"""The main job: from one recorded piece of work to a figure anyone can trust."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from jiedui.records.models import Record
from tests.journeys.visits import House, page_of

NEWCOMER = "91440300123456785C"
INVESTMENT = "industry.investment/450100/..2023-12-15?pairing=440300-450100"


def test_a_figure_on_the_board_leads_to_its_declaration_and_the_citation(house: House) -> None:
    visit = house.visit("nanning-diaodu")
    board = visit.row("实际到位投资额")
    expect(board).to_contain_text("万元")
    visit.look("1-board")
    board.get_by_role("link", name="497,200").click()
    expect(visit.page.get_by_role("heading", name="实际到位投资额")).to_be_visible()
    assert visit.value() == "49.72 亿元"
    visit.read("497,200 万元 = 4,972,000,000 元")
    visit.look("1-figure")
    source = visit.page.locator("#sources tbody tr")
    expect(source).to_have_count(1)
    expect(source).to_contain_text("汇总数")
    source.get_by_role("link").first.click()
    visit.read("49.72亿元")
    visit.look("1-declaration")
    citation = visit.page.locator("aside section").filter(has_text="佐证")
    expect(citation).to_contain_text("粤桂协作帮扶干部陈浩:把挂职当成任职 把他乡当成故乡")
    expect(citation).to_contain_text("南宁云—南宁新闻网")
    # The way back from the record leads to the same figure.
    visit.row("实际到位投资额").get_by_role("link", name="497,200").click()
    assert visit.value() == "49.72 亿元"


def test_a_receipt_is_entered_by_one_and_approved_by_another_and_the_total_changes_at_once(
    house: House,
) -> None:
    visit = house.visit("nanning-tianbao")
    visit.page.get_by_role("link", name="台账", exact=True).click()
    visit.page.get_by_role("listitem").filter(has_text="到位投资").get_by_role(
        "link", name="登记"
    ).click()
    # The enterprise is new: the form says so and leads to the register in a tab of its own.
    visit.fill(region="上林县 450125", enterprise=NEWCOMER)
    with visit.context.expect_page() as opened:
        visit.page.get_by_role("link", name="企业建档").click()
    register = opened.value
    register.get_by_label("统一社会信用代码").fill(NEWCOMER)
    register.get_by_label("名称").fill("深圳云帆新材料有限公司")
    register.get_by_role("button", name="存").click()
    expect(register.get_by_text("已建档：深圳云帆新材料有限公司")).to_be_visible()
    register.close()
    visit.fill(enterprise="云帆")
    visit.page.get_by_role("button", name=re.compile("深圳云帆新材料有限公司")).click()
    expect(visit.page.locator("[name=enterprise]")).to_have_value("深圳云帆新材料有限公司")
    visit.fill(received_on="2023-12-08", amount_fen="1,200", form="货币", origin="深圳市福田区")
    visit.read("壹仟贰佰万元整")
    visit.attach("进账单 20231208.pdf")
    visit.look("2-form")
    visit.press("报送")
    visit.read("已报送，等待审核。")
    visit.look("2-submitted")
    address = visit.page.url.removeprefix(house.base)

    # Nothing counts yet, and 含待审核 says what would.
    assert visit.figure(INVESTMENT) == "49.72 亿元"
    visit.read("含待审核为 49.84 亿元（1 件）")
    visit.go("/")
    line = visit.row("实际到位投资额")
    expect(line).to_contain_text("497,200")
    expect(line.get_by_role("link", name="498,400")).to_be_visible()
    visit.go(address)
    expect(visit.page.get_by_role("button", name="审核通过")).to_have_count(0)
    visit.sign_out()

    visit.sign_in("nanning-shenhe")
    visit.page.locator("section").filter(has_text="待我办理").get_by_text(
        "深圳云帆新材料有限公司"
    ).first.click()
    visit.read("进账单 20231208.pdf")
    visit.press("审核通过")
    visit.read("已审核，数字已入账。")
    visit.look("2-approved")
    visit.go("/")
    line = visit.row("实际到位投资额")
    expect(line.get_by_role("link", name="498,400")).to_be_visible()
    expect(line.get_by_role("link", name="497,200")).to_have_count(0)
    line.get_by_role("link", name="498,400").click()
    assert visit.value() == "49.84 亿元"
    expect(visit.page.locator("#sources tbody tr")).to_have_count(2)
    visit.look("2-figure")


def test_a_correction_changes_the_figure_and_yesterday_is_still_known(house: House) -> None:
    record = Record.objects.get(pk=_receipt_of_last_week())
    amount = record.newest.data.fields["amount_fen"]
    assert isinstance(amount, int)
    question = "industry.investment/640402/..2023-12-15?pairing=371000-640400"

    clerk = house.visit("yuanzhou-tianbao")
    before = clerk.figure(question)
    clerk.go(page_of(record))
    clerk.page.get_by_role("link", name="更正").click()
    clerk.fill(amount_fen=f"{amount // 100 + 1_000_000} 元", reason="漏计第二张进账单。")
    clerk.look("3-correction")
    clerk.press("报送")
    clerk.read("已报送，等待审核。")
    clerk.look("3-correction-waits")
    assert clerk.figure(question) == before

    county = house.visit("yuanzhou-shenhe")
    county.go(page_of(record))
    county.read("漏计第二张进账单。")
    county.press("审核通过")
    county.read("初审通过，等待复审。")
    assert county.figure(question) == before

    city = house.visit("guyuan-fushen")
    city.go(page_of(record))
    city.press("审核通过")
    city.read("已审核，数字已入账。")
    after = city.figure(question)
    assert after != before
    known = city.page.locator("#known")
    expect(known.get_by_role("combobox", name="从").locator("option:checked")).to_contain_text(
        "2023-12-14 昨天"
    )
    change = known.locator("tr").filter(has_text="漏计第二张进账单，")
    expect(change).to_contain_text(record.number)
    expect(change).to_contain_text("更正")
    expect(change).to_contain_text("+100")
    city.look("3-known")
    # The figure as known at the end of the day before still stands, at an address of its own.
    yesterday = known.locator("tr").filter(has_text="2023-12-14 日终")
    yesterday.get_by_role("link").click()
    city.read("所知（#")
    assert city.value() == before
    city.look("3-yesterday")


def _receipt_of_last_week() -> int:
    """A receipt of 原州区 that was posted a week before the demonstration's day."""
    found = Record.objects.filter(
        kind="industry.receipt", region=640402_000000, pending=None, first_on__gte="2023-11-01"
    )
    return found.filter(posted__isnull=False).order_by("pk").values_list("pk", flat=True)[0]
