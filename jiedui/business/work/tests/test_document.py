import pytest

from jiedui.business.tests.clerk import Clerk


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "work.document",
        region="南宁市",
        name="南宁市粤桂协作优惠政策",
        sort="制度文件",
        issued_on="2022-08-01",
        number="南府办〔2022〕0号",
    )


def test_rules_and_agreements_are_counted_apart(clerk: Clerk) -> None:
    clerk.lives(
        {"sort": "框架协议", "signers": "深圳市人民政府、南宁市人民政府"},
        {"work.documents": (1, 0), "work.agreements": (0, 1)},
    )


def test_an_agreement_is_between_named_parties(clerk: Clerk) -> None:
    assert clerk.says(sort="年度协议") == {"signers": "类型是“年度协议”时，请填写签订各方。"}
    assert clerk.says(signers="") == {}


def test_a_document_counts_once_a_year(clerk: Clerk) -> None:
    clerk.records()
    assert "请核对是否重复" in clerk.refuses(issued_on="2022-09-01")["name"]
    assert clerk.refuses(issued_on="2023-09-01") == {}


def test_nothing_runs_out_before_it_is_issued(clerk: Clerk) -> None:
    assert "早于印发或签订日期" in clerk.says(valid_to="2021-12-31")["valid_to"]
