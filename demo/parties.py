"""The registers of the demonstration: invented enterprises and organisations, with valid credit codes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from stdnum.cn import uscc

from demo.people import ANKANG, COUNTIES, NANNING
from jiedui.accounts.models import User
from jiedui.lib.places import parse_pairing_key
from jiedui.parties import actions
from jiedui.parties.persons import NewPerson, record_persons

MARK = "（演示）"
"""What ends the name of everything made up."""


@dataclass(frozen=True)
class Register:
    """Names of the made-up programme by use; counties by six-digit code."""

    enterprises: dict[int, list[str]]
    halls: list[str]
    buyers: list[str]
    associations: list[str]


WORDS = (
    "云塬",
    "清水河",
    "六盘",
    "红杏",
    "苦荞",
    "黄花",
    "马铃薯",
    "冷凉蔬菜",
    "牛羊",
    "文旅",
    "箱包",
    "纺织",
)
FORMS = ("农业发展有限公司", "食品有限公司", "实业有限公司", "供应链有限公司")
BUYERS = (
    ("威海市机关事务服务中心", "government"),
    ("威海市总工会", "government"),
    ("环翠区教育和体育局", "government"),
    ("文登区供销合作社", "institution"),
    ("荣成市人民医院", "hospital"),
    ("乳山市实验中学", "school"),
    ("威海海滨商超", "firm"),
    ("环翠区东城社区", "community"),
    ("威海蓝湾景区", "firm"),
    ("荣成渔港酒店", "firm"),
    ("文登新港机械厂", "firm"),
    ("威海农品网络平台", "firm"),
)
ASSOCIATIONS = ("威海市西部商会", "荣成市食品行业协会", "文登区家纺协会", "乳山市牡蛎协会")

UNNAMED_INVESTOR = "镇坪县中药漱口水项目投资方（原文未具名）"
"""A public article tells the signing and not the firm."""

PUBLIC = ((UNNAMED_INVESTOR, "firm", 610927000000),)


def credit_code(number: int, region: int) -> str:
    """A credit code with right check digits for an invented firm: 91, the region, a number."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91{region:06d}MA{number:06d}"
    organisation = f"MA{number:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    digits = [int(c) if c.isdigit() else ord(c) - 55 for c in organisation]
    check = (11 - sum(w * d for w, d in zip(weights, digits, strict=True)) % 11) % 11
    stem = body + ("X" if check == 10 else str(check))
    for last in alphabet:
        if uscc.is_valid(stem + last):
            return stem + last
    raise ValueError(stem)


def create(seed: int) -> Register:
    """Enter all parties; answers their names."""
    rng = random.Random(seed)
    enterprises: dict[int, list[str]] = {}
    rows: list[tuple[str, str, int | None]] = []
    number = 1
    for code, (_prefix, county, _enterer, _reviewer) in COUNTIES.items():
        names = []
        for word in rng.sample(WORDS, 9):
            name = f"{county.rstrip('县区')}{word}{rng.choice(FORMS)}{MARK}"
            rows.append((credit_code(number, code), name, code * 10**6))
            names.append(name)
            number += 1
        enterprises[code] = names
    actions.record_enterprises(rows)
    east = 371000 * 10**6
    buyers = [(name + MARK, kind, east) for name, kind in BUYERS]
    associations = [(name + MARK, "association", east) for name in ASSOCIATIONS]
    firms = [
        (f"{place}{word}实业集团{MARK}", "firm", east)
        for place in ("威海", "荣成", "文登", "乳山")
        for word in ("海源", "东方", "盛泰", "华港", "金滩")
    ]
    actions.record_organisations([*buyers, *associations, *firms, *PUBLIC])
    return Register(
        enterprises=enterprises,
        halls=[name for name, _kind, _region in firms],
        buyers=[name for name, _kind, _region in buyers],
        associations=[name for name, _kind, _region in associations],
    )


Team = tuple[str, tuple[tuple[str, int], ...]]
"""The pairing and the people with their regions that one office enters."""

SECONDED: dict[str, Team] = {
    "ankang-tianbao": (
        ANKANG,
        (
            ("余海川", 610900),
            ("鲁远山", 610902),
            ("蒋新竹", 610925),
            ("丁江涛", 610927),
            ("章欣然", 610922),
        ),
    ),
    "nanning-tianbao": (NANNING, (("程皓", 450100),)),
}
"""Who the seconded people are; every name is invented."""


def create_people(users: dict[str, User], teams: Mapping[str, Team]) -> None:
    """Enter the seconded people and the specialists, each office its own."""
    for username, (pairing, people) in teams.items():
        rows = [NewPerson(name, code * 10**6, parse_pairing_key(pairing)) for name, code in people]
        record_persons(rows=rows, by=users[username])
