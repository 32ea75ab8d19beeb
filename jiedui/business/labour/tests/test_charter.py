import pytest

from jiedui.business.tests.clerk import MASHAN, Clerk, total


@pytest.fixture
def clerk(db: None) -> Clerk:
    return Clerk(
        "labour.charter",
        region="南宁市",
        departed_on="2023-02-02",
        means="包车",
        people="86",
        destination="深圳市宝安区",
        vehicles="2",
    )


def test_a_departure_and_its_people_are_counted(clerk: Clerk) -> None:
    clerk.lives({"people": "90"}, {"labour.transported": (86, 90), "labour.transports": (1, 1)})


def test_counties_have_their_parts(clerk: Clerk) -> None:
    clerk.records(counties="马山县 46；上林县 40")
    assert total("labour.transported", MASHAN) == 46
    assert total("labour.transports", MASHAN) == 0
    assert total("labour.transports") == 1


def test_there_are_no_more_vehicles_than_people(clerk: Clerk) -> None:
    assert clerk.says(vehicles="87") == {"vehicles": "车次（87 趟）大于输送人数（86 人），请核对。"}
    assert clerk.says(people="0", vehicles="") == {"people": "输送人数是 0 的不用登记。"}
