"""Invented texts against a small ledger of 深圳–南宁: verdicts and their reasons."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiedui.checking import checks
from jiedui.checking.ledger import Verdict
from jiedui.figures.tests.world import (
    BOOK,
    INVESTMENT,
    LATE,
    MASHAN,
    NANNING,
    SHANGLIN,
    WAN,
    detail,
    put,
    stated,
)
from jiedui.ledger import pending
from jiedui.ledger.facts import NewPosting
from jiedui.lib.bounds import Bound
from jiedui.lib.ids import uuid7
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

TITLE = "深圳市与南宁市协作简报\n"
PUBLISHED = date(2023, 10, 20)
MOST_STATEMENTS = 10
"""Of a check with few periods; the windows a text is about make them more, its figures do not."""


@pytest.fixture(autouse=True)
def regions() -> None:
    make_regions()


def verdicts(body: str, published_on: date | None = PUBLISHED) -> dict[str, Verdict]:
    """The verdicts of an invented text by the figures' own words."""
    (checked,) = checks.check([("简报", TITLE + body)], published_on=published_on)
    return {one.quantity.surface: one for one in checked.verdicts}


def verdict(body: str, surface: str) -> tuple[str, str]:
    found = verdicts(body)[surface]
    return found.result, found.reason


def test_what_the_ledger_says_too_agrees() -> None:
    put(stated(12_345 * WAN))
    found = verdicts("截至2023年9月底，南宁市实际到位投资1.2345亿元。")["1.2345亿元"]
    assert found.result == "agrees"
    assert found.answer is not None
    assert found.answer.question.address == (
        "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100"
    )


def test_a_rounded_figure_agrees_and_says_the_exact_one() -> None:
    put(stated(12_345 * WAN))
    result, reason = verdict("截至2023年9月底，南宁市实际到位投资1.23亿元。", "1.23亿元")
    assert result == "agrees"
    assert "123450000元" in reason


def test_another_number_differs() -> None:
    put(stated(12_345 * WAN))
    assert verdict("截至2023年9月底，南宁市实际到位投资1.29亿元。", "1.29亿元")[0] == "differs"


@pytest.mark.parametrize(
    ("written", "word"), [("12345元", "万分之一"), ("12354万元", "颠倒"), ("123450万元", "十倍")]
)
def test_a_slip_of_the_pen_is_named(written: str, word: str) -> None:
    put(stated(12_345 * WAN))
    result, reason = verdict(f"截至2023年9月底，南宁市实际到位投资{written}。", written)
    assert result == "differs"
    assert word in reason


def test_what_was_agreed_is_not_what_arrived() -> None:
    put(stated(12_345 * WAN))
    put(stated(80_000 * WAN, indicator="industry.signed_amount"))
    result, reason = verdict("截至2023年9月底，南宁市实际到位投资80000万元。", "80000万元")
    assert (result, "签约金额" in reason) == ("differs", True)


def test_the_figure_of_the_city_itself_is_another() -> None:
    put(stated(12_345 * WAN))
    put(stated(678 * WAN, own=True))
    result, reason = verdict("截至2023年9月底，南宁市实际到位投资678万元。", "678万元")
    assert (result, "范围" in reason) == ("differs", True)


def test_another_period_is_named() -> None:
    put(stated(12_345 * WAN))
    put(detail(500 * WAN, date(2023, 3, 1)))
    body = "截至2023年9月底，南宁市实际到位投资500万元。"
    result, reason = verdict(body, "500万元")
    assert (result, "期间" in reason) == ("differs", True)


def test_older_knowledge_is_named() -> None:
    put(detail(300 * WAN, date(2023, 9, 1)), now=datetime(2023, 9, 20, tzinfo=UTC))
    put(detail(200 * WAN, date(2023, 9, 2)), now=LATE)
    body = "截至2023年9月底，南宁市实际到位投资300万元。"
    result, reason = verdict(body, "300万元")
    assert (result, reason) == ("differs", "2023-09-30 时账上正是此数")


def test_a_record_that_waits_for_approval_is_named() -> None:
    put(detail(300 * WAN, date(2023, 9, 1)))
    waiting = NewPosting(
        uuid7(), 1, BOOK, entries=(detail(40 * WAN, date(2023, 9, 3)),), commitment="0" * 64
    )
    pending.propose([waiting])
    body = "截至2023年9月底，南宁市实际到位投资340万元。"
    assert verdict(body, "340万元") == ("differs", "计入待审核的记录后相符")


def test_more_than_a_floor_is_compared_by_its_words() -> None:
    floor = stated(2_000 * WAN, bound=Bound.AT_LEAST, indicator="consumption.sales")
    put(floor)
    right = "截至2023年9月底，南宁市消费帮扶销售额超过2000万元。"
    assert verdict(right, "2000万元")[0] == "agrees"
    assert verdict(right.replace("2000", "20000"), "20000万元")[0] == "differs"
    assert verdict(right.replace("2000", "3000"), "3000万元")[0] == "differs"


