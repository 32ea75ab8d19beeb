"""Whatever people do with a few records, the ledger says exactly what stands approved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jiedui.accounts.models import ReviewLevels, Role
from jiedui.accounts.tests.people import grant
from jiedui.records import actions, review
from jiedui.records.content import Change
from jiedui.records.entries import entries_of
from jiedui.records.errors import RecordError
from jiedui.records.kinds import body_of
from jiedui.records.models import WAITING, Record
from jiedui.records.tests.world import MASHAN, NANNING, NOW, SHANGLIN, Office, make_office, total

CODES = ("labour.training_sessions", "labour.trainees", "labour.trainees:poverty")
PLACES = {"上林县": SHANGLIN, "马山县": MASHAN, "南宁市": NANNING}

cells = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["上林县", "马山县"]),
        "course": st.just("家政"),
        "ended_on": st.sampled_from(["2023-08-03", "2023-09", "2023-10-01至2023-10-09"]),
        "people": st.integers(1, 60).map(str),
        "poverty": st.sampled_from(["", "0", "1"]),
    }
)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "new",
                "new",
                "edit",
                "submit",
                "approve",
                "approve",
                "return",
                "withdraw",
                "void",
                "discard",
                "again",
            ]
        ),
        st.integers(0, 5),
        st.integers(0, 4),
        cells,
    ),
    min_size=4,
    max_size=24,
)


def take(step: str, record: Record | None, who: Any, row: dict[str, str], moment: int) -> None:
    """One step by somebody; what the house refuses is refused as a whole."""
    now = NOW + timedelta(hours=moment)
    if step == "new":
        actions.record_many(kind="labour.training", rows=[row], by=who, now=now, submit=True)
    elif record is None:
        return
    elif step in {"edit", "again"}:
        actions.revise(
            record=record,
            cells=row,
            by=who,
            now=now,
            seen=record.newest.mark,
            submit=step == "again",
            reason="改",
        )
    elif step == "submit":
        actions.submit(record=record, by=who, now=now)
    elif step == "approve":
        review.approve(record=record, by=who, now=now)
    elif step == "return":
        review.return_with_reason(record=record, reason="不对", by=who, now=now)
    elif step == "withdraw":
        review.withdraw(record=record, by=who, now=now)
    elif step == "void":
        actions.void(record=record, reason="重", by=who, now=now, seen=record.newest.mark)
    else:
        review.discard(record=record, by=who, now=now)


def stands(code: str, region: int, *, pending: bool) -> int:
    """What the contents say: the posted ones, or as if what waits were approved."""
    result = 0
    for record in Record.objects.for_pages():
        counted = record.posted
        if pending and record.pending and record.pending.state in WAITING:
            counted = record.pending
        if counted is None or counted.change == Change.VOID:
            continue
        entries = entries_of(body_of(record.kind), counted.data)
        result += sum(
            e.value for e in entries if e.indicator == code and (region in (NANNING, e.region))
        )
    return result


@pytest.fixture
def office(db: None) -> Office:
    made = make_office()
    ReviewLevels.objects.create(region=MASHAN, levels=2)
    grant(made.people.reviewer, Role.REVIEW, NANNING)
    grant(made.people.enterer, Role.ENTER, MASHAN)
    return made


# Shrinking would replay every step against the database for minutes; a failing walk is short enough.
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=steps)
def test_the_ledger_is_the_approved_contents(office: Office, walk: list[Any]) -> None:
    crew = [
        office.people.enterer,
        office.city_enterer,
        office.people.reviewer,
        office.city_reviewer,
        office.people.final_reviewer,
    ]
    with transaction.atomic():
        for moment, (step, which, who, row) in enumerate(walk):
            records = list(Record.objects.for_pages().order_by("pk"))
            record = records[which % len(records)] if records else None
            try:
                with transaction.atomic():
                    take(step, record, crew[who], row, moment)
            except RecordError:
                continue
        for code in CODES:
            for region in PLACES.values():
                assert total(code, region) == stands(code, region, pending=False)
                assert total(code, region, pending=True) == stands(code, region, pending=True)
        transaction.set_rollback(True)
