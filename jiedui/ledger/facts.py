"""The ledger's words: what goes in, what is asked, what comes out. No database here.

Values are integers in the indicator's smallest unit (fen, persons, pieces). Days are China dates. Regions
and pairings are the numbers of `lib.places`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from jiedui.lib.bounds import Bound
from jiedui.lib.places import Box, Range


class Measure(StrEnum):
    """How an indicator's entries become a figure (计量方式); a ratio is made of two questions."""

    FLOW = "flow"  # 流量: the sum in a window
    STOCK = "stock"  # 存量: the sum up to a day
    DISTINCT = "distinct"  # 去重: subjects whose net in the window is above zero
    READING = "reading"  # 读数: the newest one, never summed


@dataclass(frozen=True, slots=True)
class Entry:
    """One value (分录) of one indicator at one western region, one pairing and one span first..last.

    `value` may be negative (an outlet closes: −1). `subject` is a party's random id, needed by a distinct
    indicator and ignored by the others; never personal data.
    """

    indicator: str
    region: int
    pairing: int
    first: date
    last: date
    value: int
    bound: Bound = Bound.EXACT
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A stated total (汇总数) for a slice, with the wording it was stated in (decision 0001).

    `own` means 本级 only; `pairing` 0 means all pairings; `start` None is an open start. `ranges` and `boxes`
    come from `regions`; empty ones mean the place and the pairing by their codes alone.
    """

    indicator: str
    region: int
    own: bool
    pairing: int
    start: date | None
    end: date
    value: int
    bound: Bound = Bound.EXACT
    wording: str = ""
    ranges: tuple[Range, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPosting:
    """One approved revision: what it states, and the posting whose entries it takes back.

    `commitment` is the SHA-256 of salt and content (decision 0002); `evidence` are SHA-256 of files and
    citations. Void = no entries and no declarations, only `reverses`.
    """

    record: UUID
    revision: int
    book: str
    entries: tuple[Entry, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    reverses: int | None = None
    evidence: tuple[str, ...] = ()
    commitment: str = field(default="")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the ledger answers to a posting; the same one again (`repeated`) when it is posted again."""

    posting: int
    book: str
    seq: int
    hash: str
    recorded_at: datetime
    repeated: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """A question's place, pairings and window; `boxes` None = all pairings, `start` None = open.

    A stock looks at `end` only. 本级 is a range of one code.
    """

    indicator: str
    ranges: tuple[Range, ...]
    boxes: tuple[Box, ...] | None
    start: date | None
    end: date


class Total(NamedTuple):
    """The answer to one slice.

    `value` is None only for a reading without data; a sum over nothing is 0, exact. `entries` counts the
    details standing in it (a reversed one and its reversal count nothing), `declarations` those counted
    inside. `cut_entries` and `cut_declarations` were left out because the window cuts them, `crossing` because
    an earlier declaration crosses them.
    """

    value: int | None
    bound: Bound
    entries: int = 0
    declarations: int = 0
    cut_entries: int = 0
    cut_declarations: int = 0
    crossing: int = 0
