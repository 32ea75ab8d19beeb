"""Runs the one DDL there is: schema.sqlite.sql or schema.postgresql.sql."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

APPEND_ONLY = ("ledger_indicator", "ledger_posting", "ledger_entry", "ledger_declaration")


def statements(vendor: str) -> Iterator[str]:
    """The statements of an engine's schema, one by one; vendor is Django's word for the engine."""
    text = (Path(__file__).parent / f"schema.{vendor}.sql").read_text(encoding="utf-8")
    if vendor != "sqlite":
        yield text
        return
    pending = ""
    for line in text.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
