from datetime import date
from decimal import Decimal

import pytest

from jiedui.figures import formats
from jiedui.figures.answers import ask, ask_many, rounded_ratio
from jiedui.figures.tests.world import (
    GUANGXI,
    INVESTMENT,
    LATE,
    MASHAN,
    NANNING,
    SHANGLIN,
    SHENZHEN_NANNING,
    WAN,
    detail,
    put,
    question,
    stated,
)
from jiedui.indicators.catalogue import UnknownIndicator
from jiedui.ledger import pending
from jiedui.ledger.facts import NewPosting
from jiedui.lib.bounds import Bound
from jiedui.lib.ids import uuid7
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

YEAR = date(2023, 1, 1)


@pytest.fixture(autouse=True)
def regions() -> None:
    make_regions()


def test_a_stated_total_answers_in_the_base_unit() -> None:
    put(stated(497_200 * WAN, wording="实际到位投资额49.72亿元"))
    answer = ask(question())
    assert answer.value == Decimal(4972000000)
    assert formats.decimal_text(answer.value) == "4972000000"
    assert (answer.unit, answer.bound, answer.as_of) == ("元", Bound.EXACT, date(2023, 9, 30))
    assert (answer.approved.entries, answer.approved.declarations) == (0, 1)


def test_details_inside_a_total_do_not_count_twice_and_later_ones_do() -> None:
    put(stated(497_200 * WAN))
    put(detail(5_600 * WAN, date(2023, 9, 26)))
    assert ask(question()).value == 4972000000
    put(detail(1_000 * WAN, date(2023, 10, 8)))
    assert ask(question(end=date(2023, 12, 31))).value == 4982000000


def test_a_year_does_not_show_the_total_of_several_years() -> None:
    put(stated(42_602 * WAN, start=date(2021, 1, 1)))
    put(detail(300 * WAN, date(2023, 5, 1)))
    answer = ask(question(start=YEAR))
    assert answer.value == 3_000_000
    assert answer.bound is Bound.AT_LEAST
    assert answer.approved.cut_declarations == 1


def test_a_question_without_pairing_holds_every_pairing() -> None:
    put(stated(10 * WAN, bound=Bound.AT_LEAST))
    assert ask(question(pairing=None)).value == 100_000
    assert ask(question(pairing=440303_450100)).value == 0


def test_own_level_leaves_the_counties_out() -> None:
    put(stated(327 * WAN, own=True), stated(13_548 * WAN, region=SHANGLIN))
    assert ask(question(own=True)).value == 3_270_000
    assert ask(question()).value == 138_750_000
    assert ask(question(region=GUANGXI)).value == 138_750_000


def test_nothing_recorded_is_an_exact_zero_and_a_dash_in_a_table() -> None:
    answer = ask(question())
    assert answer.value == 0
    assert answer.bound is Bound.EXACT
    assert str(formats.cell(answer)) == "—"


