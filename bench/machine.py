"""What a number was measured on, and how: the best of a few runs of a question, the median over questions."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

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


class Took(NamedTuple):
    """Milliseconds of one call: at the client's clock, and of processors, client and server together.

    On an idle machine the two are nearly equal; on a busy one the first holds the neighbours' work too.
    """

    wall_ms: float
    cpu_ms: float


def server_cpu_ns() -> int:
    """Nanoseconds that PostgreSQL's process of this connection has run; 0 on SQLite, which runs in ours."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def took(call: Callable[[], object]) -> Took:
    """Run once and say what it took."""
    server, cpu, wall = server_cpu_ns(), time.thread_time_ns(), time.perf_counter_ns()
    call()
    wall, cpu = time.perf_counter_ns() - wall, time.thread_time_ns() - cpu
    return Took(wall / 1e6, (cpu + server_cpu_ns() - server) / 1e6)


def best(call: Callable[[], object], runs: int = RUNS, budget_s: float = 8.0) -> Took:
    """The best of `runs`, each clock by itself; after the budget it stops, but never before the first run."""
    found: list[Took] = []
    began = time.perf_counter()
    for _ in range(runs):
        found.append(took(call))
        if time.perf_counter() - began > budget_s:
            break
    return Took(min(t.wall_ms for t in found), min(t.cpu_ms for t in found))


def median(found: Sequence[Took]) -> Took:
    """The median of each clock."""
    return Took(
        statistics.median(t.wall_ms for t in found), statistics.median(t.cpu_ms for t in found)
    )