def test_an_exact_figure_satisfies_words_that_allow_it() -> None:
    put(stated(2_345 * WAN, indicator="consumption.sales"))
    body = "截至2023年9月底，南宁市消费帮扶销售额超过2000万元。"
    assert verdict(body, "2000万元")[0] == "agrees"


def test_a_month_is_not_measured_by_the_total_of_the_year() -> None:
    put(stated(84, indicator="industry.invited", start=date(2023, 1, 1)))
    body = "2023年9月，南宁市邀请20位企业家代表参加推介活动。"
    result, reason = verdict(body, "20位")
    assert (result, "汇总数" in reason) == ("absent", True)


def test_counties_are_asked_at_their_own_place() -> None:
    put(stated(1_000 * WAN, indicator="funds.arranged", start=date(2021, 1, 1)))
    put(stated(600 * WAN, region=SHANGLIN, indicator="funds.arranged", start=date(2021, 1, 1)))
    put(stated(400 * WAN, region=MASHAN, indicator="funds.arranged", start=date(2021, 1, 1)))
    found = verdicts("2021年以来，南宁市投入协作资金1000万元，其中上林县600万元、马山县400万元。")
    assert {one.result for one in found.values()} == {"agrees"}
    regions = [one.answer.question.region for one in found.values() if one.answer]
    assert regions == [NANNING, SHANGLIN, MASHAN]


def test_a_total_without_a_place_is_not_that_of_its_first_part() -> None:
    put(stated(1_000 * WAN, indicator="funds.arranged", start=date(2021, 1, 1)))
    put(stated(600 * WAN, region=SHANGLIN, indicator="funds.arranged", start=date(2021, 1, 1)))
    put(stated(400 * WAN, region=MASHAN, indicator="funds.arranged", start=date(2021, 1, 1)))
    found = verdicts("2021年以来，投入协作资金1000万元，其中上林县600万元、马山县400万元。")
    assert {surface: one.result for surface, one in found.items()} == dict.fromkeys(
        ("1000万元", "600万元", "400万元"), "agrees"
    )


def test_what_nobody_recorded_and_what_has_no_name_are_absent() -> None:
    found = verdicts("截至2023年9月底，南宁市实际到位投资5亿元，种下梨树300棵。")
    assert {surface: one.result for surface, one in found.items()} == {
        "5亿元": "absent",
        "300棵": "absent",
    }
    assert "没有记录" in found["5亿元"].reason
    assert "目录" in found["300棵"].reason


def test_a_place_out_of_reach_is_not_answered() -> None:
    put(stated(12_345 * WAN))
    text = TITLE + "截至2023年9月底，南宁市实际到位投资1.2345亿元。"
    (checked,) = checks.check([("", text)], published_on=PUBLISHED, may_read=lambda _: False)
    assert [one.result for one in checked.verdicts] == ["absent"]
    assert checked.verdicts[0].answer is None


def test_an_empty_ledger_and_an_empty_text_are_answered() -> None:
    assert verdicts("实际到位投资5亿元。")["5亿元"].result == "absent"
    assert checks.check([("", "")])[0].verdicts == ()


def test_many_figures_take_no_more_statements_than_few() -> None:
    put(stated(12_345 * WAN, indicator=INVESTMENT))
    line = "截至2023年9月底，南宁市实际到位投资1.2345亿元，吸纳农村劳动力就业20人。"

    def statements(times: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            checks.check([("", TITLE + "\n".join([line] * times))], published_on=PUBLISHED)
        return len(queries)

    statements(1)  # What is read once a process is no matter of a text.
    assert statements(40) == statements(2)


def test_a_check_asks_the_ledger_but_few_times() -> None:
    put(stated(12_345 * WAN, indicator=INVESTMENT))
    line = "截至2023年9月底，南宁市实际到位投资1.2345亿元，吸纳农村劳动力就业20人。"
    texts = [("", TITLE + line)]
    checks.check(texts, published_on=PUBLISHED)
    with CaptureQueriesContext(connection) as queries:
        checks.check(texts, published_on=PUBLISHED)
    said = [one["sql"] for one in queries.captured_queries]
    assert not [sql for sql in said if "regions_region" in sql or "regions_pairing" in sql]
    assert len(said) <= MOST_STATEMENTS


@pytest.mark.django_db(transaction=True)
def test_a_check_that_is_done_again_asks_only_whether_anything_changed() -> None:
    put(stated(12_345 * WAN, indicator=INVESTMENT))
    texts = [("", f"{TITLE}截至2023年9月底，南宁市实际到位投资1.2345亿元。")]
    first = checks.check(texts, published_on=PUBLISHED)
    with CaptureQueriesContext(connection) as queries:
        again = checks.check(texts, published_on=PUBLISHED)
    assert len(queries) == 3  # The register's mark, the newest posting before and after.
    assert again == first
    put(detail(1, date(2023, 10, 1)))
    assert checks.check(texts, published_on=PUBLISHED)[0].head > again[0].head
