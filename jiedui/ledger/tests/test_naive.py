"""The specification against its own proof, and its words on the cases that decision 0001 argues from."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from jiedui.ledger import Declaration, Entry, Measure, NewPosting, Slice, Total
from jiedui.ledger.naive import Extent, Naive, Stated, crosses
from jiedui.ledger.tests import worlds
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import Window
from jiedui.lib.places import ALL_PAIRINGS, range_of

NANNING, SHANGLIN, PAIRING = 450100000000, 450125000000, 440300450100
NESTED = (0, 450000000000, NANNING, SHANGLIN, 450125100000)
WINDOWS = (
    (None, date(2023, 12, 31)),
    (date(2022, 1, 1), date(2023, 12, 31)),
    (date(2022, 1, 1), date(2022, 12, 31)),
    (date(2022, 3, 1), date(2022, 3, 31)),
    (date(2023, 1, 1), date(2023, 12, 31)),
)


def day_entries() -> st.SearchStrategy[Entry]:
    return st.builds(
        lambda region, day, value: Entry("f", region, PAIRING, day, day, value),
        st.sampled_from([*NESTED[1:], 450124000000]),
        worlds.days,
        st.integers(0, 9),
    )


def nested_declarations() -> st.SearchStrategy[Declaration]:
    return st.builds(
        lambda region, window, value: Declaration(
            "f", region, False, 0, window[0], window[1], value
        ),
        st.sampled_from(NESTED),
        st.sampled_from(WINDOWS),
        st.integers(0, 40),
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(day_entries(), max_size=8),
    st.lists(nested_declarations(), max_size=6, unique_by=lambda d: (d.region, d.start, d.end)),
    st.sampled_from(NESTED),
    st.sampled_from(WINDOWS),
)
def test_adds_is_the_recursion_for_nested_declarations(
    entries: list[Entry],
    declarations: list[Declaration],
    region: int,
    window: tuple[date | None, date],
) -> None:
    naive = Naive({"f": Measure.FLOW})
    naive.post(NewPosting(worlds.record_of(0), 1, "b", tuple(entries), tuple(declarations)))
    world = naive.world("f")
    kept: list[Stated] = []
    for d in world.declared:  # the recursion is for nested ones only
        if not any(crosses(d, earlier) for earlier in kept):
            kept.append(d)
    world.declared = kept
    extent = Extent((range_of(region),), (ALL_PAIRINGS,), Window(*window))
    assert world.ask(extent).value == world.proof(extent)


def ask(
    *entries: Entry,
    declared: tuple[Declaration, ...],
    region: int,
    measure: Measure,
    **window: date,
) -> Total:
    naive = Naive({"f": measure})
    naive.post(NewPosting(worlds.record_of(0), 1, "b", entries, declared))
    slice_ = Slice("f", (range_of(region),), None, window.get("start"), window["end"])
    return naive.ask(slice_)


def test_a_stated_year_stays_exact_beside_a_longer_total() -> None:
    year = Declaration("f", NANNING, False, 0, date(2023, 1, 1), date(2023, 12, 31), 100)
    longer = Declaration("f", NANNING, False, 0, date(2021, 1, 1), date(2023, 12, 31), 300)
    answer = ask(
        declared=(year, longer), region=NANNING, measure=Measure.FLOW,
        start=date(2023, 1, 1), end=date(2023, 12, 31),
    )  # fmt: skip
    assert answer == (100, Bound.EXACT, 0, 1, 0, 1, 0)


def test_a_stock_span_over_the_day_of_a_count_may_be_in_it_already() -> None:
    counted = Declaration("f", NANNING, False, 0, None, date(2021, 12, 31), 100)
    opened = Entry("f", SHANGLIN, PAIRING, date(2021, 12, 1), date(2022, 1, 15), 10)
    answer = ask(
        opened, declared=(counted,), region=NANNING, measure=Measure.STOCK, end=date(2022, 6, 30)
    )
    assert (answer.value, answer.bound) == (110, Bound.AT_MOST)


def test_no_floor_lifts_over_what_was_given_back() -> None:
    stated = Declaration("f", SHANGLIN, False, 0, date(2023, 1, 1), date(2023, 6, 30), 100)
    span = Entry("f", SHANGLIN, PAIRING, date(2023, 6, 1), date(2023, 7, 31), 50)
    refund = Entry("f", NANNING, PAIRING, date(2023, 3, 1), date(2023, 3, 1), -20)
    lifted = ask(
        span, declared=(stated,), region=NANNING, measure=Measure.FLOW,
        start=date(2023, 1, 1), end=date(2023, 6, 30),
    )  # fmt: skip
    assert (lifted.value, lifted.bound) == (100, Bound.AT_LEAST)
    kept = ask(
        span, refund, declared=(stated,), region=NANNING, measure=Measure.FLOW,
        start=date(2023, 1, 1), end=date(2023, 6, 30),
    )  # fmt: skip
    assert (kept.value, kept.bound) == (30, Bound.AT_LEAST)


def test_parts_above_an_at_most_total_are_about() -> None:
    stated = Declaration("f", SHANGLIN, False, 0, None, date(2023, 12, 31), 100)
    part = Entry("f", SHANGLIN, PAIRING, date(2023, 6, 1), date(2023, 6, 1), 120, Bound.AT_MOST)
    answer = ask(
        part, declared=(stated,), region=SHANGLIN, measure=Measure.FLOW, end=date(2023, 12, 31)
    )
    assert (answer.value, answer.bound) == (120, Bound.ABOUT)
