"""Small worlds for hypothesis: few places, days round month edges, so that everything meets everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from jiedui.ledger import Declaration, Entry, NewPosting, Slice
from jiedui.lib.bounds import Bound
from jiedui.lib.places import Box, Range, box_of, range_of

BOOK = "440300-450100"
MEASURES = {"test.flow": "flow", "test.stock": "stock", "test.distinct": "distinct"}
ALL_MEASURES = {**MEASURES, "test.reading": "reading"}

PLACES = (
    0, 450000000000, 450100000000, 450125000000, 450125100000, 450125100201,
    450124000000, 450200000000, 610900000000, 610928000000, 610981000000,
)  # fmt: skip
REGIONS = (*PLACES[1:], 450125200000)
XUNYANG = (range_of(610928000000), range_of(610981000000))  # 旬阳县, later 旬阳市
PAIRINGS = (440300450100, 440304450125, 440000450000, 440300450200, 320400610900, 320400610928)
XUNYANG_BOXES = (box_of(320400610928), box_of(320400610981))

days = st.sampled_from(
    [date(2022, 1, 1) + timedelta(n) for n in (-32, -1, 0, 14, 30, 31, 40, 58, 59, 75, 89, 90, 364)]
)
bounds = st.sampled_from([Bound.EXACT] * 3 + [Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT])


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    first = draw(days)
    kind = draw(st.sampled_from(["day", "day", "day", "month", "days", "any"]))
    if kind == "day":
        return first, first
    if kind == "month":
        begin = first.replace(day=1)
        return begin, (begin + timedelta(31)).replace(day=1) - timedelta(1)
    if kind == "days":
        return first, first + timedelta(draw(st.integers(1, 20)))
    a, b = sorted([first, draw(days)])
    return a, b


def ranges_for(region: int, own: bool) -> tuple[Range, ...]:
    if region in (610928000000, 610981000000) and not own:
        return XUNYANG
    return (range_of(region, own=own),)


def boxes_for(pairing: int) -> tuple[Box, ...]:
    return XUNYANG_BOXES if pairing == 320400610928 else (box_of(pairing),) if pairing else ()


@st.composite
def entries(draw: st.DrawFn, indicator: str) -> Entry:
    first, last = draw(spans())
    subject, value = None, draw(st.sampled_from([1, 2, 5, 10, 30, -3, -7, 0]))
    if indicator == "test.distinct":
        subject, value = draw(st.sampled_from("abcd")), draw(st.sampled_from([1, 1, 1, -1]))
    return Entry(
        indicator, draw(st.sampled_from(REGIONS)), draw(st.sampled_from(PAIRINGS)), first, last,
        value, draw(bounds), subject,
    )  # fmt: skip


@st.composite
def windows(draw: st.DrawFn) -> tuple[date | None, date]:
    a, b = sorted([draw(days), draw(days)])
    kind = draw(st.sampled_from(["open", "ragged", "months", "left", "day"]))
    if kind == "open":
        return None, b
    if kind == "day":
        return b, b
    if kind in ("months", "left"):
        a = a.replace(day=1)
    if kind == "months":
        b = (b.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)
    return a, b


@st.composite
def declarations(draw: st.DrawFn, indicator: str) -> Declaration:
    region = draw(st.sampled_from(PLACES))
    own = region > 0 and draw(st.sampled_from([False, False, False, True]))
    pairing = draw(st.sampled_from((0, 0, *PAIRINGS)))
    start, end = draw(windows())
    return Declaration(
        indicator, region, own, pairing, start, end, draw(st.sampled_from([0, 1, 3, 8, 20, 60])),
        draw(bounds), "共计", ranges_for(region, own), boxes_for(pairing),
    )  # fmt: skip


@st.composite
def slices(draw: st.DrawFn, indicator: str) -> Slice:
    region = draw(st.sampled_from(PLACES))
    own = region > 0 and draw(st.sampled_from([False, False, False, True]))
    pairing = draw(st.sampled_from((0, 0, 0, *PAIRINGS)))
    start, end = draw(windows())
    return Slice(
        indicator, ranges_for(region, own), boxes_for(pairing) if pairing else None, start, end
    )


@dataclass(frozen=True)
class Step:
    """One posting, or a correction or void of an earlier one (`of`, by place among the steps)."""

    entries: tuple[Entry, ...]
    declarations: tuple[Declaration, ...]
    of: int | None
    waits: bool


@st.composite
def histories(draw: st.DrawFn, indicator: str, *, most: int = 12) -> list[Step]:
    return [
        Step(
            tuple(draw(st.lists(entries(indicator), max_size=3))),
            tuple(draw(st.lists(declarations(indicator), max_size=2))),
            draw(st.none() | st.none() | st.integers(0, number - 1)) if number else None,
            draw(st.sampled_from([False, False, False, False, True])),
        )
        for number in range(draw(st.integers(1, most)))
    ]


def record_of(number: int) -> UUID:
    return UUID(int=number + 1)


def new_posting(record: UUID, revision: int, step: Step, reverses: int | None) -> NewPosting:
    return NewPosting(
        record, revision, BOOK, step.entries, step.declarations, reverses, (), "c" * 64
    )
