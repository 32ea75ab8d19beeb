"""Plain questions: answered by cells alone, and by the words of the specification."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, note
from hypothesis import strategies as st

from jiedui.ledger import (
    Declaration,
    Entry,
    Measure,
    Slice,
    cells,
    indicators,
    posting,
    rollup,
    sql,
)
from jiedui.ledger.indicators import known
from jiedui.ledger.naive import Naive
from jiedui.ledger.tests import worlds
from jiedui.ledger.tests.test_against_naive import EXAMPLES, NATION, NOW, example, play
from jiedui.lib.periods import month_span
from jiedui.lib.places import Range, range_of

pytestmark = pytest.mark.django_db

PLACES = (
    *NATION,
    *(range_of(code) for code in (450000000000, 450100000000, 450125000000, 610900000000)),
)


@st.composite
def plain(draw: st.DrawFn, indicator: str) -> Slice:
    """A year to date for a flow (a stock looks at its end only), in a place and at an end that cells keep."""
    place: Range = draw(st.sampled_from(PLACES))
    year = draw(st.sampled_from((2021, 2022, 2022, 2022, 2023)))
    level = {10**12: 0, 10**10: 2, 10**8: 4, 10**6: 6}[place.hi - place.lo + 1]
    end = month_span(year * 12 + draw(st.sampled_from(list(rollup.KEPT[level])))).last
    return Slice(indicator, (place,), None, date(year, 1, 1), end)


@pytest.mark.parametrize("indicator", ["test.flow", "test.stock"])
@EXAMPLES
@given(data=st.data())
def test_cells_answer_plain_questions_as_the_specification_does(
    indicator: str, data: st.DataObject
) -> None:
    history = data.draw(worlds.histories(indicator))
    asked = data.draw(st.lists(plain(indicator), min_size=1, max_size=20))
    naive = Naive({code: Measure(word) for code, word in worlds.ALL_MEASURES.items()})
    with example():
        indicators.define(worlds.ALL_MEASURES)
        play(history, naive)
        for slice_, answer in zip(asked, cells.answers(asked, known([indicator])), strict=True):
            note(f"{slice_}")
            assert answer == naive.ask(slice_)


@pytest.mark.parametrize(
    "slice_",
    [
        Slice("test.flow", NATION, None, date(2023, 2, 1), date(2023, 3, 31)),
        Slice("test.flow", NATION, None, date(2023, 1, 1), date(2023, 3, 30)),
        Slice("test.flow", NATION, None, date(2022, 1, 1), date(2023, 3, 31)),
        Slice("test.flow", NATION, None, None, date(2023, 3, 31)),
        Slice("test.flow", (PLACES[3],), None, date(2023, 1, 1), date(2023, 3, 31)),
        Slice("test.flow", (range_of(610928001000),), None, date(2023, 1, 1), date(2023, 12, 31)),
        Slice("test.flow", (*PLACES[2:3], range_of(620000000000)), None, None, date(2023, 12, 31)),
        Slice("test.distinct", NATION, None, date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_other_questions_are_left_to_others(slice_: Slice) -> None:
    indicators.define(worlds.ALL_MEASURES)
    assert cells.answers([slice_], known([slice_.indicator])) == [None]


def test_a_prepared_statement_answers_watched_or_not() -> None:
    indicators.define(worlds.ALL_MEASURES)
    listed = sql.listed(connection.vendor, "id", 2)
    text, params = f"SELECT id + ? FROM ledger_indicator WHERE {listed} ORDER BY id", (10, [1, 3])
    with CaptureQueriesContext(connection) as seen:
        assert sql.fetch_prepared(text, params) == [(11,), (13,)]
    assert len(seen) == 1
    assert sql.fetch_prepared(text, params) == sql.fetch_prepared(text, params) == [(11,), (13,)]
    with pytest.raises(DatabaseError), transaction.atomic():
        sql.fetch_prepared("SELECT nothing FROM ledger_indicator", ())
    assert sql.fetch_prepared(text, params) == [(11,), (13,)]


@pytest.mark.django_db(transaction=True)
def test_a_prepared_statement_reads_in_the_transaction_that_was_begun() -> None:
    indicators.define({"test.flow": "flow"})
    text = "SELECT count(*) FROM ledger_posting WHERE revision = ?"
    assert sql.fetch_prepared(text, (1,)) == [(0,)]
    with transaction.atomic():
        assert sql.fetch_prepared(text, (1,)) == [(0,)]
        step = worlds.Step((), (), None, False)
        posting.post([worlds.new_posting(worlds.record_of(0), 1, step, None)], now=NOW)
        assert sql.fetch_prepared(text, (1,)) == [(1,)]
        transaction.set_rollback(True)
    assert sql.fetch_prepared(text, (1,)) == [(0,)]


def test_what_is_too_much_to_count_is_left_to_others() -> None:
    indicators.define(worlds.ALL_MEASURES)
    naive = Naive({code: Measure(word) for code, word in worlds.ALL_MEASURES.items()})
    place, year = 450125000000, (date(2022, 1, 1), date(2022, 12, 31))
    asked = Slice("test.flow", (range_of(place),), None, *year)
    stated = Declaration("test.flow", place, False, 0, year[0], date(2022, 6, 30), 9)
    play([worlds.Step((), (stated,), None, False)], naive)
    for counted in (2**21 - 1, 2**21):
        sql.run(f"UPDATE ledger_running SET counted = {counted}")
        (answer,) = cells.answers([asked], known([asked.indicator]))
        expected = naive.ask(asked)._replace(declarations=counted)
        assert answer == (expected if counted < 2**21 else None)


def test_a_cell_that_holds_nothing_any_more_is_gone() -> None:
    indicators.define(worlds.ALL_MEASURES)
    naive = Naive({code: Measure(word) for code, word in worlds.ALL_MEASURES.items()})
    over_the_edge = Entry(
        "test.flow", 450125000000, 440300450100, date(2022, 12, 20), date(2023, 1, 9), 5
    )
    stated = Declaration(
        "test.flow", 450125000000, False, 0, date(2022, 1, 1), date(2022, 6, 30), 9
    )
    play([worlds.Step((over_the_edge,), (stated,), None, False)], naive)
    assert len(sql.fetch("SELECT * FROM ledger_running")) > 40
    nothing = worlds.new_posting(worlds.record_of(0), 2, worlds.Step((), (), None, False), 1)
    posting.post([nothing], now=NOW + timedelta(days=1))
    assert sql.fetch("SELECT * FROM ledger_running") == []
