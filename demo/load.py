"""Fills an empty house with the demonstration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command

from demo import ankang, made_up, nanning, parties, people, specialists
from demo.player import Player
from demo.script import in_order
from jiedui.accounts.models import User
from jiedui.lib.places import pairing_id, pairing_sides, parse_pairing_key
from jiedui.regions.models import Pairing

SEED = 20231215


class NotEmpty(RuntimeError):
    """The house already holds users: a demonstration is never mixed into real work."""


@dataclass(frozen=True)
class Loaded:
    """What was loaded."""

    records: int
    steps: int


def load() -> Loaded:
    """Load regions, people, registers and the programmes into an empty database.

    Raises NotEmpty when there is already a user.
    """
    if User.objects.exists():
        raise NotEmpty(
            "演示数据只能装入空库：这里已有用户。要看演示，请用 JIEDUI_HOME 指定一个空文件夹。"
        )
    call_command("loadregions", verbosity=0)
    register_pairings()
    users = people.create()
    register = parties.create(SEED)
    parties.create_people(users, parties.SECONDED | specialists.registered())
    invented = made_up.Generator(register, SEED).steps()
    programmes = (ankang.steps(), nanning.steps(), invented, specialists.steps())
    steps = in_order(programmes)
    return Loaded(records=Player(users).play(steps), steps=len(steps))


def register_pairings() -> None:
    """The programmes' pairings; the made-up one has county pairs of its own."""
    east, west = pairing_sides(parse_pairing_key(people.MADE_UP))
    made = [(east, west)]
    for number, county in enumerate(people.COUNTIES):
        made.append(((371002, 371003, 371082, 371083)[number % 4], county))
    for one, other in made:
        Pairing.objects.create(
            id=pairing_id(one, other), east=one, west=other, note=people.MADE_UP_NOTE
        )


def write_accounts(home: Path) -> None:
    """Leave the table of demo accounts, and the day the demonstration lives on, for ``./jd demo``."""
    path = home / "demo-accounts.json"
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(people.table(), ensure_ascii=False, indent=1), encoding="utf-8")
    (home / "demo-today").write_text(made_up.TODAY.isoformat())
    draft.replace(path)
