"""The specification: decision 0001 read literally, in memory, from nothing, as slow as it likes.

Every property test, the bench and `check` hold the engine to this file. Nothing here is shared with it but the
words of `facts.py` and the arithmetic of `lib`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from jiedui.ledger.facts import Declaration, Entry, Measure, NewPosting, Slice, Total
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.lib.periods import Span, Window
from jiedui.lib.places import ALL_PAIRINGS, Box, Range, box_of, range_of


class Extent(NamedTuple):
    """A place, pairings and a window: what a question and a declaration have in common."""

    ranges: tuple[Range, ...]
    boxes: tuple[Box, ...]
    window: Window

    def holds(self, other: Extent) -> bool:
        return (
            all(any(mine.holds(its) for mine in self.ranges) for its in other.ranges)
            and all(any(mine.holds(its) for mine in self.boxes) for its in other.boxes)
            and (self.window.start or date.min) <= (other.window.start or date.min)
            and other.window.end <= self.window.end
        )

    def has(self, entry: Entry) -> bool:
        """Whether the entry's place and pairing lie here, whatever its span."""
        return any(own.lo <= entry.region <= own.hi for own in self.ranges) and any(
            box.has(entry.pairing) for box in self.boxes
        )

    def meets(self, other: Extent) -> bool:
        return (
            any(mine.meets(its) for mine in self.ranges for its in other.ranges)
            and any(mine.meets(its) for mine in self.boxes for its in other.boxes)
            and (self.window.start or date.min) <= other.window.end
            and (other.window.start or date.min) <= self.window.end
        )


class Detail(NamedTuple):
    """An entry as it stands in the ledger: sign −1 when it takes an earlier one back."""

    entry: Entry
    sign: int
    posting: int

    @property
    def span(self) -> Span:
        return Span(self.entry.first, self.entry.last)


@dataclass(eq=False)
class Stated:
    """A live declaration; `number` orders them by posting."""

    number: tuple[int, int]
    stated: Declaration
    extent: Extent

    @cached_property
    def flags(self) -> int:
        return self.stated.bound.flags


class Derived(NamedTuple):
    """What a declaration adds to the sum and to the two flag counters of everything that holds it."""

    stands: bool
    adds: int
    more: int
    less: int


class Counters(NamedTuple):
    """Net counts over details: values, entries, negative ones, flags."""

    total: int
    n: int
    neg: int
    more: int
    less: int


def count(details: Iterable[Detail]) -> Counters:
    found = list(details)
    return Counters(
        sum(d.entry.value * d.sign for d in found),
        sum(d.sign for d in found),
        sum(d.sign for d in found if d.entry.value < 0),
        sum(d.sign for d in found if d.entry.bound.flags & MORE),
        sum(d.sign for d in found if d.entry.bound.flags & LESS),
    )


def crosses(a: Stated, b: Stated) -> bool:
    """All three meet and neither lies strictly inside the other."""
    return a.extent.meets(b.extent) and a.extent.holds(b.extent) == b.extent.holds(a.extent)


def walk(declared: Iterable[Stated]) -> list[Stated]:
    """In order of posting, those that cross no earlier counted one."""
    counted: list[Stated] = []
    for candidate in sorted(declared, key=lambda d: d.number):
        if not any(crosses(candidate, earlier) for earlier in counted):
            counted.append(candidate)
    return counted


