"""Many writers at once, and a disk that is full: no posting lost, doubled or halved."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from jiedui.ledger import (
    Entry,
    NewPosting,
    Receipt,
    Slice,
    check,
    heads,
    indicators,
    posting,
    sql,
    totals,
)
from jiedui.lib.places import range_of

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2023, 10, 1, 8, tzinfo=UTC)
WRITERS = 32
BOOKS = ("440300-450100", "320400-610900")


@pytest.fixture(autouse=True)
def _indicators() -> None:
    indicators.define({"funds.paid": "flow"})


def new(number: int, entries: int = 1) -> NewPosting:
    day = date(2023, 1 + number % 9, 4)
    paid = tuple(
        Entry("funds.paid", 450125000000 + n, 440300450100, day, day, 1) for n in range(entries)
    )
    return NewPosting(uuid4(), 1, BOOKS[number % 2], paid, commitment="c" * 64)


def total() -> int | None:
    nation = Slice("funds.paid", (range_of(0),), None, None, date(2023, 12, 31))
    return totals.ask([nation])[0].value


def at_once(work: Callable[[int], list[Receipt]]) -> list[list[Receipt]]:
    """The same work by 32 writers with a connection each, all let go by one barrier."""
    barrier = Barrier(WRITERS)

    def write(number: int) -> list[Receipt]:
        try:
            sql.fetch("SELECT 1")
            barrier.wait(timeout=60)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(write, range(WRITERS)))


def test_32_writers_at_one_barrier_lose_and_double_nothing() -> None:
    def write(number: int) -> list[Receipt]:
        return [posting.post([new(number + turn)], now=NOW)[0] for turn in range(4)]

    receipts = [receipt for mine in at_once(write) for receipt in mine]
    assert sorted(r.posting for r in receipts) == list(range(1, 4 * WRITERS + 1))
    for book in BOOKS:
        seqs = sorted(r.seq for r in receipts if r.book == book)
        assert seqs == list(range(1, 2 * WRITERS + 1))
    assert not any(r.repeated for r in receipts)
    assert total() == 4 * WRITERS
    assert check.verify() is None


def test_one_revision_posted_by_32_at_once_is_one_posting() -> None:
    same = new(1, entries=3)
    receipts = [mine[0] for mine in at_once(lambda _: posting.post([same], now=NOW))]
    assert sum(r.repeated for r in receipts) == WRITERS - 1
    assert len({(r.posting, r.seq, r.hash, r.recorded_at) for r in receipts}) == 1
    assert heads.head() == 1
    assert total() == 3
    assert check.verify() is None


def test_a_posting_that_came_after_a_writer_is_not_seen_half() -> None:
    """A reader between two commits sees whole postings only: derived and posted move together."""

    def work(number: int) -> list[Receipt]:
        if number % 4:
            return posting.post([new(number, entries=5)], now=NOW)
        for _ in range(10):
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    sql.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                entries = sql.fetch("SELECT count(*) FROM ledger_entry")[0][0]
                assert entries % 5 == 0
                assert total() == entries
        return []

    at_once(work)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own limit")
def test_a_full_disk_writes_nothing_half_and_posting_goes_on_later_sqlite() -> None:
    pages = sql.fetch("PRAGMA page_count")[0][0]
    sql.run(f"PRAGMA max_page_count = {pages + 24}")
    acknowledged, batch = 0, [new(0)]

    def fill() -> None:
        nonlocal acknowledged, batch
        for number in range(1000):
            batch = [new(number, entries=10) for _ in range(3)]
            acknowledged += len(posting.post(batch, now=NOW))

    with pytest.raises(DatabaseError, match="full"):
        fill()
    assert acknowledged > 0
    assert heads.head() == acknowledged
    assert total() == 10 * acknowledged
    assert check.verify() is None
    sql.run("PRAGMA max_page_count = 1000000")
    assert not any(receipt.repeated for receipt in posting.post(batch, now=NOW))
    assert total() == 10 * (acknowledged + 3)
    assert check.verify() is None


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="an error injected at commit")
def test_a_full_disk_writes_nothing_half_and_posting_goes_on_later_postgresql() -> None:
    posting.post([new(1, entries=10)], now=NOW)
    sql.run(
        "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
        " 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
    )
    sql.run(
        "CREATE CONSTRAINT TRIGGER no_space AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION disk_full()"
    )
    batch = [new(number, entries=10) for number in range(3)]
    with pytest.raises(DatabaseError, match="No space left"):
        posting.post(batch, now=NOW)
    assert heads.head() == 1
    assert total() == 10
    assert check.verify() is None
    sql.run("DROP TRIGGER no_space ON ledger_entry")
    assert [receipt.posting for receipt in posting.post(batch, now=NOW)] == [2, 3, 4]
    assert total() == 40
    assert check.verify() is None
