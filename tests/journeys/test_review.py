"""Review: batches with a signed sheet, returns, two levels, and the two sides of a pairing."""

from __future__ import annotations

from playwright.sync_api import expect

from jiedui.ledger import heads
from jiedui.records.models import Record, SignedSheet
from tests.journeys.visits import PHONE, House, page_of

TRAINING = "labour.trainees/640422/2023-12-01..2023-12-15?pairing=371000-640400"

# What the button 审核通过 would send, without the button.
APPROVE_ANYWAY = """async (address) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({csrfmiddlewaretoken: token});
  return (await fetch(address, {method: "POST", body})).status;
}"""


def test_a_batch_is_approved_with_its_signed_sheet_and_one_is_returned_and_mended(
    house: House,
) -> None:
    head = heads.head()
    reviewer = house.visit("xiji-shenhe")
    reviewer.page.get_by_role("link", name="台账", exact=True).click()
    reviewer.page.get_by_role("link", name="待办", exact=True).click()
    queue = reviewer.page.locator("table[data-selection] tbody tr")
    expect(queue).to_have_count(30)
    reviewer.look("5-queue")
    # What waited longest comes first; the page after is one step away.
    reviewer.page.get_by_role("link", name="下一页").click()
    numbers = [queue.nth(at).get_by_role("link").first.inner_text() for at in (0, 1, 2)]
    for number in numbers[:2]:
        reviewer.page.get_by_role("checkbox", name=f"选中 {number}").check()
    expect(reviewer.page.locator("[data-chosen]")).to_have_text("2")
    reviewer.press("去审核")
    reviewer.read("共 2 件，全部通过或一件也不")
    reviewer.page.get_by_text("附签字表").click()
    reviewer.page.get_by_label("名称").fill("西吉县2023年12月台账签字表")
    reviewer.page.get_by_label("签字人").fill("苏晓禾、王志塬")
    reviewer.page.get_by_label("签字日期").fill("12月14日")
    reviewer.look("5-preview")
    reviewer.press("审核通过 2 件")
    # A wrong date is named, nothing is approved, and what was typed stays.
    reviewer.read("签字日期请写成 2023-09-30。")
    assert not SignedSheet.objects.filter(title="西吉县2023年12月台账签字表").exists()
    expect(reviewer.page.get_by_label("签字人")).to_have_value("苏晓禾、王志塬")
    reviewer.page.get_by_label("签字日期").fill("2023-12-14")
    reviewer.press("审核通过 2 件")
    reviewer.read("已审核 2 件。")
    first = Record.objects.get(pk=int(numbers[0][2:]))
    reviewer.go(page_of(first))
    reviewer.read("签字表：西吉县2023年12月台账签字表（苏晓禾、王志塬，2023-12-14）")
    # The county approved; the city has not, so nothing is posted yet.
    reviewer.read("待复审")
    assert heads.head() == head

    # Returning asks for a reason.
    third = Record.objects.get(pk=int(numbers[2][2:]))
    reviewer.go(page_of(third))
    reviewer.press("退回，写明原因")
    reviewer.read("请写退回的理由。")
    reviewer.page.get_by_label("退回的理由").fill("采购方与发票不符，请核对。")
    reviewer.press("退回，写明原因")
    reviewer.read("已退回。")

    author = house.visit("xiji-tianbao")
    author.page.locator("section").filter(has_text="待我办理").get_by_role(
        "link", name=third.title
    ).first.click()
    author.read("采购方与发票不符，请核对。")
    author.go("/records/todo/")
    returned = author.page.locator("section").filter(has_text="退回给我的")
    author.look("5-returned")
    returned.get_by_role("listitem").filter(has_text=third.number).get_by_role("link").click()
    author.page.get_by_role("link", name="继续填写").click()
    author.read("采购方与发票不符，请核对。")
    author.fill(amount_fen="2.9")
    author.press("报送")
    author.read("已报送，等待审核。")
    third.refresh_from_db()
    assert third.status == "submitted"


