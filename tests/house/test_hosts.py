"""What is committed names no package source and nothing outside the repository."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {".git", ".jd", ".venv", "node_modules", "dist", "__pycache__", "test-results"}
CACHES = {".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}

PACKAGE_SOURCE = re.compile(
    r"https?://[^\s/\"']*(?:pypi|npm|registry|mirror|pythonhosted)[^\s/\"']*"
    r"|\b(?:pypi|npmjs|npmmirror|pythonhosted)\.(?:org|com|net|cn)\b"
)
OUTSIDE = re.compile(r"\.\./shared\b|/work/(?:main|shared|\.library)\b")
BESIDE = re.compile(r"/work/(?:main|shared|\.library)\b")


def committed_files() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(set(folders) - LEFT_OUT - CACHES)
        yield from (Path(folder, name) for name in sorted(files))


def is_test(path: Path) -> bool:
    """Tests may use the founders' shared material where it lies beside the project; nothing else may."""
    return "tests" in path.relative_to(ROOT).parts


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in committed_files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if (match := (BESIDE if pattern is OUTSIDE and is_test(path) else pattern).search(line))
        and path != Path(__file__).resolve()
    ]


@pytest.mark.parametrize("pattern", [PACKAGE_SOURCE, OUTSIDE])
def test_no_file_depends_on_a_place_of_ours(pattern: re.Pattern[str]) -> None:
    found = lines_with(pattern)
    assert not found, "\n" + "\n".join(found)


def test_locks_do_not_say_where_packages_came_from() -> None:
    locks = list(ROOT.glob("requirements*.lock"))
    assert {lock.stem for lock in locks} == {path.stem for path in ROOT.glob("requirements*.in")}
    for lock in [*locks, ROOT / "web" / "package-lock.json"]:
        text = lock.read_text()
        assert '"resolved"' not in text
        assert lock.suffix == ".json" or "://" not in text
