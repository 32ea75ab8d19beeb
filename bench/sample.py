"""A made-up ledger of the real shape and size, the same one for the same N: places, entries, declarations.

China's places (31 provinces, 333 cities, 2 850 counties, townships and villages below), 520 pairings, 64
indicators with zipf-like weights, five years. Postings come in the order they were recorded, about twelve
days after what they tell. Everything follows from the seed; nothing is read from anywhere.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from jiedui.ledger.facts import Measure
from jiedui.ledger.rows import DeclarationRow, EntryRow, PostingRow
from jiedui.lib.periods import day_number
from jiedui.lib.places import ALL_PAIRINGS, Box, Range, box_of, pairing_key, range_of

FIRST_DAY = date(2021, 1, 1)
DAYS = 1826
YEARS = range(2021, 2026)
ENTRIES_A_POSTING = 5
"""Entries of one posting on average: one to nine."""
SPANS_OF_100, BOUNDED_OF_100, SUBJECTS_OF_100, REVERSED_OF_100 = 2, 5, 34, 2
DECLARATIONS_PER_ENTRY = 20_000 / 10_000_000
PROVINCES = (
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53,
    54, 61, 62, 63, 64, 65,
)  # fmt: skip
COUNTIES, CITIES, PAIRINGS = 2850, 333, 520
_STOCKS = frozenset(range(4, 64, 6))
_DISTINCTS = frozenset((3, 9, 21, 39))


def indicators() -> dict[str, Measure]:
    """64 codes from the most to the least used: 60 of a board (flows, every sixth a stock), 4 distinct."""
    measures = {}
    for rank in range(64):
        measure = Measure.FLOW
        if rank in _DISTINCTS:
            measure = Measure.DISTINCT
        elif rank in _STOCKS:
            measure = Measure.STOCK
        measures[f"bench.i{rank:02d}"] = measure
    return measures


BOARD = tuple(code for code, m in indicators().items() if m is not Measure.DISTINCT)
DISTINCT = tuple(code for code, m in indicators().items() if m is Measure.DISTINCT)
WEIGHTS = tuple(1 / (rank + 3) for rank in range(64))


@dataclass(frozen=True)
class World:
    """The places: 12-digit codes, most active county first, and the pairings of each county."""

    cities: tuple[int, ...]
    counties: tuple[int, ...]
    weights: tuple[float, ...]
    own_pairing: tuple[int, ...]
    other_pairings: tuple[tuple[int, ...], ...]

    def book(self, pairing: int) -> str:
        """The key of the two cities, as `regions.book` cuts it."""
        east, west = divmod(pairing, 10**6)
        return pairing_key(east // 100 * 100 * 10**6 + west // 100 * 100)


def world(seed: int = 7) -> World:
    """31 provinces, 333 cities, 2 850 counties; pairings of cities, of counties and of provinces: 520."""
    dice = Random(seed)
    cities = [p * 10**10 + (n % 30 + 1) * 10**8 for n in range(30) for p in PROVINCES][:CITIES]
    sizes = [1] * CITIES
    for _ in range(COUNTIES - CITIES):
        sizes[dice.randrange(CITIES)] += 1
    counties = [
        city + (number + 1) * 10**6
        for city, size in zip(cities, sizes, strict=True)
        for number in range(size)
    ]
    dice.shuffle(counties)
    easts = [p * 10000 + c * 100 for p in (11, 12, 31, 32, 33, 35, 37, 44) for c in range(1, 13)]
    of_city = {city: dice.choice(easts) * 10**6 + city // 10**6 for city in cities}
    of_province = {p: dice.choice(easts) // 10000 * 10**10 + p * 10000 for p in PROVINCES}
    lone = PAIRINGS - CITIES - len(PROVINCES)
    of_county = {c: dice.choice(easts) * 10**6 + c // 10**6 for c in counties[: 3 * lone : 3]}
    own = [of_county.get(c, of_city[c // 10**8 * 10**8]) for c in counties]
    other = [(of_city[c // 10**8 * 10**8], of_province[c // 10**10]) for c in counties]
    return World(
        tuple(sorted(cities)),
        tuple(counties),
        tuple(1 / (n + 10) ** 0.8 for n in range(COUNTIES)),
        tuple(own),
        tuple(other),
    )


def table(weights: Sequence[float], bits: int) -> list[int]:
    """Indexes repeated by weight, 2**bits of them, so that a draw is one subscript."""
    size, total, given, reached = 2**bits, sum(weights), 0, 0.0
    drawn: list[int] = []
    for index, weight in enumerate(weights):
        reached += weight
        upto = round(reached / total * size)
        drawn += [index] * (upto - given)
        given = upto
    return drawn


class Calendar:
    """Days of the five years as stored numbers, and the ends of months, quarters and years."""

    def __init__(self) -> None:
        self.dates = [FIRST_DAY + timedelta(n) for n in range(DAYS + 400)]
        self.days = [day_number(d) for d in self.dates]

    def span(self, day: int, kind: int) -> tuple[int, int]:
        """A month, a quarter, a year or three weeks (that may cross an edge) around a day."""
        on = self.dates[day]
        if kind < 5:
            first = on.replace(day=1)
            last = (first + timedelta(31)).replace(day=1) - timedelta(1)
        elif kind < 7:
            first = on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)
            last = (first + timedelta(95)).replace(day=1) - timedelta(1)
        elif kind < 8:
            first, last = on.replace(month=1, day=1), on.replace(month=12, day=31)
        else:
            first, last = on, self.dates[day + 21]
        return day_number(first), day_number(last)


@dataclass(slots=True)
class Block:
    """Rows to load, in order."""

    postings: list[PostingRow]
    entries: list[EntryRow]
    declarations: list[DeclarationRow]


def blocks(
    entries: int, numbers: dict[str, int], *, seed: int = 11, size: int = 50_000
) -> Iterator[Block]:
    """At least `entries` entries and their postings and declarations; `numbers` are the ledger's own."""
    maker = _Maker(entries, numbers, seed)
    while maker.entry < entries:
        yield maker.block(min(maker.entry + size, entries))


