from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.figures.questions import BadAddress, Question, short_code, window_of
from jiedui.lib.periods import Window
from jiedui.lib.places import pairing_id

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
REGIONS = st.sampled_from([0, 450000000000, 450100000000, 450125000000, 450125103000, 450125103201])


@st.composite
def questions(draw: st.DrawFn) -> Question:
    start, end = sorted([draw(DAYS), draw(DAYS)])
    return Question(
        indicator=draw(st.sampled_from(["industry.investment", "consumption.sales:live"])),
        region=draw(REGIONS),
        window=Window(draw(st.sampled_from([None, start])), end),
        own=draw(st.booleans()),
        pairing=draw(st.sampled_from([None, pairing_id(440300, 450100)])),
        known_at=draw(st.sampled_from([None, 0, 20418])),
    )


@given(questions())
def test_an_address_gives_its_question_back(question: Question) -> None:
    assert Question.parse(question.address) == question
    assert Question.parse(question.address.removeprefix("/f/")) == question


def test_the_address_is_the_one_the_design_names() -> None:
    question = Question(
        "industry.investment",
        450100000000,
        Window(date(2021, 1, 1), date(2023, 9, 30)),
        own=True,
        pairing=pairing_id(440300, 450100),
        known_at=20418,
    )
    assert question.address == (
        "/f/industry.investment/450100~own/2021-01-01..2023-09-30@20418?pairing=440300-450100"
    )


def test_an_open_start_is_written_as_nothing() -> None:
    question = Question.parse("labour.posts/450125/..2023-09-30")
    assert question.window == Window(None, date(2023, 9, 30))
    assert question.pairing is None
    assert not question.own


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a.b/4501/..2023-09-30",
        "a.b/450100/2023-09-30",
        "a.b/450100/..2023-02-30",
        "a.b/450100/2023-10-01..2023-09-30",
        "a.b/450100/..2023-09-30@x",
        "a.b/450100/..2023-09-30?pairing=深圳-南宁",
        "a.b/450100~self/..2023-09-30",
        "a/b.c/450100/..2023-09-30",
        "a.b/450100/..2023-09-30?pairing=440300-450100&x=1",
    ],
)
def test_other_text_is_no_address(address: str) -> None:
    with pytest.raises(BadAddress):
        Question.parse(address)


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadAddress, match="2023-10-01"):
        window_of(date(2023, 10, 1), date(2023, 9, 30))


def test_a_township_is_written_with_nine_digits_and_a_village_with_twelve() -> None:
    assert short_code(450125103000) == "450125103"
    assert short_code(450125103201) == "450125103201"
    assert short_code(0) == "000000"
