import pytest

from jiedui.business.tests.clerk import MASHAN, Clerk, total
from jiedui.records import actions, review
from jiedui.records.tests.world import NOW


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "funds.fund",
        region="南宁市",
        stage="到位",
        moved_on="2023-05-31",
        amount_fen="3,244",
        source="省级",
        document="粤财〔2023〕0号",
    )


def test_money_counts_at_its_stage(clerk: Clerk) -> None:
    clerk.lives(
        {"stage": "支付", "source": "", "amount_fen": "2405.4", "payee": "某建筑公司"},
        {
            "funds.received": (3244_0000_00, 0),
            "funds.received:province": (3244_0000_00, 0),
            "funds.paid": (0, 2405_4000_00),
            "funds.issued": (0, 0),
            "funds.arranged": (0, 0),
        },
    )


def test_what_came_back_lessens_what_was_paid(clerk: Clerk) -> None:
    clerk.records(stage="支付", source="", amount_fen="100")
    clerk.records(stage="退回国库", source="", amount_fen="30", moved_on="2023-08-31")
    assert total("funds.paid") == 70_0000_00


@pytest.mark.parametrize(
    ("stage", "source", "asked"),
    [("到位", "市级", True), ("支付", "", True), ("下达", "", False), ("退回国库", "", False)],
)
def test_only_money_that_moved_needs_its_slip(
    clerk: Clerk, stage: str, source: str, asked: bool
) -> None:
    said = clerk.refuses(evidence=False, stage=stage, source=source)
    assert said == ({"evidence": "请附佐证：到账凭证、支付凭证或下达文件。"} if asked else {})


def test_money_that_arrived_came_from_a_budget(clerk: Clerk) -> None:
    assert clerk.says(source="") == {"source": "环节是“到位”时，请填写资金层级。"}
    assert clerk.says(amount_fen="0") == {"amount_fen": "金额是 0 的不用登记。"}


def test_one_receipt_may_be_for_several_counties(clerk: Clerk) -> None:
    clerk.records(counties="上林县 2000；马山县 1000")
    assert total("funds.received:province", MASHAN) == 1000_0000_00
    assert total("funds.received") == 3244_0000_00


def test_money_is_paid_for_a_project_of_the_house(clerk: Clerk) -> None:
    office = clerk.office
    projects = actions.record_many(
        kind="funds.project",
        by=office.city_enterer,
        now=NOW,
        submit=True,
        rows=[
            {
                "region": "上林县",
                "name": "冷链中心",
                "category": "产业",
                "planned_on": "2023-03-01",
                "amount_fen": "500",
            }
        ],
    )
    review.approve_many(records=projects, by=office.city_reviewer, now=NOW)
    assert clerk.says(stage="支付", source="", project="冷链中心") == {}
    assert clerk.says(stage="支付", source="", project=projects[0].number) == {}
    assert "冷库" in clerk.says(project="冷库")["project"]
