"""The words the reader knows, as one value built from the data files beside this module."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from .gazetteer import DIVISIONS, NOWHERE, Places, load_places
from .words import Words, any_of, longest, words_of

DATA = Path(__file__).parent / "data"
PLACE_SUFFIXES = (
    "自治区", "自治州", "自治县", "自治旗", "特别行政区", "地区", "新区", "林区", "街道",
    "省", "市", "州", "县", "区", "盟", "旗", "镇", "乡", "村", "社区",
)  # fmt: skip

# The longest suffix comes first in the tuple, and so in the pattern.
_PLACE_SUFFIX = re.compile(f"(.{{2,}}?)(?:{'|'.join(PLACE_SUFFIXES)})\\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word after a numeral: ``kind`` of quantity, base ``unit`` and ``factor`` to it."""

    word: str
    kind: str
    unit: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Lexicon:
    """Everything the reader knows about words; immutable, made once and passed in.

    ``unit_words`` are the units by their word, ``unit_lengths`` the lengths of those that begin with a
    character, longest first. ``stops`` is keyed by a pair of
    characters that holds the numeral: the offset of the numeral in the word, and the word.
    ``regions`` are short place names (安康); ``indicators`` map a name or alias to a code.
    """

    unit_words: Mapping[str, Unit]
    unit_lengths: Mapping[str, tuple[int, ...]]
    not_before: Mapping[str, tuple[str, ...]]
    ordinals: tuple[str, ...]
    places: frozenset[str]
    stops: Mapping[str, tuple[tuple[int, str], ...]]
    words: Words
    furniture_line: re.Pattern[str]
    furniture_before: re.Pattern[str]
    regions: frozenset[str]
    indicators: Mapping[str, str]
    indicator_names: tuple[str, ...]
    places_known: Places = NOWHERE

    @cached_property
    def place_index(self) -> Mapping[str, tuple[str, ...]]:
        """Short names of places by their first two characters, longest first."""
        index: dict[str, list[str]] = {}
        for name in longest({*self.regions, *self.places_known.counties}):
            index.setdefault(name[:2], []).append(name)
        return {pair: tuple(names) for pair, names in index.items()}

    @cached_property
    def place_front(self) -> re.Pattern[str]:
        """Where the name of a place may begin: its first character, with a second one behind it."""
        pairs = [pair for pair in self.place_index if len(pair) == 2]
        if not pairs:
            return re.compile("(?!)")
        first, second = (re.escape("".join(sorted({p[at] for p in pairs}))) for at in (0, 1))
        return re.compile(f"[{first}](?=[{second}])")

    def knows(self, short: str) -> bool:
        """Whether a short name is that of a place, and not only looks like one."""
        return short in self.regions or short in self.places_known.counties

    def is_east(self, name: str) -> bool:
        """Whether a place lies only in the provinces that help."""
        known = self.places_known.east
        if name in known or name in self.words.east:
            return True
        short = short_place(name)
        return short in self.words.east or (short in known and name not in self.regions)

    def unit_at(self, text: str, pos: int) -> Unit | None:
        """The longest unit that stands at ``pos``; None where none does or it begins a word."""
        if pos >= len(text):
            return None
        for length in self.unit_lengths.get(text[pos], ()):
            unit = self.unit_words.get(text[pos : pos + length])
            if unit is not None:
                barred = self.not_before.get(unit.word)
                if barred and text.startswith(barred, pos + len(unit.word)):
                    continue
                return unit
        return None

    @cached_property
    def plain_figure(self) -> re.Pattern[str]:
        """Digits and a unit with nothing special about them: whole, decimals, 万 or 亿, 余 or 多, unit."""
        words = [
            re.escape(word)
            + (f"(?!{any_of(barred)})" if (barred := self.not_before.get(word)) else "")
            for word in longest(self.unit_words)
        ]
        return re.compile(
            rf"(\d{{1,15}})(?:\.(\d{{1,6}}))?([万亿]?)([余多]?+)((?>{'|'.join(words)}))"
            r"(?![余多半]|\s?[-—–~至到])"
        )

    def stop_at(self, text: str, pos: int) -> int:
        """The end of the stop word that holds the numeral at ``pos``; 0 where there is none."""
        found = 0
        for pair in (text[pos : pos + 2], text[max(pos - 1, 0) : pos + 1]):
            for offset, word in self.stops.get(pair, ()):
                start = pos - offset
                if start >= 0 and text.startswith(word, start):
                    found = max(found, start + len(word))
        return found

    def indicator(self, head: str) -> str | None:
        """The code of the longest indicator name or alias that ``head`` ends with, or is."""
        longest = len(self.indicator_names[0]) if self.indicator_names else 0
        for start in range(max(len(head) - longest, 0), len(head)):
            code = self.indicators.get(head[start:])
            if code is not None:
                return code
        return None

    def with_regions(self, names: Iterable[str]) -> Lexicon:
        """The same lexicon with more place names; a suffix such as 县 is taken off."""
        regions = self.regions | {short_place(name) for name in names if len(name) > 1}
        return replace(self, regions=regions)

    def with_divisions(self, path: Path = DIVISIONS) -> Lexicon:
        """The same lexicon with the counties of the file of divisions, where it has been made."""
        return replace(self, places_known=load_places(path, self.words.helping, self.words.peoples))

    def with_indicators(self, names: Mapping[str, str]) -> Lexicon:
        """The same lexicon with more indicator names and aliases, name to code."""
        merged = {**self.indicators, **names}
        return replace(self, indicators=merged, indicator_names=longest(merged))


