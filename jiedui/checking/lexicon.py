"""The words the reader knows, as one value built from the data files beside this module."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

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
class HeadWords:
    """Words that decide where a noun phrase begins and ends."""

    noun_pairs: frozenset[str]
    noun_ends: frozenset[str]
    not_at_start: frozenset[str]
    people_verbs: frozenset[str]
    no_head: frozenset[str]
    organised: frozenset[str]


@dataclass(frozen=True)
class Words:
    """The words around quantities, as read from ``words.toml``."""

    prefixes: Mapping[str, str]
    prefix_pattern: re.Pattern[str]
    not_after: Mapping[str, tuple[str, ...]]
    suffixes: Mapping[str, str]
    suffix_pattern: re.Pattern[str]
    quals: tuple[str, ...]
    qual_pattern: re.Pattern[str]
    link_tail: re.Pattern[str]
    breaks: re.Pattern[str]
    verb_front: re.Pattern[str]
    tails: tuple[str, ...]
    people: tuple[str, ...]
    money: tuple[str, ...]
    money_pattern: re.Pattern[str]
    person_pattern: re.Pattern[str]
    growth_tail: re.Pattern[str]
    growth: re.Pattern[str]
    share: tuple[str, ...]
    adjunct: tuple[str, ...]
    landing: tuple[str, ...]
    body_pattern: re.Pattern[str]
    own: tuple[str, ...]
    heads: HeadWords
    place_stop: frozenset[str]
    not_place: frozenset[str]
    place_ends: tuple[str, ...]
    short_counties: frozenset[str]
    east: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Everything the reader knows about words; immutable, made once and passed in.

    ``units`` is keyed by first character, longest word first. ``stops`` is keyed by a pair of
    characters that holds the numeral: the offset of the numeral in the word, and the word.
    ``regions`` are short place names (安康); ``indicators`` map a name or alias to a code.
    """

    units: Mapping[str, tuple[Unit, ...]]
    not_before: Mapping[str, tuple[str, ...]]
    ordinals: tuple[str, ...]
    places: frozenset[str]
    stops: Mapping[str, tuple[tuple[int, str], ...]]
    words: Words
    furniture_line: re.Pattern[str]
    furniture_before: re.Pattern[str]
    regions: frozenset[str]
    region_pattern: re.Pattern[str]
    indicators: Mapping[str, str]
    indicator_names: tuple[str, ...]

    def unit_at(self, text: str, pos: int) -> Unit | None:
        """The longest unit that stands at ``pos``; None where none does or it begins a word."""
        if pos >= len(text):
            return None
        for unit in self.units.get(text[pos], ()):
            if text.startswith(unit.word, pos):
                end = pos + len(unit.word)
                barred = self.not_before.get(unit.word)
                if barred and text.startswith(barred, end):
                    continue
                return unit
        return None

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
        return replace(self, regions=regions, region_pattern=_region_pattern(regions))

    def with_indicators(self, names: Mapping[str, str]) -> Lexicon:
        """The same lexicon with more indicator names and aliases, name to code."""
        merged = {**self.indicators, **names}
        return replace(self, indicators=merged, indicator_names=_longest(merged))


def short_place(name: str) -> str:
    """A place name without its suffix, where at least two characters stay: 安康市 -> 安康."""
    match = _PLACE_SUFFIX.match(name)
    return match[1] if match else name


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


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in _longest(words))


