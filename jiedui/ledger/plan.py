"""Questions in numbers, and how many of them one statement answers.

Questions that share window, pairings and level of place make a group; a group is one statement to the details
and one to the standing declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from jiedui.lib.places import Box, Range

Node: TypeAlias = tuple[int, int]
"""A level (digits that matter: 0, 2, 4, 6, 9, 12) and that many first digits of the region."""

_LEVELS = {10**12: 0, 10**10: 2, 10**8: 4, 10**6: 6, 10**3: 9, 1: 12}
SPAN_OF = {level: span for span, level in _LEVELS.items()}


class Ask(NamedTuple):
    """One question; `start` 0 is open (and always 0 for a stock), `boxes` None is all pairings."""

    indicator: int
    nodes: tuple[Node, ...]
    boxes: tuple[Box, ...] | None
    start: int
    stop: int


class Group:
    """The indicators and places asked for in one window, set of pairings and level."""

    __slots__ = ("boxes", "indicators", "level", "nodes", "start", "stop")

    def __init__(self, start: int, stop: int, boxes: tuple[Box, ...] | None, level: int) -> None:
        self.start, self.stop, self.boxes, self.level = start, stop, boxes, level
        self.indicators: set[int] = set()
        self.nodes: set[int] = set()


Parts: TypeAlias = list[tuple[Group, int]]
"""The groups and nodes that one question is the sum of; one of each for most."""


class Plan(NamedTuple):
    """Groups, and for each question in order its indicator and parts."""

    groups: list[Group]
    questions: list[tuple[int, Parts]]


def plan(asks: Sequence[Ask]) -> Plan:
    """Put questions into groups."""
    groups: dict[tuple[int, int, tuple[Box, ...] | None, int], Group] = {}
    shared: dict[tuple[int, int, int, int], Parts] = {}
    questions = []
    for ask in asks:
        indicator, nodes, boxes, start, stop = ask
        # A board shares its places and windows: what is the same object is planned once.
        key = id(nodes), id(boxes), start, stop
        parts = shared.get(key)
        if parts is None:
            parts = shared[key] = []
            for level, node in nodes:
                like = start, stop, boxes, level
                group = groups.get(like)
                if group is None:
                    group = groups[like] = Group(*like)
                group.nodes.add(node)
                parts.append((group, node))
        for group, _ in parts:
            group.indicators.add(indicator)
        questions.append((indicator, parts))
    return Plan(list(groups.values()), questions)


@lru_cache(maxsize=10_000)
def nodes_of(ranges: tuple[Range, ...]) -> tuple[Node, ...]:
    """The nodes of places, without those inside others; raises KeyError for a range that is no place."""
    found = sorted(set(ranges), key=lambda r: (r.lo, -r.hi))
    kept: list[Range] = []
    for part in found:
        if not kept or part.hi > kept[-1].hi:
            kept.append(part)
    return tuple((_LEVELS[r.hi - r.lo + 1], r.lo // (r.hi - r.lo + 1)) for r in kept)


def ranges_of(nodes: Iterable[Node]) -> tuple[Range, ...]:
    """The code ranges of nodes."""
    return tuple(Range(n * SPAN_OF[lv], (n + 1) * SPAN_OF[lv] - 1) for lv, n in nodes)
