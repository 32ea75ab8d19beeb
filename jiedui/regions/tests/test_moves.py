"""A place as numbers: ranges, boxes and books."""

from datetime import date

import pytest

from jiedui.lib.periods import Window
from jiedui.lib.places import Box, Range, pairing_id
from jiedui.regions import places
from jiedui.regions.loading import Division, Move, MoveCycle, load_regions
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

COUNTY = 999_999
BEFORE = Window(date(2019, 1, 1), date(2019, 12, 31))
AFTER = Window(date(2022, 1, 1), date(2022, 12, 31))


def county(code6: int) -> Range:
    return Range(code6 * 10**6, code6 * 10**6 + COUNTY)


def test_a_renamed_county_is_both_codes_and_the_asked_one_comes_first() -> None:
    make_regions()
    assert places.ranges(610981_000000) == (county(610981), county(610928))
    assert places.ranges(610928_000000) == (county(610928), county(610981))


@pytest.mark.parametrize("window", [BEFORE, AFTER])
def test_within_one_city_a_renamed_county_is_both_codes_in_every_window(window: Window) -> None:
    make_regions()
    assert set(places.ranges(610981_000000, window)) == {county(610981), county(610928)}


def test_a_county_that_changed_city_has_the_codes_in_use_in_the_window() -> None:
    make_regions()
    before, after = Window(None, date(2015, 12, 31)), Window(date(2016, 1, 1), date(2020, 1, 1))
    assert places.ranges(510185_000000, after) == (county(510185),)
    assert places.ranges(512081_000000, before) == (county(512081),)
    assert set(places.ranges(510185_000000, Window(None, date(2020, 1, 1)))) == {
        county(510185),
        county(512081),
    }


def test_a_city_does_not_follow_a_county_that_joined_it() -> None:
    make_regions()
    assert places.ranges(510100_000000, Window(None, date(2020, 1, 1))) == (
        Range(510100_000000, 510199_999999),
    )


def test_the_nation_and_an_unknown_code_are_their_own_range() -> None:
    make_regions()
    assert places.ranges(0) == (Range(0, 10**12 - 1),)
    assert places.ranges(999999_000000) == (county(999999),)


def test_two_moves_in_a_row_are_one_place() -> None:
    divisions = [Division(code=code, name="某县") for code in ("610101", "610102", "610103")]
    moves = [
        Move(610101, "甲县", 610102, date(2001, 1, 1)),
        Move(610102, "乙县", 610103, date(2011, 1, 1)),
    ]
    load_regions(divisions[2:] + divisions[1:2], moves)
    assert set(places.ranges(610101_000000)) == {county(610101), county(610102), county(610103)}


def test_a_cycle_of_moves_is_refused() -> None:
    divisions = [Division(code=code, name="某县") for code in ("610101", "610102")]
    moves = [
        Move(610101, "甲县", 610102, date(2001, 1, 1)),
        Move(610102, "乙县", 610101, date(2011, 1, 1)),
    ]
    with pytest.raises(MoveCycle):
        load_regions(divisions, moves)


def test_a_pairing_holds_the_renamed_place_on_its_western_side() -> None:
    make_regions()
    assert places.boxes(pairing_id(320412, 610981)) == (
        Box(Range(320412, 320412), Range(610981, 610981)),
        Box(Range(320412, 320412), Range(610928, 610928)),
    )
    assert places.boxes(pairing_id(440300, 450100)) == (
        Box(Range(440300, 440399), Range(450100, 450199)),
    )


@pytest.mark.parametrize(
    ("east", "west", "book"),
    [
        (440300, 450100, "440300-450100"),
        (440304, 450125, "440300-450100"),
        (310000, 532600, "310000-532600"),
        (310104, 532621, "310000-532600"),
        (440000, 450000, "440000-450000"),
        (440300, 450000, "440300-450000"),
        (370100, 500229, "370100-500000"),
        (110105, 429004, "110000-429004"),
        (441900, 451081, "441900-451000"),
        (320412, 659001, "320400-659001"),
        (440300, 810000, "440300-810000"),
    ],
)
def test_a_book_is_cut_to_city_municipality_or_directly_governed_county(
    east: int, west: int, book: str
) -> None:
    assert places.book(pairing_id(east, west)) == book


def test_the_book_of_a_book_is_itself() -> None:
    make_regions()
    for east in (110105, 310000, 440304, 441900, 440000):
        for west in (450125, 429004, 500229, 610000, 659001):
            book = places.book(pairing_id(east, west))
            assert places.book(places_id(book)) == book


def places_id(book: str) -> int:
    return pairing_id(int(book[:6]), int(book[7:]))


def test_a_place_has_the_code_of_the_day() -> None:
    make_regions()
    assert places.code_on(610981_000000, date(2019, 5, 1)) == 610928_000000
    assert places.code_on(610928_000000, date(2023, 5, 1)) == 610981_000000
    assert places.code_on(450125_000000, date(2019, 5, 1)) == 450125_000000
