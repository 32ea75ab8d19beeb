"""Live declarations (汇总数) and what each adds: the derived side of decision 0001.

Beside each live declaration stand its details (touched, held flags, spans over its edge), the sums of those
counted inside it, how many others it crosses, and from these what it adds to every question that holds it.
The posting transaction keeps them; a crossing pair sends the sums around it down the slow, literal path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from jiedui.ledger import sql, stated
from jiedui.ledger.details import Sums, details
from jiedui.ledger.plan import Ask, nodes_of, ranges_of
from jiedui.ledger.rows import DeclarationRow, EntryRow
from jiedui.lib.bounds import LESS, MORE
from jiedui.lib.places import ALL_PAIRINGS, Box, Range

COLUMNS = (
    "declaration", "part", "parts", "indicator", "lo", "hi", "e_lo", "e_hi", "w_lo", "w_hi",
    "start_day", "stop_day", "stock", "value", "bound", "touched", "held_more", "held_less", "over_pos",
    "over_neg", "inner_adds", "inner_more", "inner_less", "crosses", "stands", "adds", "more",
    "less",
)  # fmt: skip
STATE = COLUMNS[COLUMNS.index("touched") :]
_NUMBERS = len(COLUMNS) - COLUMNS.index("value")


class Extent(NamedTuple):
    """A place, pairings and a window as numbers; `start` 0 is open."""

    ranges: tuple[Range, ...]
    boxes: tuple[Box, ...]
    start: int
    stop: int

    def covers(self, other: Extent) -> bool:
        """Whether the other's place and pairings lie in these, whatever the windows."""
        if len(self.ranges) == len(other.ranges) == len(self.boxes) == len(other.boxes) == 1:
            # Nearly all are so, and boards ask it thousands of times.
            return self.ranges[0].holds(other.ranges[0]) and self.boxes[0].holds(other.boxes[0])
        return all(any(m.holds(o) for m in self.ranges) for o in other.ranges) and all(
            any(m.holds(o) for m in self.boxes) for o in other.boxes
        )

    def holds(self, other: Extent) -> bool:
        return self.start <= other.start and other.stop <= self.stop and self.covers(other)

    def meets(self, other: Extent) -> bool:
        return (
            self.start <= other.stop
            and other.start <= self.stop
            and any(m.meets(o) for m in self.ranges for o in other.ranges)
            and any(m.meets(o) for m in self.boxes for o in other.boxes)
        )

    def has(self, region: int, pairing: int) -> bool:
        return any(r.lo <= region <= r.hi for r in self.ranges) and any(
            box.has(pairing) for box in self.boxes
        )

    @property
    def size(self) -> tuple[int, int, int]:
        """What lies strictly inside sorts before."""
        return (
            sum(r.hi - r.lo + 1 for r in self.ranges),
            sum((b.east.hi - b.east.lo + 1) * (b.west.hi - b.west.lo + 1) for b in self.boxes),
            self.stop - self.start,
        )


