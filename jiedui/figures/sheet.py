"""The details behind a figure as an Excel file (导出明细): plain numbers, text cells, no formulas."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import formats, sources
from jiedui.figures.answers import Answer, ask, sides_of, slice_of
from jiedui.figures.questions import Question, short_code
from jiedui.indicators import catalogue
from jiedui.ledger import drill
from jiedui.lib.places import pairing_key
from jiedui.lib.sheets import Cell, Column, Page, write
from jiedui.regions import places

MOST = 20_000
"""How many entries a file holds; the sheet says when there are more."""

STATES = {
    "counted": "计入",
    "covered": "已由明细达到",
    "crossing": "交叉未计",
    "cut": "跨窗口未计",
}


def workbook(question: Question, *, created_at: datetime, reader: Anyone | None = None) -> bytes:
    """Three worksheets: the figure, its entries, its declarations, as ``reader`` may read them."""
    answer = ask(question)
    pages = [_figure(answer)]
    for code in sides_of(answer.indicator):
        pages += [_entries(answer, code, reader), _declarations(answer, code, reader)]
    return write(pages, created_at=created_at, title=formats.sentence(answer))


def _above(answer: Answer) -> list[str]:
    return [formats.sentence(answer), f"{answer.question.address}  #{answer.head}"]


def _figure(answer: Answer) -> Page:
    rows: list[list[Cell]] = [
        [_("指标"), answer.indicator.name],
        [_("数值"), answer.value],
        [_("单位"), answer.unit],
        [_("界"), answer.bound.sign or _("确数")],
        [_("截至"), answer.as_of],
        [_("账头"), answer.head],
        [_("记录"), answer.approved.entries],
        [_("汇总数"), answer.approved.declarations],
        [_("未计入"), answer.approved.left_out],
        [_("口径"), answer.indicator.definition],
        [_("不含"), answer.indicator.excludes],
    ]
    return Page(_("数字"), [Column(_("项"), 12), Column(_("内容"), 60)], rows, _above(answer))


def _name(answer: Answer, code: str, word: str) -> str:
    """One worksheet a side of a ratio."""
    if code == answer.indicator.code:
        return word
    return word + (_("（分子）") if code == answer.indicator.numerator else _("（分母）"))


def _entries(answer: Answer, code: str, reader: Anyone | None) -> Page:
    indicator = catalogue.get(code)
    slice_, head = slice_of(answer.question, code), answer.question.known_at
    lines = drill.entries(slice_, head=head, limit=MOST + 1)
    below = [_("只列最近的 %d 笔。") % MOST] if len(lines) > MOST else []
    lines = lines[:MOST]
    labels = sources.labels((line.posting for line in lines), reader=reader)
    names = places.names({line.region for line in lines})
    rows: list[list[Cell]] = []
    for line in lines:
        label = labels.get(line.posting)
        rows.append(
            [
                label.kind if label else "",
                label.number if label else str(line.record),
                label.title if label else "",
                line.first,
                line.last,
                short_code(line.region),
                names.get(line.region, ""),
                pairing_key(line.pairing) if line.pairing else "",
                Decimal(line.value) / indicator.scale,
                line.bound.sign,
                _("冲回") if line.reverses is not None else "",
                label.people if label else "",
                line.book,
                line.seq,
                line.recorded_at.date(),
            ]
        )
    columns = [
        Column(_("类别"), 14),
        Column(_("编号"), 12),
        Column(_("名称"), 36),
        Column(_("起"), 12, "yyyy-mm-dd"),
        Column(_("止"), 12, "yyyy-mm-dd"),
        Column(_("代码"), 10),
        Column(_("地区"), 12),
        Column(_("结对"), 16),
        Column(f"{indicator.name}（{indicator.unit}）", 20, "#,##0.##"),
        Column(_("界"), 6),
        Column(_("冲回"), 8),
        Column(_("报送 → 审核"), 22),
        Column(_("账簿"), 16),
        Column(_("簿内序号"), 10),
        Column(_("入账日"), 12, "yyyy-mm-dd"),
    ]
    return Page(_name(answer, code, _("明细")), columns, rows, _above(answer), below)


def _declarations(answer: Answer, code: str, reader: Anyone | None) -> Page:
    indicator = catalogue.get(code)
    lines = drill.declarations(slice_of(answer.question, code), head=answer.question.known_at)
    labels = sources.labels((line.posting for line in lines), reader=reader)
    names = places.names({line.region for line in lines})
    rows: list[list[Cell]] = [
        [
            labels[line.posting].number if line.posting in labels else str(line.record),
            sources.place_of(line, names),
            line.start,
            line.end,
            line.bound.sign,
            Decimal(line.value) / indicator.scale,
            Decimal(line.adds) / indicator.scale,
            _(STATES[line.state]),
            line.wording,
        ]
        for line in lines
    ]
    columns = [
        Column(_("编号"), 12),
        Column(_("地区"), 14),
        Column(_("起"), 12, "yyyy-mm-dd"),
        Column(_("止"), 12, "yyyy-mm-dd"),
        Column(_("界"), 6),
        Column(_("申报（%s）") % indicator.unit, 20, "#,##0.##"),
        Column(_("补差（%s）") % indicator.unit, 20, "#,##0.##"),
        Column(_("状态"), 14),
        Column(_("措辞"), 50),
    ]
    return Page(_name(answer, code, _("汇总数")), columns, rows, _above(answer))
