"""Whatever the ledger holds: the steps, the counties and the months of a figure add up to it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from jiedui.figures.answers import ask
from jiedui.figures.breakdown import by_month, by_place
from jiedui.figures.explain import explain, standing
from jiedui.figures.known import differences, look_back
from jiedui.figures.tests.world import (
    GUANGXI,
    INVESTMENT,
    LATE,
    MASHAN,
    NANNING,
    SEPTEMBER,
    SHANGLIN,
    WAN,
    detail,
    put,
    question,
    stated,
)
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Measure
from jiedui.ledger import heads
from jiedui.ledger.posting import EqualSlice
from jiedui.lib.bounds import Bound
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

PLACES = [NANNING, SHANGLIN, MASHAN, 450123_000000, 450125_103000]


@pytest.fixture(autouse=True)
def regions() -> None:
    make_regions()


def make_world(indicator: str, chance: random.Random) -> int:
    """Some details and totals of one indicator; answers a head in the middle of them."""

    def day() -> date:
        return date(2021, 1, 1) + timedelta(days=chance.randrange(1000))

    middle = 0
    for number in range(12):
        first = day()
        last = first + timedelta(days=chance.choice([0, 0, 0, 20, 200]))
        value = chance.randrange(1, 50)
        region = chance.choice(PLACES)
        if chance.random() < 0.5:
            put(
                detail(value, first, region, indicator, last=last, bound=chance.choice(list(Bound)))
            )
        else:
            start = chance.choice([None, date(2021, 1, 1), first])
            try:
                put(
                    stated(
                        value * 4,
                        max(last, first),
                        region,
                        indicator,
                        start=start,
                        own=region == NANNING and chance.random() < 0.3,
                        bound=chance.choice(list(Bound)),
                    )
                )
            except EqualSlice:
                continue
        if number == 6:
            middle = heads.head()
    return middle


@pytest.mark.parametrize("seed", range(6))
def test_steps_counties_months_and_differences_add_up(seed: int) -> None:
    chance = random.Random(seed)
    adding = [i.code for i in catalogue.all() if i.measure.adds_up]
    for indicator in chance.sample(adding, 4):
        middle = make_world(indicator, chance)
        start = chance.choice([None, date(2021, 1, 1), date(2022, 2, 14)])
        for head in (None, middle):
            answer = ask(question(indicator, start=start, known_at=head))
            assert answer.amount is not None
            steps = explain(answer.question, answer=answer).steps
            assert sum(step.amount for step in steps) == answer.amount
            found = by_place(answer)
            assert found.rest is not None
            parts = sum(part.figure.amount or 0 for part in found.parts)
            assert parts + found.rest == answer.amount
            months = by_month(answer)
            assert months is not None
            if answer.indicator.measure is Measure.STOCK:
                assert months.parts[-1].amount == answer.amount
            else:
                total = months.before + months.rest + sum(part.amount for part in months.parts)
                assert total == answer.amount
        now = ask(question(indicator, start=start))
        change = differences(look_back(now, middle))
        moved = sum(row.amount or 0 for row in change.rows)
        assert moved == (now.amount or 0) - (change.before.amount or 0)


def test_the_sum_of_a_total_names_its_details_and_what_it_adds() -> None:
    put(detail(41_200 * WAN, date(2022, 6, 1), MASHAN))
    put(detail(142_260 * WAN, date(2023, 6, 1)))
    put(stated(60_000 * WAN, date(2022, 12, 31), MASHAN, wording="累计到位6亿元"))
    put(stated(497_200 * WAN, wording="实际到位投资额49.72亿元"))
    explained = explain(question())
    said = [(step.label, step.note, step.amount // WAN) for step in explained.steps]
    assert said == [
        ("逐笔记录 2 件", "已审核、日期在窗口内，扣除更正与作废", 183_460),
        (
            "+ 南宁市汇总数补差",
            "至 2023-09-30 申报 497,200，其中 202,260 已有逐笔或下级汇总数",
            294_940,
        ),
        (
            "+ 马山县汇总数补差",
            "至 2022-12-31 申报 60,000，其中 41,200 已有逐笔或下级汇总数",
            18_800,
        ),
    ]
    assert explained.wording == "实际到位投资额49.72亿元"
    assert (explained.records, explained.declared) == (2, 2)
    assert standing(explained.answer).records == 4
    rest = by_place(explained.answer).rest
    assert rest is not None
    assert rest // WAN == 294_940


def test_what_the_window_cuts_and_what_crosses_is_named_with_its_value() -> None:
    put(detail(2_000 * WAN, date(2023, 9, 15), last=date(2023, 10, 15)))
    put(stated(9_000 * WAN, date(2023, 12, 31), start=date(2023, 7, 1)))
    left_out = {group.reason: group for group in explain(question()).left_out}
    assert (left_out["cut_entries"].count, left_out["cut_entries"].amount) == (1, 2_000 * WAN)
    assert left_out["cut_entries"].items[0][1] == "2023-09-15 至 2023-10-15"
    assert (left_out["cut_declarations"].count, left_out["crossing"].count) == (1, 0)
    put(stated(8_000 * WAN, date(2023, 8, 31), start=date(2023, 6, 1)))
    wide = explain(question(end=date(2023, 12, 31)))
    left_out = {group.reason: group for group in wide.left_out}
    assert (left_out["crossing"].count, left_out["crossing"].amount) == (1, 8_000 * WAN)
    assert wide.answer.bound is Bound.AT_LEAST


def test_known_before_a_total_the_difference_names_it() -> None:
    first = put(detail(8_000 * WAN, date(2023, 9, 18)))
    put(stated(497_200 * WAN), now=LATE)
    put(detail(1_000 * WAN, date(2023, 9, 20)), now=LATE)
    found = differences(look_back(ask(question()), first.posting))
    assert found.before.amount == 8_000 * WAN
    assert [(row.amount or 0) // WAN for row in found.rows] == [1_000, 488_200]
    assert "南宁市 汇总数 497,200 万元" in found.rows[1].label


def test_a_province_is_broken_down_by_city_and_a_county_by_nothing() -> None:
    put(detail(5 * WAN, date(2023, 9, 18)))
    assert [part.name for part in by_place(ask(question(region=GUANGXI))).parts] == [
        "南宁市",
        "百色市",
        "本级",
    ]
    assert by_place(ask(question(region=SHANGLIN))).parts == []
    assert by_place(ask(question(own=True))).parts == []


def test_many_years_are_one_part_before_the_months_shown() -> None:
    put(detail(7 * WAN, date(2015, 5, 5)), detail(3 * WAN, date(2023, 9, 1)))
    months = by_month(ask(question()))
    assert months is not None
    assert (months.before, months.rest) == (7 * WAN, 0)
    assert months.before_question is not None
    assert months.before_question.window == (None, date(2020, 12, 31))
    assert len(months.parts) == 33
    assert months.parts[-1].question.window.end == SEPTEMBER
    assert not months.parts[-1].unfinished
    assert months.parts[0].question.indicator == INVESTMENT
