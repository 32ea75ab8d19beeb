import pytest

from jiedui.business.tests.clerk import FIRM, Clerk, on, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "consumption.product",
        name="上林富硒大米 5kg",
        mark="圳品",
        recognised_on="2022-06-01",
        valid_to="2025-05-31",
        maker=FIRM,
        number="SZ-001",
    )


def test_only_an_eastern_certificate_is_counted(clerk: Clerk) -> None:
    clerk.lives({"mark": "绿色食品"}, {"consumption.certified_products": (1, 0)})


def test_a_certificate_counts_until_it_ends(clerk: Clerk) -> None:
    clerk.records(ended_on="2023-06-30")
    assert total("consumption.certified_products", end=on("2023-06-29")) == 1
    assert total("consumption.certified_products", end=on("2023-06-30")) == 0


def test_a_certificate_neither_runs_out_nor_ends_before_it_is_given(clerk: Clerk) -> None:
    said = clerk.says(valid_to="2021-05-31", ended_on="2022-05-31")
    assert set(said) == {"valid_to", "ended_on"}
    assert said["valid_to"].startswith("认证有效期至 2021-05-31 早于认定日期 2022-06-01")


def test_no_certificate_has_no_number(clerk: Clerk) -> None:
    assert clerk.says(mark="无") == {"mark": "认证写了“无”，却填有证书编号 SZ-001，请核对。"}
    assert clerk.posts(mark="无", number="") == {}
