"""The catalogue of indicators (指标目录): look one up by its code, its name or an alias.

The catalogue is read once, from catalogue.toml beside this file, the first time it is asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from jiedui.indicators.definitions import Basis, Indicator, Line, Measure, Version
from jiedui.indicators.loading import CatalogueError, load

__all__ = [
    "Basis",
    "CatalogueError",
    "Indicator",
    "Line",
    "Measure",
    "UnknownIndicator",
    "Version",
    "all",
    "find",
    "get",
    "measures",
    "of_line",
    "parts",
]

PATH = Path(__file__).with_name("catalogue.toml")


class UnknownIndicator(LookupError):
    """No indicator has this code, name or alias; ``close`` holds up to three similar names."""

    def __init__(self, text: str, close: Iterable[str] = ()) -> None:
        self.text = text
        self.close = tuple(close)
        super().__init__(text)

    def __str__(self) -> str:
        hint = f"（是否指：{'、'.join(self.close)}）" if self.close else ""
        return f"目录中没有指标“{self.text}”{hint}"


def get(code: str) -> Indicator:
    """The indicator with exactly this code; raises UnknownIndicator."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownIndicator(code) from None


def find(text: str) -> Indicator:
    """The indicator with this code, name or alias; spaces and character width do not matter.

    Raises UnknownIndicator with similar names.
    """
    names = _by_name()
    try:
        return names[_plain(text)]
    except KeyError:
        raise UnknownIndicator(text, get_close_matches(_plain(text), names, 3, 0.6)) from None


def all() -> tuple[Indicator, ...]:  # noqa: A001
    """Every indicator, in the order of a board: by line of work, parts after their whole."""
    return tuple(_by_code().values())


def of_line(line: str) -> tuple[Indicator, ...]:
    """The indicators of one line of work, in the order of a board; empty for an unknown line."""
    return tuple(indicator for indicator in all() if indicator.line == line)


def parts(code: str) -> tuple[Indicator, ...]:
    """The parts (其中) of a whole, in order; empty when it has none."""
    return tuple(indicator for indicator in all() if indicator.whole == code)


def measures() -> dict[str, str]:
    """Code -> measure of everything that is posted, which is all but ratios."""
    return {
        indicator.code: indicator.measure.value
        for indicator in all()
        if indicator.measure is not Measure.RATIO
    }


@cache
def _by_code() -> dict[str, Indicator]:
    return load(PATH)


@cache
def _by_name() -> dict[str, Indicator]:
    return {
        _plain(name): indicator
        for indicator in _by_code().values()
        for name in (indicator.code, indicator.name, *indicator.aliases)
    }


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