@dataclass(slots=True, eq=False)
class Standing:
    """One live declaration with its derived numbers; see `ledger_standing`."""

    id: int
    indicator: int
    stock: bool
    extent: Extent
    value: int
    bound: int
    touched: int = 0
    held_more: int = 0
    held_less: int = 0
    over_pos: int = 0
    over_neg: int = 0
    inner_adds: int = 0
    inner_more: int = 0
    inner_less: int = 0
    crosses: int = 0
    stands: int = 0
    adds: int = 0
    more: int = 0
    less: int = 0

    @property
    def derived(self) -> tuple[int, int, int]:
        return self.adds, self.more, self.less

    @property
    def state(self) -> tuple[int, ...]:
        return tuple(int(getattr(self, name)) for name in STATE)

    def as_it_was(self, state: Sequence[int]) -> Standing:
        """The same declaration in another state."""
        return Standing(
            self.id, self.indicator, self.stock, self.extent, self.value, self.bound, *state
        )

    def ask(self) -> Ask:
        """The question for its details."""
        e = self.extent
        boxes = None if e.boxes == (ALL_PAIRINGS,) else e.boxes
        return Ask(self.indicator, nodes_of(e.ranges), boxes, e.start, e.stop)

    def read(self, sums: Sums) -> None:
        """Take the details of `ask` over; a span over the edge counts inside a flow, not inside a stock."""
        self.touched = sums.total if self.stock else sums.total + sums.cut_total
        self.held_more, self.held_less = sums.more, sums.less
        self.over_pos, self.over_neg = sums.cut_n - sums.cut_neg, sums.cut_neg

    def copy_details(self, other: Standing) -> None:
        """Take the details of the same declaration over."""
        self.touched, self.held_more, self.held_less = (
            other.touched,
            other.held_more,
            other.held_less,
        )
        self.over_pos, self.over_neg = other.over_pos, other.over_neg

    def touch(self, e: EntryRow) -> bool:
        """Take one new entry over; whether it changed anything."""
        x = self.extent
        if e.last_day < x.start or e.first_day > x.stop or not x.has(e.region, e.pairing):
            return False
        if x.start <= e.first_day and e.last_day <= x.stop:
            self.touched += e.value
            self.held_more += e.sign * (e.bound & MORE > 0)
            self.held_less += e.sign * (e.bound & LESS > 0)
            return True
        if not self.stock:
            self.touched += e.value
        if e.value * e.sign < 0:
            self.over_neg += e.sign
        else:
            self.over_pos += e.sign
        return True

    def sum_inner(self, inner: Iterable[Standing]) -> None:
        found = list(inner)
        self.inner_adds = sum(d.adds for d in found)
        self.inner_more = sum(d.more for d in found)
        self.inner_less = sum(d.less for d in found)

    def derive(self) -> None:
        """`adds` and the flag deltas out of the rest; the literal form is `naive.World._derive`."""
        rest = self.value - self.touched - self.inner_adds
        over_more, over_less = self.over_pos > 0, self.over_neg > 0
        if self.stock:
            over_more, over_less = over_less, over_more
        if self.stock or rest >= 0:
            self.stands, self.adds = 1, rest
            self.more = ((self.bound & MORE > 0) | over_more) - self.held_more - self.inner_more
            self.less = ((self.bound & LESS > 0) | over_less) - self.held_less - self.inner_less
        else:
            self.stands, self.adds = 0, 0
            self.more, self.less = int((self.bound != MORE) | over_more), int(over_less)


def crossing(a: Standing, b: Standing) -> bool:
    """All three meet and neither lies strictly inside the other."""
    return a.extent.meets(b.extent) and a.extent.holds(b.extent) == b.extent.holds(a.extent)


def walk(declared: Iterable[Standing]) -> list[Standing]:
    """In order of posting, those that cross no earlier counted one; one that crosses nothing is counted."""
    counted: list[Standing] = []
    risky: list[Standing] = []
    for d in sorted(declared, key=lambda d: d.id):
        if not d.crosses:
            counted.append(d)
        elif not any(crossing(d, earlier) for earlier in risky):
            counted.append(d)
            risky.append(d)
    return counted


def strictly_inside(inner: Standing, outer: Standing) -> bool:
    return outer.extent.holds(inner.extent) and not inner.extent.holds(outer.extent)


def nest(declared: Sequence[Standing]) -> None:
    """Everything derived, from details alone: crossings, inner sums, adds; of one indicator."""
    ordered = sorted(declared, key=lambda d: (d.extent.size, d.id))
    by_begin: dict[int, list[int]] = {}
    for place, d in enumerate(ordered):
        d.crosses = 0
        for r in d.extent.ranges:
            by_begin.setdefault(r.lo, []).append(place)
    several = [place for place, d in enumerate(ordered) if len(d.extent.ranges) > 1]
    inner: list[list[Standing]] = [[] for _ in ordered]
    for place, d in enumerate(ordered):
        # Places meet only where one holds the other, so the greater begins where a place above begins.
        begins = {begin for r in d.extent.ranges for begin in begins_of(r.lo)}
        greater = {other for begin in begins for other in by_begin.get(begin, ())}
        greater.update(range(len(ordered)) if place in several else several)
        for other in greater:
            outer = ordered[other]
            if other <= place or not d.extent.meets(outer.extent):
                continue
            if crossing(d, outer):
                d.crosses += 1
                outer.crosses += 1
            elif outer.extent.holds(d.extent):
                inner[other].append(d)
    for d, inside in zip(ordered, inner, strict=True):
        d.sum_inner(walk(inside))
        d.derive()


