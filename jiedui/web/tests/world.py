"""A little of 深圳–南宁 in the ledger: some money in two counties, a total, a stock, and a late entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from jiedui.accounts.tests.people import MASHAN, NANNING, SHANGLIN, SHENZHEN_NANNING
from jiedui.ledger.facts import Declaration, Entry, NewPosting
from jiedui.ledger.posting import post
from jiedui.lib.bounds import Bound
from jiedui.lib.ids import uuid7
from jiedui.regions import places

BOOK = "440300-450100"
INVESTMENT = "industry.investment"
SALES = "consumption.sales"
SERVING = "secondment.serving"
WAN = 1_000_000

EARLY = datetime(2023, 10, 16, 1, tzinfo=UTC)
LATE = datetime(2023, 12, 10, 1, tzinfo=UTC)
DAY = date(2023, 12, 12)


def entry(
    indicator: str,
    region: int,
    day: date,
    value: int,
    bound: Bound = Bound.EXACT,
    pairing: int = SHENZHEN_NANNING,
) -> Entry:
    return Entry(indicator, region, pairing, day, day, value, bound)


def put(*entries: Entry, declarations: Sequence[Declaration] = (), now: datetime = EARLY) -> None:
    """One approved record with these entries and totals."""
    post(
        [
            NewPosting(
                uuid7(),
                1,
                BOOK,
                entries=entries,
                declarations=tuple(declarations),
                commitment="0" * 64,
            )
        ],
        now=now,
    )


def total(indicator: str, value: int, start: date | None, end: date) -> Declaration:
    """A total (汇总数) of the whole city."""
    return Declaration(
        indicator,
        NANNING,
        False,
        SHENZHEN_NANNING,
        start,
        end,
        value,
        wording="累计",
        ranges=places.ranges(NANNING),
        boxes=places.boxes(SHENZHEN_NANNING),
    )


def make_board() -> None:
    """Needs the places of ``make_regions()``.

    到位投资: 上林 2022 500 万, 2023 1,200 万; 马山 2023 ≥ 300 万; the city's total to 2023-09-30 is
    49,720 万. 消费帮扶销售: 上林 2023-12-10 60 万, recorded late. 在岗挂职干部: 25.
    """
    put(
        entry(INVESTMENT, SHANGLIN, date(2022, 5, 6), 500 * WAN),
        entry(INVESTMENT, SHANGLIN, date(2023, 8, 30), 1200 * WAN),
        entry(INVESTMENT, MASHAN, date(2023, 9, 1), 300 * WAN, Bound.AT_LEAST),
        entry(SERVING, NANNING, date(2022, 12, 1), 25),
    )
    put(declarations=[total(INVESTMENT, 49_720 * WAN, None, date(2023, 9, 30))])
    put(entry(SALES, SHANGLIN, date(2023, 12, 10), 60 * WAN), now=LATE)
