"""Several people at one moment: one effect, and everybody gets a clear answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from jiedui.lib.ids import uuid7
from jiedui.records import actions, review
from jiedui.records.errors import RecordConflict, StaleRevision, WrongState
from jiedui.records.models import Record
from jiedui.records.tests.world import (
    NOW,
    approved_receipt,
    make_office,
    receipt_cells,
    record_receipt,
    total,
)

CROWD = 8


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """Run all works behind one barrier; answers or exceptions, in order."""
    barrier = threading.Barrier(len(works))
    answers: list[Any] = [None] * len(works)

    def run(number: int) -> None:
        barrier.wait()
        try:
            answers[number] = works[number]()
        except Exception as problem:  # noqa: BLE001
            answers[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_eight_at_once_is_one_record() -> None:
    office = make_office()
    uid = uuid7()
    answers = at_once([lambda: record_receipt(office, uid=uid)] * CROWD)
    assert {answer.pk for answer in answers} == {Record.objects.get().pk}
    other = at_once([lambda: record_receipt(office, uid=uid, amount_fen="1")] * 2)
    assert [type(answer) for answer in other] == [RecordConflict] * 2
    assert total("industry.investment", pending=True) == 5_600_0000_00


@pytest.mark.django_db(transaction=True)
def test_one_record_approved_by_eight_at_once_is_posted_once() -> None:
    office = make_office()
    record = record_receipt(office)
    works = [lambda: review.approve(record=record, by=office.people.reviewer, now=NOW)] * CROWD
    answers = at_once(works)
    assert sum(isinstance(answer, Record) for answer in answers) == 1
    assert sum(isinstance(answer, WrongState) for answer in answers) == CROWD - 1
    assert total("industry.investment") == 5_600_0000_00


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_is_told_of_the_other() -> None:
    office = make_office()
    record = approved_receipt(office)
    seen = record.newest.mark
    answers = at_once(
        [
            lambda amount=amount: actions.revise(  # type: ignore[misc]
                record=record,
                cells=receipt_cells(amount_fen=amount),
                by=office.people.enterer,
                now=NOW,
                seen=seen,
                submit=True,
                reason="更正",
            )
            for amount in ("6,000", "7,000")
        ]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Record", "StaleRevision"]
    told = next(answer for answer in answers if isinstance(answer, StaleRevision))
    assert told.record.newest.data.fields["amount_fen"] in {6_000_0000_00, 7_000_0000_00}
