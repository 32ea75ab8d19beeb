"""One statement at a time, on either engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from django.db import connection

Row: TypeAlias = tuple[Any, ...]
CHUNK = 2000
"""Rows of one multi-row statement; SQLite takes 32 766 parameters."""


def fetch(statement: str, params: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        rows: list[Row] = cursor.fetchall()
        return rows


def fetch_prepared(statement: str, params: Sequence[int]) -> list[Row]:
    """The same for a statement that is asked again and again in just these words: it is planned once.

    SQLite's driver keeps what it compiled anyway. For PostgreSQL the parameters go beside the text, so that the
    driver prepares it; behind a pooler that changes connections between transactions this must be turned off.
    """
    if connection.vendor == "sqlite":
        return fetch(statement, params)
    import psycopg

    connection.ensure_connection()
    # Django turns preparing off for the sake of poolers between; its own cursors do not prepare in any case.
    if connection.connection.prepare_threshold != 1:
        connection.connection.prepare_threshold = 1
        # They read by key whatever they are asked, so one plan is as good as another and need not be made again.
        run("SET plan_cache_mode TO force_generic_plan")
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    raw: Any = psycopg.Cursor(connection.connection)
    with wrapped(raw) as cursor:
        cursor.execute(statement, params)
        rows: list[Row] = cursor.fetchall()
        return rows


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
