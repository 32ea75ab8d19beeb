import pytest

from jiedui.business.tests.clerk import FIRM, NANNING, Clerk
from jiedui.lib.bounds import Bound
from jiedui.records import actions, review
from jiedui.records.tests.world import NOW


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "consumption.sale",
        amount_fen="12.5",
        settled_on="2023-09",
        channel="直播",
        way="帮销",
        supplier=FIRM,
    )


def test_a_sale_posts_to_the_whole_its_channel_and_its_way(clerk: Clerk) -> None:
    clerk.lives(
        {"channel": "进机关", "way": "采购", "amount_fen": "125000 元"},
        {
            "consumption.sales": (12_5000_00, 12_5000_00),
            "consumption.sales:live": (12_5000_00, 0),
            "consumption.sales:assisted": (12_5000_00, 0),
            "consumption.sales:office": (0, 12_5000_00),
            "consumption.sales:purchase": (0, 12_5000_00),
        },
    )


def test_a_sale_known_only_roughly_carries_its_bound(clerk: Clerk) -> None:
    entries = clerk.entries(amount_fen="2000", bound="不低于")
    assert {entry.bound for entry in entries} == {Bound.AT_LEAST}
    assert {entry.value for entry in entries} == {2000_0000_00}


def test_a_sale_over_nothing_is_refused(clerk: Clerk) -> None:
    assert clerk.says(amount_fen="0") == {"amount_fen": "销售额是 0 的不用登记。"}


def test_a_channel_that_is_none_is_answered_with_those_there_are(clerk: Clerk) -> None:
    assert "进社区" in clerk.says(channel="进村")["channel"]


def test_a_product_is_found_by_the_name_it_was_entered_with(clerk: Clerk) -> None:
    office = clerk.office
    product = actions.record_many(
        kind="consumption.product",
        by=office.city_enterer,
        now=NOW,
        submit=True,
        rows=[{"region": NANNING, "name": "上林大米", "mark": "无", "recognised_on": "2023-01-05"}],
    )
    review.approve_many(records=product, by=office.city_reviewer, now=NOW)
    content = clerk.clean(product="上林大米").contents[0]
    assert content is not None
    assert content.fields["product"] == product[0].uid.hex
    assert "上林小米" in clerk.says(product="上林小米")["product"]


def test_yuan_typed_as_ten_thousands_is_doubted_and_taken(clerk: Clerk) -> None:
    assert clerk.doubts() == {}
    assert clerk.doubts(amount_fen="125000") == {
        "amount_fen": "销售额 125,000 万元（12.5 亿元）比常见的大得多，请核对是否把元写成了万元。"
    }
    assert clerk.refuses(amount_fen="125000") == {}
