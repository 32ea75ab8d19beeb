"""Heads: what was known when. A head is a posting number; 0 is the empty ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from jiedui.ledger import chain, sql
from jiedui.ledger.rows import POSTING_COLUMNS, PostingRow
from jiedui.lib.periods import end_of_china_day

T = TypeVar("T")

ATTEMPTS = 5
"""How often something is read again because somebody posted meanwhile."""


class Stamp(NamedTuple):
    """A posting and its hash: a number alone may be that of another one in a ledger that was put back."""

    head: int
    hash: str


class _Look(NamedTuple):
    """A steady look: the newest posting it began at, and what was read in it."""

    stamp: Stamp
    kept: dict[object, object]


_look: ContextVar[_Look | None] = ContextVar("look", default=None)


def head() -> int:
    """The newest posting; 0 when there is none."""
    return int(sql.fetch("SELECT coalesce(max(id), 0) FROM ledger_posting")[0][0])


def newest() -> Stamp:
    """The newest posting with its hash."""
    rows = sql.fetch("SELECT id, hash FROM ledger_posting ORDER BY id DESC LIMIT 1")
    return Stamp(*rows[0]) if rows else Stamp(0, chain.FIRST)


def stamp() -> Stamp:
    """That of the steady look that lasts, else the newest."""
    look = _look.get()
    return newest() if look is None else look.stamp


def steady(read: Callable[[], T]) -> tuple[int, T]:
    """The newest head and what `read` finds at it: read again when somebody posted meanwhile.

    Inside another `steady` the outer one watches, so that a page of many readings stands at one head for two
    statements. After ATTEMPTS times the last head and reading are named together all the same.
    """
    outer = _look.get()
    if outer is not None:
        return outer.stamp.head, read()
    for _attempt in range(ATTEMPTS):
        begun = newest()
        token = _look.set(_Look(begun, {}))
        try:
            found = read()
        finally:
            _look.reset(token)
        if head() == begun.head:
            break
    return begun.head, found


def kept() -> dict[object, object]:
    """Where what was read is kept as long as the steady look lasts; outside one it is forgotten at once."""
    look = _look.get()
    return {} if look is None else look.kept


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


def ends_of_days(days: Sequence[date]) -> list[int]:
    """The same for several days, in order, in one statement; [] for none."""
    if not days:
        return []
    each = " UNION ALL ".join(
        f"SELECT {number}, (SELECT id FROM ledger_posting WHERE recorded_at <= {moment}"
        " ORDER BY recorded_at DESC, id DESC LIMIT 1)"
        for number, moment in enumerate(chain.microseconds(end_of_china_day(day)) for day in days)
    )
    found: dict[int, int | None] = dict(sql.fetch(each))
    return [int(found[number] or 0) for number in range(len(days))]


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
