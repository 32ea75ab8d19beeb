"""The engine against the specification, on both engines, exactly."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from jiedui.ledger import Measure, Slice, details, heads, indicators, pending, posting, totals
from jiedui.ledger.naive import Naive
from jiedui.ledger.tests import worlds
from jiedui.lib.periods import month_span
from jiedui.lib.places import Range

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 10, 1, 8, tzinfo=UTC)
EXAMPLES = settings(
    max_examples=int(os.environ.get("JIEDUI_EXAMPLES", "100")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NATION = (Range(0, 10**12 - 1),)


@pytest.fixture(autouse=True)
def _indicators() -> None:
    indicators.define(worlds.ALL_MEASURES)


@contextmanager
def example() -> Iterator[None]:
    """A ledger of its own for one example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def play(history: list[worlds.Step], naive: Naive) -> None:
    """The same history into both; what the ledger refuses neither has."""
    live: list[tuple[Any, int, int]] = []  # record, revision, posting
    proposed = set()
    for number, step in enumerate(history):
        record, revision, reverses = worlds.record_of(number), 1, None
        target = live[step.of % len(live)] if step.of is not None and live else None
        if target is not None and target[0] not in proposed:
            record, revision, reverses = target[0], target[1] + 1, target[2]
        new = worlds.new_posting(record, revision, step, reverses)
        if step.waits:
            pending.propose([new])
            naive.proposed.append(new)
            proposed.add(record)
            continue
        try:
            with transaction.atomic():
                receipt = posting.post([new], now=NOW + timedelta(minutes=number))[0]
        except posting.EqualSlice:
            continue
        assert naive.post(new) == receipt.posting
        if reverses is not None:
            live.remove(next(it for it in live if it[2] == reverses))
        live.append((record, revision, receipt.posting))


def questions(history: list[worlds.Step], drawn: list[Slice]) -> list[Slice]:
    """What was drawn, and just the slices that were declared, and the nation's year."""
    stated = [
        Slice(d.indicator, d.ranges, d.boxes or None, d.start, d.end)
        for step in history
        for d in step.declarations
    ]
    whole = [
        Slice(s.indicator, NATION, None, date(2022, 1, 1), date(2022, 12, 31)) for s in drawn[:1]
    ]
    return drawn + stated + whole


@pytest.mark.parametrize("indicator", list(worlds.ALL_MEASURES))
@EXAMPLES
@given(data=st.data())
def test_every_question_answers_as_the_specification_does(
    indicator: str, data: st.DataObject
) -> None:
    history = data.draw(worlds.histories(indicator))
    drawn = data.draw(st.lists(worlds.slices(indicator), min_size=1, max_size=8))
    naive = Naive({code: Measure(word) for code, word in worlds.ALL_MEASURES.items()})
    with example():
        play(history, naive)
        asked = questions(history, drawn)
        for slice_, answer in zip(asked, totals.ask(asked), strict=True):
            note(f"today {slice_}")
            assert answer == naive.ask(slice_)
        head = data.draw(st.integers(0, len(naive.postings)))
        for tail in (details.TAIL, 0):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(details, "TAIL", tail)
                for slice_, answer in zip(asked, totals.ask(asked, head=head), strict=True):
                    note(f"as known at {head}, tail {tail}: {slice_}")
                    assert answer == naive.ask(slice_, head=head)
        for slice_, answer in zip(asked, totals.ask(asked, pending=True), strict=True):
            note(f"with what waits: {slice_}")
            assert answer == naive.ask(slice_, pending=True)
        # The same of both moments at once, and again out of what a steady look has kept.
        for now, waiting in heads.steady(lambda: [totals.ask_both(asked), totals.ask_both(asked)])[
            1
        ]:
            for slice_, today, answer in zip(asked, now, waiting, strict=True):
                note(f"today and with what waits: {slice_}")
                assert (today, answer) == (naive.ask(slice_), naive.ask(slice_, pending=True))
        for answers in heads.steady(
            lambda: [totals.ask(asked[:3], head=head), totals.ask(asked, head=head)]
        )[1]:
            for slice_, answer in zip(asked, answers, strict=False):
                note(f"once more as known at {head}: {slice_}")
                assert answer == naive.ask(slice_, head=head)


@pytest.mark.parametrize("indicator", list(worlds.ALL_MEASURES))
@EXAMPLES
@given(data=st.data())
def test_a_trend_is_the_same_question_for_every_month(indicator: str, data: st.DataObject) -> None:
    history = data.draw(worlds.histories(indicator))
    drawn = data.draw(st.lists(worlds.slices(indicator), min_size=1, max_size=4))
    first, count = data.draw(st.integers(-2, 2)), data.draw(st.integers(1, 5))
    months = (2022 * 12 + first, 2022 * 12 + first + count - 1)
    naive = Naive({code: Measure(word) for code, word in worlds.ALL_MEASURES.items()})
    with example():
        play(history, naive)
        for slice_, answers in zip(drawn, totals.trend(drawn, months), strict=True):
            for month, answer in zip(range(months[0], months[1] + 1), answers, strict=True):
                span = month_span(month)
                note(f"{month}: {slice_}")
                assert answer == naive.ask(replace(slice_, start=span.first, end=span.last))
