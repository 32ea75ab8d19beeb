"""What declarations do to answers: today's from `ledger_standing`, one statement for many questions.

Those that cross another or have several parts are few and never summed by the statement: they are fetched by
themselves and weighed by the words of the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from jiedui.ledger import sql, standing
from jiedui.ledger.details import NOTHING, Sums, in_groups, total, within
from jiedui.ledger.facts import Measure, Total
from jiedui.ledger.plan import SPAN_OF, Ask, Group, Parts, Plan, plan, ranges_of
from jiedui.ledger.standing import Extent, Standing
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.lib.places import ALL_PAIRINGS


class Weight(NamedTuple):
    """What the declarations do to one answer; `floor` is twice the value, and one more unless it is 约."""

    adds: int = 0
    more: int = 0
    less: int = 0
    counted: int = 0
    cut_pos: int = 0
    cut_neg: int = 0
    cut: int = 0
    floor: int = 0
    crossing: int = 0
    same: tuple[int, int] | None = (
        None  # value and bound of the one that states just this slice, if it stands
    )
    stated: tuple[int, int] | None = None  # the same whether it stands or not

    def plus(self, other: Weight) -> Weight:
        """Both together: sums, the greater floor, the one that states just this slice."""
        return Weight(
            self.adds + other.adds,
            self.more + other.more,
            self.less + other.less,
            self.counted + other.counted,
            self.cut_pos + other.cut_pos,
            self.cut_neg + other.cut_neg,
            self.cut + other.cut,
            max(self.floor, other.floor),
            self.crossing + other.crossing,
            self.same or other.same,
            self.stated or other.stated,
        )


WEIGHTLESS = Weight()


def extent_of(ask: Ask) -> Extent:
    """The same as a place, pairings and a window."""
    return Extent(ranges_of(ask.nodes), ask.boxes or (ALL_PAIRINGS,), ask.start, ask.stop)


def weigh(extent: Extent, declared: Sequence[Standing]) -> Weight:
    """The weight of standings on one question, by the words of the decision."""
    inside = [d for d in declared if extent.holds(d.extent)]
    cut = [
        d
        for d in declared
        if extent.covers(d.extent) and extent.meets(d.extent) and not extent.holds(d.extent)
    ]
    counted = standing.walk(inside)
    same = min((d for d in inside if d.extent.holds(extent)), key=lambda d: d.id, default=None)
    stands = same is not None and same in counted and same.stands
    return Weight(
        sum(d.adds for d in counted),
        sum(d.more for d in counted),
        sum(d.less for d in counted),
        len(counted),
        sum(d.adds > 0 for d in cut),
        sum(d.adds < 0 for d in cut),
        len(cut),
        max((2 * d.value + (d.bound != 3) for d in inside if d.bound != LESS), default=0),
        len(inside) - len(counted),
        (same.value, same.bound) if same is not None and stands else None,
        (same.value, same.bound) if same is not None else None,
    )


class _Cells:
    """What the declarations of one group weigh, by indicator and node; and the risky ones there."""

    def __init__(self, group: Group) -> None:
        self.start, self.stop, self.boxes = group.start, group.stop, group.boxes
        self.level, self.nodes, self.indicators = group.level, group.nodes, group.indicators
        self.weights: dict[tuple[int, int], Weight] = {}
        self.risky: dict[tuple[int, int], list[Standing]] = {}

    def selects(self) -> list[str]:
        """Of those that lie inside the window, and of those that it cuts."""
        return [self._inside(), self._cut()]

    def take(self, row: sql.Row) -> None:
        """One row of `selects`."""
        indicator, node, adds, more, less, n, floor, same, pos, neg, cut = row
        exact = stated = None
        if same is not None:
            stated = same >> 3, same >> 1 & 3
            exact = stated if same & 1 else None
        weight = Weight(adds, more, less, n, pos, neg, cut, floor, 0, exact, stated)
        key = indicator, node
        mine = self.weights.get(key)
        self.weights[key] = weight if mine is None else mine.plus(weight)

    def take_risky(self, risky: Iterable[Standing]) -> None:
        """Those that are weighed by themselves; others' places and indicators are passed over."""
        span = SPAN_OF[self.level]
        for d in risky:
            for r in d.extent.ranges if d.indicator in self.indicators else ():
                if r.lo // span == r.hi // span:
                    self.risky.setdefault((d.indicator, r.lo // span), []).append(d)

    def meets(self) -> str:
        """The test of a standing row that may count in a place and window of the group."""
        span = SPAN_OF[self.level]
        lo, hi = min(self.nodes) * span, (max(self.nodes) + 1) * span - 1
        return f"lo BETWEEN {lo} AND {hi} AND stop_day >= {self.start} AND start_day <= {self.stop}"

    def _inside(self) -> str:
        node = self._node()
        box = (self.boxes or (ALL_PAIRINGS,))[0]
        span = SPAN_OF[self.level]
        same = (
            f"lo = {node} * {span} AND hi = lo + {span - 1} AND start_day = {self.start}"
            f" AND stop_day = {self.stop} AND e_lo = {box.east.lo} AND e_hi = {box.east.hi}"
            f" AND w_lo = {box.west.lo} AND w_hi = {box.west.hi}"
        )
        if self.boxes is not None and len(self.boxes) > 1:
            same = "1 = 0"
        return (
            f"SELECT indicator, {node}, {total('adds')}, {total('more')}, {total('less')}, count(*),"
            " coalesce(max(CASE bound WHEN 2 THEN 0 WHEN 3 THEN 2 * value ELSE 2 * value + 1 END), 0),"
            f" max(CASE WHEN {same} THEN value * 8 + bound * 2 + stands END), 0, 0, 0"
            f" FROM {self._table()} WHERE {self._where()} AND start_day >= {self.start}"
            f" AND stop_day BETWEEN {self.start} AND {self.stop} GROUP BY 1, 2"
        )

    def _cut(self) -> str:
        adding = "sum(CASE WHEN adds {} 0 THEN 1 ELSE 0 END)"
        return (
            f"SELECT indicator, {self._node()}, 0, 0, 0, 0, 0, CAST(NULL AS bigint), {adding.format('>')},"
            f" {adding.format('<')}, count(*) FROM {self._table()} WHERE {self._where()}"
            f" AND start_day <= {self.stop} AND stop_day >= {self.start}"
            f" AND (start_day < {self.start} OR stop_day > {self.stop}) GROUP BY 1, 2"
        )

    def _table(self) -> str:
        # Provinces and cities look at most places, so the days narrow more than the codes do.
        if connection.vendor == "sqlite":
            index = "days" if self.level <= 4 and len(self.nodes) > 1 or not self.level else "place"
            return f"ledger_standing INDEXED BY ledger_standing_{index}"
        return "ledger_standing"

    def _node(self) -> str:
        span = SPAN_OF[self.level]
        return f"lo / {span}" if span > 1 else "lo"

    def _where(self) -> str:
        where = f"{sql.in_list('indicator', sorted(self.indicators))} AND crosses = 0 AND parts = 1"
        if self.level:
            span = SPAN_OF[self.level]
            where += f" AND {within('lo', self.nodes, span)} AND hi / {span} = lo / {span}"
        if self.boxes is not None:
            tests = [
                f"e_lo >= {b.east.lo} AND e_hi <= {b.east.hi}"
                f" AND w_lo >= {b.west.lo} AND w_hi <= {b.west.hi}"
                for b in self.boxes
            ]
            where += f" AND ({' OR '.join(tests)})"
        return where


def weights(asks: Sequence[Ask], planned: Plan | None = None) -> list[Weight]:
    """Today's weight on each question, in order; WEIGHTLESS where no declaration is met."""
    planned = planned or plan(asks)
    asked = {indicator for group in planned.groups for indicator in group.indicators}
    if not planned.groups:
        return []
    groups = [_Cells(group) for group in planned.groups]
    for number, *row in in_groups([mine.selects() for mine in groups]):
        groups[number].take(tuple(row))
    near = " OR ".join(sorted({f"({mine.meets()})" for mine in groups}))
    risky = standing.load(
        f"{sql.in_list('indicator', sorted(asked))} AND (crosses > 0 OR parts > 1) AND ({near})"
    )
    for mine in groups:
        mine.take_risky(risky)
    cells = dict(zip(planned.groups, groups, strict=True))
    answers = []
    for ask, (indicator, parts) in zip(asks, planned.questions, strict=True):
        weight = WEIGHTLESS
        for group, node in parts:
            mine = cells[group]
            key = indicator, node
            found = mine.weights.get(key)
            if found is not None:
                weight = found if weight is WEIGHTLESS else weight.plus(found)
            if key in mine.risky:
                weight = _with_risky(ask, parts, cells)
                break
        answers.append(weight)
    return answers


def _with_risky(ask: Ask, parts: Parts, cells: Mapping[Group, _Cells]) -> Weight:
    keys = [(cells[group], (ask.indicator, node)) for group, node in parts]
    risky = {d.id: d for mine, key in keys for d in mine.risky.get(key, ())}
    weight = weigh(extent_of(ask), list(risky.values()))
    for mine, key in keys:
        if key in mine.weights:
            safe = mine.weights[key]
            weight = weight.plus(safe if len(parts) == 1 else safe._replace(same=None, stated=None))
    return weight


_ZERO = Total(0, Bound.EXACT)


def total_of(measure: Measure, sums: Sums, weight: Weight) -> Total:
    """Flow or stock: details and adds, the flags of both, the declaration of just this slice, the floor."""
    if weight is WEIGHTLESS:
        if sums is NOTHING:
            return _ZERO
        total, n, _, more_, less_, _, cut_n, cut_neg = sums
        if not (more_ or less_ or cut_n or cut_neg):
            return Total(total, Bound.EXACT, n)
    value = sums.total + weight.adds
    more = (
        sums.more + weight.more > 0
        or sums.cut_n > sums.cut_neg
        or weight.cut_pos > 0
        or weight.crossing > 0
    )
    less = sums.less + weight.less > 0 or sums.cut_neg > 0 or weight.cut_neg > 0
    if weight.same is not None:
        value, flags = weight.same
        more, less = flags & MORE > 0, flags & LESS > 0
    lifted = weight.floor > 2 * value + 1 and measure is Measure.FLOW
    if lifted and not sums.neg and not sums.cut_neg:
        value, more, less = weight.floor // 2, True, weight.floor % 2 == 0
    return Total(
        value,
        Bound.from_flags(more * MORE | less * LESS),
        sums.n,
        weight.counted,
        sums.cut_n,
        weight.cut_pos + weight.cut_neg,
        weight.crossing,
    )
