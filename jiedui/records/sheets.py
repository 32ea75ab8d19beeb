"""Rows that come out of spreadsheets: headings matched to columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from django.utils.translation import gettext as _

from jiedui.lib.money import UNITS
from jiedui.records.columns import MoneyField
from jiedui.records.columns.base import cell_text, plain
from jiedui.records.kinds import Body, columns_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 5000

_UNIT = re.compile(r"[(（【\[]\s*(?:单位[:：])?\s*([^()（）\[\]【】]*)\s*[)）】\]]\s*$")
_SPACE = re.compile(r"\s+")


@dataclass
class Table:
    """Rows of raw cells by column, ready for cleaning, and what the headings said."""

    rows: list[dict[str, object]]
    units: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@cache
def headings(body: type[Body]) -> Mapping[str, str]:
    """Every heading the kind's columns go by, without spaces, to the column's name."""
    found = {
        "地区": "region",
        "县区": "region",
        "区县": "region",
        "结对": "pairing",
        "结对关系": "pairing",
        bare(str(body.kind.region_label)): "region",
    }
    for name, others in body.sheet.aliases.items():
        found |= {bare(heading): name for heading in others}
    return found | {bare(column.label): name for name, column in columns_of(body).items()}


def bare(heading: str) -> str:
    """A heading without spaces, stars and its unit: "到位金额（万元）*" → "到位金额"."""
    text = _SPACE.sub("", plain(heading)).strip("*")
    return _UNIT.sub("", text).strip("*")


def unit_in(heading: str) -> str:
    """The money unit a heading names; empty for none."""
    match = _UNIT.search(_SPACE.sub("", plain(heading)).strip("*"))
    return match[1] if match and match[1] in UNITS else ""


def read_table(body: type[Body], rows: Sequence[Sequence[object]]) -> Table:
    """Rows as copied from a sheet: the first one heads the columns, or the kind's own order is meant.

    Empty rows are dropped; a heading that is no column's is listed in ``unknown`` and left out.
    """
    rows = [row for row in rows if any(cell_text(cell).strip() for cell in row)]
    if not rows:
        return Table([])
    known = headings(body)
    texts = [cell_text(cell) for cell in rows[0]]
    matched = [known.get(bare(text), "") for text in texts]
    table = Table([])
    if sum(map(bool, matched)) >= min(2, len(texts)):
        table.unknown = [
            text for text, name in zip(texts, matched, strict=True) if text.strip() and not name
        ]
        table.units = {
            name: unit
            for text, name in zip(texts, matched, strict=True)
            if isinstance(columns_of(body).get(name), MoneyField) and (unit := unit_in(text))
        }
        rows = rows[1:]
    else:
        matched = own_order(body)
    table.names = list(dict.fromkeys(name for name in matched if name))
    for row in rows:
        cells: dict[str, object] = {}
        for name, cell in zip_longest(matched[: len(row)], row[: len(matched)]):
            if name and not cells.get(name):
                cells[name] = cell
        table.rows.append(cells)
    return table


def own_order(body: type[Body]) -> list[str]:
    """The columns of a blank sheet of this kind, required ones first."""
    columns = columns_of(body)
    required = [name for name, column in columns.items() if column.required]
    return ["region", *required, *(name for name in columns if name not in required), "pairing"]


def pasted(text: str) -> list[list[object]]:
    """The cells of rows copied out of a spreadsheet: tabs between cells, quotes around line breaks."""

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [list(row) for row in csv.reader(io.StringIO(lines), delimiter="\t")]


def heads_of(body: type[Body], names: Iterable[str]) -> list[str]:
    """The headings of columns, money with its unit."""
    columns = columns_of(body)
    own = {"region": str(body.kind.region_label), "pairing": _("结对")}
    return [
        own.get(name)
        or (
            f"{columns[name].label}（{columns[name].unit}）"
            if isinstance(columns[name], MoneyField)
            else columns[name].label
        )
        for name in names
    ]


__all__ = [
    "MOST_ROWS",
    "XLSX",
    "Table",
    "bare",
    "heads_of",
    "own_order",
    "pasted",
    "read_table",
    "unit_in",
]
