"""Every page a person can walk to, on a desk and on a phone: it fits, it is Chinese, nothing complains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from jiedui.accounts.tests.people import PASSWORD
from jiedui.lib import clock
from jiedui.lib.ids import uuid7
from jiedui.records import actions, review
from jiedui.records.tests.world import NOW, approved_receipt, make_office, record_receipt

DESK, PHONE = (1440, 900), (390, 844)

ENGLISH = frozenset("Excel Word PDF OFD HEIC WPS docx txt xlsx KB MB GB bytes N".split())
"""Latin words that stand in Chinese pages; names of formats and sizes, nothing else."""

PAGES_OF_ONE_VIEW = 2
MOST_PAGES = 60

TOTAL = {
    "region": "南宁市",
    "pairing": "440300-450100",
    "indicator": "实际到位投资额",
    "stated": "49.72亿元",
    "bound": "exact",
    "end_on": "2023-09-30",
}

# What people read: without codes, hashes and addresses, which are set in the mono face on purpose.
READ = """() => {
  const copy = document.body.cloneNode(true);
  for (const part of copy.querySelectorAll('.mono, .code, script, style, svg, [hidden], textarea'))
    part.remove();
  return copy.textContent;
}"""
LINKS = """() => [...document.querySelectorAll('a[href]')]
  .map((link) => new URL(link.getAttribute('href'), document.baseURI).href)"""
WIDTHS = "() => [document.documentElement.scrollWidth, window.innerWidth]"


@dataclass
class Walk:
    """One person walking through the house at one width."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    visited: dict[str, int] = field(default_factory=dict)

    def sign_in(self, username: str) -> None:
        self.page.goto(f"{self.base}/sign-in")
        self.look("/sign-in")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("button[type=submit]")

    def everywhere(self) -> None:
        """Follow links from the home page; some pages of each view, so that the walk ends."""
        waiting, seen = ["/"], {"/"}
        while waiting and sum(self.visited.values()) < MOST_PAGES:
            address = waiting.pop(0)
            name = view_of(address)
            if self.visited.get(name, 0) >= PAGES_OF_ONE_VIEW:
                continue
            response = self.page.goto(urljoin(self.base, address))
            if response is None or not response.ok:
                self.complain(address, f"answers {response and response.status}")
                continue
            self.visited[name] = self.visited.get(name, 0) + 1
            self.look(address)
            for found in self.page.evaluate(LINKS):
                link = local(found, self.base)
                if link and link not in seen:
                    seen.add(link)
                    waiting.append(link)

    def look(self, address: str) -> None:
        wide, inner = self.page.evaluate(WIDTHS)
        if wide > inner:
            self.complain(address, f"is {wide - inner} px too wide")
        words = set(re.findall(r"\b[A-Za-z]{2,}\b", self.page.evaluate(READ))) - ENGLISH
        if words:
            self.complain(address, f"says {sorted(words)[:8]}")

    def send_an_empty_form(self) -> None:
        """What a form says when everything is missing."""
        self.page.goto(f"{self.base}/records/k/industry.receipt/new/")
        self.page.click("button[value=submit]")
        assert self.page.locator(".msg.wrong").count() == 1
        self.look("an empty form")

    def hear(self, kind: str, text: str) -> None:
        # A form with errors answers 422, which the browser notes on its console.
        if kind == "error" and "422" not in text:
            self.complain(self.page.url, text)

    def complain(self, address: str, what: str) -> None:
        self.complaints.append(f"{address} {what}")


def view_of(address: str) -> str:
    path = urlsplit(address).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def local(link: str, base: str) -> str:
    """The path and query of a page of ours; "" for files, fragments alone and other hosts."""
    parts = urlsplit(link)
    if f"{parts.scheme}://{parts.netloc}" != base.rstrip("/"):
        return ""
    name = view_of(parts.path)
    if any(word in name for word in ("export", "sheet", "evidence", "sign_out")):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def house(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small office in December 2023, with records in every state."""
    started, wanted = clock._STARTED, "2023-12-12"
    monkeypatch.setattr(clock, "_SHIFT", clock.shift(started, wanted))
    office = make_office()
    declared = actions.record_many(
        kind="summary",
        rows=[TOTAL | {"uid": uuid7()}],
        by=office.city_enterer,
        now=NOW,
        submit=True,
    )
    review.approve_many(records=declared, by=office.city_reviewer, now=NOW)
    approved_receipt(office)
    record_receipt(office, amount_fen="1,200", received_on="2023-09-28")
    returned = record_receipt(office, amount_fen="900", received_on="2023-09-20")
    review.return_many(records=[returned], reason="缺进账单", by=office.people.reviewer, now=NOW)
    return live_server.url


@pytest.mark.slow
@pytest.mark.parametrize(
    ("username", "size"),
    [("shen", DESK), ("tian", PHONE), ("diao", PHONE), ("dong", DESK)],
    ids=["reviewer-desk", "enterer-phone", "dispatcher-phone", "eastern-desk"],
)
def test_every_page_fits_and_is_chinese(
    house: str, browser: Browser, username: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    walk = Walk(page, house)
    page.on("console", lambda said: walk.hear(said.type, said.text))
    page.on("pageerror", lambda error: walk.hear("error", str(error)))
    walk.sign_in(username)
    walk.everywhere()
    if "records:new" in walk.visited:
        walk.send_an_empty_form()
    context.close()
    assert walk.complaints == []
    assert {"web:board", "web:directory", "web:pairing", "web:region"} <= walk.visited.keys()
    assert {"records:index", "records:list", "records:detail"} <= walk.visited.keys()
    assert {"figures:index", "figures:figure"} <= walk.visited.keys()
