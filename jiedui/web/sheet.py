"""The board as an Excel file: plain numbers in one unit a row, the bound in a column of its own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer, Figure, rounded_ratio
from jiedui.indicators.catalogue import Indicator
from jiedui.lib.sheets import Cell, Column, Page, write
from jiedui.ui.numbers import Number
from jiedui.web.board import Board
from jiedui.web.counties import Counties
from jiedui.web.rows import Row


def workbook(board: Board, counties: Counties, *, created_at: datetime) -> bytes:
    """Two worksheets, 看板 and 分县; the second only where there are counties."""
    above = [
        f"{board.scope.place} {_('协作看板')}（{board.scope.pairing_name}）",
        _("截至 %(day)s，账头 #%(head)d。本年自 %(start)s 起，累计含以前各年。")
        % {"day": board.day, "head": board.head, "start": board.year.start},
    ]
    pages = [
        Page(
            _("看板"),
            [
                Column(_("工作线"), 12),
                Column(_("指标"), 30),
                Column(_("单位"), 8),
                Column(_("本年界"), 8),
                Column(_("本年 已审核"), 16, "#,##0.####"),
                Column(_("本年 含待审核"), 16, "#,##0.####"),
                Column(_("累计界"), 8),
                Column(_("累计 已审核"), 16, "#,##0.####"),
                Column(_("累计 含待审核"), 16, "#,##0.####"),
                Column(_("截至"), 12),
                Column(_("未计入"), 30),
            ],
            [_line(row) for row in board.rows],
            above,
            [_("界：≥ 不低于，≤ 不超过，约 约数，空白为确数。空格表示没有记录或不适用。")],
        )
    ]
    if counties.lines:
        pages.append(_counties(counties, above))
    return write(pages, created_at=created_at, title=above[0])


def _line(row: Row) -> list[Cell]:
    indicator, total = row.indicator, row.total
    return [
        indicator.line.label,
        ("　" if row.indent else "") + indicator.name,
        indicator.display_unit,
        row.year.bound.sign,
        _value(indicator, row.year.approved),
        _pending(row.year),
        total.bound.sign if total else "",
        _value(indicator, total.approved) if total else None,
        _pending(total) if total else None,
        row.newest,
        row.left_out,
    ]


def _pending(answer: Answer) -> Cell:
    return _value(answer.indicator, answer.with_pending or answer.approved)


def _value(indicator: Indicator, figure: Figure) -> Cell:
    """The exact value in the display unit; nothing where nothing is recorded."""
    if not figure.is_recorded:
        return None
    if figure.fraction is not None:
        return rounded_ratio(figure.fraction, indicator.display_decimals)
    return None if figure.amount is None else Decimal(figure.amount) / formats.per(indicator)


def _counties(counties: Counties, above: list[str]) -> Page:
    heads = [Column(_("代码"), 10), Column(_("县（市、区）"), 18)]
    heads += [Column(f"{one.name}（{one.display_unit}）", 18) for one in counties.columns]
    heads.append(Column(_("待审核（件）"), 12))
    rows: list[list[Cell]] = [
        [line.code, line.name, *(_text(number) for number in line.numbers), line.waiting]
        for line in counties.lines
    ]
    start, end = counties.window
    when = _("%(start)s 至 %(end)s，已审核。") if start else _("累计至 %(end)s，已审核。")
    below = [
        when % {"start": start, "end": end},
        _("按行政区划代码排列。未分县：全市汇总数中尚未落到县的部分，不并入任何一县。"),
    ]
    return Page(_("分县"), heads, rows, above, below)


def _text(number: Number | None) -> Cell:
    """A shown number as a cell: a number when it is exact, else as it reads on the page."""
    if number is None or number.digits is None:
        return None
    plain = number.digits.replace(",", "").replace("−", "-")
    return str(number) if number.bound.sign else Decimal(plain)
