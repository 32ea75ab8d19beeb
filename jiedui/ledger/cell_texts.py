"""The selects of `cells`, by how many parameters they take.

`answers`, `apart` and `later` are read together, so they have the same nine columns; the last tells them apart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from jiedui.ledger import sql
from jiedui.ledger.rollup import ALL

_COLUMNS = (
    "value", "n", "neg", "more", "less", "cut_n", "cut_neg", "adds", "adds_more", "adds_less", "counted",
    "pos", "negs", "floor", "same",
)  # fmt: skip


class Shape(NamedTuple):
    """How many parameters a statement has: the same shape is the same text, which is planned once."""

    indicators: int
    nodes: int  # 0: all between two
    months: int
    keys: int  # 0: every indicator at every node

    def where(self) -> str:
        """The rows it reads."""
        places = f"IN ({sql.marks(range(self.nodes))})" if self.nodes else "BETWEEN %s AND %s"
        keys = ",".join(["(%s,%s)"] * self.keys)
        only = f" AND (indicator, node) IN (VALUES {keys})" if keys else ""
        return (
            f"FROM ledger_running WHERE level = %s AND month IN ({sql.marks(range(self.months))})"
            f" AND indicator IN ({sql.marks(range(self.indicators))}) AND node {places}"
            f" AND pairing = {ALL}{only}"
        )


@lru_cache(maxsize=500)
def held(shape: Shape, *, stock: bool) -> str:
    """What the answers are made of, by the names of `_COLUMNS`."""
    if stock:
        # The last month is the greatest: what crosses the window's end, and what states just the window.
        sums = ", ".join(
            f"CAST(sum({what}) AS bigint) AS {name}"
            for what, name in (
                ("total + begun", "value"), ("n + begun_n", "n"), ("neg + begun_neg", "neg"),
                ("more + begun_more", "more"), ("less + begun_less", "less"), ("adds", "adds"),
                ("adds_more", "adds_more"), ("adds_less", "adds_less"), ("counted", "counted"),
            )
        )  # fmt: skip
        raw = (
            f"SELECT indicator, node, {sums}, 0 AS pos, 0 AS negs, 0 AS floor,"
            " max(CASE WHEN month = %s THEN across_n ELSE 0 END) AS cut_n,"
            " max(CASE WHEN month = %s THEN across_neg ELSE 0 END) AS cut_neg,"
            f" max(CASE WHEN month = %s THEN same END) AS same {shape.where()} GROUP BY indicator, node"
        )
    else:
        raw = (
            "SELECT indicator, node, total AS value, n, neg, more, less, begun_n + across_n AS cut_n,"
            " begun_neg + across_neg AS cut_neg, adds, adds_more, adds_less, counted, pos, negs,"
            f" floor, same {shape.where()}"
        )
    return f"SELECT indicator, node, {', '.join(_COLUMNS)} FROM ({raw}) AS raw"


APART, LATER = 2, 3
"""The last column of `apart` and `later`; that of `answers` is 0 or 1."""


@lru_cache(maxsize=500)
def answers(shape: Shape, *, stock: bool) -> str:
    """Indicator, node, value, flags, entries, declarations, cut entries and declarations by the arithmetic of
    `weights.total_of`; then 1 where what cuts the window cannot change the answer, else 0."""
    raw = held(shape, stock=stock)
    summed = (
        "SELECT indicator, node, n, neg, counted, cut_n, cut_neg, pos + negs AS cut, floor,"
        " CASE WHEN same & 1 = 1 THEN same >> 3 ELSE value + adds END AS value,"
        " CASE WHEN same & 1 = 1 THEN same >> 1 & 3 ELSE"
        " CASE WHEN more + adds_more > 0 OR cut_n > cut_neg OR pos > 0 THEN 1 ELSE 0 END +"
        " CASE WHEN less + adds_less > 0 OR cut_neg > 0 OR negs > 0 THEN 2 ELSE 0 END END AS flags,"
        f" CASE WHEN same & 1 = 1 THEN 1 ELSE 0 END AS stands FROM ({raw}) AS raw"
    )
    if stock:
        return f"SELECT indicator, node, value, flags, n, counted, cut_n, cut, stands FROM ({summed}) AS s"
    lifted = "floor > 2 * value + 1 AND neg = 0 AND cut_neg = 0"
    return (
        f"SELECT indicator, node, CASE WHEN {lifted} THEN floor / 2 ELSE value END,"
        f" CASE WHEN {lifted} THEN 3 - 2 * (floor & 1) ELSE flags END, n, counted, cut_n, cut,"
        f" CASE WHEN {lifted} THEN 1 ELSE stands END FROM ({summed}) AS s"
    )


@lru_cache(maxsize=500)
def later(shape: Shape) -> str:
    """Indicator, node, and how many of a stock's declarations state a later day, with more and with less to add."""
    pos, negs = (
        f"CAST(sum(CASE WHEN month = %s THEN -{name} ELSE {name} END) AS bigint)"
        for name in ("pos", "negs")
    )
    return (
        f"SELECT indicator, node, {pos}, {negs}, 0, 0, 0, 0, {LATER} {shape.where()}"
        " AND (pos > 0 OR negs > 0) GROUP BY indicator, node"
    )


@lru_cache(maxsize=200)
def apart(vendor: str, indicators: int) -> str:
    """Indicator, lo, hi, number, crosses, parts and adds of what cells do not weigh and shares a day with a window."""
    by = " INDEXED BY ledger_standing_apart" if vendor == "sqlite" else ""
    return (
        f"SELECT indicator, lo, hi, declaration, crosses, parts, adds, 0, {APART} FROM ledger_standing"
        f"{by} WHERE (crosses > 0 OR parts > 1 OR stock = 0 AND start_day / 10000 < stop_day / 10000)"
        f" AND indicator IN ({sql.marks(range(indicators))}) AND stop_day >= %s AND start_day <= %s"
    )
