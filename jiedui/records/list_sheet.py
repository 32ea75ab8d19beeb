"""A list as an Excel file (导出 Excel): numbers one can add up, and a page that says what was asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from jiedui.accounts.models import User
from jiedui.ledger import heads
from jiedui.lib import clock
from jiedui.lib.sheets import Cell, Column, Page, write
from jiedui.records.differences import shown_many
from jiedui.records.kinds import Body, columns_of
from jiedui.records.listing import Filters
from jiedui.records.models import Record
from jiedui.records.sheets import heads_of
from jiedui.records.totals import Sum
from jiedui.regions import places

NUMBER = "#,##0.######"
NARROWEST, WIDEST = 8, 44
MEASURED = 200
"""How many rows tell how wide a column must be."""

STATUS_WORDS = {
    "draft": lazy("草稿"),
    "submitted": lazy("待审核"),
    "first_approved": lazy("待复审"),
    "approved": lazy("已审核"),
    "returned": lazy("退回"),
    "correcting": lazy("更正待审"),
    "void": lazy("已作废"),
}


def workbook(
    body: type[Body],
    records: Sequence[Record],
    *,
    by: User,
    told: Sequence[tuple[str, Cell]],
    below: Sequence[str] = (),
    created_at: datetime,
) -> bytes:
    """Two worksheets: the rows under the heads that paste and import read back, and 说明."""
    title = str(body.kind.label)
    rows = lines(body, records, by)
    names = heads_of(body, ["region", *columns_of(body), "pairing"])
    titles = [_("编号"), *names, _("状态"), _("填报人")]
    columns = [
        Column(one, width(one, (row[index] for row in rows[:MEASURED])), NUMBER)
        for index, one in enumerate(titles)
    ]
    said = Page(_("说明"), [Column(_("项"), 28), Column(_("内容"), 60, NUMBER)], [*map(list, told)])
    return write([Page(title, columns, rows, (), below), said], created_at=created_at, title=title)


def lines(body: type[Body], records: Sequence[Record], by: User) -> list[list[Cell]]:
    """A row a record. An amount, a count and a day are what they are, all else is the text of the list."""
    columns = columns_of(body)
    contents = [record.newest.data for record in records]
    names = places.names({content.region for content in contents})
    pairings = places.pairing_names({content.pairing for content in contents})
    texts = shown_many(body, contents, by=by)
    return [
        [
            record.number,
            names.get(content.region, "") + (places.OWN if content.own else ""),
            *(one.cell(content.fields.get(name), text[name]) for name, one in columns.items()),
            pairings[content.pairing].replace("—", "-"),
            str(STATUS_WORDS[record.status]),
            record.newest.author.name,
        ]
        for record, content, text in zip(records, contents, texts, strict=True)
    ]


def asked(
    filters: Filters, *, tab: str, count: int, sums: Sequence[Sum], place: str
) -> list[tuple[str, Cell]]:
    """What the list was narrowed by, and its totals as the ledger gives them."""
    told: list[tuple[str, Cell]] = [
        (_("件数"), count),
        (_("地区"), places.get(filters.region).name if filters.region else _("全部")),
        (_("日期"), f"{filters.first or ''} 至 {filters.last or clock.today()}".strip()),
        (_("状态"), tab),
    ]
    if filters.text:
        told.append((_("检索词"), filters.text))
    if filters.evidence:
        told.append((_("佐证"), _("有") if filters.evidence == "yes" else _("没有")))
    for one in sums:
        name, unit = one.indicator.name, one.indicator.display_unit
        told.append((_("%s，已审核") % name, f"{one.approved} {unit}"))
        if one.differs:
            told.append((_("%s，含待审核") % name, f"{one.pending} {unit}"))
    if sums:
        note = _("%s 合计只按地区与日期问账，不随检索词、佐证和状态变化。")
        told.append((_("合计"), note % place))
    return [*told, (_("账头"), f"#{heads.head()}"), (_("导出日期"), clock.today())]


def width(title: str, cells: Iterable[Cell]) -> int:
    """Characters a column needs, a Chinese one counted as two."""
    return max(NARROWEST, min(WIDEST, 2 + max(map(_size, [title, *map(_text, cells)]))))


def _text(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int | Decimal) else "" if cell is None else str(cell)


def _size(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
