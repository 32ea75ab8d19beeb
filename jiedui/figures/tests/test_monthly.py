"""Many months at once are the same as each month asked alone, and cost the same for any number of months."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiedui.figures.answers import ask_many
from jiedui.figures.kept import Kept
from jiedui.figures.monthly import ask_months
from jiedui.figures.tests.test_explain import make_world
from jiedui.figures.tests.world import INVESTMENT, MASHAN, NANNING, SHANGLIN, detail, put, question
from jiedui.ledger import heads
from jiedui.lib.periods import month_number
from jiedui.regions import places
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db
SERVING = "secondment.serving"
FIRST, LAST = month_number(date(2020, 12, 1)), month_number(date(2023, 9, 1))


@pytest.fixture(autouse=True)
def regions() -> None:
    make_regions()


def test_months_together_are_the_months_asked_alone() -> None:
    chance = random.Random(7)
    middle = make_world(INVESTMENT, chance)
    make_world(SERVING, chance)
    asked = [
        question(code, region, known_at=head)
        for code in (INVESTMENT, SERVING)
        for region in (NANNING, SHANGLIN)
        for head in (None, middle)
    ]
    rows = ask_months(asked, FIRST, LAST)
    assert any(answer.amount for row in rows for answer in row)
    for row, one in zip(rows, asked, strict=True):
        assert row == ask_many([answer.question for answer in row], pending=False)
        assert len(row) == LAST - FIRST + 1
        assert {answer.head for answer in row} == {one.known_at or heads.head()}
    assert rows[0][0].question.window == (date(2020, 12, 1), date(2020, 12, 31))
    assert rows[-1][0].question.window == (None, date(2020, 12, 31))
    assert ask_months(asked, LAST, FIRST) == [[] for _one in asked]
    with pytest.raises(ValueError, match="does not add up"):
        ask_months([question("funds.paid_rate")], FIRST, LAST)


def test_a_county_that_changed_city_keeps_the_codes_of_each_month() -> None:
    """简阳市 was 512081 until 2016: each month asks the codes in use in it."""
    jianyang = 510185_000000
    put(
        detail(3, date(2015, 2, 1), 512081_000000),
        detail(5, date(2017, 2, 1), jianyang),
    )
    (row,) = ask_months(
        [question(region=jianyang, pairing=None)],
        month_number(date(2015, 1, 1)),
        month_number(date(2017, 3, 1)),
    )
    alone = ask_many([answer.question for answer in row], pending=False)
    assert row == alone
    assert [answer.amount for answer in row if answer.amount] == [3, 5]
    assert len({places.ranges(jianyang, answer.question.window) for answer in row}) > 1


def test_any_number_of_months_and_indicators_costs_the_same() -> None:
    put(detail(5, date(2023, 2, 1)), detail(5, date(2023, 2, 1), MASHAN, "consumption.sales"))
    taken = []
    ask_months([question(INVESTMENT), question("consumption.sales")], LAST, LAST)
    for codes, first in (([INVESTMENT], LAST), ([INVESTMENT, "consumption.sales"], LAST - 35)):
        with CaptureQueriesContext(connection) as statements:
            ask_months([question(code) for code in codes], first, LAST)
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_what_a_page_kept_is_not_asked_again() -> None:
    put(detail(5, date(2023, 2, 1)))
    kept = Kept()
    first, second = question(), question(region=SHANGLIN)
    (whole,) = kept.ask([first], pending=[first])
    assert whole.with_pending is not None
    with CaptureQueriesContext(connection) as statements:
        assert kept.ask([first, first]) == [whole, whole]
    assert not statements
    answers = kept.ask([second, first])
    assert answers[1] is whole
    assert answers[0].question == second
    assert answers[0].with_pending is None
