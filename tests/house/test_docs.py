"""What the pages for newcomers point to is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").rglob("*.md"))),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "jiedui").glob("*/README.md"))),
]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|[`（( ])\./jd ([a-z]+)", re.MULTILINE)
ROOM = re.compile(r"^\| `([a-z]+(?:/[a-z]+)*/?)` \|[^|]*\|([^|]*)\|$", re.MULTILINE)


@pytest.mark.one_engine
@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    path = ROOT / page
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in targets if not (path.parent / link).exists()] == []


@pytest.mark.one_engine
def test_every_command_that_is_named_is_one() -> None:
    listed = subprocess.run(
        [sys.executable, str(ROOT / "jd")], capture_output=True, text=True, check=True
    ).stdout
    known = set(re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE))
    named = {
        (page, name)
        for page in PAGES
        for name in COMMAND.findall((ROOT / page).read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert {(page, name) for page, name in named if name not in known} == set()


@pytest.mark.one_engine
def test_the_map_names_every_room_and_files_that_are_there() -> None:
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    start = {room.rstrip("/"): files for room, files in ROOM.findall(text)}
    rooms = {
        f"jiedui/{path.name}" for path in (ROOT / "jiedui").iterdir() if (path / "apps.py").exists()
    }
    assert rooms | {"jiedui/lib", "web", "demo", "bench"} <= set(start)
    for room, files in start.items():
        for name in re.findall(r"`([\w/.-]+)`", files):
            assert (ROOT / room / name).exists() or list((ROOT / room).rglob(name)), (room, name)
