"""People who come to the house: each in a browser of their own, on a desk or a phone."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from demo.people import PASSWORD
from jiedui.ledger import heads
from jiedui.records.models import Record, Revision

DESK, PHONE = (1440, 900), (390, 844)

# Pictures for a person to look at, when wanted: JIEDUI_SHOTS=/some/folder.
SHOTS = os.environ.get("JIEDUI_SHOTS", "")

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Visit:
    """One person at one browser."""

    page: Page
    base: str
    context: BrowserContext

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, username: str) -> None:
        self.go("/sign-in")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(
            self.page.get_by_role("button", name="退出", include_hidden=True).first
        ).to_be_attached()

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="退出").click()
        expect(self.page.get_by_role("heading", name="登录")).to_be_visible()

    def look(self, name: str) -> None:
        """Keep a picture of the page, and see that nothing is cut off at its side."""
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
        # A page that has only just been reached has no element to measure yet.
        self.page.wait_for_load_state("domcontentloaded")
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"

    # What a page says.

    def read(self, text: str) -> Locator:
        """A text the person sees; waits for it."""
        found = self.page.get_by_text(text).first
        expect(found).to_be_visible()
        return found

    def row(self, text: str) -> Locator:
        """The rows in the bodies of tables that say so."""
        return self.page.locator("tbody tr").filter(has_text=text)

    def field(self, name: str) -> Locator:
        """The block of one field: label, sentence and box."""
        return self.page.locator(f".f:has([name={name}])")

    def wrong(self, name: str) -> str:
        """The sentence at a field that is marked."""
        block = self.page.locator(f".f.bad:has([name={name}])")
        return block.locator(".err").inner_text().strip()

    # What a person does.

    def fill(self, **cells: str) -> None:
        """Fill a form by the names of its columns; radios and selects are chosen."""
        for name, text in cells.items():
            box = self.page.locator(f"[name={name}]:not([type=hidden])")
            sort = box.first.evaluate("(one) => one.type")
            if sort == "radio":
                self.field(name).get_by_text(text, exact=True).click()
            elif sort.startswith("select"):
                box.select_option(label=text)
            else:
                if not box.is_visible():
                    self.page.get_by_text("更多（可不填）").click()
                box.fill(text)

    def attach(self, name: str) -> None:
        """Attach a small bank slip of this name."""
        slip: Any = {"name": name, "mimeType": "application/pdf", "buffer": PDF + name.encode()}
        self.page.locator("[name=files]").set_input_files([slip])
        expect(self.page.locator("#chosen-files")).to_have_text(name)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def figure(self, question: str) -> str:
        """The value on the page of a figure, as one reads it."""
        self.go(f"/f/{question}")
        return self.value()

    def value(self) -> str:
        return re.sub(r"\s+", " ", self.page.locator("p.value").inner_text()).strip()


@dataclass
class House:
    """The running house and who is in it."""

    base: str
    browser: Browser
    visits: list[Visit] = field(default_factory=list)

    def visit(self, username: str = "", size: tuple[int, int] = DESK) -> Visit:
        """A person comes, and signs in if named."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            has_touch=size == PHONE,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        visit = Visit(context.new_page(), self.base, context)
        self.visits.append(visit)
        if username:
            visit.sign_in(username)
        return visit

    def close(self) -> None:
        for visit in self.visits:
            visit.context.close()


def written() -> tuple[int, int, int]:
    """How much is written: records, revisions, the head of the ledger."""
    return Record.objects.count(), Revision.objects.count(), heads.head()


def page_of(record: Record) -> str:
    return reverse("records:detail", args=[record.uid])
