"""What the reader is measured beside: jionlp's extraction, and one of regular expression and cn2an.

Both live in a folder of their own, made by `./jd bench checking`; one that is not there is left out
and said so.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import io
import logging
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / ".jd" / "rivals"

Count = Callable[[str], int]
"""Extracts everything of a text and says how much it found."""

_RUN = re.compile(r"[0-9.〇零一二两三四五六七八九十百千万亿]+(?:%|[个家名位人户次场期篇项亩元])?")


@contextlib.contextmanager
def found_in(folder: Path) -> Iterator[None]:
    """Imports look into the folder last, so that nothing of ours is taken from it."""
    sys.path.append(str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def jionlp(folder: Path = FOLDER) -> tuple[str, Count] | None:
    """Its money and its times with their values, which is all that it extracts of figures."""
    module = _module("jionlp", folder)
    if module is None:
        return None

    def count(text: str) -> int:
        return len(module.ner.extract_money(text)) + len(module.ner.extract_time(text))

    return f"jionlp {_version('jionlp', folder)}: extract_money + extract_time", count


def cn2an(folder: Path = FOLDER) -> tuple[str, Count] | None:
    """Runs of numerals by a regular expression, each turned into its value by cn2an."""
    module = _module("cn2an", folder)
    if module is None:
        return None

    def count(text: str) -> int:
        found = 0
        for match in _RUN.finditer(text):
            try:
                module.cn2an(match[0].rstrip("%个家名位人户次场期篇项亩元"), "smart")
            except ValueError:
                continue
            found += 1
        return found

    return f"cn2an {_version('cn2an', folder)}: numeral runs, smart", count


def _module(name: str, folder: Path) -> Any:
    """The module, without its greeting; None when it is not in the folder."""
    if not (folder / name).is_dir():
        return None
    # What it cannot parse it reports with a traceback; the bench does not charge it for that.
    logging.disable(logging.CRITICAL)
    with found_in(folder), contextlib.redirect_stdout(io.StringIO()):
        return importlib.import_module(name)


def _version(name: str, folder: Path) -> str:
    with found_in(folder):
        return importlib.metadata.version(name)
