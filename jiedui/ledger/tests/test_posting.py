from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from jiedui.ledger import (
    Declaration,
    Entry,
    NewPosting,
    Slice,
    chain,
    heads,
    indicators,
    pending,
    posting,
    totals,
)
from jiedui.lib.bounds import Bound
from jiedui.lib.places import range_of

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 10, 1, 8, tzinfo=UTC)
SHANGLIN, MASHAN = 450125000000, 450124000000
NANNING = 450100000000
PAIRING = 440300450100
BOOK = "440300-450100"


@pytest.fixture(autouse=True)
def _indicators() -> None:
    indicators.define({"funds.paid": "flow", "industry.outlets": "stock"})


def paid(value: int, day: date = date(2023, 5, 4), region: int = SHANGLIN) -> Entry:
    return Entry("funds.paid", region, PAIRING, day, day, value)


def one(
    *entries: Entry, record: UUID | None = None, revision: int = 1, **more: object
) -> NewPosting:
    return NewPosting(record or uuid4(), revision, BOOK, entries, commitment="c" * 64, **more)  # type: ignore[arg-type]


def year(region: int = NANNING) -> Slice:
    return Slice("funds.paid", (range_of(region),), None, date(2023, 1, 1), date(2023, 12, 31))


def test_a_posted_entry_is_in_the_very_next_answer() -> None:
    assert totals.ask([year()])[0] == (0, Bound.EXACT, 0, 0, 0, 0, 0)
    receipt = posting.post([one(paid(300))], now=NOW)[0]
    assert (receipt.posting, receipt.seq, receipt.repeated) == (1, 1, False)
    assert receipt.recorded_at == NOW
    assert totals.ask([year()])[0] == (300, Bound.EXACT, 1, 0, 0, 0, 0)
    assert totals.ask([year(MASHAN)])[0].value == 0


def test_the_same_revision_again_gets_the_same_receipt() -> None:
    new = one(paid(300))
    first = posting.post([new], now=NOW)[0]
    again = posting.post([new], now=NOW)[0]
    assert again.repeated
    assert again.hash == first.hash
    assert heads.head() == 1


def test_the_same_revision_with_other_content_is_a_conflict() -> None:
    record = uuid4()
    posting.post([one(paid(300), record=record)], now=NOW)
    with pytest.raises(posting.PostingConflict):
        posting.post([one(paid(301), record=record)], now=NOW)


def test_a_correction_takes_back_what_was_posted_and_posts_the_new() -> None:
    record = uuid4()
    first = posting.post([one(paid(300), record=record)], now=NOW)[0]
    head = heads.head()
    second = one(paid(200), record=record, revision=2, reverses=first.posting)
    receipt = posting.post([second], now=NOW)[0]
    assert posting.post([second], now=NOW)[0].hash == receipt.hash
    assert totals.ask([year()])[0] == (200, Bound.EXACT, 1, 0, 0, 0, 0)
    assert totals.ask([year()], head=head)[0] == (300, Bound.EXACT, 1, 0, 0, 0, 0)
    with pytest.raises(posting.AlreadyReversed):
        posting.post([one(record=record, revision=3, reverses=first.posting)], now=NOW)
    posting.post([one(record=record, revision=3, reverses=receipt.posting)], now=NOW)
    assert totals.ask([year()])[0].entries == 0


def test_a_call_writes_all_or_nothing() -> None:
    bad = Entry("no.such", SHANGLIN, PAIRING, NOW.date(), NOW.date(), 1)
    with pytest.raises(indicators.UnknownIndicator):
        posting.post([one(paid(1)), one(bad)], now=NOW)
    assert heads.head() == 0


def test_time_of_recording_never_goes_back() -> None:
    posting.post([one(paid(1))], now=NOW)
    back = posting.post([one(paid(1))], now=datetime(2020, 1, 1, tzinfo=UTC))[0]
    assert back.recorded_at == NOW
    assert heads.at(NOW) == 2
    assert heads.end_of_day(date(2023, 9, 30)) == 0


def test_each_book_has_its_own_chain() -> None:
    a, b = posting.post([one(paid(1)), NewPosting(uuid4(), 1, "other", (paid(2),))], now=NOW)
    assert (a.seq, b.seq) == (1, 1)
    assert heads.book_head("other") == (1, b.hash)
    assert heads.book_head("none") == (0, chain.FIRST)


def test_a_declaration_counts_only_what_its_details_do_not() -> None:
    total = Declaration(
        "funds.paid", NANNING, False, PAIRING, None, date(2023, 9, 30), 1000, wording="10元"
    )
    posting.post([one(declarations=(total,))], now=NOW)
    until = Slice("funds.paid", (range_of(NANNING),), None, None, date(2023, 9, 30))
    posting.post([one(paid(300))], now=NOW)
    assert totals.ask([until])[0] == (1000, Bound.EXACT, 1, 1, 0, 0, 0)
    assert totals.ask([year()])[0] == (300, Bound.AT_LEAST, 1, 0, 0, 1, 0)
    with pytest.raises(posting.EqualSlice):
        posting.post([one(declarations=(total,))], now=NOW)


def test_what_waits_is_counted_as_if_it_were_approved() -> None:
    record = uuid4()
    first = posting.post([one(paid(300), record=record)], now=NOW)[0]
    second = one(paid(250), record=record, revision=2, reverses=first.posting)
    pending.propose([second, one(paid(7))])
    assert totals.ask([year()])[0].value == 300
    assert totals.ask([year()], pending=True)[0].value == 257
    posting.post([second], now=NOW)
    assert totals.ask([year()], pending=True)[0].value == 257


@pytest.mark.parametrize("table", ["indicator", "posting", "entry", "declaration"])
def test_nobody_updates_deletes_or_replaces_a_row(table: str) -> None:
    total = Declaration("funds.paid", NANNING, False, PAIRING, None, date(2023, 9, 30), 1000)
    posting.post([one(paid(300), declarations=(total,))], now=NOW)
    statements = [f"UPDATE ledger_{table} SET id = id", f"DELETE FROM ledger_{table}"]
    if connection.vendor == "sqlite":
        statements.append(f"REPLACE INTO ledger_{table} SELECT * FROM ledger_{table} WHERE id = 1")
    else:
        statements.append(f"TRUNCATE ledger_{table}")
        statements.append(
            f"INSERT INTO ledger_{table} SELECT * FROM ledger_{table} ON CONFLICT (id)"
            " DO UPDATE SET id = excluded.id"
        )
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
