"""A clerk for tests of kinds: types cells as people do, reports, has them approved, reads the ledger."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from jiedui.ledger.facts import Entry
from jiedui.lib.ids import uuid7
from jiedui.parties.actions import record_organisations
from jiedui.parties.models import Person
from jiedui.parties.persons import NewPerson, record_persons
from jiedui.records import actions, review
from jiedui.records.cleaning import Cleaned, clean
from jiedui.records.doubts import doubts
from jiedui.records.entries import entries_of
from jiedui.records.errors import CellErrors
from jiedui.records.kinds import Body, body_of
from jiedui.records.models import Record
from jiedui.records.tests.world import (
    MASHAN,
    NANNING,
    NOW,
    SHANGLIN,
    TODAY,
    credit_code,
    make_office,
    total,
)

LATER = NOW + timedelta(days=3)
FIRM = credit_code(1)
PAIRING = 440300_450100
CHAMBER = "深圳市福田区商会"
BUREAU = "深圳市发展和改革委员会"
SCHOOL = "深圳市第一职业技术学校"


class Clerk:
    """Sits in 南宁市 on 2023-10-16 and works for one kind; ``row`` are cells that are right.

    The registers know FIRM (上林云里花卉有限公司), CHAMBER, BUREAU and SCHOOL.
    """

    def __init__(self, kind: str, **row: Any) -> None:
        self.office = make_office()
        self.turns_to(kind, **row)
        record_organisations(
            [(CHAMBER, "association", None), (BUREAU, "government", None), (SCHOOL, "school", None)]
        )

    def turns_to(self, kind: str, **row: Any) -> None:
        """Work for another kind from now on, at the same desk."""
        self.kind = kind
        self.row = {"region": "上林县"} | row

    @property
    def body(self) -> type[Body]:
        return body_of(self.kind)

    def person(self, name: str, office: str = "") -> Person:
        """Enter somebody into the register of people."""
        at = record_organisations([(office, "government", None)])[0] if office else None
        new = NewPerson(name, NANNING, PAIRING, at)
        return record_persons(rows=[new], by=self.office.city_enterer)[0]

    def clean(self, **cells: Any) -> Cleaned:
        return clean(self.body, [self.row | cells], by=self.office.city_enterer, today=TODAY)

    def says(self, **cells: Any) -> dict[str, str]:
        """The sentences by column for the right row with some cells changed; {} when it is right."""
        return self.clean(**cells).of_row(0)

    def doubts(self, **cells: Any) -> dict[str, str]:
        """What the row is asked to be looked at again for."""
        content = self.clean(**cells).contents[0]
        assert content is not None
        return {name: text for (_row, name), text in doubts(self.body, [content]).items()}

    def entries(self, **cells: Any) -> list[Entry]:
        """What the row would post."""
        cleaned = self.clean(**cells)
        assert cleaned.errors == {}
        assert cleaned.contents[0] is not None
        return entries_of(self.body, cleaned.contents[0])

    def posts(self, **cells: Any) -> dict[str, int]:
        """What the row would post in all, by indicator."""
        sums: Counter[str] = Counter()
        for entry in self.entries(**cells):
            sums[entry.indicator] += entry.value
        return dict(sums)

    def reports(self, *, evidence: bool = True, **cells: Any) -> Record:
        """Report the row; raises CellErrors."""
        row = {"uid": uuid7()} | self.row | cells
        return actions.record_many(
            kind=self.kind,
            rows=[row],
            by=self.office.city_enterer,
            now=NOW,
            submit=True,
            evidence={row["uid"]: [self.office.citation]} if evidence else None,
        )[0]

    def records(self, **cells: Any) -> Record:
        """Report the row and have it approved."""
        record = self.reports(**cells)
        return review.approve(record=record, by=self.office.city_reviewer, now=NOW)

    def corrects(self, record: Record, **cells: Any) -> Record:
        """Report other cells for a posted record and have them approved."""
        record = actions.revise(
            record=record,
            cells=self.row | cells,
            by=self.office.city_enterer,
            now=LATER,
            seen=record.newest.mark,
            submit=True,
            reason="原报有误",
        )
        return review.approve(record=record, by=self.office.city_reviewer, now=LATER)

    def voids(self, record: Record) -> Record:
        """Void a posted record and have that approved."""
        record = actions.void(
            record=record,
            reason="重复登记",
            by=self.office.city_enterer,
            now=LATER,
            seen=record.newest.mark,
        )
        return review.approve(record=record, by=self.office.city_reviewer, now=LATER)

    def refuses(self, **cells: Any) -> dict[str, str]:
        """The sentences with which a report of the row is refused; {} when it is taken."""
        try:
            self.reports(**cells)
        except CellErrors as errors:
            return errors.of_row(0)
        return {}

    def lives(self, change: dict[str, Any], figures: dict[str, tuple[int, int]]) -> None:
        """Approve the row, correct it, void it: each figure is first, then second, then 0.

        A correction starts from the record's cells as text, which must mean the same again.
        """
        record = self.records()
        content = record.newest.data
        again = clean(
            self.body,
            [actions.cells_of(self.body, content)],
            by=self.office.city_enterer,
            today=TODAY,
        )
        assert again.errors == {}
        assert again.contents[0] is not None
        assert again.contents[0].fields == content.fields
        assert {code: total(code) for code in figures} == {c: f[0] for c, f in figures.items()}
        record = self.corrects(record, **change)
        assert {code: total(code) for code in figures} == {c: f[1] for c, f in figures.items()}
        self.voids(record)
        assert {code: total(code) for code in figures} == dict.fromkeys(figures, 0)


def on(day: str) -> date:
    return date.fromisoformat(day)


__all__ = [
    "BUREAU",
    "CHAMBER",
    "FIRM",
    "MASHAN",
    "NANNING",
    "PAIRING",
    "SCHOOL",
    "SHANGLIN",
    "Clerk",
    "on",
    "total",
]
