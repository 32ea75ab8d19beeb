import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui.lib.bounds import Bound
from jiedui.lib.periods import month_number
from jiedui.ui import charts, sparks, tiles
from jiedui.ui.charts import Month, Row
from jiedui.ui.svg import Scale, axis

pytestmark = pytest.mark.one_engine

WAN = Scale("万元", per=1_000_000)
PEOPLE = Scale("人")
AUGUST, JANUARY = 2023 * 12 + 7, 2023 * 12


def parse(picture: str) -> ET.Element:
    """Charts are well-formed, say what they show, and carry no inline style."""
    tree = ET.fromstring(picture)
    assert tree.get("aria-label")
    assert "style=" not in picture
    return tree


def texts(tree: ET.Element) -> list[str]:
    return [element.text or "" for element in tree.iter("text")]


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1), st.sampled_from([1, 100, 1_000_000]))
def test_an_axis_holds_zero_and_every_value_on_at_most_five_lines(
    values: list[int], whole: int
) -> None:
    grid = axis(values, 0, 100, whole=whole)
    marks = list(grid.marks())
    assert 0 in marks
    assert len(marks) <= 6 if min(values) < 0 < max(values) else len(marks) <= 5
    assert marks[0] <= min(0, *values, 0)
    assert marks[-1] >= max(0, *values, 0)
    assert all(mark % whole == 0 for mark in marks)


def test_month_bars_name_the_unit_the_years_and_the_values() -> None:
    months = [Month(JANUARY - 1, 8_620_000_000), Month(JANUARY, 3_740_000_000)]
    tree = parse(charts.month_bars(months, WAN, label="逐月到位"))
    said = texts(tree)
    assert said[0] == "万元"
    assert "8,620" in said
    assert "2022 年 8,620" in said
    assert "2023 年 3,740" in said
    assert tree.get("aria-label") == "逐月到位，万元：2022-12 8,620；2023-01 3,740"


def test_an_unfinished_month_is_hollow_and_links_where_it_should() -> None:
    months = [Month(AUGUST - 1, 5, href="/f/july"), Month(AUGUST, 3, unfinished=True)]
    picture = charts.month_bars(months, PEOPLE, label="人次")
    parse(picture)
    assert len(re.findall('class="hollow"', picture)) == 1
    assert "2023-08 3 人，未满" in picture
    assert '<a href="/f/july">' in picture


def test_a_month_below_zero_hangs_under_the_base_line() -> None:
    tree = parse(charts.month_bars([Month(AUGUST, 10), Month(AUGUST + 1, -4)], PEOPLE, label="x"))
    up, down = (bar for bar in tree.iter("rect"))
    assert float(down.attrib["y"]) == pytest.approx(
        float(up.attrib["y"]) + float(up.attrib["height"]), abs=0.2
    )


def test_no_months_draw_nothing() -> None:
    assert charts.month_bars([], WAN, label="x") == ""
    assert charts.stock_line([], WAN, label="x") == ""


def test_what_has_only_a_total_is_hatched_and_never_spread() -> None:
    picture = charts.undivided(183_460_000_000, 313_740_000_000, WAN)
    words, drawn = picture.split("</p>")
    assert re.findall(r"<span>(.*?)</span>", words) == [
        "已分月 183,460 万元，36.9%",
        "未分月 313,740 万元，63.1%：只有汇总数，不摊到各月",
    ]
    assert texts(parse(drawn.removesuffix("</div>"))) == []
    assert 'fill="url(#undivided)"' in picture


def test_a_stock_is_a_line_whose_end_is_named_and_whose_target_is_dashed() -> None:
    months = [Month(JANUARY + index, 10 + index) for index in range(3)]
    picture = charts.stock_line(months, PEOPLE, label="在岗", name="在岗", target=20)
    assert {"在岗 12", "目标 20"} <= set(texts(parse(picture)))
    assert picture.count('class="aim"') == 1


def test_row_bars_keep_their_order_and_mark_a_part_above_its_whole() -> None:
    rows = [Row("汉滨区", 612, part=301), Row("汉阴县", 196, Bound.AT_LEAST, part=218)]
    picture = charts.row_bars(rows, PEOPLE, label="帮助就业", part="其中脱贫人口")
    said = texts(parse(picture))
    assert said.index("汉滨区") < said.index("汉阴县")
    assert "≥196" in said
    assert "301 其中脱贫人口" in said
    assert "Σ 218 大于总数" in said
    assert picture.count('class="amiss"') == 1


def test_a_small_trend_has_one_bar_a_month_and_its_last_one_hollow() -> None:
    values = [0, 5, 4, 0, 3, 2, 1, 1, 1, 1, 1, 1]
    picture = sparks.spark_bars(values, PEOPLE, label="近 12 个月")
    parse(picture)
    assert picture.count('class="k1"') == 9
    assert picture.count('class="hollow"') == 1
    assert "未分月" in "".join(texts(parse(sparks.spark_undivided(label="x"))))
    assert "polyline" in sparks.spark_line(values, PEOPLE, label="在岗")


def test_month_numbers_are_the_ledgers() -> None:
    from datetime import date

    assert Month(month_number(date(2023, 8, 31)), 1).name == "2023-08"


ANKANG = {
    "汉滨区": (108.9, 32.7), "汉阴县": (108.5, 32.9), "石泉县": (108.2, 33.1),
    "宁陕县": (108.5, 33.5), "紫阳县": (108.4, 32.4), "岚皋县": (108.9, 32.2),
    "平利县": (109.3, 32.3), "镇坪县": (109.5, 31.9), "旬阳市": (109.4, 32.9),
    "白河县": (110.0, 32.7),
}  # fmt: skip


def test_tiles_keep_the_directions_of_the_counties() -> None:
    cells = tiles.layout(ANKANG)
    assert tiles.wrong_pairs(ANKANG, cells) == []
    assert cells["白河县"][0] > cells["旬阳市"][0] > cells["汉滨区"][0]
    assert cells["镇坪县"][1] > cells["平利县"][1] > cells["旬阳市"][1]
    assert cells == tiles.layout(dict(reversed(ANKANG.items())))


places = st.dictionaries(
    st.integers(0, 99),
    st.tuples(st.floats(75, 135), st.floats(18, 53)),
    min_size=1,
    max_size=9,
)


@given(places)
def test_no_two_tiles_ever_share_a_cell(points: dict[int, tuple[float, float]]) -> None:
    cells = tiles.layout(points)
    assert cells.keys() == points.keys()
    assert len(set(cells.values())) == len(points)
    assert min(min(cell) for cell in cells.values()) == 0


def test_a_tile_writes_its_value_and_is_shaded_by_round_steps() -> None:
    drawn = [
        tiles.Tile(0, 0, "汉滨区", 486, href="/f/x"),
        tiles.Tile(1, 0, "岚皋县", 140, Bound.AT_LEAST),
        tiles.Tile(2, 0, "镇坪县", None),
    ]
    picture = tiles.tile_map(drawn, PEOPLE, label="示意图")
    tree = parse(picture)
    assert texts(tree) == ["汉滨区", "486", "岚皋县", "≥140", "镇坪县", "—"]
    assert re.findall(r'rect class="(t\d)"', picture) == ["t3", "t1", "t0"]
    assert tiles.legend(drawn, PEOPLE) == [("t1", "< 200"), ("t2", "200—399"), ("t3", "≥ 400")]
    assert tiles.legend([tiles.Tile(0, 0, "x", None)], PEOPLE) == []