def load(where: str, params: Sequence[object] = ()) -> list[Standing]:
    """Live declarations with all their parts, those that have a row matching `where`."""
    columns = ",".join(COLUMNS)
    rows = sql.fetch(f"SELECT {columns} FROM ledger_standing WHERE {where}", params)
    several = sorted({row[0] for row in rows if row[2] > 1})
    if several:
        rows = [row for row in rows if row[2] == 1]
        for part in sql.chunks(several):
            rows += sql.fetch(
                f"SELECT {columns} FROM ledger_standing WHERE {sql.in_list('declaration', part)}"
                " ORDER BY declaration, part"
            )
    found: dict[int, Standing] = {}
    for row in rows:
        lo, hi, e_lo, e_hi, w_lo, w_hi, start, stop = row[4:12]
        ranges, boxes = (Range(lo, hi),), (Box(Range(e_lo, e_hi), Range(w_lo, w_hi)),)
        d = found.get(row[0])
        if d is None:
            extent = Extent(ranges, boxes, start, stop)
            found[row[0]] = Standing(row[0], row[3], bool(row[12]), extent, *row[13:])
        else:
            d.extent = Extent(
                d.extent.ranges + tuple(r for r in ranges if r not in d.extent.ranges),
                d.extent.boxes + tuple(b for b in boxes if b not in d.extent.boxes),
                start,
                stop,
            )
    return list(found.values())


def load_in(asks: Sequence[Ask]) -> list[Standing]:
    """Today's declarations that have a part in the places of questions, whatever the windows."""
    indicators = sql.in_list("indicator", sorted({ask.indicator for ask in asks}))
    nodes = {node for ask in asks for node in ask.nodes}
    if len(nodes) > 20 or any(level == 0 for level, _ in nodes):
        return load(indicators)
    spans = " OR ".join(f"lo BETWEEN {r.lo} AND {r.hi}" for r in ranges_of(nodes))
    return load(f"{indicators} AND ({spans or '1 = 0'})")


def from_rows(rows: Iterable[DeclarationRow], stock: Collection[int]) -> list[Standing]:
    """Standings without derived numbers, as new declarations begin; `stock` are the stocks' numbers."""
    return [
        Standing(
            row.id,
            row.indicator,
            row.indicator in stock,
            Extent(row.places(), row.pairings(), row.start_day, row.stop_day),
            row.value,
            row.bound,
        )
        for row in rows
    ]


def rows_of(declared: Iterable[Standing]) -> list[sql.Row]:
    """The stored rows, one a range and box; the numbers stand in the first."""
    rows: list[sql.Row] = []
    for d in declared:
        parts = [(r, b) for r in d.extent.ranges for b in d.extent.boxes]
        for part, (r, b) in enumerate(parts):
            numbers = (d.value, d.bound, *d.state) if part == 0 else (0,) * _NUMBERS
            place = (d.id, part, len(parts), d.indicator, *r, *b.east, *b.west)
            rows.append((*place, d.extent.start, d.extent.stop, int(d.stock), *numbers))
    return rows


def apply(
    entries: Sequence[EntryRow],
    new: Sequence[DeclarationRow],
    gone: Collection[int],
    stocks: Collection[int],
) -> None:
    """Follow a posting: entries written, declarations made and taken back (their numbers)."""
    dead = load(sql.in_list("declaration", sorted(gone))) if gone else []
    added = from_rows(new, stocks)
    known = {d.id: d for d in (*_around(entries), *_meeting((*dead, *added)))}
    before = {d.id: d.state for d in known.values()}
    if dead:
        sql.run(f"DELETE FROM ledger_standing WHERE {sql.in_list('declaration', sorted(gone))}")
        known = {d.id: d for d in known.values() if d.id not in gone}
    if not known and not added and not dead:
        return
    dirty = touch_all(entries, known.values())
    by_indicator: dict[int, list[Standing]] = {}
    for d in known.values():
        by_indicator.setdefault(d.indicator, []).append(d)
    stale: set[int] = set()
    _change(by_indicator, dead, added, dirty, stale)
    _settle(by_indicator, dirty, stale, added)
    sql.insert("ledger_standing", COLUMNS, rows_of(added))
    changed = [d for d in known.values() if d.state != before[d.id]]
    if changed:
        sets = ", ".join(f"{name} = %s" for name in STATE)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE ledger_standing SET {sets} WHERE declaration = %s AND part = 0",
                [(*d.state, d.id) for d in changed],
            )
    _weigh_again(
        [d.as_it_was(before[d.id]) for d in changed],
        changed,
        [d.as_it_was(before[d.id]) for d in dead],
        added,
    )


def _weigh_again(
    was: Sequence[Standing],
    now: Sequence[Standing],
    gone: Sequence[Standing],
    added: Sequence[Standing],
) -> None:
    """Let the cells follow: what changed from what it was, what went and what came."""
    came_or_went = [*gone, *added]
    again = set()
    for old, new in zip(was, now, strict=True):
        if stated.weighs(old) != stated.weighs(new):
            came_or_went += [old, new]
        elif old.stands != new.stands:
            again.add(stated.states(new))
    again |= {key for d in came_or_went for key, _ in stated.shares(d)}
    again.discard(None)
    stated.follow(
        (share for d in (*was, *gone) for share in stated.shares(d)),
        (share for d in (*now, *added) for share in stated.shares(d)),
        (key for key in again if key is not None),
    )


