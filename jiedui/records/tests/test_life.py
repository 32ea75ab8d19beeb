from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiedui.accounts.models import ReviewLevels, Role, Side
from jiedui.accounts.tests.people import SHENZHEN, grant, make_user
from jiedui.lib.ids import uuid7
from jiedui.records import actions, review
from jiedui.records.errors import (
    CellErrors,
    NotAllowed,
    RecordConflict,
    StaleRevision,
    WrongState,
)
from jiedui.records.models import Record, Revision
from jiedui.records.tests.world import (
    MASHAN,
    NANNING,
    NOW,
    SHANGLIN,
    Office,
    approved_receipt,
    make_office,
    receipt_cells,
    record_receipt,
    total,
)

INVESTMENT = "industry.investment"
LATER = NOW + timedelta(days=3)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def test_a_submitted_record_waits_beside_the_figure_and_an_approved_one_is_in_it(
    office: Office,
) -> None:
    record = record_receipt(office)
    assert record.status == "submitted"
    assert total(INVESTMENT) == 0
    assert total(INVESTMENT, pending=True) == 5_600_0000_00
    record = review.approve(record=record, by=office.people.reviewer, now=NOW)
    assert record.status == "approved"
    assert total(INVESTMENT) == total(INVESTMENT, pending=True) == 5_600_0000_00
    assert total(INVESTMENT, SHANGLIN) == 5_600_0000_00
    assert total(INVESTMENT, MASHAN) == 0


def test_the_author_cannot_approve_own_work(office: Office) -> None:
    grant(office.people.enterer, Role.REVIEW, SHANGLIN)
    record = record_receipt(office)
    with pytest.raises(NotAllowed, match="须由他人审核"):
        review.approve(record=record, by=office.people.enterer, now=NOW)
    assert total(INVESTMENT) == 0


def test_who_submits_the_draft_of_another_cannot_approve_it(office: Office) -> None:
    draft = actions.record_many(
        kind="labour.training",
        rows=[{"region": "上林县", "course": "家政", "ended_on": "2023-09", "people": "50"}],
        by=office.people.enterer,
        now=NOW,
    )[0]
    grant(office.city_reviewer, Role.ENTER, NANNING)
    record = actions.submit(record=draft, by=office.city_reviewer, now=NOW)
    with pytest.raises(NotAllowed, match="须由他人审核"):
        review.approve(record=record, by=office.city_reviewer, now=NOW)
    assert review.approve(record=record, by=office.people.reviewer, now=NOW).posted is not None


def test_two_levels_ask_for_three_people(office: Office) -> None:
    ReviewLevels.objects.create(region=NANNING, levels=2)
    grant(office.people.reviewer, Role.FINAL, NANNING)
    record = record_receipt(office)
    with pytest.raises(NotAllowed):
        review.approve(record=record, by=office.people.final_reviewer, now=NOW)
    record = review.approve(record=record, by=office.people.reviewer, now=NOW)
    assert record.status == "first_approved"
    assert total(INVESTMENT) == 0
    assert total(INVESTMENT, pending=True) == 5_600_0000_00
    with pytest.raises(NotAllowed, match="同一个人"):
        review.approve(record=record, by=office.people.reviewer, now=NOW)
    record = review.approve(record=record, by=office.people.final_reviewer, now=NOW)
    assert record.status == "approved"
    assert total(INVESTMENT) == 5_600_0000_00


def test_a_reviewer_of_another_place_cannot_approve(office: Office) -> None:
    record = record_receipt(office)
    with pytest.raises(NotAllowed, match="审核权限"):
        review.approve(record=record, by=office.people.stranger, now=NOW)


def test_a_return_says_why_and_leads_to_a_next_revision(office: Office) -> None:
    record = record_receipt(office)
    with pytest.raises(CellErrors):
        review.return_with_reason(record=record, reason=" ", by=office.people.reviewer, now=NOW)
    record = review.return_with_reason(
        record=record, reason="缺验资报告", by=office.people.reviewer, now=NOW
    )
    assert record.status == "returned"
    assert total(INVESTMENT, pending=True) == 0
    record = actions.revise(
        record=record,
        cells=receipt_cells(amount_fen="5,000"),
        by=office.people.enterer,
        now=LATER,
        seen=record.newest.mark,
        submit=True,
    )
    assert [r.state for r in record.revisions.order_by("number")] == ["returned", "submitted"]
    assert record.newest.evidence.count() == 1
    assert total(INVESTMENT, pending=True) == 5_000_0000_00


def test_a_correction_stands_beside_the_posted_value_until_approved(office: Office) -> None:
    record = approved_receipt(office)
    with pytest.raises(CellErrors, match="1 处"):
        actions.revise(
            record=record,
            cells=receipt_cells(amount_fen="6,000"),
            now=LATER,
            by=office.people.enterer,
            seen=record.newest.mark,
            submit=True,
        )
    record = actions.revise(
        record=record,
        cells=receipt_cells(amount_fen="6,000", note="补记"),
        now=LATER,
        by=office.people.enterer,
        seen=record.newest.mark,
        submit=True,
        reason="漏记一笔",
    )
    assert record.status == "correcting"
    assert total(INVESTMENT) == 5_600_0000_00
    assert total(INVESTMENT, pending=True) == 6_000_0000_00
    record = review.approve(record=record, by=office.people.reviewer, now=LATER)
    assert total(INVESTMENT) == 6_000_0000_00
    assert record.receipt.amount_fen == 6_000_0000_00


