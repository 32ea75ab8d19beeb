"""Many questions at once cost the statements of one."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiedui.ledger import Entry, NewPosting, heads, indicators, newest, posting, readings, subjects
from jiedui.ledger.details import PENDING, TODAY, Source
from jiedui.ledger.plan import Ask, nodes_of
from jiedui.lib.places import Box, Range, box_of, range_of

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 10, 1, 8, tzinfo=UTC)
NANNING, SHANGLIN, MASHAN = 450100000000, 450125000000, 450124000000
PAIRING = 440300450100


@pytest.fixture(autouse=True)
def _indicators() -> None:
    indicators.define({"test.seen": "distinct", "test.rate": "reading", "test.paid": "flow"})


def post(*entries: Entry, now: datetime = NOW) -> None:
    posting.post([NewPosting(uuid4(), 1, "440300-450100", entries, commitment="c" * 64)], now=now)


def asks(code: str, *places: int, boxes: tuple[Box, ...] | None = None) -> list[Ask]:
    number = indicators.known([code])[code].id
    return [Ask(number, nodes_of((range_of(p),)), boxes, 0, 20231231) for p in places]


def test_a_subject_counts_once_in_each_place_that_holds_it() -> None:
    day = date(2023, 5, 4)
    post(
        Entry("test.seen", SHANGLIN, PAIRING, day, day, 1, subject="a"),
        Entry("test.seen", MASHAN, PAIRING, day, day, 1, subject="a"),
        Entry("test.seen", MASHAN, 440300450200, day, day, 1, subject="b"),
    )
    inside = (box_of(PAIRING),)
    asked = [
        *asks("test.seen", NANNING, SHANGLIN, MASHAN),
        *asks("test.seen", MASHAN, boxes=inside),
    ]
    assert subjects.count(asked, TODAY) == [2, 1, 2, 1]
    assert subjects.count(asked, Source(upto=1)) == [1, 1, 0, 0]
    assert subjects.count([], TODAY) == []


def test_distinct_counts_and_readings_cost_as_many_statements_as_one() -> None:
    day = date(2023, 5, 4)
    for region in (SHANGLIN, MASHAN):
        post(
            Entry("test.seen", region, PAIRING, day, day, 1, subject="a"),
            Entry("test.rate", region, PAIRING, day, day, region // 10**6),
        )
    many = [SHANGLIN, MASHAN, NANNING] * 20
    for source, head, pending in (
        (TODAY, None, False),
        (PENDING, None, True),
        (Source(2), 1, False),
    ):
        taken = []
        for places in ([SHANGLIN], many):
            with CaptureQueriesContext(connection) as statements:
                subjects.count(asks("test.seen", *places), source)
                readings.newest_many(asks("test.rate", *places), head, pending=pending)
            taken.append(len(statements))
        assert taken[0] == taken[1]
    found = readings.newest_many(asks("test.rate", *many), None, pending=False)
    assert [one.value for one in found[:3]] == [450125, 450124, None]
    assert readings.newest_many([], None, pending=False) == []


def test_ends_of_days_are_the_heads_of_each_day() -> None:
    for number in range(3):
        day = date(2023, 5, 1)
        post(Entry("test.paid", SHANGLIN, PAIRING, day, day, 1), now=NOW + timedelta(number))
    days = [date(2023, 10, 2), date(2023, 9, 30), date(2024, 1, 1), date(2023, 10, 1)]
    assert heads.ends_of_days(days) == [2, 0, 3, 1] == [heads.end_of_day(day) for day in days]
    assert heads.ends_of_days([]) == []


def test_what_is_read_while_somebody_posts_is_read_again() -> None:
    day = date(2023, 5, 1)
    looks: list[tuple[int, int]] = []

    def read() -> int:
        if not looks:
            post(Entry("test.paid", SHANGLIN, PAIRING, day, day, 1))
        looks.append(heads.steady(heads.head))
        return heads.head()

    assert heads.steady(read) == (1, 1)
    # The inner look leaves the watching to the outer one, which saw the posting and looked again.
    assert looks == [(0, 1), (1, 1)]


def test_touched_tells_what_was_posted_in_any_of_the_places() -> None:
    day = date(2023, 5, 1)
    post(Entry("test.paid", SHANGLIN, PAIRING, day, day, 1))
    post(Entry("test.seen", MASHAN, PAIRING, day, day, 1, subject="a"))
    both = [range_of(SHANGLIN), range_of(MASHAN)]
    assert newest.touched(0, both) == {"test.paid": (1, 0), "test.seen": (1, 0)}
    assert newest.touched(1, both) == {"test.seen": (1, 0)}
    assert newest.touched(0, [Range(0, 1)]) == newest.touched(0, []) == {}


def test_numbers_of_indicators_are_read_once() -> None:
    indicators.known(["test.paid"])
    with CaptureQueriesContext(connection) as statements:
        assert indicators.known(["test.paid"])["test.paid"].code == "test.paid"
    assert not statements
    with pytest.raises(indicators.UnknownIndicator):
        indicators.known(["test.paid", "test.nothing"])
