"""Runs the one DDL there is: schema.sqlite.sql or schema.postgresql.sql."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
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


def missing(vendor: str, present: Container[str]) -> Iterator[str]:
    """The statements that make the tables and indexes that are not `present`, for a database made before."""
    for text in statements(vendor):
        for statement in text.split(";\n"):
            body = "\n".join(line for line in statement.split("\n") if not line.startswith("--"))
            words = body.split(maxsplit=3)
            if (
                words[:1] == ["CREATE"]
                and words[1] in ("TABLE", "INDEX")
                and words[2] not in present
            ):
                yield body
