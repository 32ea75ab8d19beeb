"""从旧材料建账 in a browser: an annual report becomes the first ledger of an empty programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from pytest_django.live_server_helper import LiveServer

from demo.people import PASSWORD
from jiedui.accounts.models import Role, User
from jiedui.accounts.tests.people import grant
from jiedui.checking.tests.test_reports import REPORTS, Gold, gold, make_places
from jiedui.figures.answers import ask_many
from jiedui.figures.questions import Question
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import Window
from jiedui.records.models import Record
from jiedui.regions import places
from tests.journeys.visits import PHONE, House, Visit

LESHAN = 511100_000000
PAIRING = 330600_511100
EDITS = {
    "1560人次": {"indicator": "旅游团组游客人数", "unit": "人"},
    "1950万元": {"indicator": "社会帮扶资金"},
}
"""What a person puts right in the table: cells by the words of the figure."""


@pytest.fixture
def house(transactional_db: None, live_server: LiveServer, browser: Browser) -> Iterator[House]:
    """A house in which nothing is recorded of 绍兴—乐山."""
    make_places()
    for name, role in (("tian", Role.ENTER), ("shen", Role.REVIEW)):
        user = User.objects.create_user(name, PASSWORD, name=name, office="乐山市协作办")
        grant(user, role, LESHAN, book="330600-511100")
    opened = House(live_server.url, browser)
    yield opened
    opened.close()


def figure(visit: Visit, words: str) -> Locator:
    """The row of the table whose figure is written so."""
    said = visit.page.locator(".said b", has_text=re.compile(f"^{words}$"))
    return visit.page.locator("[data-adopt] tbody tr").filter(has=said)


def mend(visit: Visit) -> int:
    """Type what has to be put right; how many cells that was."""
    edited = 0
    for words, cells in EDITS.items():
        row = figure(visit, words)
        for column, text in cells.items():
            row.locator(f"input[name$='-{column}']").fill(text)
            edited += 1
        expect(row.locator("[data-tick]")).to_be_checked()
    return edited


def answered(wanted: set[Gold]) -> set[Gold]:
    """The gold rows the ledger answers with just their value and bound."""
    questions = {}
    for row in wanted:
        region, own = places.resolve(row.region)
        start = date.fromisoformat(row.start) if row.start else None
        window = Window(start, date.fromisoformat(row.end))
        questions[Question(row.indicator, region, window, own, PAIRING)] = row
    return {
        questions[answer.question]
        for answer in ask_many(list(questions), pending=False)
        if (answer.amount, answer.bound)
        == (questions[answer.question].value, Bound(questions[answer.question].bound))
    }


def test_a_report_becomes_a_ledger(house: House) -> None:
    wanted = gold("annual")
    report = (REPORTS / "annual.txt").read_text()
    clerk = house.visit("tian")
    # An empty board says how to begin.
    clerk.go("/board/330600-511100/")
    clerk.page.get_by_role("link", name="从旧材料建账").first.click()
    clerk.page.get_by_label("文稿").fill(report)
    clerk.press("列成表")
    expect(clerk.page.locator("tr#row-80")).to_be_attached()
    clerk.look("adopt-table")
    # Enter goes down a column, Space ticks.
    first = clerk.page.locator("[data-adopt] tbody tr").first
    first.locator("input[name$='-value']").press("Enter")
    expect(clerk.page.locator("tr#row-2 input[name$='-value']")).to_be_focused()
    tick = first.locator("[data-tick]")
    tick.press("Space")
    expect(tick).not_to_be_checked()
    tick.press("Space")
    # What is unsure can be looked at alone.
    clerk.page.get_by_label("只看要看的").check()
    assert clerk.page.locator("[data-adopt] tbody tr:visible").count() < 20
    clerk.look("adopt-only")
    clerk.page.get_by_label("只看要看的").uncheck()
    edited = mend(clerk)
    taken = clerk.page.locator("[data-tick]:checked").count()
    clerk.press("报送所选")
    clerk.read(f"已报送 {taken} 个汇总数")
    assert Record.objects.count() == taken

    reviewer = house.visit("shen")
    approve_all(reviewer)
    right = answered(wanted)
    print(
        f"\n{taken} declared, {len(right)} of {len(wanted)} right, {edited} of {taken * 8} cells edited"
    )
    assert len(right) >= 30
    assert edited <= 0.1 * taken * 8
    assert len(right) >= 0.95 * len(wanted)

    clerk.go("/board/330600-511100/?day=2022-12-31")
    clerk.read("财政援助资金到位额")
    clerk.look("adopt-board")
    assert (
        clerk.figure("labour.employed/511100/2022-01-01..2022-12-31?pairing=330600-511100")
        == "4,218 人"
    )
    clerk.go("/check/")
    clerk.page.get_by_label("文稿").fill(report)
    clerk.press("核对")
    expect(clerk.page.locator(".mk.ne")).to_have_count(0)
    clerk.look("adopt-checked")
    assert clerk.page.locator(".mk.ok").count() >= len(right)


def approve_all(visit: Visit) -> None:
    """Approve everything that waits, as many at once as the queue allows."""
    while True:
        visit.go("/records/todo/")
        if not visit.page.locator("[data-all]").count():
            return
        visit.page.locator("[data-all]").check()
        visit.page.locator("[data-needs-chosen]").first.click()
        visit.page.locator("button[value=approve]").click()


def test_the_table_on_a_phone(house: House, tmp_path: Path) -> None:
    file = tmp_path / "年报.txt"
    file.write_text((REPORTS / "annual.txt").read_text())
    clerk = house.visit("tian", PHONE)
    clerk.go("/check/adopt/")
    clerk.look("adopt-form-phone")
    clerk.page.locator("input[type=file]").set_input_files(file)
    clerk.press("列成表")
    expect(clerk.page.locator("tr#row-80")).to_be_attached()
    clerk.look("adopt-phone")
    # A wrong cell keeps what was typed and says what is wrong.
    row = figure(clerk, "186人")
    row.locator("input[name$='-value']").fill("一百八")
    clerk.press("报送所选")
    bad = figure(clerk, "186人")
    expect(bad.locator(".cell-error")).to_be_visible()
    expect(bad.locator("input[name$='-value']")).to_have_value("一百八")
    clerk.look("adopt-phone-wrong")
    assert not Record.objects.exists()
