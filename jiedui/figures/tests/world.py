"""A little of 深圳–南宁 straight in the ledger, for tests of figures; nothing of it was made by records."""

from __future__ import annotations

from datetime import UTC, date, datetime

from jiedui.accounts.tests.people import (
    BOOK,
    GUANGXI,
    MASHAN,
    NANNING,
    SHANGLIN,
    SHENZHEN_NANNING,
)
from jiedui.figures.questions import Question
from jiedui.ledger import posting
from jiedui.ledger.facts import Declaration, Entry, NewPosting, Receipt
from jiedui.lib.bounds import Bound
from jiedui.lib.ids import uuid7
from jiedui.lib.periods import Window
from jiedui.lib.places import Box, Range, range_of
from jiedui.regions import places

INVESTMENT = "industry.investment"
WAN = 1_000_000
"""One 万元 in fen."""

SEPTEMBER = date(2023, 9, 30)
EARLY = datetime(2023, 10, 12, 2, tzinfo=UTC)
LATE = datetime(2023, 10, 20, 2, tzinfo=UTC)

__all__ = [
    "BOOK",
    "EARLY",
    "GUANGXI",
    "INVESTMENT",
    "LATE",
    "MASHAN",
    "NANNING",
    "SEPTEMBER",
    "SHANGLIN",
    "SHENZHEN_NANNING",
    "WAN",
    "detail",
    "put",
    "question",
    "stated",
]


def question(
    indicator: str = INVESTMENT,
    region: int = NANNING,
    start: date | None = None,
    end: date = SEPTEMBER,
    *,
    own: bool = False,
    pairing: int | None = SHENZHEN_NANNING,
    known_at: int | None = None,
) -> Question:
    return Question(
        indicator, region, Window(start, end), own=own, pairing=pairing, known_at=known_at
    )


def detail(
    value: int,
    day: date,
    region: int = SHANGLIN,
    indicator: str = INVESTMENT,
    *,
    last: date | None = None,
    bound: Bound = Bound.EXACT,
    subject: str | None = None,
) -> Entry:
    return Entry(
        indicator, region, SHENZHEN_NANNING, day, last or day, value, bound, subject=subject
    )


def stated(
    value: int,
    end: date = SEPTEMBER,
    region: int = NANNING,
    indicator: str = INVESTMENT,
    *,
    start: date | None = None,
    own: bool = False,
    bound: Bound = Bound.EXACT,
    wording: str = "",
) -> Declaration:
    window = Window(start, end)
    ranges: tuple[Range, ...] = (
        (range_of(region, own=True),) if own else places.ranges(region, window)
    )
    boxes: tuple[Box, ...] = places.boxes(SHENZHEN_NANNING, window)
    return Declaration(
        indicator,
        region,
        own,
        SHENZHEN_NANNING,
        start,
        end,
        value,
        bound,
        wording,
        ranges,
        boxes,
    )


def put(*facts: Entry | Declaration, now: datetime = EARLY) -> Receipt:
    """One approved record."""
    new = NewPosting(
        uuid7(),
        1,
        BOOK,
        entries=tuple(fact for fact in facts if isinstance(fact, Entry)),
        declarations=tuple(fact for fact in facts if isinstance(fact, Declaration)),
        commitment="0" * 64,
    )
    return posting.post([new], now=now)[0]
