"""ledger_month and the entries' side of ledger_running: what periods of a node hold, kept while posting.

A month's cell is added to by the entries that end in it. A running cell holds January to the end of a month (of the
year, for counties), so that a year to date is one row and no sum at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from django.db import connection

from jiedui.ledger import sql
from jiedui.ledger.rows import EntryRow

LEVELS = ((0, 10**12), (2, 10**10), (4, 10**8), (6, 10**6))
"""Digits of a node and the codes it holds."""
ALL = -1
"""The pairing of a running cell that holds all of them."""
KEPT = {0: range(12), 2: range(12), 4: range(12), 6: (11,)}
"""The months of a year, from 0, to whose end a level's running cells go."""

COUNTERS = ("total", "n", "neg", "more", "less")
MONTH_KEY = ("level", "indicator", "node", "month", "first_month", "pairing")
RUNNING_KEY = ("level", "month", "indicator", "node", "pairing")
INSIDE, BEGUN = COUNTERS, ("begun", "begun_n", "begun_neg", "begun_more", "begun_less")
ACROSS = ("across", "across_n", "across_neg")
RUNNING = INSIDE + BEGUN + ACROSS
WEIGHTS = ("adds", "adds_more", "adds_less", "counted", "pos", "negs", "floor")
"""The declarations' side: see `stated`."""
HELD = RUNNING + WEIGHTS

Key: TypeAlias = tuple[int, ...]


def month_of(day: int) -> int:
    """The month number of a stored day: 20230930 -> 2023 * 12 + 8."""
    return day // 10000 * 12 + day // 100 % 100 - 1


def kept_from(level: int, month: int) -> Iterator[int]:
    """The months of its year, from `month` on, to whose end the level keeps cells."""
    january = month // 12 * 12
    return (january + kept for kept in KEPT[level] if january + kept >= month)


def kept_between(level: int, first: int, last: int) -> Iterator[int]:
    """The months first..last to whose end the level keeps cells; none when last < first."""
    for january in range(first // 12 * 12, last + 1, 12):
        for kept in KEPT[level]:
            if first <= january + kept <= last:
                yield january + kept


def add(entries: Iterable[EntryRow]) -> None:
    """Add entries to the cells they belong to; nothing for none."""
    months: dict[Key, list[int]] = {}
    running: dict[Key, list[int]] = {}
    for e in entries:
        # The counters are net: a copy that takes an entry back takes its flags back as well.
        counters = (
            e.value,
            e.sign,
            e.sign if e.value * e.sign < 0 else 0,
            e.sign if e.bound & 1 else 0,
            e.sign if e.bound & 2 else 0,
        )
        last, first = month_of(e.last_day), month_of(e.first_day)
        begins = 0 if first // 12 == last // 12 else len(INSIDE)
        for level, span in LEVELS:
            node = e.region // span
            pairing = e.pairing if level == 6 else 0
            _add(months, (level, e.indicator, node, last, first, pairing), counters, len(COUNTERS))
            for pairing in (ALL, e.pairing) if level == 6 else (ALL,):
                for month in kept_from(level, last):
                    key = level, month, e.indicator, node, pairing
                    _add(running, key, counters, len(RUNNING), begins)
                if first < last:
                    for month in kept_between(level, first, last - 1):
                        key = level, month, e.indicator, node, pairing
                        _add(running, key, counters[:3], len(RUNNING), len(INSIDE + BEGUN))
    for table, key_columns, columns, cells in (
        ("ledger_month", MONTH_KEY, COUNTERS, months),
        ("ledger_running", RUNNING_KEY, RUNNING, running),
    ):
        rows = [key + tuple(cells[key]) for key in sorted(cells)]
        sql.insert(table, key_columns + columns, rows, upsert(table, key_columns, columns))
    sweep(key for key, cell in running.items() if any(cell[place] < 0 for place in _COUNTS))


_COUNTS = tuple(RUNNING.index(name) for name in ("n", "begun_n", "across_n"))


def sweep(keys: Iterable[Key]) -> None:
    """Take running cells away that have come to hold nothing, so that posting keeps what rebuilding makes."""
    where = " AND ".join(f"{name} = %s" for name in RUNNING_KEY)
    held = " AND ".join(f"{name} = 0" for name in HELD)
    gone = sorted(keys)
    if gone:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM ledger_running WHERE {where} AND {held} AND same IS NULL", gone
            )


