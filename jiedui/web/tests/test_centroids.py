import pytest

from jiedui.ui import tiles
from jiedui.web.centroids import cells, centroid, short_name

pytestmark = pytest.mark.one_engine

NANNING = [450102, 450103, 450105, 450107, 450108, 450109, 450110, 450123, 450124, 450125, 450126]


def test_counties_lie_where_they_lie() -> None:
    east, north = centroid(450125) or (0, 0)
    assert 108 < east < 109.2
    assert 23 < north < 24
    assert centroid(999999) is None


def test_the_tiles_of_a_city_keep_every_clear_direction() -> None:
    districts = ((code * 10**6,) for code in NANNING)
    places = (*districts, (450181_000000, 450127_000000))
    drawn = cells(places)
    points = {code: centroid(code // 10**6) or centroid(450127) for code in drawn}
    known = {code: point for code, point in points.items() if point}
    assert len(known) == 12
    assert tiles.wrong_pairs(known, drawn) == []


def test_an_unknown_place_puts_all_tiles_in_rows_by_code() -> None:
    drawn = cells(((450124_000000,), (450123_000000,), (999999_000000,)))
    assert drawn == {450123_000000: (0, 0), 450124_000000: (1, 0), 999999_000000: (2, 0)}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("都安瑶族自治县", "都安"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("西乡塘区", "西乡塘区"),
        ("横州市", "横州市"),
    ],
)
def test_a_name_is_cut_to_what_a_tile_holds(name: str, short: str) -> None:
    assert short_name(name) == short
