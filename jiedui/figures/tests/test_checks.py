from datetime import date

import pytest

from jiedui.figures import checks
from jiedui.figures.explain import explain
from jiedui.figures.questions import Question
from jiedui.figures.tests.world import (
    EARLY,
    LATE,
    MASHAN,
    NANNING,
    SHANGLIN,
    WAN,
    detail,
    put,
    question,
    stated,
)
from jiedui.lib.bounds import Bound
from jiedui.lib.ids import uuid7
from jiedui.records import actions, review
from jiedui.records.errors import CellErrors
from jiedui.records.tests.world import make_office
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

ABSORBED, POOR = "labour.absorbed", "labour.absorbed:poverty"


@pytest.fixture
def regions() -> None:
    make_regions()


def found(asked: Question) -> dict[str, str]:
    explained = explain(asked)
    return {
        finding.kind: finding.sentence
        for finding in checks.findings(explained.answer, explained.declarations)
    }


@pytest.mark.usefixtures("regions")
class TestFindings:
    def test_a_part_above_its_whole_is_found_from_both_sides(self) -> None:
        put(stated(1_925, indicator=ABSORBED), stated(4_577, indicator=POOR))
        sentence = "吸纳脱贫人口就业人数 4,577 大于吸纳农村劳动力就业人数 1,925 人"
        assert found(question(ABSORBED)) == {"parts": sentence}
        assert found(question(POOR)) == {"parts": sentence}

    def test_parts_that_do_not_overlap_may_not_exceed_the_whole_together(self) -> None:
        put(stated(100 * WAN, indicator="consumption.sales"))
        put(stated(60 * WAN, indicator="consumption.sales:live"))
        assert found(question("consumption.sales")) == {}
        put(stated(50 * WAN, indicator="consumption.sales:hall"))
        assert found(question("consumption.sales")) == {
            "parts": "按渠道的各部分之和 110 大于消费帮扶销售额 100 万元"
        }

    def test_a_whole_that_may_be_greater_contradicts_no_part(self) -> None:
        put(stated(10, indicator=ABSORBED, bound=Bound.AT_LEAST), stated(20, indicator=POOR))
        assert found(question(ABSORBED)) == {}
        assert found(question(POOR)) == {}

    def test_a_part_of_which_no_whole_is_known_is_fine(self) -> None:
        put(stated(37_662, indicator="labour.employed:paired"))
        assert found(question("labour.employed:paired")) == {}

    def test_details_above_a_total_are_found(self) -> None:
        put(stated(100 * WAN, region=SHANGLIN))
        put(detail(120 * WAN, date(2023, 5, 1)))
        assert found(question()) == {
            "below_details": "上林县至 2023-09-30 的汇总数 100 小于其内的 120 万元"
        }

    def test_details_that_just_reach_a_total_are_fine(self) -> None:
        put(stated(100 * WAN), detail(100 * WAN, date(2023, 5, 1)))
        assert found(question()) == {}

    def test_a_cumulative_total_that_falls_is_found(self) -> None:
        put(stated(374, date(2023, 10, 31), indicator="labour.trainees"), now=EARLY)
        put(stated(300, date(2023, 11, 30), indicator="labour.trainees"), now=LATE)
        sentence = found(question("labour.trainees", end=date(2023, 12, 31)))["falling"]
        assert sentence == "累计数下降：至 2023-10-31 为 374，至 2023-11-30 为 300 人"

    def test_a_slip_of_ten_thousand_is_found(self) -> None:
        for day in range(1, 7):
            put(detail(300 * WAN, date(2023, 5, day)))
        assert found(question()) == {}
        put(detail(3_000_000 * WAN, date(2023, 5, 9)))
        assert found(question()) == {
            "slip": "300 亿元 约为通常 300 万元 的一万倍，是否把元写成了万元"
        }

    def test_one_enterprise_counted_in_two_counties_in_a_year_is_found(self) -> None:
        code = "industry.enterprises"
        put(detail(1, date(2023, 5, 1), SHANGLIN, code, subject="a"))
        put(detail(1, date(2022, 5, 1), MASHAN, code, subject="a"))
        assert found(question(code)) == {}
        put(detail(1, date(2023, 8, 1), MASHAN, code, subject="a"))
        assert found(question(code)) == {
            "claimed_twice": "同一主体 2023 年计了 2 次（马山县、上林县）"
        }

    def test_what_was_corrected_is_no_finding(self) -> None:
        assert found(question(region=NANNING)) == {}


def test_a_part_above_the_stated_whole_is_refused_when_it_is_submitted() -> None:
    office = make_office()

    def submit(indicator: str, value: str) -> None:
        uid = uuid7()
        row = {
            "uid": uid,
            "region": "南宁市",
            "pairing": "440300-450100",
            "indicator": indicator,
            "stated": value,
            "end_on": "2023-09-30",
        }
        record = actions.record_many(
            kind="summary",
            rows=[row],
            by=office.city_enterer,
            now=EARLY.replace(day=16),
            submit=True,
            evidence={uid: [office.citation]},
        )[0]
        review.approve(record=record, by=office.city_reviewer, now=LATE)

    submit("吸纳农村劳动力就业人数", "4577人")
    with pytest.raises(CellErrors) as errors:
        submit("吸纳脱贫人口就业人数", "4578人")
    assert "大于已入账的吸纳农村劳动力就业人数 4,577人" in errors.value.of_row(0)["stated"]
    submit("吸纳脱贫人口就业人数", "1925人")
