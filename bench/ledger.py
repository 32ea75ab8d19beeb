"""`./jd bench ledger`: what figures and postings cost on a great ledger, beside the best raw index.

The rival (bench/raw.py) answers the same questions in the same database in the same run, and its answers must be
equal. Every question is warm and on one connection: the best of five runs, then the median over several
different questions. Postings run in a copy.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench import engines
from bench.machine import machine_line, noise_line
from bench.sample import DECLARATIONS_PER_ENTRY
from bench.tables import rows_as_table

if TYPE_CHECKING:
    from bench.load import Loaded

# What touches the ledger is imported once Django is set up.


NOTE = """\
ours: `totals.ask` (or trend, drill) as the pages call it; ms at the client's clock, cpu of client and server
together, which neighbours do not lengthen: ratios and goals go by it. raw: the same call with every entry read
through the best covering index, what the declarations add taken from the ledger's own rows. raw anew (cpu ms,
once): from entries and declarations alone. All three answers are equal (asserted). distinct keeps no rollup:
the subjects are counted in the covering index itself. posting: committed as the settings above say, median;
without = neither rollup nor declarations follow."""


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


def report(entries: int, steps: Loaded | None, only: str | None = None) -> str:
    """Measure and print everything; returns what was printed at the end."""
    from bench import figures, postings

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
        lines = figures.Figures(_say).run()
        parts += ["", rows_as_table(figures.HEADS, [line.cells() for line in lines])]
    if only != "figures":
        with engines.copied():
            rows = postings.run(_say)
        parts += ["", rows_as_table(postings.HEADS, rows)]
    parts += [
        "",
        NOTE,
        "",
        f"- {noise_line('after')}",
    ]
    text = "\n".join(parts)
    print(f"\n{text}", flush=True)
    return text


def _say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)