class _Maker:
    def __init__(self, entries: int, numbers: dict[str, int], seed: int) -> None:
        self.dice = Random(seed)
        self.entries = entries
        self.world = world()
        self.calendar = Calendar()
        measures = indicators()
        self.codes = [numbers[code] for code in measures]
        self.stock = [m is Measure.STOCK for m in measures.values()]
        self.distinct = [m is Measure.DISTINCT for m in measures.values()]
        self.pick_indicator = table(WEIGHTS, 12)
        self.pick_county = table(self.world.weights, 17)
        lags = [-12 * math.log(1 - (n + 0.5) / 1024) for n in range(1024)]
        self.lags = [int(lag) for lag in lags]
        normal = Random(seed + 1)
        self.values = [min(int(math.exp(normal.gauss(11, 2))) + 1, 10**11) for _ in range(16384)]
        self.books = {
            p: self.world.book(p)
            for p in (*self.world.own_pairing, *(p for ps in self.world.other_pairings for p in ps))
        }
        self.heads: dict[str, tuple[int, str]] = {}
        self.entry = self.posting = self.declaration = 0
        self.due: list[tuple[int, int, PostingRow, list[EntryRow]]] = []
        self.stated = sorted(declarations(self), key=lambda pair: pair[0], reverse=True)
        began = datetime(2021, 1, 1, tzinfo=UTC)
        self.began = int(began.timestamp()) * 1_000_000
        self.step = DAYS * 86_400_000_000 // max(entries, 1)

    def block(self, upto: int) -> Block:
        out = Block([], [], [])
        while self.entry < upto:
            if self.due and self.due[0][0] <= self.entry:
                self.reverse(out)
            elif self.stated and self.stated[-1][0] <= self.entry:
                self.declare(out, self.stated.pop()[1])
            else:
                self.post(out)
        while upto == self.entries and self.stated:
            self.declare(out, self.stated.pop()[1])
        return out

    def head(
        self, out: Block, book: str, record: str | None = None, reverses: int | None = None
    ) -> int:
        """Append a posting row whose entries follow; the hashes only look like hashes."""
        self.posting += 1
        seq, prev = self.heads.get(book, (0, "0" * 64))
        hash_ = hashlib.sha256(b"%d" % self.posting).hexdigest()
        self.heads[book] = seq + 1, hash_
        out.postings.append(
            PostingRow(
                self.posting, book, seq + 1, record or f"{self.posting:08x}-0000-7000-8000-00000000be9c",
                2 if record else 1, reverses, self.began + self.entry * self.step, "c" * 64, "[]", prev,
                hash_, 0,
            )
        )  # fmt: skip
        return self.posting

    def close(self, out: Block) -> None:
        out.postings[-1] = out.postings[-1]._replace(last_entry=self.entry)

    def post(self, out: Block) -> None:
        """One record: one place, pairing and time, one to nine entries."""
        bits = self.dice.getrandbits(96)
        county = self.pick_county[bits & 0x1FFFF]
        bits >>= 17
        region = self.world.counties[county]
        level = bits % 10
        bits >>= 8
        if level >= 5:
            region += (bits % 14 + 1) * 1000
            if level >= 8:
                region += (bits >> 8) % 13 + 1
        bits >>= 16
        pairing = self.world.own_pairing[county]
        if bits % 10 >= 8:
            pairing = self.world.other_pairings[county][bits >> 5 & 1]
        bits >>= 6
        recorded = int(DAYS * (self.entry / self.entries) ** 0.9)
        day = max(0, min(recorded, DAYS - 1) - self.lags[bits & 1023])
        bits >>= 10
        first = last = self.calendar.days[day]
        if bits % 100 < SPANS_OF_100:
            first, last = self.calendar.span(day, bits // 100 % 10)
        bits >>= 10
        count = bits % (2 * ENTRIES_A_POSTING - 1) + 1
        # Half of the postings are lists: one indicator, many subjects.
        indicator = self.pick_indicator[bits >> 4 & 4095] if bits >> 16 & 1 else None
        book = self.books[pairing]
        number = self.head(out, book)
        begin = len(out.entries)
        for _ in range(count):
            self.add(out, number, indicator, region, pairing, first, last, county)
        self.close(out)
        if self.dice.getrandbits(10) * 100 < REVERSED_OF_100 * 1024:
            lag = int(self.dice.expovariate(1 / 20) * self.entries / DAYS) + count
            mine = out.entries[begin:]
            heapq.heappush(self.due, (self.entry + lag, number, out.postings[-1], mine))

    def add(
        self, out: Block, number: int, indicator: int | None, region: int, pairing: int, first: int,
        last: int, county: int,
    ) -> None:  # fmt: skip
        bits = self.dice.getrandbits(80)
        if indicator is None:
            indicator = self.pick_indicator[bits & 4095]
        bits >>= 12
        distinct = self.distinct[indicator]
        subject = None
        if distinct or bits % 100 < SUBJECTS_OF_100:
            chosen = bits >> 7 & 1023
            party = county * 400 + chosen * chosen * 400 // 2**20
            if bits >> 17 & 31 == 0:
                party = (bits >> 22) % (COUNTIES * 400)
            subject = f"{party * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}"
        bits >>= 43
        bound = 0
        if bits % 100 < BOUNDED_OF_100:
            bound = (1, 1, 2, 3)[bits >> 7 & 3]
        bits >>= 9
        if distinct:
            value = 1
        elif self.stock[indicator]:
            value = -1 if bits & 3 == 0 else (bits & 15) + 1
        else:
            value = self.values[bits & 16383]
        self.entry += 1
        out.entries.append(
            EntryRow(
                self.entry, number, self.codes[indicator], region, pairing, first, last, value, 1, bound,
                subject, None,
            )
        )  # fmt: skip

    def reverse(self, out: Block) -> None:
        """Take a posting back, as a correction that states nothing new."""
        _, number, original, entries = heapq.heappop(self.due)
        mine = self.head(out, original.book, original.record, number)
        for e in entries:
            self.entry += 1
            out.entries.append(
                e._replace(id=self.entry, posting=mine, value=-e.value, sign=-1, reverses=e.id)
            )
        self.close(out)

    def declare(self, out: Block, row: DeclarationRow) -> None:
        pairing = row.pairing or self.world.own_pairing[0]
        number = self.head(out, self.books.get(pairing, self.world.book(pairing)))
        self.declaration += 1
        out.declarations.append(row._replace(id=self.declaration, posting=number))
        self.close(out)


def declarations(maker: _Maker) -> list[tuple[int, DeclarationRow]]:
    """Stated totals with the entry number they come before: two thirds lone, a third nested, 1 % crossing.

    Counties state months, quarters and half years, cities years, provinces and the nation everything so far;
    what states more time states more place, so that nothing crosses but what is made to.
    """
    dice, wanted = Random(23), max(60, round(maker.entries * DECLARATIONS_PER_ENTRY))
    counties = table(maker.world.weights, 14)
    picks = table(WEIGHTS, 12)
    seen: set[tuple[int, ...]] = set()
    found: list[tuple[int, DeclarationRow]] = []

    def state(indicator: int, place: int, pairing: int, start: int, stop: int) -> None:
        if maker.stock[indicator]:
            start = 0
        key = indicator, place, pairing, start, stop
        if key in seen:
            return
        seen.add(key)
        span = range_of(place)
        box = box_of(pairing) if pairing else ALL_PAIRINGS
        weight = (span.hi - span.lo + 1) // 10**6 + 1
        value = maker.values[dice.randrange(16384)] * min(weight, 10**4) * dice.choice((1, 30, 900))
        if maker.stock[indicator] or maker.distinct[indicator]:
            value = value % 10**6
        stated = (date.fromisoformat(str(stop)) - FIRST_DAY).days + 15
        at = int(maker.entries * min(1.0, max(0.0, stated / DAYS)) ** (1 / 0.9))
        found.append(
            (at, row_of(maker.codes[indicator], place, pairing, start, stop, value, box, span))
        )

    def row_of(
        code: int,
        place: int,
        pairing: int,
        start: int,
        stop: int,
        value: int,
        box: Box,
        span: Range,
    ) -> DeclarationRow:
        bound = dice.choice((0, 0, 0, 1, 1, 1, 2, 3))
        return DeclarationRow(
            0, 0, code, place, 0, pairing, start, stop, min(value, 10**14), bound, "汇总数",
            json.dumps([list(span)]), json.dumps([[*box.east, *box.west]]), None,
        )  # fmt: skip

    while len(found) < wanted:
        indicator = picks[dice.getrandbits(12)]
        number = counties[dice.getrandbits(14)]
        county, year = maker.world.counties[number], dice.choice(YEARS)
        month = dice.randrange(12)
        whole = year * 10000 + 101, year * 10000 + 1231
        quarter = _months(year, month // 3 * 3, 3)
        kind = dice.randrange(1000)
        if kind < 640 or maker.stock[indicator]:
            state(indicator, county, 0, *quarter)
        elif kind < 850:
            state(indicator, county // 10**8 * 10**8, 0, *whole)
            state(indicator, county, 0, *quarter)
        elif kind < 960:
            state(indicator, county, 0, *quarter)
            state(indicator, county, maker.world.own_pairing[number], *_months(year, month, 1))
            state(indicator, county + 1000, 0, *_months(year, (month + 1) % 12, 1))
        elif kind < 990:
            state(indicator, county // 10**10 * 10**10, 0, 0, year * 10000 + 1231)
        else:
            state(indicator, county, 0, *_months(year, month // 3 * 3, 2))
            state(indicator, county, 0, *_months(year, month // 3 * 3 + 1, 2))
    return found


def _months(year: int, month: int, count: int) -> tuple[int, int]:
    """First and last day of some months; `month` 0 is January."""
    after = year * 12 + month + count
    last = date(after // 12, after % 12 + 1, 1) - timedelta(1)
    return year * 10000 + (month + 1) * 100 + 1, day_number(last)
