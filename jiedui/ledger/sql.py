"""One statement at a time, on either engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from django.db import connection

Row: TypeAlias = tuple[Any, ...]
Param: TypeAlias = int | Sequence[int]
CHUNK = 2000
"""Rows of one multi-row statement; SQLite takes 32 766 parameters."""


def fetch(statement: str, params: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        rows: list[Row] = cursor.fetchall()
        return rows


def fetch_prepared(statement: str, params: Sequence[Param]) -> list[Row]:
    """All rows of a query that is asked again and again in just these words: it is planned once.

    Its marks are `?`, a list stands at `listed`. Drivers and Django look at statement and parameters anew each time,
    which takes longer than either engine takes to answer, so this goes around them where nobody watches.
    """
    connection.ensure_connection()
    watched = connection.queries_logged or connection.execute_wrappers
    values: list[Any] = []
    if connection.vendor == "sqlite":
        for param in params:
            values += [param] if isinstance(param, int) else param
        if not watched:
            with connection.wrap_database_errors:
                raw = sqlite3.Cursor(connection.connection)
                return raw.execute(statement, values).fetchall()
    else:
        from jiedui.ledger import libpq

        if not watched and libpq.ready(connection.connection):
            with connection.wrap_database_errors:
                return libpq.fetch(connection.connection, statement, params)
        values = [param if isinstance(param, int) else list(param) for param in params]
    return fetch(statement.replace("?", "%s"), values)


def listed(vendor: str, column: str, size: int) -> str:
    """`column` is one of a list of parameters; PostgreSQL takes it as one."""
    return f"{column} IN ({','.join('?' * size)})" if vendor == "sqlite" else f"{column} = ANY(?)"


def run(statement: str, params: Sequence[Any] = ()) -> None:
    """One statement that returns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)


def marks(values: Sequence[object]) -> str:
    """ "%s,%s,%s" for three values."""
    return ",".join(["%s"] * len(values))


def chunks(values: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    """Slices of at most `size`; nothing for nothing."""
    for begin in range(0, len(values), size):
        yield values[begin : begin + size]


def insert(table: str, columns: Sequence[str], rows: Sequence[Row], suffix: str = "") -> None:
    """Insert many rows by as few statements as the engines allow."""
    line = f"({marks(columns)})"
    for part in chunks(rows, min(CHUNK, 30_000 // len(columns))):
        run(
            f"INSERT INTO {table} ({','.join(columns)}) VALUES {','.join([line] * len(part))} {suffix}",
            [value for row in part for value in row],
        )


def in_list(column: str, values: Iterable[int]) -> str:
    """`column IN (…)` with our own integers written out; false for none."""
    texts = ",".join(str(int(value)) for value in values)
    return f"{column} IN ({texts})" if texts else "1 = 0"