def test_a_correction_moves_region_but_never_the_book(office: Office) -> None:
    record = approved_receipt(office)
    grant(office.people.enterer, Role.ENTER, MASHAN)
    grant(office.people.enterer, Role.ENTER, 610900_000000)
    with pytest.raises(CellErrors) as refused:
        actions.revise(
            record=record,
            cells=receipt_cells(region="汉滨区"),
            by=office.people.enterer,
            now=LATER,
            seen=record.newest.mark,
            submit=True,
            reason="写错县",
        )
    assert "账上" in refused.value.errors[0, "region"]
    record = actions.revise(
        record=record,
        cells=receipt_cells(region="马山县"),
        by=office.people.enterer,
        now=LATER,
        seen=record.newest.mark,
        submit=True,
        reason="写错县",
    )
    record = review.approve(record=record, by=office.city_reviewer, now=LATER)
    assert total(INVESTMENT, MASHAN) == 5_600_0000_00
    assert total(INVESTMENT, SHANGLIN) == 0
    assert record.region == MASHAN


def test_a_correction_into_a_place_without_rights_is_refused(office: Office) -> None:
    record = approved_receipt(office)
    with pytest.raises(CellErrors) as refused:
        actions.revise(
            record=record,
            cells=receipt_cells(region="马山县"),
            by=office.people.enterer,
            now=LATER,
            seen=record.newest.mark,
            submit=True,
            reason="写错县",
        )
    assert "填报权限" in refused.value.errors[0, "region"]


def test_void_takes_the_figure_away_after_a_second_person(office: Office) -> None:
    record = approved_receipt(office)
    record = actions.void(
        record=record,
        reason="重复登记",
        by=office.people.enterer,
        now=LATER,
        seen=record.newest.mark,
    )
    assert (total(INVESTMENT), total(INVESTMENT, pending=True)) == (5_600_0000_00, 0)
    record = review.approve(record=record, by=office.people.reviewer, now=LATER)
    assert record.status == "void"
    assert total(INVESTMENT) == 0
    with pytest.raises(WrongState):
        actions.revise(
            record=record,
            cells=receipt_cells(),
            by=office.people.enterer,
            now=LATER,
            seen=record.newest.mark,
        )


def test_withdrawing_gives_the_draft_back_and_keeps_what_was_sent(office: Office) -> None:
    record = record_receipt(office)
    with pytest.raises(NotAllowed):
        review.withdraw(record=record, by=office.people.reviewer, now=NOW)
    record = review.withdraw(record=record, by=office.people.enterer, now=NOW)
    assert record.status == "draft"
    assert total(INVESTMENT, pending=True) == 0
    assert record.revisions.count() == 2
    record = actions.submit(record=record, by=office.people.enterer, now=LATER)
    assert total(INVESTMENT, pending=True) == 5_600_0000_00


def test_the_same_uid_with_the_same_content_is_one_record(office: Office) -> None:
    uid = uuid7()
    assert record_receipt(office, uid=uid) == record_receipt(office, uid=uid)
    assert Record.objects.count() == 1
    with pytest.raises(RecordConflict):
        record_receipt(office, uid=uid, amount_fen="56,000")
    assert total(INVESTMENT, pending=True) == 5_600_0000_00


def test_the_second_of_two_writers_is_told(office: Office) -> None:
    record = approved_receipt(office)
    seen = record.newest.mark
    for_first = receipt_cells(amount_fen="6,000")
    actions.revise(record=record, cells=for_first, by=office.people.enterer, now=LATER, seen=seen)
    with pytest.raises(StaleRevision) as told:
        actions.revise(
            record=record,
            cells=receipt_cells(amount_fen="7,000"),
            now=LATER,
            by=office.people.enterer,
            seen=seen,
        )
    assert told.value.record.newest.data.fields["amount_fen"] == 6_000_0000_00


def test_what_was_looked_at_is_what_is_approved(office: Office) -> None:
    record = record_receipt(office)
    with pytest.raises(StaleRevision):
        review.approve(record=record, by=office.people.reviewer, now=NOW, seen="1.0000000000000000")
    review.approve(record=record, by=office.people.reviewer, now=NOW, seen=record.newest.mark)


def test_a_draft_keeps_what_cannot_be_read(office: Office) -> None:
    draft = actions.record_many(
        kind="industry.receipt",
        rows=[{"region": "上林县", "amount_fen": "约五百"}],
        by=office.people.enterer,
        now=NOW,
    )[0]
    assert draft.newest.typed["amount_fen"] == "约五百"
    with pytest.raises(CellErrors) as refused:
        actions.submit(record=draft, by=office.people.enterer, now=NOW)
    assert {name for _row, name in refused.value.errors} >= {"amount_fen", "enterprise", "form"}
    assert Revision.objects.get().state == "draft"