class World:
    """One indicator's details and live declarations at one moment."""

    def __init__(self, measure: Measure, details: list[Detail], declared: list[Stated]) -> None:
        self.measure, self.details, self.declared = measure, details, declared
        self._derived: dict[tuple[int, int], Derived] = {}

    def inside(self, outer: Stated) -> list[Stated]:
        return [
            d
            for d in self.declared
            if outer.extent.holds(d.extent) and not d.extent.holds(outer.extent)
        ]

    def derive(self, of: Stated) -> Derived:
        if of.number not in self._derived:
            self._derived[of.number] = self._derive(of)
        return self._derived[of.number]

    def _derive(self, of: Stated) -> Derived:
        window = of.extent.window
        here = [d for d in self.details if of.extent.has(d.entry)]
        held = count(d for d in here if window.holds(d.span))
        over = count(d for d in here if window.cuts(d.span))
        inner = [self.derive(d) for d in walk(self.inside(of))]
        stock = self.measure is Measure.STOCK
        touched = held.total if stock else held.total + over.total
        rest = of.stated.value - touched - sum(d.adds for d in inner)
        # A span over the edge is counted inside a flow, so the true value may be greater; it is not yet
        # counted in a stock, which may already hold it, so there it is the other way round.
        above, below = over.n - over.neg > 0, over.neg > 0
        over_more, over_less = (below, above) if stock else (above, below)
        if stock or rest >= 0:
            more = (of.flags & MORE > 0) | over_more
            less = (of.flags & LESS > 0) | over_less
            return Derived(
                True,
                rest,
                more - held.more - sum(d.more for d in inner),
                less - held.less - sum(d.less for d in inner),
            )
        return Derived(False, 0, (of.stated.bound is not Bound.AT_LEAST) | over_more, 0 | over_less)

    def ask(self, extent: Extent) -> Total:
        here = [d for d in self.details if extent.has(d.entry)]
        inside = [d for d in here if extent.window.holds(d.span)]
        held = count(inside)
        over = count(d for d in here if extent.window.cuts(d.span))
        within = [d for d in self.declared if extent.holds(d.extent)]
        same = min(
            (d for d in within if d.extent.holds(extent)), key=lambda d: d.number, default=None
        )
        wide = extent._replace(window=Window(None, date.max))
        cut = [
            d
            for d in self.declared
            if wide.holds(d.extent) and extent.meets(d.extent) and d not in within
        ]
        more = held.more > 0 or over.n - over.neg > 0
        less = held.less > 0 or over.neg > 0
        if self.measure is Measure.DISTINCT:
            return self._distinct(inside, (held, over), more, less, within, same, cut)
        counted = walk(within)
        derived = [self.derive(d) for d in counted]
        value = held.total + sum(d.adds for d in derived)
        cut = [d for d in cut if self.derive(d).adds != 0]
        more = (
            held.more + sum(d.more for d in derived) > 0
            or over.n - over.neg > 0
            or any(self.derive(d).adds > 0 for d in cut)
            or len(counted) < len(within)
        )
        less = (
            held.less + sum(d.less for d in derived) > 0
            or over.neg > 0
            or any(self.derive(d).adds < 0 for d in cut)
        )
        if same is not None and same in counted and self.derive(same).stands:
            value, more, less = same.stated.value, same.flags & MORE > 0, same.flags & LESS > 0
        floor = greatest(within)
        if self.measure is Measure.FLOW and not held.neg and not over.neg and floor > (value, 1):
            value, more, less = floor[0], True, floor[1] == 0
        return Total(
            value,
            Bound.of(more=more, less=less),
            held.n,
            len(counted),
            over.n,
            len(cut),
            len(within) - len(counted),
        )

    def _distinct(
        self,
        inside: list[Detail],
        counters: tuple[Counters, Counters],
        more: bool,
        less: bool,
        within: list[Stated],
        same: Stated | None,
        cut: list[Stated],
    ) -> Total:
        net: dict[str | None, int] = {}
        for d in inside:
            net[d.entry.subject] = net.get(d.entry.subject, 0) + d.entry.value * d.sign
        value = sum(total > 0 for total in net.values())
        floor = greatest(within)
        if same is not None and same.stated.value >= max(value, floor[0]):
            value, more, less = same.stated.value, same.flags & MORE > 0, same.flags & LESS > 0
        elif floor > (value, 1):
            value, more, less = floor[0], True, floor[1] == 0
        else:
            more = more or bool(within) or bool(cut)
        held, over = counters
        return Total(
            value, Bound.of(more=more, less=less), held.n, len(within), over.n, len(cut), 0
        )

    def proof(self, extent: Extent) -> int:
        """Decision 0001's recursion for nested declarations and no span over an edge of any of them."""

        def eff(outer: Extent, floor: int, among: list[Stated]) -> int:
            inner = [d for d in among if outer.holds(d.extent)]
            top = [
                d for d in inner if not any(o is not d and o.extent.holds(d.extent) for o in inner)
            ]
            loose = [
                d
                for d in self.details
                if outer.has(d.entry)
                and outer.window.holds(d.span)
                and not any(t.extent.has(d.entry) and t.extent.window.holds(d.span) for t in top)
            ]
            parts = sum(
                eff(t.extent, t.stated.value, [d for d in inner if d is not t]) for t in top
            )
            return max(floor, parts + count(loose).total)

        return eff(extent, 0, self.declared)


