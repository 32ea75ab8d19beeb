import pytest

from jiedui.business.tests.clerk import CHAMBER, FIRM, Clerk


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "industry.production",
        enterprise=FIRM,
        produced_on="2023-03",
        registered_on="2022-08-15",
        origin="结对东部地区",
        origin_place="深圳市福田区",
    )


def test_a_firm_counts_when_it_begins_to_produce(clerk: Clerk) -> None:
    clerk.lives({"produced_on": "2023-05-01"}, {"industry.enterprises": (1, 1)})


def test_one_place_counts_a_firm_once_a_year(clerk: Clerk) -> None:
    record = clerk.records()
    said = clerk.refuses(region="马山县", produced_on="2023-10-01")
    assert said == {
        "enterprise": "这家企业同年已计过一次；一家企业一年只由一地计一次，请核对是否重报。"
    }
    record = clerk.corrects(record, produced_on="2023-04")
    clerk.voids(record)
    assert clerk.refuses(region="马山县", produced_on="2023-10-01") == {}


def test_a_firm_is_registered_before_it_produces(clerk: Clerk) -> None:
    assert clerk.says(produced_on="2022-08-14") == {
        "produced_on": "投产日期 2022-08-14 早于注册日期 2022-08-15，请核对这两个日期。"
    }


def test_only_an_enterprise_produces(clerk: Clerk) -> None:
    assert "请先建档" in clerk.says(enterprise=CHAMBER)["enterprise"]