def test_discarding_leaves_the_posted_value(office: Office) -> None:
    record = approved_receipt(office)
    record = actions.revise(
        record=record,
        cells=receipt_cells(amount_fen="1"),
        now=LATER,
        by=office.people.enterer,
        seen=record.newest.mark,
    )
    record = review.discard(record=record, by=office.people.enterer, now=LATER)
    assert record.status == "approved"
    assert total(INVESTMENT) == 5_600_0000_00
    record = actions.revise(
        record=record,
        cells=receipt_cells(amount_fen="2"),
        now=LATER,
        by=office.people.enterer,
        seen=record.newest.mark,
    )
    assert record.newest.number == 3


def test_only_the_other_side_confirms(office: Office) -> None:
    record = approved_receipt(office)
    with pytest.raises(NotAllowed):
        review.confirm(record=record, by=office.people.reviewer, now=LATER)
    assert review.confirm(record=record, by=office.people.eastern, now=LATER).agrees
    with pytest.raises(CellErrors):
        review.dispute(record=record, reason="", by=office.people.eastern, now=LATER)
    said = review.dispute(record=record, reason="金额不符", by=office.people.eastern, now=LATER)
    assert (said.side, said.agrees) == ("east", False)


def test_the_east_reviews_what_it_wrote_and_nothing_of_the_west(office: Office) -> None:
    east = office.people.eastern
    record = record_receipt(office)
    assert record.side == "west"
    assert not Record.objects.to_review_by(east).exists()
    with pytest.raises(NotAllowed):
        review.approve(record=record, by=east, now=LATER)
    with pytest.raises(NotAllowed):
        review.return_with_reason(record=record, reason="不清", by=east, now=LATER)
    second = make_user("dong2", "东方二", "深圳市协作办")
    grant(second, Role.ENTER, SHENZHEN, side=Side.EAST)
    uid = uuid7()
    own = actions.record_many(
        kind="industry.receipt",
        rows=[receipt_cells() | {"uid": uid}],
        by=second,
        now=NOW,
        submit=True,
        evidence={uid: [office.citation]},
    )[0]
    assert own.side == "east"
    assert list(Record.objects.to_review_by(east)) == [own]
    assert review.approve(record=own, by=east, now=LATER).status == "approved"


def test_who_approved_a_record_does_not_confirm_it_for_the_other_side(office: Office) -> None:
    east = office.people.eastern
    record = record_receipt(office)
    grant(east, Role.REVIEW, SHANGLIN)
    record = review.approve(record=record, by=east, now=LATER)
    with pytest.raises(NotAllowed):
        review.confirm(record=record, by=east, now=LATER)


def test_a_month_ends_on_the_day_it_was_first_submitted(office: Office) -> None:
    row = {"region": "上林县", "course": "电工", "ended_on": "2023-10", "people": "40"}
    record = actions.record_many(
        kind="labour.training", rows=[row], by=office.people.enterer, now=NOW, submit=True
    )[0]
    assert (record.first_on, record.last_on) == (date(2023, 10, 1), date(2023, 10, 16))
    record = review.approve(record=record, by=office.people.reviewer, now=NOW)
    much_later = datetime(2024, 3, 1, tzinfo=UTC)
    record = actions.revise(
        record=record,
        cells=row | {"people": "41"},
        by=office.people.enterer,
        now=much_later,
        seen=record.newest.mark,
        submit=True,
        reason="漏一人",
    )
    record = review.approve(record=record, by=office.people.reviewer, now=much_later)
    assert record.last_on == date(2023, 10, 16)
    assert total("labour.trainees", end=date(2023, 10, 16)) == 41


def test_sets_are_all_or_nothing(office: Office) -> None:
    course = {"region": "上林县", "course": "家政", "ended_on": "2023-09"}
    rows = [course | {"people": "1"}, course | {"people": "很多"}]
    with pytest.raises(CellErrors):
        actions.record_many(
            kind="labour.training", rows=rows, by=office.people.enterer, now=NOW, submit=True
        )
    assert not Record.objects.exists()
    one, two = record_receipt(office), record_receipt(office, region="上林县本级")
    review.approve(record=two, by=office.people.reviewer, now=NOW)
    with pytest.raises(WrongState):
        review.approve_many(records=[one, two], by=office.people.reviewer, now=NOW)
    one.refresh_from_db()
    assert one.status == "submitted"


def test_a_set_asks_no_more_for_more_rows(office: Office) -> None:
    course = {"region": "上林县", "course": "家政", "people": "9"}
    asked = []
    for count in (5, 60):
        rows = [course | {"ended_on": f"2023-09-{n % 28 + 1:02d}"} for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            records = actions.record_many(
                kind="labour.training", rows=rows, now=NOW, submit=True, by=office.people.enterer
            )
            review.approve_many(records=records, by=office.people.reviewer, now=NOW)
        asked.append(len(queries))
    # What grows is the number of inserts that SQLite's limit on variables makes of one.
    assert asked[1] <= asked[0] + 12