def greatest(declared: Iterable[Stated]) -> tuple[int, int]:
    """The floor: the greatest value that is no mere upper bound, and 0 where it is only 约, else 1."""
    floors = [
        (d.stated.value, int(d.stated.bound is not Bound.ABOUT))
        for d in declared
        if d.stated.bound is not Bound.AT_MOST
    ]
    return max(floors, default=(0, 0))


class Naive:
    """A ledger in memory: `post` appends, `propose` is what waits for approval, `ask` answers."""

    def __init__(self, measures: dict[str, Measure]) -> None:
        self.measures = measures
        self.postings: list[NewPosting] = []
        self.proposed: list[NewPosting] = []

    def post(self, posting: NewPosting) -> int:
        self.postings.append(posting)
        return len(self.postings)

    def extent(self, of: Slice | Declaration) -> Extent:
        stock = self.measures[of.indicator] is Measure.STOCK
        window = Window(None if stock else of.start, of.end)
        if isinstance(of, Slice):
            return Extent(of.ranges, of.boxes if of.boxes is not None else (ALL_PAIRINGS,), window)
        ranges = of.ranges or (range_of(of.region, own=of.own),)
        boxes = of.boxes or ((box_of(of.pairing),) if of.pairing else (ALL_PAIRINGS,))
        return Extent(ranges, boxes, window)

    def world(self, indicator: str, head: int | None = None, *, pending: bool = False) -> World:
        """What is known of one indicator after `head` postings, or with the proposed ones as well."""
        postings: Sequence[NewPosting] = self.postings[:head]
        if pending:
            postings = [*postings, *self.proposed]
        taken_back = {p.reverses for p in postings}
        details: list[Detail] = []
        declared: list[Stated] = []
        for number, posting in enumerate(postings, 1):
            back = self.postings[posting.reverses - 1].entries if posting.reverses else ()
            details += [Detail(e, -1, number) for e in back if e.indicator == indicator]
            details += [Detail(e, 1, number) for e in posting.entries if e.indicator == indicator]
            if number not in taken_back:
                declared += [
                    Stated((number, place), d, self.extent(d))
                    for place, d in enumerate(posting.declarations)
                    if d.indicator == indicator
                ]
        return World(self.measures[indicator], details, declared)

    def ask(self, slice_: Slice, *, head: int | None = None, pending: bool = False) -> Total:
        world = self.world(slice_.indicator, head, pending=pending)
        extent = self.extent(slice_)
        if world.measure is Measure.READING:
            return self._reading(slice_, extent, head, pending)
        return world.ask(extent)

    def _reading(self, slice_: Slice, extent: Extent, head: int | None, pending: bool) -> Total:
        """The newest one of exactly this place; a declaration before an entry of the same posting."""
        postings = [*self.postings[:head], *(self.proposed if pending else ())]
        taken_back = {p.reverses for p in postings}
        found: list[tuple[tuple[date, date, int, int, int], int, Bound]] = []
        for number, posting in enumerate(postings, 1):
            if number in taken_back:
                continue
            for place, e in enumerate(posting.entries):
                here = e.indicator == slice_.indicator and any(
                    e.region == r.lo for r in extent.ranges
                )
                if here and any(box.has(e.pairing) for box in extent.boxes):
                    found.append(((e.last, e.first, number, 0, place), e.value, e.bound))
            for place, d in enumerate(posting.declarations):
                here = (
                    d.indicator == slice_.indicator
                    and range_of(d.region, own=d.own) in extent.ranges
                )
                if here and all(
                    any(mine.holds(its) for mine in extent.boxes) for its in self.extent(d).boxes
                ):
                    key = (d.end, d.start or date.min, number, 1, place)
                    found.append((key, d.value, d.bound))
        start = extent.window.start or date.min
        found = [f for f in found if start <= f[0][0] <= extent.window.end]
        if not found:
            return Total(None, Bound.EXACT)
        key, value, bound = max(found, key=lambda f: f[0])
        return Total(value, bound, int(key[3] == 0), int(key[3] == 1))