def touch_all(entries: Sequence[EntryRow], declared: Iterable[Standing]) -> set[int]:
    """Take new entries over; the numbers of the declarations they touched."""
    by_place: dict[tuple[int, int], list[Standing]] = {}
    for d in declared:
        for r in d.extent.ranges:
            by_place.setdefault((d.indicator, r.lo), []).append(d)
    return {
        d.id
        for e in entries
        if by_place
        for begin in begins_of(e.region)
        for d in by_place.get((e.indicator, begin), ())
        if d.touch(e)
    }


def _change(
    by_indicator: dict[int, list[Standing]],
    dead: Sequence[Standing],
    added: Sequence[Standing],
    dirty: set[int],
    stale: set[int],
) -> None:
    """Count crossings anew and mark those whose inner sums must be summed again."""
    for sign, group in ((-1, dead), (1, added)):
        if sign > 0:
            for d, sums in zip(group, details([d.ask() for d in group]), strict=True):
                d.read(sums)
        for d in group:
            others = by_indicator.setdefault(d.indicator, [])
            for other in others:
                if not d.extent.meets(other.extent):
                    continue
                if crossing(d, other):
                    other.crosses += sign
                    d.crosses += sign
                elif other.extent.holds(d.extent):
                    stale.add(other.id)
            if sign > 0:
                others.append(d)
                stale.add(d.id)
    dirty |= stale


def _settle(
    by_indicator: dict[int, list[Standing]],
    dirty: set[int],
    stale: set[int],
    added: Sequence[Standing],
) -> None:
    """Derive what is dirty, from the inside outwards, and hand each change to those around it."""
    if not dirty:
        return
    fresh = {d.id: d for d in added}
    for declared in by_indicator.values():
        ordered = sorted((d for d in declared), key=lambda d: d.extent.size)
        for place, d in enumerate(ordered):
            if d.id not in dirty:
                continue
            if d.id in stale:
                d.sum_inner(_inside(d, declared, fresh))
            old = d.derived
            d.derive()
            if d.derived == old or d.id in fresh:
                continue
            for outer in ordered[place + 1 :]:
                if not strictly_inside(d, outer):
                    continue
                dirty.add(outer.id)
                if d.crosses:
                    stale.add(outer.id)
                elif outer.id not in stale:
                    outer.inner_adds += d.adds - old[0]
                    outer.inner_more += d.more - old[1]
                    outer.inner_less += d.less - old[2]


def _inside(
    outer: Standing, declared: Sequence[Standing], fresh: dict[int, Standing]
) -> list[Standing]:
    """Those counted inside one, in their newest state, whether loaded before or not."""
    mine = {d.id: d for d in declared}
    lowest, highest = min(r.lo for r in outer.extent.ranges), max(r.hi for r in outer.extent.ranges)
    for d in load(
        "indicator = %s AND lo BETWEEN %s AND %s AND hi <= %s",
        [outer.indicator, lowest, highest, highest],
    ):
        mine.setdefault(d.id, d)
    return walk(d for d in mine.values() if strictly_inside(d, outer))


def _around(entries: Sequence[EntryRow]) -> list[Standing]:
    """Live declarations that may touch entries: their places hold the regions."""
    regions: dict[int, set[int]] = {}
    for e in entries:
        regions.setdefault(e.indicator, set()).add(e.region)
    found: list[Standing] = []
    for indicator, held in regions.items():
        begins = sorted({begin for region in held for begin in begins_of(region)})
        for part in sql.chunks(begins):
            found += load(f"indicator = {indicator} AND {sql.in_list('lo', part)}")
    return list({d.id: d for d in found}.values())


def _meeting(declared: Sequence[Standing]) -> list[Standing]:
    """Live declarations whose places meet those of the given ones."""
    found: list[Standing] = []
    for d in declared:
        begins = sorted({begin for r in d.extent.ranges for begin in begins_of(r.lo)})
        found += load(f"indicator = {d.indicator} AND {sql.in_list('lo', begins)}")
        for r in d.extent.ranges:
            found += load("indicator = %s AND lo BETWEEN %s AND %s", [d.indicator, r.lo, r.hi])
    return list({d.id: d for d in found}.values())


def begins_of(region: int) -> set[int]:
    """The first codes of all places that hold a region."""
    return {region // span * span for span in (10**12, 10**10, 10**8, 10**6, 10**3, 1)}
