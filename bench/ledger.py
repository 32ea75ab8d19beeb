"""`./jd bench ledger`: what figures and postings cost on a great ledger, beside the best raw index.

Every time is taken at the client, warm, on one connection: the best of five runs of a question, then the median
over several different questions. The rival (bench/raw.py) answers in the same database in the same run, and
its answers must be equal. Postings run in a copy, rounds with and without the derived tables interleaved.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock
from uuid import UUID

from bench import engines
from bench.machine import best_ms, machine_line, noise_line
from bench.questions import LEVELS, Questions
from bench.sample import DECLARATIONS_PER_ENTRY, FIRST_DAY

QUERIES = {"one": 12, "board": 4, "trend": 6, "distinct": 6, "known": 6, "drill": 8}
POSTS = ((1, 60), (100, 12), (10_000, 3))
"""Entries of a call, and rounds of it each way."""


@dataclass(slots=True)
class Line:
    """One row of the table; times in milliseconds, None where there is nothing to compare with."""

    name: str
    ours: list[float]
    raw: list[float]
    anew_ms: float | None = None
    goal: Callable[[Line], bool] | None = None
    goal_text: str = ""

    @property
    def ratio(self) -> float:
        return statistics.median(self.raw) / statistics.median(self.ours)

    def cells(self) -> list[str]:
        verdict = ""
        if self.goal is not None:
            verdict = "reached" if self.goal(self) else "MISSED"
        return [
            self.name,
            number(statistics.median(self.ours)),
            number(max(self.ours)),
            number(statistics.median(self.raw)) if self.raw else "",
            f"{number(self.ratio)}×" if self.raw else "",
            number(self.anew_ms) if self.anew_ms is not None else "",
            self.goal_text,
            verdict,
        ]


HEADS = (
    "question", "ours ms", "slowest", "raw ms", "raw / ours", "raw anew ms", "goal", "",
)  # fmt: skip


def number(value: float) -> str:
    """Three digits that matter."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def rows_as_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up as text."""
    wide = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        texts = [
            cell.ljust(wide[i]) if i in (0, len(heads) - 1, len(heads) - 2) else cell.rjust(wide[i])
            for i, cell in enumerate(cells)
        ]
        return f"| {' | '.join(texts)} |"

    return "\n".join([line(heads), line(["-" * w for w in wide]), *map(line, rows)])


