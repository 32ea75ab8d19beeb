"""Heads: what was known when. A head is a posting number; 0 is the empty ledger."""

from __future__ import annotations

from datetime import date, datetime

from jiedui.ledger import chain, sql
from jiedui.ledger.rows import POSTING_COLUMNS, PostingRow
from jiedui.lib.periods import end_of_china_day


def head() -> int:
    """The newest posting; 0 when there is none."""
    return int(sql.fetch("SELECT coalesce(max(id), 0) FROM ledger_posting")[0][0])


def at(instant: datetime) -> int:
    """The last posting recorded at or before an aware instant; 0 when there is none."""
    rows = sql.fetch(
        "SELECT id FROM ledger_posting WHERE recorded_at <= %s"
        " ORDER BY recorded_at DESC, id DESC LIMIT 1",
        [chain.microseconds(instant)],
    )
    return int(rows[0][0]) if rows else 0


def end_of_day(day: date) -> int:
    """The last posting of a China day or before."""
    return at(end_of_china_day(day))


def book_head(book: str, head: int | None = None) -> tuple[int, str]:
    """(seq, hash) of a book's newest posting, known at `head`; (0, 64 zeros) for an empty book."""
    rows = sql.fetch(
        "SELECT seq, hash FROM ledger_posting WHERE book = %s AND id <= %s ORDER BY seq DESC LIMIT 1",
        [book, 2**62 if head is None else head],
    )
    return (int(rows[0][0]), str(rows[0][1])) if rows else (0, chain.FIRST)


def posting(number: int) -> PostingRow | None:
    """One posting as it is stored, or None."""
    rows = sql.fetch(
        f"SELECT {','.join(POSTING_COLUMNS)} FROM ledger_posting WHERE id = %s", [number]
    )
    return PostingRow(*rows[0]) if rows else None


def last_entry(head: int) -> int:
    """The last entry known at a head; 0 for the empty ledger."""
    found = posting(head)
    return found.last_entry if found else 0
