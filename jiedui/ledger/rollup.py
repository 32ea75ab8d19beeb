"""ledger_month: what a month of a node holds, kept in the posting transaction by one statement."""

from __future__ import annotations

from collections.abc import Iterable

from jiedui.ledger import sql
from jiedui.ledger.rows import EntryRow

LEVELS = ((0, 10**12), (2, 10**10), (4, 10**8), (6, 10**6))
"""Digits of a node and the codes it holds."""

KEY = ("level", "indicator", "node", "month", "first_month", "pairing")
COUNTERS = ("total", "n", "neg", "more", "less")
_ADD = ", ".join(f"{name} = ledger_month.{name} + excluded.{name}" for name in COUNTERS)
UPSERT = f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {_ADD}"


def month_of(day: int) -> int:
    """The month number of a stored day: 20230930 -> 2023 * 12 + 8."""
    return day // 10000 * 12 + day // 100 % 100 - 1


def add(entries: Iterable[EntryRow]) -> None:
    """Add entries to the four cells each of them belongs to; nothing for none."""
    cells: dict[tuple[int, ...], list[int]] = {}
    for e in entries:
        # The counters are net: a copy that takes an entry back takes its flags back as well.
        counters = (
            e.value,
            e.sign,
            e.sign if e.value * e.sign < 0 else 0,
            e.sign if e.bound & 1 else 0,
            e.sign if e.bound & 2 else 0,
        )
        month, first_month = month_of(e.last_day), month_of(e.first_day)
        for level, span in LEVELS:
            pairing = e.pairing if level == 6 else 0
            key = (level, e.indicator, e.region // span, month, first_month, pairing)
            cell = cells.get(key)
            if cell is None:
                cells[key] = list(counters)
            else:
                for place, counter in enumerate(counters):
                    cell[place] += counter
    rows = [key + tuple(cells[key]) for key in sorted(cells)]
    sql.insert("ledger_month", KEY + COUNTERS, rows, UPSERT)
