"""The administrative divisions a reader knows: how counties are called, what they belong to."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

DIVISIONS = Path(__file__).parents[3] / "web" / "dist" / "data" / "divisions.json"
"""Made when the site is built; without it the general rules of names do alone."""
_SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|新区|林区|特区|[省市州县区盟旗])\Z")


@dataclass(frozen=True, slots=True)
class County:
    """What stands below a prefecture: the characters its full names end with, and those above it."""

    endings: frozenset[str]
    above: frozenset[str]


@dataclass(frozen=True)
class Places:
    """Counties by short name (互助), and the names that only lie in the provinces that help."""

    counties: Mapping[str, County] = field(default_factory=dict)
    east: frozenset[str] = frozenset()


NOWHERE = Places()


def places_of(rows: Iterable[Mapping[str, Any]], east: frozenset[str], peoples: str) -> Places:
    """From divisions with ``code``, ``name`` and ``level``; codes have six digits."""
    names = {str(row["code"]): str(row["name"]) for row in rows if "code" in row}
    short = {code: short_name(name, peoples) for code, name in names.items()}
    endings: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = defaultdict(set)
    helping: set[str] = set()
    helped: set[str] = set()
    for code, name in names.items():
        province, city = short.get(f"{code[:2]}0000", ""), short.get(f"{code[:4]}00", "")
        (helping if province in east else helped).update((name, short[code]))
        if not code.endswith("00") and len(short[code]) > 1:
            endings[short[code]].add(name[-1])
            above[short[code]].add(city or province)
    counties = {
        name: County(frozenset(ends), frozenset(above[name])) for name, ends in endings.items()
    }
    return Places(counties, frozenset(helping - helped))


def short_name(name: str, peoples: str) -> str:
    """互助土族自治县 → 互助, 陇县 → 陇县: without its kind and peoples, two characters at least."""
    short = _SUFFIX.sub("", name)
    if "自治" in name[len(short) :]:
        short = re.sub(f"(?<=..)(?:{peoples})+\\Z", "", short)
    return short if len(short) > 1 else name


@lru_cache(maxsize=4)
def load_places(path: Path, east: frozenset[str], peoples: str) -> Places:
    """The divisions of a JSON file; nowhere where there is none."""
    if not path.is_file():
        return NOWHERE
    return places_of(json.loads(path.read_text(encoding="utf-8")), east, peoples)