def _region_pattern(regions: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{_any(regions)})" if regions else r"(?!)")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _units(table: dict[str, Any]) -> dict[str, tuple[Unit, ...]]:
    units = [Unit(word, "amount", "元", Decimal(rate)) for word, rate in table["amount"].items()]
    units += [Unit(word, "amount", word) for word in table["currency"]["words"]]
    units += [Unit(word, "people", "人") for word in table["people"]["words"]]
    units += [Unit(word, "person_times", "人次") for word in table["person_times"]["words"]]
    units += [Unit(word, "percent", unit) for word, unit in table["percent"].items()]
    units += [Unit(word, "duration", shape) for word, shape in table["duration"].items()]
    for kind in ("ratio", "measure", "age", "count"):
        units += [Unit(word, kind, word) for word in table[kind]["words"]]
    units += [Unit(word, "count", word) for word in table["places"]["words"]]
    by_first: dict[str, list[Unit]] = {}
    known: set[str] = set()
    for unit in sorted(units, key=lambda unit: -len(unit.word)):
        if unit.word not in known:
            known.add(unit.word)
            by_first.setdefault(unit.word[0], []).append(unit)
    return {first: tuple(found) for first, found in by_first.items()}


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


def _words(table: dict[str, Any]) -> Words:
    approx, function = table["approx"], table["function"]
    prefixes, suffixes = approx["prefix"], approx["suffix"]
    links, quals = _any(function["links"]), table["qual"]["words"]
    money, person, scope = table["money"]["nouns"], table["person"], table["scope"]
    growth = table["growth"]
    return Words(
        prefixes=prefixes,
        prefix_pattern=re.compile(f"({_any(prefixes)})(?:了)?$"),
        not_after={word: tuple(found) for word, found in approx["not_after"].items()},
        suffixes=suffixes,
        suffix_pattern=re.compile(_any(suffixes)),
        quals=tuple(quals),
        qual_pattern=re.compile(_any(quals)),
        link_tail=re.compile(f"(?:{links})$"),
        breaks=re.compile(_any(function["breaks"])),
        verb_front=re.compile(f"(?:{_any(function['verbs'])})"),
        tails=_longest(function["tails"]),
        people=_longest(table["people"]["nouns"]),
        money=_longest(money),
        money_pattern=re.compile(_any(money)),
        person_pattern=re.compile(
            f"(?:{_any(person['roles'])})([{person['surnames']}][\u4e00-\u9fff]{{1,2}}?)"
            f"(?=[{person['after']}\\s])"
        ),
        growth_tail=re.compile(f"(?:{_any(growth['words'])})$"),
        growth=re.compile(
            "同比|环比|较上年|比上年|较去年|比去年|增长|下降|增幅|降幅|提高|回落|上升"
        ),
        share=_longest(growth["share"]),
        adjunct=_longest(scope["adjunct"]),
        landing=_longest(scope["landing"]),
        body_pattern=re.compile(_any(scope["bodies"])),
        own=_longest(scope["own"]),
        heads=HeadWords(**{key: frozenset(found) for key, found in table["heads"].items()}),
        place_stop=frozenset(scope["stop"]),
        not_place=frozenset(scope["not_place"]),
        place_ends=_longest(scope["not_place"]),
        short_counties=frozenset(scope["short_counties"]),
        east=frozenset(scope["east"]),
    )


def build() -> Lexicon:
    """The lexicon of the data files alone."""
    units, words, furniture = _toml("units.toml"), _toml("words.toml"), _toml("furniture.toml")
    regions = frozenset(_lines("regions.txt"))
    indicators = {
        name: code
        for code, entry in _toml("indicators.toml").items()
        for name in (entry["name"], *entry.get("aliases", ()))
    }
    return Lexicon(
        units=_units(units),
        not_before={word: tuple(found) for word, found in units["not_before"].items()},
        ordinals=_longest(units["ordinal"]["words"]),
        places=frozenset(units["places"]["words"]),
        stops=_stops(_lines("stopwords.txt")),
        words=_words(words),
        furniture_line=re.compile(_any(furniture["line"])),
        furniture_before=re.compile(f"(?:{_any(furniture['before'])})[^，。；\n\\d]{{0,4}}$"),
        regions=regions,
        region_pattern=_region_pattern(regions),
        indicators=indicators,
        indicator_names=_longest(indicators),
    )


DEFAULT = build()
