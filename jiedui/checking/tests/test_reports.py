"""The measure of 从旧材料建账: invented reports against the rows a person would take from them.

The rows were written by hand before any rule of the table saw their report. The naming of figures was
mended on ``annual``. ``halfyear`` and ``blind`` were first read as they stood: 20 of 25 rows right without an
edit (once its places were known at all), and 20 of 35; what ``blind`` showed was mended afterwards.
``pytest -s -k measure`` prints the numbers of today.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from jiedui.checking import adopting, checks
from jiedui.checking.adopting import Row
from jiedui.indicators import catalogue
from jiedui.lib import money
from jiedui.regions.loading import Division, load_regions, register_pairing

pytestmark = pytest.mark.django_db

REPORTS = Path(__file__).with_name("reports")
PLACES = (
    "330000 浙江省|330200 宁波市|330600 绍兴市|330602 越城区|330603 柯桥区|510000 四川省|511100 乐山市"
    "|511113 金口河区|511132 峨边彝族自治县|511133 马边彝族自治县|513400 凉山彝族自治州|513423 盐源县|513431 昭觉县"
    "|320000 江苏省|320400 常州市|610000 陕西省|610900 安康市|610902 汉滨区|610927 镇坪县|610981 旬阳市"
)


class Gold(NamedTuple):
    """One row a person would take; the value in smallest units."""

    indicator: str
    region: str
    start: str
    end: str
    value: int
    bound: str


def make_places() -> None:
    """The two pairings of the reports; nothing is recorded of them."""
    pairs = [line.split() for line in PLACES.split("|")]
    load_regions([Division(code=code, name=name) for code, name in pairs], [])
    register_pairing("330600-511100")
    register_pairing("330200-513400")
    register_pairing("320400-610900")


def gold(name: str) -> set[Gold]:
    rows = [line.split("\t") for line in (REPORTS / f"{name}.tsv").read_text().splitlines()[1:]]
    return {
        Gold(code, place, start, end, amount(code, value + unit), bound)
        for code, place, start, end, value, unit, bound in rows
    }


def amount(code: str, stated: str) -> int:
    indicator = catalogue.get(code)
    return money.parse_measure(stated, indicator.unit, indicator.scale)


def as_gold(row: Row) -> Gold | None:
    cells = row.cells
    try:
        code = catalogue.find(cells["indicator"]).code
        value = amount(code, cells["value"] + cells["unit"])
    except (catalogue.UnknownIndicator, ValueError):
        return None
    return Gold(code, cells["region"], cells["start_on"], cells["end_on"], value, cells["bound"])


def drawn_up(name: str) -> list[Row]:
    text = (REPORTS / f"{name}.txt").read_text()
    return adopting.all_rows(checks.read_texts([(name, text)]), lambda *_: True)


@pytest.mark.parametrize(("name", "least"), [("annual", 0.95), ("halfyear", 0.75), ("blind", 0.75)])
def test_measure(name: str, least: float) -> None:
    make_places()
    rows, wanted = drawn_up(name), gold(name)
    taken = [(as_gold(row), row) for row in rows if row.ticked]
    right = {one for one, _row in taken if one in wanted}
    wrong = [row for one, row in taken if one not in wanted]
    print(f"\n{name}: {len(rows)} figures, {len(wanted)} wanted, {len(taken)} ticked,")
    print(f"{len(right)} right without an edit, {len(wrong)} wrong, {len(wanted - right)} missed")
    for row in wrong:
        print("wrong", row.surface, row.cells)
    for one in sorted(wanted - right):
        print("missed", *one)
    assert len(right) >= least * len(wanted)
    assert len(wrong) <= 0.1 * len(taken)
