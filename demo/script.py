"""What the demonstration does, step by step, in the order in which it was recorded.

A programme is a list of steps with the instants at which people took them. The player sorts the steps of
all programmes by time and takes them through the product's own actions, so the ledger has a past.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from jiedui.lib.periods import CHINA

Row = Mapping[str, object]


def at(day: date | str, clock: str = "10:00") -> datetime:
    """An instant by China day and clock time."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    hour, minute = clock.split(":")
    return datetime(on.year, on.month, on.day, int(hour), int(minute), tzinfo=CHINA)


@dataclass(frozen=True)
class Citation:
    """A published text that stands behind records (引文)."""

    title: str
    publisher: str
    published_on: date | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something a person does at an instant."""

    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Enter(Step):
    """Report rows of one kind; they join the named set, which others approve, return or correct."""

    kind: str
    rows: Sequence[Row]
    into: str
    citation: Citation | None = None
    submit: bool = True


@dataclass(frozen=True, kw_only=True)
class Approve(Step):
    """Take the next review step of everything waiting in a set, with a signed sheet if titled."""

    set: str
    sheet: str = ""
    signers: str = ""


@dataclass(frozen=True, kw_only=True)
class Return(Step):
    """Send the n-th record of a set back with a reason."""

    set: str
    nth: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Correct(Step):
    """Correct the n-th record of a set: some cells change; it waits for approval in ``into``."""

    set: str
    nth: int
    cells: Row
    reason: str
    into: str


@dataclass(frozen=True, kw_only=True)
class Void(Step):
    """Propose to void the n-th record of a set."""

    set: str
    nth: int
    reason: str
    into: str


@dataclass(frozen=True, kw_only=True)
class Say(Step):
    """Confirm the n-th posted record of a set, or dispute it with a reason."""

    set: str
    nth: int
    reason: str = ""


@dataclass
class Clock:
    """Gives records of one programme ids that are the same every time the demonstration is made."""

    seed: int
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def uid(self, instant: datetime) -> UUID:
        """A UUIDv7 of an instant with repeatable random bits."""
        ms = int(instant.timestamp() * 1000)
        bits = self._random.getrandbits(74)
        value = ms << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & (1 << 62) - 1
        return UUID(int=value)


def in_order(programmes: Iterable[Sequence[Step]]) -> list[Step]:
    """All steps by time; steps of one instant keep their order within a programme."""
    steps = [step for programme in programmes for step in programme]
    return sorted(steps, key=lambda step: step.at)


def later(instant: datetime, **parts: int) -> datetime:
    """An instant some days or hours later."""
    return instant + timedelta(**parts)
