"""Bad input in forms: the field says so in Chinese, nothing is written, nothing typed is lost."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from demo.people import COUNTIES
from jiedui.records.models import Evidence, Record
from tests.journeys.visits import House, page_of, written

WRONG_CODE = "914403001234567850"  # The last character should be C.
FOREIGN = "450125000000"
SENT = "**/new/?*sent=1"

OFFER_A_FOREIGN_PLACE = """(code) => {
  const list = document.querySelector("select[name=region]");
  list.add(new Option("上林县", code, true, true));
}"""

# The form goes out, and its answer never comes: the person only sees a page that does not move.
SEND_BEHIND = """async (button) => {
  const data = new FormData(button.form);
  data.append(button.name, button.value);
  await fetch(button.form.action || location.href, {method: "POST", body: data});
}"""


def test_wrong_fields_are_marked_and_the_mended_form_is_one_record(house: House) -> None:
    before = written()
    visit = house.visit("yuanzhou-tianbao")
    visit.go("/records/k/labour.absorption/new/")
    visit.fill(enterprise=WRONG_CODE, hired_on="2024-01", people="5", poverty="9")
    visit.page.evaluate(OFFER_A_FOREIGN_PLACE, FOREIGN)
    visit.press("报送")
    visit.read("还没有存上")
    visit.look("4-marked")
    assert visit.wrong("enterprise") == "统一社会信用代码的校验位不对，请核对是否有错位"
    assert "2024" in visit.wrong("hired_on") or "今天" in visit.wrong("hired_on")
    assert (
        visit.wrong("poverty") == "其中脱贫人口（9 人）大于新吸纳农村劳动力人数（5 人），请核对。"
    )
    assert visit.wrong("region").startswith("您在这个地区没有填报权限")
    typed = {"enterprise": WRONG_CODE, "hired_on": "2024-01", "people": "5", "poverty": "9"}
    for name, text in (typed | {"region": FOREIGN}).items():
        expect(visit.page.locator(f"[name={name}]")).to_have_value(text)
    assert written() == before

    # Mended one by one; the same form sent twice is one record.
    visit.fill(region=f"{COUNTIES[640402][1]} 640402", enterprise="原州红杏实业有限公司（演示）")
    visit.fill(hired_on="2023-11", poverty="4")
    visit.page.get_by_role("button", name="报送").evaluate(SEND_BEHIND)
    records, revisions, head = written()
    assert (records, revisions, head) == (before[0] + 1, before[1] + 1, before[2])
    visit.press("报送")
    visit.read("已报送，等待审核。")
    assert written() == (records, revisions, head)


def test_a_missing_slip_is_asked_for_and_a_chosen_one_is_kept(house: House) -> None:
    before, files = written(), Evidence.objects.count()
    visit = house.visit("nanning-tianbao")
    visit.go("/records/k/industry.receipt/new/")
    visit.fill(region="马山县 450124", received_on="2023-12-31", amount_fen="一大笔", form="设备")
    visit.press("报送")
    visit.read("还没有存上")
    assert visit.wrong("amount_fen")
    assert visit.wrong("received_on")
    assert visit.wrong("enterprise") == "请填写企业。"
    visit.attach("设备清单.pdf")
    visit.press("报送")
    # The file came with a form that was refused: it is not lost, and needs no second choice.
    expect(visit.page.get_by_role("checkbox", name="设备清单.pdf")).to_be_checked()
    expect(visit.page.locator("[name=amount_fen]")).to_have_value("一大笔")
    expect(visit.page.locator("[name=form]:checked")).to_have_value("equipment")
    visit.look("4-kept")
    assert written() == before
    assert Evidence.objects.count() == files + 1


def test_two_people_on_one_record_the_second_sees_the_difference(house: House) -> None:
    found = Record.objects.filter(kind="labour.training", region=640402_000000, pending=None)
    record = found.exclude(posted=None).order_by("pk")[0]
    people = record.newest.data.fields["people"]
    assert isinstance(people, int)
    first, second = house.visit("yuanzhou-tianbao"), house.visit("guyuan-tianbao")
    for visit, number in ((first, people + 1), (second, people + 2)):
        visit.go(page_of(record))
        visit.page.get_by_role("link", name="更正").click()
        visit.fill(people=str(number), reason="签到表重新数过。")
    first.press("存草稿")
    first.read("草稿已存。")
    before = written()
    second.press("存草稿")
    second.read("打开之后已有他人改过，请核对差异后再存。")
    second.look("4-difference")
    difference = second.row("培训人次").first
    expect(difference.locator(".del")).to_have_text(str(people + 1))
    expect(difference.locator(".ins")).to_have_text(str(people + 2))
    second.read("马文川")
    expect(second.page.locator("[name=people]")).to_have_value(str(people + 2))
    expect(second.page.locator("[name=reason]")).to_have_value("签到表重新数过。")
    assert written() == before
    # Having seen it, the second decides.
    second.press("存草稿")
    second.read("草稿已存。")
    record.refresh_from_db()
    assert record.newest.typed["people"] == str(people + 2)


def test_whoever_goes_back_after_a_lost_answer_makes_no_second_record(house: House) -> None:
    before = written()
    visit = house.visit("yuanzhou-tianbao")
    page = visit.page
    visit.go("/records/k/labour.absorption/new/")
    address = page.url
    assert "uid=" in address
    cells = {
        "region": f"{COUNTIES[640402][1]} 640402",
        "enterprise": "原州红杏实业有限公司（演示）",
        "hired_on": "2023-11",
        "people": "5",
    }

    # The form never arrives: the page gone back to is the same form.
    def lose_form(route: Route) -> None:
        route.abort()

    def lose_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    for lost, made in ((lose_form, 0), (lose_answer, 1)):
        visit.fill(**cells)
        page.route(SENT, lost)
        with page.expect_event("requestfailed"):
            page.get_by_role("button", name="报送").click(no_wait_after=True)
        page.unroute(SENT, lost)
        assert written()[0] == before[0] + made
        page.go_back()
        if not made:
            expect(page.locator("[name=uid]")).to_have_value(address.partition("uid=")[2])
    # The second time it had arrived: going back says so instead of asking again.
    visit.read("已经存上，不必再填。")
    visit.read("待审核")
    visit.look("4-already")
    assert written() == (before[0] + 1, before[1] + 1, before[2])
