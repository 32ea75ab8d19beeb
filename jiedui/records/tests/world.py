"""A working office for tests of records: regions, people, one enterprise, one citation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from jiedui.accounts.models import Role, User
from jiedui.accounts.tests.people import MASHAN, NANNING, SHANGLIN, People, grant, make_user, people
from jiedui.ledger import totals
from jiedui.ledger.facts import Slice
from jiedui.lib.ids import uuid7
from jiedui.lib.periods import Window
from jiedui.parties.actions import record_enterprises
from jiedui.parties.models import Enterprise
from jiedui.records import actions, evidence, review
from jiedui.records.models import Evidence, Record
from jiedui.regions import places
from jiedui.regions.tests.world import make_regions

NOW = datetime(2023, 10, 16, 2, 0, tzinfo=UTC)
TODAY = date(2023, 10, 16)
CODE = "91450125MA5N0ABC1R"


@dataclass(frozen=True)
class Office:
    """Everybody and everything a test of records needs."""

    people: People
    enterprise: Enterprise
    citation: Evidence
    city_enterer: User  # 南宁市 填报
    city_reviewer: User  # 南宁市 审核


def make_office() -> Office:
    make_regions()
    made = people()
    enterer = make_user("nan", "南填")
    grant(enterer, Role.ENTER, NANNING)
    reviewer = make_user("wen", "文核")
    grant(reviewer, Role.REVIEW, NANNING)
    enterprise = record_enterprises([(credit_code(1), "上林云里花卉有限公司", SHANGLIN)])[0]
    citation = evidence.cite(
        title="进账单",
        publisher="某银行",
        published_on=date(2023, 9, 30),
        url="",
        by=enterer,
        now=NOW,
    )
    return Office(made, enterprise, citation, enterer, reviewer)


def credit_code(number: int) -> str:
    """A right 统一社会信用代码 made of a number."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91450125MA{number:07d}"
    total = sum(alphabet.index(letter) * 3**place % 31 for place, letter in enumerate(body))
    return body + alphabet[-total % 31]


def receipt_cells(**cells: Any) -> dict[str, Any]:
    """The cells of a right receipt in 上林县."""
    return {
        "region": "上林县",
        "enterprise": credit_code(1),
        "received_on": "2023-09-26",
        "amount_fen": "5,600",
        "form": "货币",
    } | cells


def record_receipt(office: Office, **cells: Any) -> Record:
    """A submitted receipt with its evidence."""
    row = receipt_cells(**cells)
    row.setdefault("uid", uuid7())
    return actions.record_many(
        kind="industry.receipt",
        rows=[row],
        by=office.people.enterer,
        now=NOW,
        submit=True,
        evidence={row["uid"]: [office.citation]},
    )[0]


def approved_receipt(office: Office, **cells: Any) -> Record:
    return review.approve(
        record=record_receipt(office, **cells), by=office.people.reviewer, now=NOW
    )


def total(
    indicator: str,
    region: int = NANNING,
    *,
    start: date | None = None,
    end: date = date(2023, 12, 31),
    pending: bool = False,
) -> int | None:
    """What the ledger says, over all pairings."""
    window = Window(start, end)
    asked = Slice(indicator, places.ranges(region, window), None, start, end)
    return totals.ask([asked], pending=pending)[0].value


__all__ = [
    "CODE",
    "MASHAN",
    "NANNING",
    "NOW",
    "SHANGLIN",
    "TODAY",
    "Office",
    "approved_receipt",
    "credit_code",
    "make_office",
    "receipt_cells",
    "record_receipt",
    "total",
]
