"""The selects of `cells`, by how many parameters they take.

`answers`, `apart` and `later` are read together, so they have the same ten columns; the ninth tells them apart.
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


_OF_THE_LAST_MONTH = (
    "max(CASE WHEN month = %s THEN across_n ELSE 0 END) AS cut_n,"
    " max(CASE WHEN month = %s THEN across_neg ELSE 0 END) AS cut_neg,"
    " max(CASE WHEN month = %s THEN same END) AS same"
)
"""What crosses the end of a stock's window, and what states just the window."""


@lru_cache(maxsize=500)
def held(shape: Shape, *, stock: bool) -> str:
    """What the answers are made of, by the names of `_COLUMNS`."""
    if stock:
        sums = ", ".join(
            f"CAST(sum({what}) AS bigint) AS {name}"
            for what, name in (
                ("total + begun", "value"), ("n + begun_n", "n"), ("neg + begun_neg", "neg"),
                ("more + begun_more", "more"), ("less + begun_less", "less"), ("adds", "adds"),
                ("adds_more", "adds_more"), ("adds_less", "adds_less"), ("counted", "counted"),
            )
        )  # fmt: skip
        raw = (
            f"SELECT indicator, node, {sums}, 0 AS pos, 0 AS negs, 0 AS floor, {_OF_THE_LAST_MONTH}"
            f" {shape.where()} GROUP BY indicator, node"
        )
    else:
        raw = (
            "SELECT indicator, node, total AS value, n, neg, more, less, begun_n + across_n AS cut_n,"
            " begun_neg + across_neg AS cut_neg, adds, adds_more, adds_less, counted, pos, negs,"
            f" floor, same {shape.where()}"
        )
    return f"SELECT indicator, node, {', '.join(_COLUMNS)} FROM ({raw}) AS raw"


APART, LATER = -1, -2
"""Where `answers` have a floor."""


@lru_cache(maxsize=500)
def answers(shape: Shape, *, stock: bool) -> str:
    """Indicator, node, value, flags, entries, declarations, cut entries and declarations, the floor where one may
    lift the value, and the one that states just this cell: `weights.total_of` but for the rare two last."""
    if stock:
        return _stocks(shape)
    return (
        "SELECT indicator, node, total + adds,"
        " CASE WHEN more + adds_more > 0 OR begun_n + across_n > begun_neg + across_neg OR pos > 0 THEN 1"
        " ELSE 0 END + CASE WHEN less + adds_less > 0 OR begun_neg + across_neg > 0 OR negs > 0 THEN 2"
        " ELSE 0 END, n, counted, begun_n + across_n, pos + negs,"
        " CASE WHEN neg = 0 AND begun_neg + across_neg = 0 THEN floor ELSE 0 END, same"
        f" {shape.where()}"
    )


def _stocks(shape: Shape) -> str:
    """The same for stocks: no floor lifts them, and what a later day states comes apart."""
    sums = ", ".join(
        f"CAST(sum({what}) AS bigint) AS {name}"
        for what, name in (
            ("total + begun + adds", "value"), ("n + begun_n", "n"), ("counted", "counted"),
            ("more + begun_more + adds_more", "more"), ("less + begun_less + adds_less", "less"),
        )
    )  # fmt: skip
    raw = f"SELECT indicator, node, {sums}, {_OF_THE_LAST_MONTH} {shape.where()} GROUP BY indicator, node"
    return (
        "SELECT indicator, node, value, CASE WHEN more > 0 OR cut_n > cut_neg THEN 1 ELSE 0 END"
        " + CASE WHEN less > 0 OR cut_neg > 0 THEN 2 ELSE 0 END, n, counted, cut_n, 0, 0, same"
        f" FROM ({raw}) AS raw"
    )


@lru_cache(maxsize=500)
def later(shape: Shape) -> str:
    """Indicator, node, and how many of a stock's declarations state a later day, with more and with less to add."""
    pos, negs = (
        f"CAST(sum(CASE WHEN month = %s THEN -{name} ELSE {name} END) AS bigint)"
        for name in ("pos", "negs")
    )
    return (
        f"SELECT indicator, node, {pos}, {negs}, 0, 0, 0, 0, {LATER}, CAST(NULL AS bigint) {shape.where()}"
        " AND (pos > 0 OR negs > 0) GROUP BY indicator, node"
    )


@lru_cache(maxsize=200)
def apart(vendor: str, indicators: int) -> str:
    """Indicator, lo, hi, number, crosses, parts and adds of what cells do not weigh and shares a day with a window."""
    by = " INDEXED BY ledger_standing_apart" if vendor == "sqlite" else ""
    return (
        f"SELECT indicator, lo, hi, declaration, crosses, parts, adds, 0, {APART}, CAST(NULL AS bigint)"
        " FROM ledger_standing"
        f"{by} WHERE (crosses > 0 OR parts > 1 OR stock = 0 AND start_day / 10000 < stop_day / 10000)"
        f" AND indicator IN ({sql.marks(range(indicators))}) AND stop_day >= %s AND start_day <= %s"
    )