def short_place(name: str) -> str:
    """A place name without its suffix, where at least two characters stay: 安康市 -> 安康."""
    match = _PLACE_SUFFIX.match(name)
    return match[1] if match else name


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two scopes name one place, with or without its suffix."""
    if one is None or other is None:
        return one is other
    return one == other or short_place(one) == short_place(other)


def load_regions(path: Path) -> frozenset[str]:
    """Place names from a JSON file: every string under a key ``name`` or in a plain list.

    A missing file is an empty set, because the file is made when the site is built.
    """
    if not path.is_file():
        return frozenset()
    names: set[str] = set()
    stack: list[Any] = [json.loads(path.read_text(encoding="utf-8"))]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            names.add(node)
        elif isinstance(node, list):
            stack.extend(node)
        elif isinstance(node, dict):
            stack.extend(v for k, v in node.items() if k == "name" or not isinstance(v, str))
    return frozenset(name for name in names if 2 <= len(name) <= 15)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _units(table: dict[str, Any]) -> dict[str, Unit]:
    units = [Unit(word, "amount", "元", Decimal(rate)) for word, rate in table["amount"].items()]
    units += [Unit(word, "amount", word) for word in table["currency"]["words"]]
    units += [Unit(word, "people", "人") for word in table["people"]["words"]]
    units += [Unit(word, "person_times", "人次") for word in table["person_times"]["words"]]
    units += [Unit(word, "percent", unit) for word, unit in table["percent"].items()]
    units += [Unit(word, "duration", shape) for word, shape in table["duration"].items()]
    for kind in ("ratio", "measure", "age", "count"):
        units += [Unit(word, kind, word) for word in table[kind]["words"]]
    units += [Unit(word, "count", word) for word in table["places"]["words"]]
    # The first meaning of a word is the one that holds.
    return {unit.word: unit for unit in reversed(units)}


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def _lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return [word for line in lines for word in line.split()]


def _stops(words: Iterable[str]) -> dict[str, tuple[tuple[int, str], ...]]:
    table: dict[str, list[tuple[int, str]]] = {}
    for word in set(words):
        for offset, char in enumerate(word):
            if char in "零〇一二两三四五六七八九十百千万亿半几数上":
                last = offset + 1 == len(word)
                pair = word[offset - 1 : offset + 1] if last else word[offset : offset + 2]
                table.setdefault(pair, []).append((offset, word))
    return {pair: tuple(found) for pair, found in table.items()}


def build() -> Lexicon:
    """The lexicon of the data files alone."""
    units, words, furniture = _toml("units.toml"), _toml("words.toml"), _toml("furniture.toml")
    regions = frozenset(_lines("regions.txt"))
    unit_words = _units(units)
    indicators = {
        name: code
        for code, entry in _toml("indicators.toml").items()
        for name in (entry["name"], *entry.get("aliases", ()))
    }
    return Lexicon(
        unit_words=unit_words,
        unit_lengths=_lengths(unit_words),
        not_before={word: tuple(found) for word, found in units["not_before"].items()},
        ordinals=longest(units["ordinal"]["words"]),
        places=frozenset(units["places"]["words"]),
        stops=_stops(_lines("stopwords.txt")),
        words=words_of(words),
        furniture_line=re.compile(any_of(furniture["line"])),
        furniture_before=re.compile(f"(?:{any_of(furniture['before'])})[^，。；\n\\d]{{0,4}}$"),
        regions=regions,
        indicators=indicators,
        indicator_names=longest(indicators),
    )


DEFAULT = build()
