"""Filling an empty ledger fast: bare tables first, then indexes and triggers, then the rollups."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from django.db import connection, transaction

from bench.sample import blocks, indicators
from jiedui.ledger import check, schema
from jiedui.ledger import indicators as numbers
from jiedui.ledger.rows import DECLARATION_COLUMNS, ENTRY_COLUMNS, POSTING_COLUMNS

_TABLES = ("ledger_posting", "ledger_entry", "ledger_declaration")
_T = TypeVar("_T")


class Loaded(NamedTuple):
    """Seconds that the steps of a load took."""

    load_s: float
    index_s: float
    rebuild_s: float


def make_tables() -> bool:
    """The ledger's own DDL in an empty database; False if it is there already."""
    if "ledger_entry" in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        for statement in schema.statements(connection.vendor):
            cursor.execute(statement)
    return True


def fill(entries: int, say: Callable[[str], None]) -> Loaded:
    """Load a ledger of `entries` entries into empty ledger tables, and rebuild what is derived."""
    numbers.define({code: measure.value for code, measure in indicators().items()})
    known = {code: found.id for code, found in numbers.known(indicators()).items()}
    _quick(True)
    bare = _strip()
    say(f"loading {entries:,} entries")
    load_s, _ = _timed(lambda: _load(entries, known))
    say(f"loaded in {load_s:.0f} s, indexing")
    index_s, _ = _timed(lambda: _execute(bare))
    say(f"indexed in {index_s:.0f} s, rebuilding what is derived")
    rebuild_s, _ = _timed(check.rebuild)
    say(f"rebuilt in {rebuild_s:.0f} s")
    _execute(["ANALYZE"] if connection.vendor == "sqlite" else ["VACUUM ANALYZE"])
    _quick(False)
    return Loaded(load_s, index_s, rebuild_s)


def _timed(call: Callable[[], _T]) -> tuple[float, _T]:
    started = time.perf_counter()
    answer = call()
    return time.perf_counter() - started, answer


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _quick(on: bool) -> None:
    """A load that fails is begun again, so it need not be safe."""
    if connection.vendor == "sqlite":
        modes = ("OFF", "MEMORY", -(2**20)) if on else ("FULL", "DELETE", -2000)
        for name, value in zip(("synchronous", "journal_mode", "cache_size"), modes, strict=True):
            _execute([f"PRAGMA {name} = {value}"])
        if not on:
            connection.close()  # The settings' own mode and cache come back with a new connection.


def _strip() -> list[str]:
    """Drop indexes and triggers of the great tables; returns the statements that bring them back."""
    if connection.vendor == "sqlite":
        found = (
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
            " AND sql IS NOT NULL AND tbl_name = %s ORDER BY type"
        )
    else:
        found = (
            "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint)"
        )
    kept = []
    with connection.cursor() as cursor:
        for of in _TABLES:
            cursor.execute(found, [of])
            for kind, name, statement in cursor.fetchall():
                cursor.execute(f"DROP {kind} {name}")
                kept.append(statement)
    return kept


def _load(entries: int, known: dict[str, int]) -> None:
    with transaction.atomic():
        for block in blocks(entries, known):
            for name, columns, rows in (
                ("ledger_posting", POSTING_COLUMNS, block.postings),
                ("ledger_entry", ENTRY_COLUMNS, block.entries),
                ("ledger_declaration", DECLARATION_COLUMNS, block.declarations),
            ):
                _append(name, columns, rows)


def _append(
    name: str, columns: Sequence[str], rows: Sequence[tuple[int | str | None, ...]]
) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ",".join("?" * len(columns))
            # Django's own executemany would look at every row for its marks; the driver's does not.
            statement = f"INSERT INTO {name} ({','.join(columns)}) VALUES ({marks})"
            cursor.connection.executemany(statement, rows)
            return
        lines = [
            "\t".join(["\\N" if value is None else str(value) for value in row]) for row in rows
        ]
        with cursor.cursor.copy(f"COPY {name} ({','.join(columns)}) FROM STDIN") as copy:
            copy.write("\n".join(lines) + "\n" if lines else "")