class Bench:
    """Measures on the database that Django is connected to."""

    def __init__(self, entries: int, say: Callable[[str], None]) -> None:
        self.entries = entries
        self.say = say
        self.lines: list[Line] = []

    def figures(self) -> list[Line]:
        from bench import raw
        from jiedui.ledger import drill, heads, totals

        q = Questions()
        for ragged in (False, True):
            for level in LEVELS:
                asked = [q.one(level, ragged=ragged) for _ in range(QUERIES["one"])]
                line = self.compare(
                    f"one figure, {level}, {'ragged' if ragged else 'aligned'}",
                    [[slice_] for slice_ in asked],
                    totals.ask,
                    anew=not ragged or level == "nation",
                )
                if not ragged and level == "nation":
                    line.goal, line.goal_text = (lambda found: found.ratio >= 100), "≥ 100×"
        self.compare(
            "one figure of a pairing",
            [[q.of_pairing()] for _ in range(QUERIES["one"])],
            totals.ask,
            anew=True,
        )
        for ragged in (False, True):
            for level in LEVELS[:3]:
                line = self.compare(
                    f"board 60 × children, {level}, {'ragged' if ragged else 'aligned'}",
                    [q.board(level, ragged=ragged) for _ in range(QUERIES["board"])],
                    totals.ask,
                    anew=True,
                )
                _board_goal(line, at_least=150 if level == "nation" and not ragged else 0)
        months = (2021 * 12, 2025 * 12 + 11)
        for level in ("nation", "province", "county"):
            slices = [q.one(level, ragged=False) for _ in range(QUERIES["trend"])]
            self.measure(
                f"trend of 60 months, {level}",
                slices,
                lambda s: totals.trend([s], months)[0],
                [lambda s, i=i: raw.trend(s, months, i) for i in raw.indexes()],
            )
        for level in ("nation", "province", "county"):
            asked = [q.distinct(level) for _ in range(QUERIES["distinct"])]
            self.compare(f"distinct, {level}, aligned", [[s] for s in asked], totals.ask)
        newest = datetime(2025, 12, 31, tzinfo=UTC)
        for days in (1, 30, 365):
            head = heads.at(newest - timedelta(days))
            for level in ("nation", "province"):
                asked = [q.one(level, ragged=False) for _ in range(QUERIES["known"])]
                self.compare(
                    f"known at {days} d back, {level}",
                    [[s] for s in asked],
                    lambda slices, head=head: totals.ask(slices, head=head),
                    anew_head=head,
                    anew=True,
                )
        for level in LEVELS:
            asked = [q.one(level, ragged=False) for _ in range(QUERIES["drill"])]
            self.measure(
                f"drill-down, newest 50, {level}",
                asked,
                lambda s: [line.id for line in drill.entries(s)],
                [lambda s, i=i: raw.newest(s, i) for i in raw.indexes()],
            )
        return self.lines

    def compare(
        self,
        name: str,
        queries: Sequence[Any],
        ask: Callable[[Any], Any],
        *,
        anew: bool = False,
        anew_head: int | None = None,
    ) -> Line:
        """The ledger's own answer against the same call with details read entry by entry."""
        from bench import raw

        def by(index: str) -> Callable[[Any], Any]:
            def call(slices: Any) -> Any:
                with raw.rival(index):
                    return ask(slices)

            return call

        line = self.measure(name, queries, ask, [by(index) for index in raw.indexes()])
        if anew:
            took = []
            for slices in queries:
                best = float("inf")
                for index in raw.indexes():
                    started = time.perf_counter()
                    found = raw.anew(slices, index, anew_head)
                    best = min(best, (time.perf_counter() - started) * 1000)
                    _same(name, slices, ask(slices), found)
                took.append(best)
            line.anew_ms = statistics.median(took)
        return line

    def measure(
        self,
        name: str,
        queries: Sequence[Any],
        ours: Callable[[Any], Any],
        rivals: Sequence[Callable[[Any], Any]],
    ) -> Line:
        line = Line(name, [], [])
        for asked in queries:
            answer = ours(asked)
            for rival in rivals:
                _same(name, asked, answer, rival(asked))
            line.ours.append(best_ms(lambda asked=asked: ours(asked)))  # type: ignore[misc]
            line.raw.append(
                min(best_ms(lambda r=r, asked=asked: r(asked), budget_s=4) for r in rivals)  # type: ignore[misc]
            )
        self.lines.append(line)
        self.say(" | ".join(line.cells()))
        return line

    def postings(self) -> list[list[str]]:
        """Rows of the table of postings: with the derived tables, without, and the price."""
        from django.db import connection

        from jiedui.ledger import posting, rollup, standing

        goal = 1.8 if connection.vendor == "sqlite" else 2.5
        maker = Posts()
        rows = []
        for size, rounds in POSTS:
            took: dict[bool, list[float]] = {True: [], False: []}
            for turn in range(2 * rounds + 2):
                live = turn % 2 == 0
                new = maker.call(size)
                now = maker.now()
                with ExitStack() as stack:
                    if not live:
                        for module, name in ((rollup, "add"), (standing, "apply")):
                            stack.enter_context(mock.patch.object(module, name, _nothing))
                    started = time.perf_counter()
                    posting.post(new, now=now)
                    ended = time.perf_counter()
                if turn > 1:
                    took[live].append((ended - started) * 1000)
            live_ms, bare_ms = (statistics.median(took[key]) for key in (True, False))
            price = live_ms / bare_ms
            verdict = ""
            if size == 1:
                verdict = "reached" if price <= goal else "MISSED"
            rows.append(
                [
                    f"post {size:,} {'entry' if size == 1 else 'entries'}",
                    number(live_ms),
                    number(bare_ms),
                    f"×{price:.2f}",
                    f"{size / live_ms * 1000:,.0f}",
                    f"≤ ×{goal}" if size == 1 else "",
                    verdict,
                ]
            )
            self.say(" | ".join(rows[-1]))
        return rows


POST_HEADS = ("posting", "live ms", "without ms", "price", "entries/s", "goal", "")


def _nothing(*_: object) -> None:
    return None


def _board_goal(line: Line, at_least: int) -> None:
    line.goal_text = f"≥ {at_least}×, ≤ 5 ms" if at_least else "≤ 5 ms"
    line.goal = lambda found: (
        statistics.median(found.ours) <= 5 and (not at_least or found.ratio >= at_least)
    )


def _same(name: str, asked: Any, ours: Any, theirs: Any) -> None:
    if ours == theirs:
        return
    asked = asked if isinstance(asked, list) else [asked]
    for question, mine, its in zip(asked, ours, theirs, strict=False):
        if mine != its:
            raise AssertionError(f"{name}: {question}\n ledger {mine}\n raw    {its}")
    raise AssertionError(f"{name}: {len(ours)} answers against {len(theirs)}")


