"""What a number was measured on, and how: best of a few runs for each query, the median over queries."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

RUNS = 5


def machine_line() -> str:
    """Processor, cores, memory, system, Python."""
    model = "?"
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{model}, {os.cpu_count()} cores, {gib:.0f} GiB, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}"
    )


def noise_line(when: str) -> str:
    """Load, and what a fixed piece of work took: a quiet machine repeats it within a tenth or so."""
    took = []
    for _ in range(15):
        started = time.perf_counter()
        sum(range(400_000))
        took.append((time.perf_counter() - started) * 1000)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return (
        f"{when}: {now}, load {load}; a fixed job took {statistics.median(took):.1f} ms"
        f" ({min(took):.1f} to {max(took):.1f})"
    )


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median over queries of the best run of each, and the slowest query's best run."""

    median_ms: float
    worst_ms: float
    queries: int


def timing(best_ms: Sequence[float]) -> Timing:
    return Timing(statistics.median(best_ms), max(best_ms), len(best_ms))


def best_ms(call: Callable[[], object], runs: int = RUNS, budget_s: float = 8.0) -> float:
    """The best of `runs` in milliseconds; after the budget it stops, but never before the first run."""
    best = float("inf")
    began = time.perf_counter()
    for _ in range(runs):
        started = time.perf_counter()
        call()
        ended = time.perf_counter()
        best = min(best, (ended - started) * 1000)
        if ended - began > budget_s:
            break
    return best