def test_a_ratio_is_rounded_half_up_and_nothing_over_zero() -> None:
    put(detail(24_054 * WAN // 10, date(2023, 6, 1), indicator="funds.paid"))
    rate = question("funds.paid_rate")
    assert ask(rate).value is None
    put(detail(3_244 * WAN, date(2023, 1, 5), indicator="funds.received"))
    answer = ask(rate)
    assert answer.value == Decimal("74.15")
    assert str(formats.cell(answer)) == "74.1"
    assert answer.approved.entries == 2


def test_a_ratio_of_nothing_to_a_mere_total_is_unknown_and_to_details_is_zero() -> None:
    rate = question("funds.paid_rate")
    put(stated(3_000 * WAN, indicator="funds.received"))
    assert ask(rate).value is None
    assert str(formats.cell(ask(rate))) == "—"
    put(detail(100 * WAN, date(2020, 6, 1), indicator="funds.received"))
    year = question("funds.paid_rate", start=date(2020, 1, 1), end=date(2020, 12, 31))
    assert ask(year).value == Decimal("0.00")


@pytest.mark.parametrize(
    ("fraction", "decimals", "value"),
    [
        ((1, 8), 2, "0.13"),
        ((-1, 8), 2, "-0.13"),
        ((1, -8), 2, "-0.13"),
        ((7415, 100), 1, "74.2"),
        ((6930, 10), 1, "693.0"),
        ((0, 5), 1, "0.0"),
    ],
)
def test_halves_go_away_from_zero(fraction: tuple[int, int], decimals: int, value: str) -> None:
    assert str(rounded_ratio(fraction, decimals)) == value


def test_a_stock_counts_up_to_its_day_whatever_the_start() -> None:
    put(detail(1, date(2021, 5, 1), indicator="labour.workshops"))
    put(detail(1, date(2023, 5, 1), indicator="labour.workshops"))
    put(detail(-1, date(2023, 8, 1), indicator="labour.workshops"))
    assert ask(question("labour.workshops")).value == 1
    assert ask(question("labour.workshops", start=YEAR, end=date(2023, 6, 30))).value == 2


def test_a_reading_is_the_newest_and_never_a_sum() -> None:
    code = "industry.farmer_income"
    assert ask(question(code, SHANGLIN)).value is None
    put(stated(80 * WAN, region=SHANGLIN, indicator=code, bound=Bound.AT_LEAST))
    put(stated(70 * WAN, date(2022, 9, 30), SHANGLIN, code))
    answer = ask(question(code, SHANGLIN))
    assert answer.value == 800_000
    assert answer.bound is Bound.AT_LEAST
    assert ask(question(code, NANNING)).value is None


def test_a_distinct_count_counts_a_subject_once() -> None:
    code = "industry.contacted"
    for day in (1, 2, 3):
        put(detail(1, date(2023, 3, day), indicator=code, subject="a" if day < 3 else "b"))
    assert ask(question(code, start=YEAR)).value == 2


def test_what_waits_is_beside_and_not_in_the_value() -> None:
    put(detail(100 * WAN, date(2023, 3, 1)))
    entry = detail(20 * WAN, date(2023, 4, 1), bound=Bound.ABOUT)
    pending.propose(
        [NewPosting(uuid7(), 1, "440300-450100", entries=(entry,), commitment="0" * 64)]
    )
    answer = ask(question())
    assert answer.value == 1_000_000
    assert answer.bound is Bound.EXACT
    assert answer.pending_value == 1_200_000
    assert answer.with_pending is not None
    assert answer.with_pending.bound is Bound.ABOUT
    assert answer.has_pending
    assert ask(question(known_at=answer.head)).with_pending is None


def test_as_known_before_a_late_entry_the_old_value_stands() -> None:
    before = put(detail(100 * WAN, date(2023, 3, 1))).posting
    put(detail(40 * WAN, date(2023, 3, 2)), now=LATE)
    now, then = ask_many([question(), question(known_at=before)])
    assert now.value == 1_400_000
    assert then.value == 1_000_000
    assert (now.head, then.head) == (before + 1, before)


def test_many_are_answered_in_order_however_often_one_is_asked() -> None:
    put(detail(1 * WAN, date(2023, 3, 1)), detail(2 * WAN, date(2023, 3, 1), MASHAN))
    asked = [question(region=region) for region in (MASHAN, SHANGLIN, MASHAN, NANNING)]
    assert [answer.value for answer in ask_many(asked)] == [20_000, 10_000, 20_000, 30_000]
    assert [answer.question for answer in ask_many(asked)] == asked
    assert ask_many([]) == []


def test_an_unknown_indicator_is_refused() -> None:
    with pytest.raises(UnknownIndicator):
        ask(question("industry.none"))


def test_many_questions_cost_as_many_statements_as_one(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    put(stated(10 * WAN), detail(1 * WAN, date(2023, 3, 1)))
    codes = [INVESTMENT, "consumption.sales", "funds.paid_rate", "labour.posts", "funds.projects"]
    regions = [NANNING]
    asked = [question(code, region) for code in codes for region in regions]
    with django_assert_max_num_queries(16):
        ask_many(asked)


def test_figures_are_written_as_the_mockups_say() -> None:
    put(stated(497_200 * WAN), stated(20, indicator="consumption.events", bound=Bound.AT_LEAST))
    money, events = ask_many([question(), question("consumption.events")])
    assert formats.alone(money.indicator, money.approved) == ("49.72", "亿元")
    assert str(formats.cell(money)) == "497,200"
    assert formats.other_forms(money.indicator, money.approved) == "497,200 万元 = 4,972,000,000 元"
    assert str(formats.cell(events)) == "≥20"
    assert formats.in_text(events.indicator, events.approved) == "不低于20场"
    assert formats.sentence(money) == "截至2023-09-30，南宁市实际到位投资额49.72亿元"
    assert formats.cell(money).href == (
        "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100"
    )
    assert SHENZHEN_NANNING == 440300450100
