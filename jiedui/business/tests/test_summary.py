import pytest

from jiedui.business.tests.clerk import NANNING, SHANGLIN, Clerk, total
from jiedui.records import actions
from jiedui.records.errors import CellErrors
from jiedui.records.tests.world import NOW


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "summary",
        region="南宁市",
        pairing="440300-450100",
        indicator="协作资金",
        stated="42602万元",
        start_on="2021-01-01",
        end_on="2023-09-30",
    )


def test_a_declared_total_stands_where_no_details_are(clerk: Clerk) -> None:
    clerk.lives({"stated": "4.27 亿元"}, {"funds.arranged": (42602_0000_00, 42700_0000_00)})


def test_details_inside_a_total_are_not_added_to_it(clerk: Clerk) -> None:
    clerk.records()
    assert total("funds.arranged", NANNING) == 42602_0000_00
    clerk.turns_to(
        "funds.project", name="花卉基地", category="产业", planned_on="2022-04-20", amount_fen="600"
    )
    clerk.records()
    assert total("funds.arranged", NANNING) == 42602_0000_00
    assert total("funds.arranged", SHANGLIN) == 600_0000_00


def test_a_value_is_in_the_indicators_unit(clerk: Clerk) -> None:
    assert "不是以元计的数" in clerk.says(stated="109 个")["stated"]
    assert "比率" in clerk.says(indicator="资金支付率")["indicator"]
    assert "没有指标" in clerk.says(indicator="协作资金总盘子")["indicator"]


def test_a_window_is_in_order(clerk: Clerk) -> None:
    assert clerk.says(start_on="2023-10-01") == {
        "end_on": "截至日期 2023-09-30 早于起始日期 2023-10-01，请核对这两个日期。"
    }


def test_nobody_declares_where_they_may_not_enter(clerk: Clerk) -> None:
    stranger = clerk.office.people.stranger
    with pytest.raises(CellErrors):
        actions.record_many(kind="summary", rows=[clerk.row], by=stranger, now=NOW, submit=True)
