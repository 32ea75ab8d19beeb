"""What the page 从旧材料建账 shows and what it sends back: cells with their lists, rows out of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiedui.accounts.models import User
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Measure
from jiedui.lib.bounds import Bound

from .adopt_table import MOST_ROWS, Line, Table, region_codes
from .adopting import COLUMNS, Row, place_in

HEADS = {
    "indicator": (gettext_lazy("指标"), "indicators", "c-in"),
    "region": (gettext_lazy("地区"), "regions", "c-re"),
    "start_on": (gettext_lazy("起"), "", "c-on"),
    "end_on": (gettext_lazy("止"), "", "c-on"),
    "value": (gettext_lazy("数值"), "", "c-va"),
    "unit": (gettext_lazy("单位"), "units", "c-va"),
    "bound": (gettext_lazy("界"), "", "c-va"),
    "wording": (gettext_lazy("原文"), "", "c-wo"),
}
BOUNDS = [
    (Bound.EXACT.value, gettext_lazy("确数")),
    (Bound.AT_LEAST.value, gettext_lazy("不低于")),
    (Bound.AT_MOST.value, gettext_lazy("不超过")),
    (Bound.ABOUT.value, gettext_lazy("约")),
]
LONGEST_CELL = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: its name in the form, its label, what is typed, what is wrong, its list."""

    name: str
    column: str
    label: str
    value: str
    error: str
    list: str
    kind: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One line with its cells."""

    line: Line
    cells: list[Cell]

    @property
    def css(self) -> str:
        """Classes of the row: look, off (not taken)."""
        names = ["look"] if self.line.looks else []
        return " ".join(names if self.line.row.ticked else [*names, "off"])

    @property
    def refused(self) -> str:
        return self.line.errors.get("take", "")


def shown(table: Table) -> list[Shown]:
    """The lines as the template draws them."""
    return [Shown(line, [_cell(line, column) for column in COLUMNS]) for line in table.lines]


def _cell(line: Line, column: str) -> Cell:
    label, listed, kind = HEADS[column]
    row = line.row
    error = line.errors.get(column, "")
    return Cell(f"{row.key}-{column}", column, str(label), row.cells[column], error, listed, kind)


def lists(pairing: int, user: User) -> dict[str, list[str]]:
    """What the cells offer: indicators that can be declared, places one may enter, units."""
    known = [one for one in catalogue.all() if one.measure is not Measure.RATIO]
    codes = region_codes(pairing, user)
    units = dict.fromkeys([*("元", "万元", "亿元"), *(one.unit for one in known)])
    return {
        "indicators": [one.name for one in known],
        "regions": sorted(codes, key=lambda name: codes[name]),
        "units": list(units),
    }


def rows_of(data: QueryDict, texts: Sequence[tuple[str, str]]) -> list[Row]:
    """The rows a form sends back, as typed; keys that point nowhere in the texts are left out."""
    rows = []
    for key in dict.fromkeys(data.getlist("row")[:MOST_ROWS]):
        span = _span(key, texts)
        if span is None:
            continue
        number, start, end = span
        text = texts[number][1]
        paragraph, before, after = place_in(text, start, end)
        why = data.get(f"{key}-why", "")[:LONGEST_CELL]
        rows.append(
            Row(
                key=key,
                surface=text[start:end],
                cells=_typed(data, key),
                paragraph=paragraph,
                before=before,
                after=after,
                ticked=f"{key}-take" in data,
                why=(why,) if why else (),
            )
        )
    return rows


def _typed(data: Mapping[str, str], key: str) -> dict[str, str]:
    return {column: str(data.get(f"{key}-{column}", "")) for column in COLUMNS}


def _span(key: str, texts: Sequence[tuple[str, str]]) -> tuple[int, int, int] | None:
    try:
        number, start, end = map(int, key.split(":"))
    except ValueError:
        return None
    if not 0 <= number < len(texts) or not 0 <= start < end <= len(texts[number][1]):
        return None
    return number, start, end


def problem_text(table: Table) -> str:
    """The sentence over a table that could not be submitted."""
    return _("有 %d 行要改，一行也没有报送") % len(table.wrong)