def _add(
    cells: dict[Key, list[int]], key: Key, counters: Sequence[int], width: int, at: int = 0
) -> None:
    cell = cells.get(key)
    if cell is None:
        cell = cells[key] = [0] * width
    for place, counter in enumerate(counters, at):
        cell[place] += counter


def upsert(table: str, key: Sequence[str], columns: Sequence[str]) -> str:
    """Add to the cells that are there."""
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in columns)
    return f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sums}"


def months_anew(level: int) -> str:
    """A select of the level's rows of ledger_month out of the entries."""
    span = dict(LEVELS)[level]
    pairing = "pairing" if level == 6 else "0"
    last = "last_day / 10000 * 12 + last_day / 100 - last_day / 10000 * 100 - 1"
    first = last.replace("last_day", "first_day")
    counters = (
        "sum(value)", "sum(sign)", "sum(CASE WHEN value * sign < 0 THEN sign ELSE 0 END)",
        "sum(CASE WHEN bound IN (1, 3) THEN sign ELSE 0 END)",
        "sum(CASE WHEN bound IN (2, 3) THEN sign ELSE 0 END)",
    )  # fmt: skip
    sums = ", ".join(f"CAST({counter} AS bigint)" for counter in counters)
    return (
        f"SELECT {level}, indicator, region / {span}, {last}, {first}, {pairing}, {sums}"
        " FROM ledger_entry GROUP BY 1, 2, 3, 4, 5, 6"
    )


def running_anew(level: int) -> str:
    """A select of the entries' side of the level's rows of ledger_running, out of months that are right."""
    sums = ", ".join(f"CAST(sum({name}) AS bigint)" for name in RUNNING)
    parts = []
    for pairing in ("pairing", str(ALL)) if level == 6 else (str(ALL),):
        for kept in KEPT[level]:
            same = "first_month >= month / 12 * 12"
            inside = (f"CASE WHEN {same} THEN {name} ELSE 0 END AS {name}" for name in COUNTERS)
            begun = (
                f"CASE WHEN {same} THEN 0 ELSE {name} END AS {as_}"
                for name, as_ in zip(COUNTERS, BEGUN, strict=True)
            )
            across = (f"0 AS {name}" for name in ACROSS)
            parts.append(
                f"SELECT month / 12 * 12 + {kept} AS until, indicator, node, {pairing} AS pairing,"
                f" {', '.join((*inside, *begun, *across))} FROM ledger_month"
                f" WHERE level = {level} AND month - month / 12 * 12 <= {kept}"
            )
        nothing = ", ".join(["0"] * len(INSIDE + BEGUN))
        kept_months = ", ".join(str(kept) for kept in KEPT[level])
        parts.append(
            "SELECT until.month, indicator, node,"
            f" {pairing}, {nothing}, total, n, neg FROM ledger_month JOIN until ON until.month >="
            " first_month AND until.month < ledger_month.month WHERE first_month < ledger_month.month"
            f" AND level = {level} AND until.month - until.month / 12 * 12 IN ({kept_months})"
        )
    return (
        "WITH RECURSIVE until (month) AS (SELECT min(first_month) FROM ledger_month WHERE level = 0"
        " UNION ALL SELECT month + 1 FROM until WHERE month < (SELECT max(month) FROM ledger_month"
        f" WHERE level = 0)) SELECT {level}, until, indicator, node, pairing, {sums}"
        f" FROM ({' UNION ALL '.join(parts)}) AS held GROUP BY 2, 3, 4, 5"
        f" HAVING {' OR '.join(f'sum({name}) <> 0' for name in RUNNING)}"
    )
