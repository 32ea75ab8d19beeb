"""What a row of 从旧材料建账 meets in the ledger, in the words of decision 0001."""

from dataclasses import replace
from datetime import date

import pytest

from jiedui.checking.overlaps import Overlap, overlaps
from jiedui.figures.tests.world import (
    BOOK,
    MASHAN,
    NANNING,
    SHANGLIN,
    WAN,
    detail,
    put,
    stated,
)
from jiedui.ledger import pending
from jiedui.ledger.facts import Declaration, NewPosting
from jiedui.lib.bounds import Bound
from jiedui.lib.ids import uuid7
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

START, END = date(2023, 1, 1), date(2023, 9, 30)


@pytest.fixture(autouse=True)
def regions() -> None:
    make_regions()


def year(value: int, region: int = NANNING, indicator: str = "industry.investment") -> Declaration:
    return stated(value, END, region, indicator, start=START)


def of(planned: Declaration, *, readable: bool = True) -> list[Overlap]:
    (found,) = overlaps([planned], lambda _question: readable)
    return found


def said(planned: Declaration) -> str:
    return "；".join(one.sentence for one in of(planned))


def test_nothing_there_is_nothing_said() -> None:
    assert of(year(100 * WAN)) == []
    assert overlaps([None], lambda _question: True) == [[]]
    assert overlaps([], lambda _question: True) == []


def test_the_same_slice_stops_the_row() -> None:
    put(year(100 * WAN))
    (found,) = of(year(100 * WAN))
    assert found.stops
    assert found.sentence == "已有同期汇总数 100万元，数相同，不必再报"
    assert found.href.startswith("/f/industry.investment/450100/2023-01-01..2023-09-30")
    (found,) = of(year(120 * WAN))
    assert found.stops
    assert "更正" in found.sentence


def test_what_waits_for_approval_stops_it_too() -> None:
    new = NewPosting(uuid7(), 1, BOOK, declarations=(year(100 * WAN),), commitment="0" * 64)
    pending.propose([new])
    (found,) = of(year(100 * WAN))
    assert found.stops
    assert "正在等待审核" in found.sentence


def test_details_inside_are_counted_once() -> None:
    put(detail(30 * WAN, date(2023, 3, 1)), detail(20 * WAN, date(2023, 4, 1)))
    assert said(year(100 * WAN)) == "其中已记录 50万元（2 笔记录），将只补差额 50万元"
    assert "不再增加" in said(year(50 * WAN))
    assert "以已记录的为准" in said(year(40 * WAN))


def test_what_is_foretold_is_what_happens() -> None:
    """The sentence and the ledger agree: the declared sum stands, and only the rest was added."""
    put(detail(30 * WAN, date(2023, 3, 1)), year(40 * WAN, SHANGLIN))
    planned = year(100 * WAN)
    assert "将只补差额 60万元" in said(planned)
    put(planned)
    from jiedui.figures.answers import ask
    from jiedui.figures.tests.world import question

    answer = ask(question(start=START))
    assert (answer.amount, answer.bound) == (100 * WAN, Bound.EXACT)


def test_declarations_inside_around_and_across_are_named() -> None:
    put(year(40 * WAN, SHANGLIN))
    assert "其中已记录 40万元（1 个汇总数），将只补差额 60万元" in said(year(100 * WAN))
    put(stated(300 * WAN, END, start=date(2021, 1, 1)))
    around = said(year(20 * WAN, MASHAN))
    assert "已含在汇总数（南宁市，2021-01-01 至 2023-09-30，300万元）之内" in around
    assert "大于包含它的汇总数（南宁市" in said(year(301 * WAN, MASHAN))
    across = replace(year(10 * WAN), start=date(2023, 6, 1), end=date(2023, 12, 31))
    assert "交叉" in said(across)


def test_a_stock_says_the_level_of_its_day() -> None:
    put(stated(5, date(2023, 6, 30), indicator="industry.parks"))
    assert said(year(7, indicator="industry.parks")) == "账上这一天是 5个，审核后以此数为准"
    assert "数相同" in said(year(5, indicator="industry.parks"))


def test_what_may_not_be_read_is_not_told() -> None:
    put(detail(30 * WAN, date(2023, 3, 1)), stated(300 * WAN, END, start=date(2021, 1, 1)))
    assert of(year(100 * WAN), readable=False) == []


def test_many_rows_take_no_more_statements_than_few() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    put(detail(30 * WAN, date(2023, 3, 1)))

    def statements(times: int) -> int:
        planned = [year((n + 1) * WAN) for n in range(times)]
        with CaptureQueriesContext(connection) as queries:
            overlaps(planned, lambda _question: True)
        return len(queries)

    statements(1)  # What is read once a process is no matter of a table.
    assert statements(30) == statements(2)
