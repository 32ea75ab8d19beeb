"""Remembered answers are those that would be given now."""

import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from jiedui.figures import remembered
from jiedui.figures.answers import Answer, ask_many
from jiedui.figures.tests.world import SEPTEMBER, SHANGLIN, WAN, detail, put, question, stated
from jiedui.ledger import heads
from jiedui.regions.models import Region
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db(transaction=True)

JUNE = date(2023, 6, 1)
QUESTIONS = [question(), question(region=SHANGLIN), question(start=date(2023, 1, 1))]


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    make_regions()
    put(detail(5 * WAN, JUNE), stated(9 * WAN, SEPTEMBER))
    remembered.forget()
    yield
    remembered.forget()


def amounts() -> list[int | None]:
    found = remembered.ask(QUESTIONS)
    assert found == ask_many(QUESTIONS, pending=False)
    return [answer.amount for answer in found]


def test_what_is_remembered_is_not_asked_again() -> None:
    first = remembered.ask(QUESTIONS)
    with CaptureQueriesContext(connection) as statements:
        again = remembered.ask([*QUESTIONS[1:], QUESTIONS[1]])
    assert len(statements) == 2  # The newest posting, before and after.
    assert again == [*first[1:], first[1]]
    assert again[0] is first[1]


def test_a_posting_is_seen_at_once() -> None:
    before = amounts()
    put(detail(7 * WAN, JUNE))
    assert amounts()[1] == 12 * WAN != before[1]
    assert remembered.ask(QUESTIONS)[0].head == heads.head()


def test_what_may_be_rolled_back_is_not_remembered() -> None:
    before = amounts()
    with transaction.atomic():
        put(detail(7 * WAN, JUNE))
        assert amounts()[1] == 12 * WAN
        transaction.set_rollback(True)
    assert amounts() == before
    put(detail(8 * WAN, JUNE))
    assert amounts()[1] == 13 * WAN


def test_a_place_that_moved_is_asked_anew() -> None:
    before = amounts()
    other = 450123_000000
    put(detail(3 * WAN, JUNE, other))
    assert amounts()[1] == before[1]
    region = Region.objects.get(code=other)
    region.successor_id = SHANGLIN
    region.save()
    assert amounts()[1] == 8 * WAN


def test_an_answer_found_while_somebody_posted_is_not_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posted: list[object] = []

    def slow(questions: Sequence[Any], **words: Any) -> list[Answer]:
        found = ask_many(questions, **words)
        if not posted:
            posted.append(put(detail(7 * WAN, JUNE)))
        return found

    monkeypatch.setattr(remembered, "ask_many", slow)
    assert remembered.ask(QUESTIONS)[1].amount == 12 * WAN
    assert amounts()[1] == 12 * WAN


def test_no_more_is_remembered_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    assert amounts() == amounts()
    (memory,) = remembered._memories.values()
    assert len(memory.answers) <= len(QUESTIONS)
    remembered.ask(QUESTIONS[:1])
    remembered.ask([question(indicator="funds.arranged")])
    assert len(memory.answers) <= len(QUESTIONS)


def test_what_was_mended_shows_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    first = remembered.ask(QUESTIONS)
    now = time.monotonic() + remembered.LONGEST_S + 1
    monkeypatch.setattr(time, "monotonic", lambda: now)
    assert remembered.ask(QUESTIONS)[0] is not first[0]
