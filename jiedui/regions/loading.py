"""Filling the register of regions from the web build's list and from this room's own tables."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from django.db import transaction
from pypinyin import Style, lazy_pinyin

from jiedui.lib.places import NATION, level_of, parse_pairing_key, twelve
from jiedui.regions.models import Pairing, Region
from jiedui.regions.moves import MUNICIPALITIES, forget_moves
from jiedui.regions.names import forget_names

DATA = Path(__file__).parent / "data"


class Division(TypedDict):
    """One row of divisions.json; what else a row says is not needed here."""

    code: str
    name: str


class Move(NamedTuple):
    """A whole place that got another code on a day."""

    old: int
    name: str
    new: int
    on: date


_WRITTEN = (
    "name short_name level parent is_place pinyin initials valid_from valid_to successor".split()
)


class MoveCycle(ValueError):
    """A table of moves that leads back to where it began."""


def load_regions(divisions: Iterable[Division], moves: Iterable[Move]) -> int:
    """Write all regions; the same rows again change nothing. The answer is how many there are.

    A move whose new place is not among the divisions is left out, so a part of the country can be
    loaded alone. Places that vanished from the list stay: records and grants name them.
    """
    regions = {twelve(int(row["code"])): row["name"] for row in divisions}
    known = [move for move in moves if twelve(move.new) in regions]
    _refuse_cycles(known)
    begun = {twelve(move.new): move.on for move in known}
    rows = [_region(code, name, begun.get(code)) for code, name in sorted(regions.items())]
    for move in known:
        row = _region(twelve(move.old), move.name, begun.get(twelve(move.old)))
        row.valid_to = move.on - timedelta(days=1)
        row.successor_id = twelve(move.new)
        rows.append(row)
    _set_parents(rows)
    with transaction.atomic():
        # Successors come first, because SQLite checks a foreign key at the end of each statement.
        for batch in ([r for r in rows if not r.successor_id], [r for r in rows if r.successor_id]):
            Region.objects.bulk_create(
                batch,
                batch_size=500,
                update_conflicts=True,
                unique_fields=["code"],
                update_fields=_WRITTEN,
            )
    forget_moves()
    forget_names()
    return len(rows)


def _refuse_cycles(moves: list[Move]) -> None:
    following = {move.old: move.new for move in moves}
    for start in following:
        seen = {start}
        code = start
        while (code := following.get(code, NATION)) != NATION:
            if code in seen:
                raise MoveCycle(f"{start} becomes itself again")
            seen.add(code)


def _region(code: int, name: str, valid_from: date | None) -> Region:
    syllables = _syllables(name)
    return Region(
        code=code,
        name=name,
        short_name=short_name(name),
        level=level_of(code),
        parent=NATION,
        is_place=not is_grouping(code),
        pinyin="".join(syllables),
        initials="".join(syllable[0] for syllable in syllables),
        valid_from=valid_from,
    )


def _set_parents(rows: list[Region]) -> None:
    """The nearest real place above; a province's code is real even when it is not in the list."""
    groupings = {row.code for row in rows if not row.is_place}
    for row in rows:
        upper = row.code // 10**8 * 10**8
        if upper == row.code or upper in groupings or is_grouping(upper):
            upper = row.code // 10**10 * 10**10
        row.parent = NATION if upper == row.code else upper


def is_grouping(code: int) -> bool:
    """Whether a city-level code groups places and is none (市辖区, 县, 省直辖县级行政区划)."""
    if level_of(code) != 4:
        return False
    province, city = code // 10**10, code // 10**8 % 100
    return city == 90 or province in MUNICIPALITIES


_ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "盟")
_SMALL_ENDINGS = ("区", "县", "旗")
_SHORT_NAMES = {"神农架林区": "神农架"}
_PEOPLES = (
    "蒙古族 蒙古 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 "
    "哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 土族 "
    "达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯 阿昌族 普米族 塔吉克 怒族 鄂温克族 "
    "保安族 裕固族 独龙族 鄂伦春 各族"
).split()


def short_name(name: str) -> str:
    """The everyday name: 上林县 → 上林, 广西壮族自治区 → 广西; two-character names stay (横县)."""
    if name in _SHORT_NAMES:
        return _SHORT_NAMES[name]
    for ending in _ENDINGS + _SMALL_ENDINGS:
        short = name.removesuffix(ending)
        if short != name:
            break
    else:
        return name
    if "自治" in name:
        short = _without_peoples(short)
    return short if len(short) >= 2 else name


def _without_peoples(short: str) -> str:
    """积石山保安族东乡族撒拉族 → 积石山; what would leave one character is part of the name (内蒙古)."""
    for people in _PEOPLES:
        if short.endswith(people) and len(short) - len(people) >= 2:
            return _without_peoples(short.removesuffix(people))
    return short


def _syllables(name: str) -> list[str]:
    for start, reading in _readings().items():
        if name.startswith(start):
            return reading.split() + _plain(name.removeprefix(start))
    return _plain(name)


def _plain(text: str) -> list[str]:
    return lazy_pinyin(text, style=Style.NORMAL, v_to_u=False) if text else []


@cache
def _readings() -> dict[str, str]:
    table: dict[str, dict[str, str]] = tomllib.loads((DATA / "readings.toml").read_text("utf-8"))
    return table["readings"]


def read_divisions(path: Path) -> list[Division]:
    """The rows of divisions.json as the web build wrote it."""
    rows: list[Division] = json.loads(path.read_text("utf-8"))
    return rows


def read_moves() -> list[Move]:
    """The table of whole moves that comes with the product."""
    table = tomllib.loads((DATA / "moves.toml").read_text("utf-8"))
    return [
        Move(row["old"], row["name"], row["new"], date(row["year"], 1, 1)) for row in table["move"]
    ]


def load_pairings() -> int:
    """Register the pairings that come with the product; dates an office has set stay as they are."""
    table = tomllib.loads((DATA / "pairings.toml").read_text("utf-8"))
    for row in table["pairing"]:
        register_pairing(row["key"], start_on=row.get("start"), end_on=row.get("end"))
    return len(table["pairing"])


def register_pairing(
    key: str, *, start_on: date | None = None, end_on: date | None = None
) -> Pairing:
    """Register "440300-450100"; a registered one is answered as it is."""
    number = parse_pairing_key(key)
    east, west = divmod(number, 10**6)
    pairing, _created = Pairing.objects.get_or_create(
        id=number, defaults={"east": east, "west": west, "start_on": start_on, "end_on": end_on}
    )
    return pairing