class Posts:
    """Records of one county and month, two entries each, as a signed sheet would bring them."""

    def __init__(self) -> None:
        self.dice = Random(31)
        self.questions = Questions(seed=37)
        self.made = 0

    def now(self) -> datetime:
        return datetime(2026, 2, 1, tzinfo=UTC) + timedelta(seconds=self.made)

    def call(self, entries: int) -> list[Any]:
        from jiedui.ledger import Entry, NewPosting

        world = self.questions.world
        postings: list[Any] = []
        left = entries
        county, pairing = self.questions.county()
        while left:
            if entries > 1000 and len(postings) % 50 == 0:
                county, pairing = self.questions.county()
            count = min(left, 2)
            left -= count
            self.made += 1
            day: date = FIRST_DAY + timedelta(1790 + self.dice.randrange(31))
            region = county + self.dice.randrange(15) * 1000
            lines = tuple(
                Entry(self.questions.code(), region, pairing, day, day, self.dice.randrange(10**7))
                for _ in range(count)
            )
            record = UUID(int=(0xBE << 120) | self.dice.getrandbits(96))
            postings.append(NewPosting(record, 1, world.book(pairing), lines, commitment="c" * 64))
        return postings


def declarations_line() -> str:
    """What the ledger holds, counted."""
    from jiedui.ledger import sql

    def one(statement: str) -> int:
        return int(sql.fetch(statement)[0][0] or 0)

    nested = one(
        "SELECT count(*) FROM ledger_standing i WHERE EXISTS (SELECT 1 FROM ledger_standing o"
        " WHERE o.indicator = i.indicator AND o.declaration <> i.declaration AND o.lo <= i.lo"
        " AND o.hi >= i.hi AND o.start_day <= i.start_day AND o.stop_day >= i.stop_day"
        " AND o.e_lo <= i.e_lo AND o.e_hi >= i.e_hi AND o.w_lo <= i.w_lo AND o.w_hi >= i.w_hi)"
    )
    crossing = one("SELECT count(*) FROM ledger_standing WHERE crosses > 0")
    adding = one("SELECT count(*) FROM ledger_standing WHERE adds <> 0")
    cells = one("SELECT count(*) FROM ledger_month")
    return (
        f"{one('SELECT max(id) FROM ledger_entry'):,} entries in"
        f" {one('SELECT max(id) FROM ledger_posting'):,} postings, {cells:,} rollup cells,"
        f" {one('SELECT count(*) FROM ledger_standing'):,} live declarations ({nested:,} nested,"
        f" {crossing:,} crossing, {adding:,} adding)"
    )


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="./jd bench ledger", description="账本性能：与同库原始覆盖索引相比"
    )
    words.add_argument("--entries", type=int, default=1_000_000, help="分录数（默认 1000000）")
    words.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    words.add_argument("--keep", type=Path, help="数据留在这个文件夹，下次直接使用")
    words.add_argument("--only", choices=("figures", "postings"), help="只测一部分")
    return words


def main(words: Sequence[str]) -> int:
    options = parser().parse_args(words)
    with engines.folder_of(options.keep, "bench") as folder, engines.opened(options.engine, folder):
        from bench import load

        ready = folder / f"{options.engine}-{options.entries}"
        steps = None
        if not ready.exists():
            if not load.make_tables():
                print(f"✗ {folder}: another ledger lies here", file=sys.stderr)
                return 1
            steps = load.fill(options.entries, _say)
            ready.touch()
        report(options.entries, steps, options.only)
    return 0


def report(entries: int, steps: Any, only: str | None = None) -> str:
    """Measure and print everything; returns what was printed at the end."""
    bench = Bench(entries, _say)
    parts = [
        "# Ledger bench",
        "",
        f"- machine: {machine_line()}",
        f"- engine: {engines.engine_line()}",
        f"- {noise_line('before')}",
    ]
    if steps is not None:
        parts.append(
            f"- load {steps.load_s:.0f} s, indexes {steps.index_s:.0f} s, rebuild of everything derived"
            f" {steps.rebuild_s:.0f} s"
        )
    parts.append(f"- N = {entries:,}: {declarations_line()}")
    if entries != 10_000_000:
        scaled = max(60, round(entries * DECLARATIONS_PER_ENTRY))
        parts.append(
            f"- declarations are scaled with N: {scaled:,} here, 20,000 at 10 M; goals are for 10 M"
        )
    if only != "postings":
        figures = bench.figures()
        parts += ["", rows_as_table(HEADS, [line.cells() for line in figures])]
    if only != "figures":
        with engines.copied():
            posts = bench.postings()
        parts += ["", rows_as_table(POST_HEADS, posts)]
    parts += [
        "",
        (
            "ours: `totals.ask` (or trend, drill) as the pages call it, median over different questions of"
            " the best of 5, and the slowest question. raw: the same call with every entry read through the"
            " best covering index, what declarations add handed to it. raw anew: from entries and"
            " declarations alone, once. Answers are equal in all three (asserted). distinct keeps no rollup:"
            " the subjects are counted in the covering index itself. posting: committed as the settings"
            " above say, median; without = neither rollup nor declarations follow."
        ),
        "",
        f"- {noise_line('after')}",
    ]
    text = "\n".join(parts)
    print(f"\n{text}", flush=True)
    return text


def _say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)
