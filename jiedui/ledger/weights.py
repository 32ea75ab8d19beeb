"""What declarations do to answers: today's from `ledger_standing`, one statement for many questions.

Those that cross another or have several parts are few and never summed by the statement: they are fetched by
themselves and weighed by the words of the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from jiedui.ledger import sql, standing
from jiedui.ledger.details import SPAN_OF, Ask, ranges_of, total, within
from jiedui.ledger.standing import Extent, Standing
from jiedui.lib.bounds import LESS
from jiedui.lib.places import ALL_PAIRINGS, Box


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


_Plan: TypeAlias = "list[tuple[_Group, int]]"


class _Group:
    """The questions that one statement answers: the same window, pairings and level of place."""

    def __init__(self, start: int, stop: int, boxes: tuple[Box, ...] | None, level: int) -> None:
        self.start, self.stop, self.boxes, self.level = start, stop, boxes, level
        self.indicators: set[int] = set()
        self.nodes: set[int] = set()
        self.cells: dict[tuple[int, int], Weight] = {}
        self.risky: dict[tuple[int, int], list[Standing]] = {}

    def read(self, risky: Iterable[Standing]) -> None:
        for indicator, node, adds, more, less, n, floor, same, pos, neg, cut in sql.fetch(
            f"{self._inside()} UNION ALL {self._cut()}"
        ):
            exact = stated = None
            if same is not None:
                stated = same >> 3, same >> 1 & 3
                exact = stated if same & 1 else None
            weight = Weight(adds, more, less, n, pos, neg, cut, floor, 0, exact, stated)
            key = indicator, node
            self.cells[key] = self.cells[key].plus(weight) if key in self.cells else weight
        span = SPAN_OF[self.level]
        for d in risky:
            for r in d.extent.ranges:
                if r.lo // span == r.hi // span:
                    self.risky.setdefault((d.indicator, r.lo // span), []).append(d)

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
            f" FROM ledger_standing WHERE {self._where()}"
            f" AND start_day >= {self.start} AND stop_day <= {self.stop} GROUP BY 1, 2"
        )

    def _cut(self) -> str:
        adding = "sum(CASE WHEN adds {} 0 THEN 1 ELSE 0 END)"
        return (
            f"SELECT indicator, {self._node()}, 0, 0, 0, 0, 0, NULL, {adding.format('>')},"
            f" {adding.format('<')}, count(*) FROM ledger_standing WHERE {self._where()}"
            f" AND start_day <= {self.stop} AND stop_day >= {self.start}"
            f" AND (start_day < {self.start} OR stop_day > {self.stop}) GROUP BY 1, 2"
        )

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


def weights(asks: Sequence[Ask]) -> list[Weight]:
    """Today's weight on each question, in order."""
    groups: dict[tuple[object, ...], _Group] = {}
    plans: dict[tuple[object, ...], _Plan] = {}
    mine: list[_Plan] = []
    for ask in asks:
        _, nodes, boxes, start, stop = ask
        key = id(nodes), id(boxes), start, stop
        plan = plans.get(key)
        if plan is None:
            plan = plans[key] = []
            for level, node in nodes:
                like = start, stop, boxes, level
                group = groups.get(like)
                if group is None:
                    group = groups[like] = _Group(start, stop, boxes, level)
                group.nodes.add(node)
                plan.append((group, node))
        for group, _ in plan:
            group.indicators.add(ask.indicator)
        mine.append(plan)
    asked = {ask.indicator for ask in asks}
    risky = standing.load(
        f"{sql.in_list('indicator', sorted(asked))} AND (crosses > 0 OR parts > 1)"
    )
    for group in groups.values():
        group.read(d for d in risky if d.indicator in group.indicators)
    return [_weight(ask, plan) for ask, plan in zip(asks, mine, strict=True)]


def _weight(ask: Ask, plan: _Plan) -> Weight:
    weight, risky = WEIGHTLESS, None
    for group, node in plan:
        key = ask.indicator, node
        found = group.cells.get(key)
        if found is not None:
            weight = found if weight is WEIGHTLESS else weight.plus(found)
        if group.risky and key in group.risky:
            risky = {d.id: d for d in group.risky[key]} | (risky or {})
    if len(plan) > 1 and weight.stated is not None:
        weight = weight._replace(
            same=None, stated=None
        )  # one of several places is not the question
    if risky:
        weight = weight.plus(weigh(extent_of(ask), list(risky.values())))
    return weight
