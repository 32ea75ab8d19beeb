"""ledger_month and ledger_year: what a period of a node holds, kept in the posting transaction."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.ledger import sql
from jiedui.ledger.rows import EntryRow

LEVELS = ((0, 10**12), (2, 10**10), (4, 10**8), (6, 10**6))
"""Digits of a node and the codes it holds."""

KEY = ("level", "indicator", "node", "month", "first_month", "pairing")
COUNTERS = ("total", "n", "neg", "more", "less")
TABLES = (("ledger_month", 1), ("ledger_year", 12))
"""The rollups and the months of one cell's period."""


def month_of(day: int) -> int:
    """The month number of a stored day: 20230930 -> 2023 * 12 + 8."""
    return day // 10000 * 12 + day // 100 % 100 - 1


def add(entries: Iterable[EntryRow]) -> None:
    """Add entries to the cells they belong to, four by month and four by year; nothing for none."""
    by_month: dict[tuple[int, ...], list[int]] = {}
    by_year: dict[tuple[int, ...], list[int]] = {}
    for e in entries:
        # The counters are net: a copy that takes an entry back takes its flags back as well.
        counters = (
            e.value,
            e.sign,
            e.sign if e.value * e.sign < 0 else 0,
            e.sign if e.bound & 1 else 0,
            e.sign if e.bound & 2 else 0,
        )
        month, first = month_of(e.last_day), month_of(e.first_day)
        january = month // 12 * 12
        for level, span in LEVELS:
            where = level, e.indicator, e.region // span
            pairing = e.pairing if level == 6 else 0
            for cells, key in (
                (by_month, (*where, month, first, pairing)),
                (by_year, (*where, january, min(first, january), pairing)),
            ):
                cell = cells.get(key)
                if cell is None:
                    cells[key] = list(counters)
                else:
                    for place, counter in enumerate(counters):
                        cell[place] += counter
    for table, cells in (("ledger_month", by_month), ("ledger_year", by_year)):
        rows = [key + tuple(cells[key]) for key in sorted(cells)]
        sql.insert(table, KEY + COUNTERS, rows, upsert(table))


def upsert(table: str) -> str:
    """Add to the cells that are there."""
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in COUNTERS)
    return f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {sums}"
