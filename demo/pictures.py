"""Takes the pictures of the README from a running demonstration.

With ``./jd demo`` running, ``.venv/bin/python -m demo.pictures`` writes docs/pictures; it needs the test
set, which ``./jd test`` installs.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import django
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"


class Picture(NamedTuple):
    """One picture: its name, who looks, where, and how wide and high the window is."""

    name: str
    username: str
    path: str
    width: int
    height: int


PICTURES = (
    Picture("board", "guyuan-fushen", "/board/371000-640400/", 1440, 1180),
    Picture(
        "figure",
        "nanning-shenhe",
        "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100",
        1440,
        1000,
    ),
    Picture("list", "xiji-shenhe", "/records/k/consumption.sale/", 1440, 900),
    Picture("form-phone", "xiji-tianbao", "/records/k/industry.receipt/new/", 390, 844),
)


def sign_in(page: Page, base: str, username: str) -> None:
    from demo.people import PASSWORD  # models may only be imported once Django is set up

    page.goto(f"{base}/sign-in")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def main(base: str = "http://127.0.0.1:8000") -> None:
    """Write every picture into docs/pictures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiedui.settings")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            size = {"width": picture.width, "height": picture.height}
            page = browser.new_context(viewport=size, locale="zh-CN").new_page()  # type: ignore[arg-type]
            sign_in(page, base, picture.username)
            page.goto(base + picture.path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{picture.name}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
