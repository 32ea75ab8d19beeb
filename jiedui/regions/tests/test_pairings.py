"""Which pairing covers a place."""

from datetime import date

import pytest

from jiedui.regions import places
from jiedui.regions.loading import load_pairings, register_pairing
from jiedui.regions.models import Pairing
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

DAY = date(2023, 9, 30)


@pytest.mark.parametrize(
    ("region", "pairing"),
    [
        (450125_000000, 440300_450100),
        (450125_100000, 440300_450100),
        (450100_000000, 440300_450100),
        (450000_000000, 440000_450000),
        (451081_000000, 440000_450000),
        (610902_000000, 320412_610902),
        (610902_001001, 320412_610902),
        (610927_000000, 320400_610900),
        (610928_000000, 320400_610900),
    ],
)
def test_the_lowest_registered_pairing_covers_a_region(region: int, pairing: int) -> None:
    make_regions()
    assert places.lowest_pairing(region, DAY) == pairing


def test_a_pairing_of_a_renamed_county_still_covers_it() -> None:
    make_regions()
    register_pairing("320412-610928")
    assert places.lowest_pairing(610981_000000, DAY) == 320412_610928


def test_two_pairings_at_one_level_ask_for_a_choice_and_the_east_decides() -> None:
    make_regions()
    register_pairing("440303-450125")
    register_pairing("440304-450125")
    with pytest.raises(places.AmbiguousPairing, match="罗湖区—上林县") as raised:
        places.lowest_pairing(450125_000000, DAY)
    assert raised.value.candidates == [440303_450125, 440304_450125]
    assert places.lowest_pairing(450125_000000, DAY, 440304_000000) == 440304_450125
    with pytest.raises(places.AmbiguousPairing):
        places.lowest_pairing(450125_000000, DAY, 440300_000000)


def test_a_pairing_that_has_ended_or_not_begun_does_not_count() -> None:
    make_regions()
    register_pairing("440304-450125", start_on=date(2022, 1, 1), end_on=date(2022, 12, 31))
    assert places.lowest_pairing(450125_000000, date(2022, 12, 31)) == 440304_450125
    assert places.lowest_pairing(450125_000000, date(2021, 12, 31)) == 440300_450100
    assert places.lowest_pairing(450125_000000, DAY) == 440300_450100


def test_a_region_without_a_pairing_is_said_so() -> None:
    make_regions()
    with pytest.raises(places.UnknownPairing, match="仙桃市"):
        places.lowest_pairing(429004_000000, DAY)


@pytest.mark.parametrize(
    "text", ["440300-450100", "深圳市-南宁市", "深圳—南宁", " 440300-450100 ", "广东深圳–广西南宁"]
)
def test_a_pairing_is_resolved(text: str) -> None:
    make_regions()
    assert places.resolve_pairing(text) == 440300_450100


@pytest.mark.parametrize(
    "text", ["", "440300", "440300-999999", "深圳-乌有", "450100-440300", "深圳南宁"]
)
def test_an_unknown_pairing_is_said_so(text: str) -> None:
    make_regions()
    with pytest.raises(places.UnknownPairing):
        places.resolve_pairing(text)


def test_the_product_brings_pairings_and_loading_them_again_adds_none() -> None:
    first = load_pairings()
    assert load_pairings() == first == Pairing.objects.count()
    assert Pairing.objects.filter(id=320400_610900).exists()


def test_pairings_have_names() -> None:
    make_regions()
    assert places.pairing_names([440300_450100]) == {440300_450100: "深圳市—南宁市"}
