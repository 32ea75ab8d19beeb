"""A page costs the same statements at the size of a province as at that of a county."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiedui.accounts import middleware
from jiedui.accounts.models import Role
from jiedui.accounts.tests.people import NANNING, SHENZHEN_NANNING, grant
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.ledger import pending
from jiedui.ledger.facts import Declaration, Entry, NewPosting
from jiedui.ledger.posting import post
from jiedui.lib.ids import uuid7
from jiedui.lib.places import box_of, range_of
from jiedui.records import actions, review
from jiedui.records.tests.world import (
    NOW,
    Office,
    approved_receipt,
    make_office,
    record_receipt,
)
from jiedui.regions.loading import Division, load_regions

pytestmark = pytest.mark.django_db

EARLY = datetime(2023, 10, 2, 2, tzinfo=UTC)
BOOK = "440300-450100"
SLICE = "450100/2023-01-01..2023-10-18?pairing=440300-450100"
PAGES = (
    "/board/440300-450100/?day=2023-10-18",
    "/board/440300-450100/?day=2023-10-18&by=total&parts=all",
    "/r/450100/",
    f"/f/?at=450100/{BOOK}&to=2023-10-18",
    f"/f/industry.investment/{SLICE}",
    f"/f/secondment.serving/{SLICE}",
    f"/f/funds.paid_rate/{SLICE}",
    f"/f/consumption.sales/{SLICE}",
    f"/f/industry.investment/450100/..2023-10-18@3?pairing={BOOK}",
    "/records/k/industry.receipt/",
    "/records/todo/",
)


def grow(office: Office, counties: range, indicators: list[Indicator], records: int) -> None:
    """Counties, and in each of them all indicators: posted early and late, declared, and waiting."""
    codes = [450130 + number for number in counties]
    named = [Division(code=str(code), name=f"第{code}县") for code in codes]
    load_regions([Division(code="450000", name="广西壮族自治区"), *named], [])
    for now, day in ((EARLY, date(2023, 3, 5)), (NOW, date(2023, 10, 5))):
        for indicator in indicators:
            entries = [_entry(indicator, code * 10**6, day) for code in codes]
            posting = NewPosting(uuid7(), 1, BOOK, tuple(entries), commitment="c" * 64)
            post([posting], now=now)
            if now == EARLY:
                stated = [_declaration(indicator, code * 10**6) for code in codes]
                posting = NewPosting(uuid7(), 1, BOOK, (), tuple(stated), commitment="c" * 64)
                post([posting], now=now)
                pending.propose([NewPosting(uuid7(), 1, BOOK, tuple(entries))])
    people = office.people
    for number in range(records):
        region = f"第{codes[number % len(codes)]}县"
        cells = {"region": region, "received_on": f"2023-09-{number % 28 + 1:02d}"}
        record_receipt(office, **cells)
        approved_receipt(office, **cells)
        wrong = approved_receipt(office, **cells)
        seen = wrong.newest.mark
        wrong = actions.void(record=wrong, reason="重复", by=people.enterer, now=NOW, seen=seen)
        review.approve(record=wrong, by=people.reviewer, now=NOW)


def _entry(indicator: Indicator, region: int, day: date) -> Entry:
    subject = f"s{region}" if indicator.measure is Measure.DISTINCT else None
    return Entry(indicator.code, region, SHENZHEN_NANNING, day, day, 1, subject=subject)


def _declaration(indicator: Indicator, region: int) -> Declaration:
    return Declaration(
        indicator.code, region, False, SHENZHEN_NANNING, None, date(2023, 9, 30), 9, wording="共9",
        ranges=(range_of(region),), boxes=(box_of(SHENZHEN_NANNING),),
    )  # fmt: skip


def _statements(client: Client) -> dict[str, list[str]]:
    """What each page asks the database, once it is warm."""
    asked = {}
    for address in PAGES:
        client.get(address)
        with CaptureQueriesContext(connection) as statements:
            answer = client.get(address)
        assert answer.status_code == 200, address
        asked[address] = [one["sql"] for one in statements.captured_queries]
    return asked


def test_statements_do_not_grow_with_counties_indicators_or_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A slow run would see the session written, which has nothing to do with the size of anything.
    monkeypatch.setattr(middleware, "WRITTEN_EVERY_SECONDS", settings.SESSION_IDLE_SECONDS_MAX)
    office = make_office()
    grant(office.people.enterer, Role.ENTER, NANNING)
    grant(office.people.reviewer, Role.REVIEW, NANNING)
    client = Client()
    client.force_login(office.people.reviewer)
    posted = [one for one in catalogue.all() if one.measure is not Measure.RATIO]
    asked = {"industry.investment", "secondment.serving", "funds.arranged", "funds.paid"}
    asked |= {"consumption.sales", "consumption.sales:live"}
    measures = {one.measure: one for one in posted}
    few = [one for one in posted if one.code in asked or one in measures.values()]
    assert len(few) < 12 < 50 < len(posted)
    grow(office, range(2), few, 2)
    small = _statements(client)
    grow(office, range(2, 30), posted, 28)
    great = _statements(client)
    grown = {
        address: _new(great[address], small[address])
        for address in PAGES
        if len(great[address]) > len(small[address])
    }
    assert not grown


def _new(great: list[str], small: list[str]) -> list[str]:
    """The statements by their beginnings that were asked more often."""
    often = Counter(one[:120] for one in great)
    often.subtract(one[:120] for one in small)
    return [f"{count} × {beginning}" for beginning, count in often.items() if count > 0]
