"""Postings with what is derived kept up, and without: rounds of both in turn, in a copy, committed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from random import Random
from unittest import mock
from uuid import UUID

from django.db import connection

from bench.machine import Took, median, took
from bench.questions import Questions
from bench.sample import DAYS, FIRST_DAY
from bench.tables import number
from jiedui.ledger import Entry, NewPosting, posting, rollup, standing

POSTS = ((1, 60), (100, 12), (10_000, 3))
"""Entries of a call, and rounds of it each way."""
GOALS = {"sqlite": 1.8, "postgresql": 2.5}
HEADS = (
    "posting", "live ms", "cpu", "without ms", "cpu", "price by cpu", "by the clock", "live entries/s",
    "goal", "",
)  # fmt: skip


def run(say: Callable[[str], None]) -> list[list[str]]:
    """Rows of the table: with rollup and declarations following, without, and what they cost."""
    maker, goal = Posts(), GOALS[connection.vendor]
    rows = []
    for size, rounds in POSTS:
        times: dict[bool, list[Took]] = {True: [], False: []}
        for round_ in range(rounds + 1):
            for live in (True, False):
                taken = _post(maker, size, live=live)
                if round_:  # The first one warms up.
                    times[live].append(taken)
        live_took, bare = median(times[True]), median(times[False])
        price = live_took.cpu_ms / bare.cpu_ms
        rows.append(
            [
                f"post {size:,} {'entry' if size == 1 else 'entries'}",
                number(live_took.wall_ms),
                number(live_took.cpu_ms),
                number(bare.wall_ms),
                number(bare.cpu_ms),
                f"×{price:.2f}",
                f"×{live_took.wall_ms / bare.wall_ms:.2f}",
                f"{size / live_took.wall_ms * 1000:,.0f}",
                f"≤ ×{goal}" if size == 1 else "",
                "" if size > 1 else "reached" if price <= goal else "MISSED",
            ]
        )
        say(" | ".join(rows[-1]))
    return rows


def _post(maker: Posts, size: int, *, live: bool) -> Took:
    new, now = maker.call(size), maker.now()
    with ExitStack() as stack:
        if not live:
            for module, name in ((rollup, "add"), (standing, "apply")):
                stack.enter_context(mock.patch.object(module, name, _nothing))
        return took(lambda: posting.post(new, now=now))


def _nothing(*_: object) -> None:
    return None


class Posts:
    """Records of one county, two entries each, of any month of the last year: the earlier, the dearer."""

    def __init__(self) -> None:
        self.dice = Random(31)
        self.questions = Questions(seed=37)
        self.made = 0

    def now(self) -> datetime:
        return datetime(2026, 2, 1, tzinfo=UTC) + timedelta(seconds=self.made)

    def call(self, entries: int) -> list[NewPosting]:
        world = self.questions.world
        postings: list[NewPosting] = []
        left = entries
        county, pairing = self.questions.county()
        while left:
            if entries > 1000 and len(postings) % 50 == 0:
                county, pairing = self.questions.county()
            count = min(left, 2)
            left -= count
            self.made += 1
            day: date = FIRST_DAY + timedelta(DAYS - 365 + self.dice.randrange(365))
            region = county + self.dice.randrange(15) * 1000
            lines = tuple(
                Entry(self.questions.code(), region, pairing, day, day, self.dice.randrange(10**7))
                for _ in range(count)
            )
            record = UUID(int=(0xBE << 120) | self.dice.getrandbits(96))
            postings.append(NewPosting(record, 1, world.book(pairing), lines, commitment="c" * 64))
        return postings