def test_a_phone_enters_and_two_levels_approve_and_nobody_their_own(house: House) -> None:
    clerk = house.visit("xiji-tianbao", PHONE)
    clerk.page.get_by_text("菜单").click()
    clerk.page.get_by_role("link", name="台账", exact=True).last.click()
    clerk.page.get_by_role("listitem").filter(has_text="劳务协作培训").get_by_role(
        "link", name="登记"
    ).click()
    expect(clerk.page.get_by_role("heading", name="登记一期培训")).to_be_visible()
    clerk.look("7-form")
    clerk.fill(course="冷链仓储", ended_on="2023-12-11", people="4o")
    clerk.press("报送")
    clerk.read("有 1 处要改")
    clerk.look("7-wrong")
    assert clerk.wrong("people")
    clerk.fill(people="46", poverty="18")
    clerk.press("报送")
    clerk.read("已报送，等待审核。")
    clerk.look("7-waits")
    path = clerk.page.url.removeprefix(house.base)
    expect(clerk.page.get_by_role("button", name="审核通过")).to_have_count(0)
    assert clerk.page.evaluate(APPROVE_ANYWAY, f"{path}do/approve/") == 409
    before = clerk.figure(TRAINING)
    clerk.read("含待审核为")

    county = house.visit("xiji-shenhe", PHONE)
    county.go("/records/k/labour.training/?tab=mine")
    row = county.row("冷链仓储")
    expect(row).to_contain_text("46")
    box = row.bounding_box()
    assert box
    assert box["height"] < 100
    county.look("7-list")
    # A touch anywhere on the row opens it.
    county.page.touchscreen.tap(box["x"] + box["width"] - 60, box["y"] + 16)
    expect(county.page.get_by_role("heading", name="冷链仓储")).to_be_visible()
    county.press("审核通过")
    county.read("初审通过，等待复审。")
    expect(county.page.get_by_role("button", name="审核通过")).to_have_count(0)
    assert county.page.evaluate(APPROVE_ANYWAY, f"{path}do/approve/") == 409

    # A reviewer of the city is no 复审, and the figure stands until that one has spoken.
    other = house.visit("guyuan-shenhe", PHONE)
    other.go(path)
    expect(other.page.get_by_role("heading", name="冷链仓储")).to_be_visible()
    expect(other.page.get_by_role("button", name="审核通过")).to_have_count(0)
    assert other.figure(TRAINING) == before

    city = house.visit("guyuan-fushen", PHONE)
    city.go("/records/todo/")
    city.look("7-queue")
    city.go(path)
    city.press("审核通过")
    city.read("已审核，数字已入账。")
    city.look("7-approved")
    assert city.figure(TRAINING) == "46 人"
    assert before != "46 人"
    city.look("7-figure")


def test_the_east_confirms_and_disputes_and_the_west_sees_it(house: House) -> None:
    east = house.visit("weihai")
    east.go("/records/k/industry.receipt/?tab=approved&region=640402")
    rows = east.page.locator("table.t tbody tr")
    numbers = [rows.nth(at).get_by_role("link").first.inner_text() for at in (0, 1)]
    agreed, disputed = (Record.objects.get(pk=int(number[2:])) for number in numbers)
    rows.nth(0).get_by_role("link").first.click()
    east.press("确认无误")
    east.read("已确认。")
    east.go(page_of(disputed))
    east.press("提出异议")
    east.read("请写明有异议的地方。")
    east.page.get_by_label("有异议的地方").fill("我方账上只到一半。")
    east.press("提出异议")
    east.read("已提出异议。")
    east.look("8-east")

    west = house.visit("yuanzhou-tianbao")
    west.go("/records/todo/")
    listed = west.page.locator("section").filter(has_text="对方有异议的")
    west.look("8-west")
    listed.get_by_role("listitem").filter(has_text=disputed.number).get_by_role("link").click()
    said = west.page.locator("section").filter(has_text="双方确认")
    expect(said).to_contain_text("有异议")
    expect(said).to_contain_text("我方账上只到一半。")
    expect(said).to_contain_text("海若宁")
    expect(west.page.locator(".head")).to_contain_text("对方有异议")
    expect(west.page.get_by_role("button", name="确认无误")).to_have_count(0)
    west.go(page_of(agreed))
    expect(west.page.locator("section").filter(has_text="双方确认")).to_contain_text("海若宁")
