"""The statements of `cells`: one for flows, one for stocks, by how many parameters they take.

A great board is slow by its columns, so every row has four: a key (indicator * `KEY` + node), the word and the rest
that ledger_running has for a flow, and entries between. What cells do not weigh comes in the same rows with a
key below zero: -indicator, lo, hi, and declaration * 4, with 2 more when it is weighed by itself (it crosses another
or has several parts) and 1 more when it adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from jiedui.ledger import sql
from jiedui.ledger.details import total
from jiedui.ledger.rollup import ALL, BEGUN, COUNTERS

KEY = 10**6
"""No node that cells are kept for has more digits."""
_KEY = f"CAST(indicator AS bigint) * {KEY} + node"
REST = 2**21
"""The base of the digits that `rest` holds."""


class Shape(NamedTuple):
    """The engine, and how many parameters a list has: the same shape is the same text, which is planned once."""

    vendor: str
    indicators: int
    nodes: int  # 0: all between two

    def cells(self, columns: str, month: str) -> str:
        """A select of a month's or some months' cells; parameters: level, those of `month`, indicators, nodes."""
        nodes = "node BETWEEN ? AND ?"
        if self.nodes:
            nodes = sql.listed(self.vendor, "node", self.nodes)
        return (
            f"SELECT {_KEY} AS key, {columns} FROM ledger_running"
            f" WHERE level = ? AND month {month} AND {sql.listed(self.vendor, 'indicator', self.indicators)}"
            f" AND {nodes} AND pairing = {ALL}"
        )

    def apart(self) -> str:
        """What cells do not weigh and shares a day with the window; parameters: indicators, start, stop."""
        by = " INDEXED BY ledger_standing_apart" if self.vendor == "sqlite" else ""
        return (
            f"SELECT -indicator, lo, hi, declaration * 4 + {_flag('crosses > 0 OR parts > 1', '2')}"
            f" + {_flag('adds <> 0')}"
            f" FROM ledger_standing{by} WHERE (crosses > 0 OR parts > 1"
            " OR stock = 0 AND start_day / 10000 < stop_day / 10000)"
            f" AND {sql.listed(self.vendor, 'indicator', self.indicators)} AND stop_day >= ? AND start_day <= ?"
        )


def _flag(where: str, flag: str = "1") -> str:
    return f"CASE WHEN {where} THEN {flag} ELSE 0 END"


def _rest(*counts: str) -> str:
    digits = " + ".join(f"({count}) * {REST**place}" for place, count in enumerate(counts))
    return f"CASE WHEN {' + '.join(counts)} < {REST} THEN {digits} ELSE -1 END"


@lru_cache(maxsize=200)
def flows(shape: Shape) -> str:
    """One cell each; parameters: of cells, of apart."""
    return f"{shape.cells('word, n, rest', '= ?')} UNION ALL {shape.apart()}"


@lru_cache(maxsize=200)
def stocks(shape: Shape) -> str:
    """The same of all years up to a cell; parameters: indicators, then of cells thrice, of apart.

    The cells are the last one, the Decembers of the years before, and those after: what they state is cut.
    """
    held = (
        "total + begun + adds AS value, n + begun_n AS n, counted, more + begun_more + adds_more AS more,"
        " less + begun_less + adds_less AS less"
    )
    last = f"{held}, across_n AS cut_n, across_neg AS cut_neg, -pos AS pos, -negs AS negs, same"
    among = "IN ({})" if shape.vendor == "sqlite" else "= ANY (ARRAY({}))"
    years = among.format("SELECT month FROM year WHERE month {} ?")
    before = f"{held}, 0, 0, 0, 0, CAST(NULL AS bigint)"
    after = "0, 0, 0, 0, 0, 0, 0, pos, negs, CAST(NULL AS bigint)"
    parts = " UNION ALL ".join(
        (
            shape.cells(last, "= ?"),
            shape.cells(before, years.format("<")),
            f"{shape.cells(after, years.format('>='))} AND pos + negs > 0",
        )
    )
    names = ("value", "n", "counted", "more", "less", "cut_n", "cut_neg", "pos", "negs")
    sums = ", ".join(f"CAST(sum({name}) AS bigint) AS {name}" for name in names)
    flags = (
        f"{_flag('more > 0 OR cut_n > cut_neg OR pos > 0', '2')}"
        f" + {_flag('less > 0 OR cut_neg > 0 OR negs > 0', '4')}"
    )
    rest = _rest("counted", "cut_n", "pos + negs")
    return (
        "WITH RECURSIVE year (month, last) AS (SELECT min(month) / 12 * 12 + 11, max(month) FROM ledger_running"
        f" WHERE level = 0 AND {sql.listed(shape.vendor, 'indicator', shape.indicators)}"
        " UNION ALL SELECT month + 12, last FROM year WHERE month < last)"
        f" SELECT key, CASE WHEN same & 1 = 1 THEN same ELSE value * 8 + {flags} END, n, {rest}"
        f" FROM (SELECT key, {sums}, max(same) AS same FROM ({parts}) AS part GROUP BY key) AS held"
        f" UNION ALL {shape.apart()}"
    )


def held(level: int, month: int, keys: Sequence[int], *, stock: bool) -> str:
    """What some answers are made of: key, `details.Sums`, a `weights.Weight` up to its floor, and `same`."""
    weighed = ("adds", "adds_more", "adds_less", "counted")
    at, upto, year_ends = f"month = {month}", f"month <= {month}", "month - month / 12 * 12 = 11"
    if stock:
        columns = [
            total(f"{own} + {begun}", upto) for own, begun in zip(COUNTERS, BEGUN, strict=True)
        ]
        columns += ["0", total("across_n", at), total("across_neg", at)]
        columns += [total(name, upto) for name in weighed]
        # A later day's: of the years from this one on, less those up to the month.
        columns += [
            f"{total(name, f'month >= {month} AND {year_ends}')} - {total(name, at)}"
            for name in ("pos", "negs")
        ]
        columns += ["0", "0", f"max(CASE WHEN {at} THEN same END)"]
        months = f"({at} OR {year_ends})"
    else:
        columns = [*COUNTERS, "0", "begun_n + across_n", "begun_neg + across_neg"]
        columns += [*weighed, "pos", "negs", "0", "floor", "same"]
        months = at
    indicators, nodes = ({key // KEY for key in keys}, {key % KEY for key in keys})
    return (
        f"SELECT {_KEY}, {', '.join(columns)} FROM ledger_running WHERE level = {level} AND {months}"
        f" AND {sql.in_list('indicator', sorted(indicators))} AND {sql.in_list('node', sorted(nodes))}"
        f" AND pairing = {ALL} AND {sql.in_list(_KEY, keys)}{' GROUP BY indicator, node' if stock else ''}"
    )
