"""Sums over the items of a text: （一）产业1450万元。… （二）就业520万元。… and table columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from .adding import Found, adds_up, judge, slipped
from .document import Document
from .links import Link, group, one_digit_apart, told
from .model import Quantity, Relation
from .parts import may_overlap
from .tables import Row, Table

_ITEM = re.compile(
    r"(?:^[ \t\u3000]*|(?<=[。；;：:]))(?:[（(][一二三四五六七八九十\d]{1,2}[)）]"
    r"|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、]|[一二三四五六七八九]是|——|[●■◆▪])"
    r"|^[ \t\u3000]*(?![各全我本该两三四五六七八九十])[\u4e00-\u9fff]{1,6}[县市区镇乡村州旗组]"
    r"(?=[：:，,\u4e00-\u9fff])",
    re.MULTILINE,
)
_ROW_TOTAL = re.compile(r"合\s?计|小\s?计|总\s?计|共\s?计|总数")
_KINDS = frozenset(("amount", "count", "people", "person_times", "measure"))
_REACH = 40
_MOST = 20
_BACK = 12


def sections(doc: Document, quantities: list[Quantity]) -> Iterator[Link]:
    """The first figures of at least three items that make a total told before them."""
    figures = [q for q in quantities if q.kind in _KINDS and q.number is not None]
    run: list[tuple[str, Quantity]] = []
    index = 0
    for item in _ITEM.finditer(doc.text):
        mark = _style(item[0])
        while index < len(figures) and figures[index].start < item.end():
            index += 1
        first = figures[index] if index < len(figures) else None
        if (
            first is None
            or first.start - item.end() > _REACH
            or first.start > doc.line(item.end())[1]
        ):
            continue
        if run and (run[0][0] != mark or group(run[0][1]) != group(first) or len(run) >= _MOST):
            yield from _told_before(doc, figures, run)
            run = []
        run.append((mark, first))
    yield from _told_before(doc, figures, run)


def _style(mark: str) -> str:
    if mark[-1] in "县市区镇乡村州旗组":
        return mark[-1]
    return re.sub(r"[一二三四五六七八九十\d\s]+", "N", mark)


def _told_before(
    doc: Document, figures: list[Quantity], run: list[tuple[str, Quantity]]
) -> Iterator[Link]:
    parts = [part for _, part in run]
    if len(parts) < 3:
        return
    at = bisect_left(figures, parts[0].start, key=lambda q: q.start)
    wholes = [q for q in figures[max(at - _BACK, 0) : at] if group(q) == group(parts[0])]
    labels = [_words_before(doc, part) for part in parts]
    for whole in reversed(wholes):
        if adds_up(whole, parts):
            yield from judge(Found(whole, parts, "", labels))
            return
    for whole in reversed(wholes):
        found = Found(whole, parts, "其中", labels)
        if slipped(found) and not may_overlap(labels):
            yield from judge(found)
            return


def _words_before(doc: Document, part: Quantity) -> str:
    start = max(doc.clause(part.start)[0], part.start - 16)
    return doc.text[start : part.start]


def columns(doc: Document, quantities: list[Quantity]) -> Iterator[Link]:
    """Columns of tables whose last line is 合计, and rows that the text tells again."""
    at = {q.start: q for q in quantities}
    for table in doc.tables:
        width = len(table.rows[0].cells)
        for column in range(width):
            yield from _column(table, column, at)
        for row in table.rows:
            yield from _across(row, at)
            cells = [at.get(c.start) if c else None for c in row.cells]
            for one, two in pairwise([q for q in cells if q]):
                if {one.kind, two.kind} == {"count", "amount"}:
                    line = f"{one.surface}、{two.surface}"
                    yield Link(Relation("pair", {"ids": (one.id, two.id)}), two, (one,), line)
    yield from _told_again(doc, quantities, at)


def _across(row: Row, at: dict[int, Quantity]) -> Iterator[Link]:
    """省级1200 市级300 合计1500: a column of totals beside the columns it adds up."""
    cells = [(c, at[c.start]) for c in row.cells if c and c.start in at]
    totals = [(c, q) for c, q in cells if _ROW_TOTAL.match(c.noun)]
    if len(totals) != 1:
        return
    cell, whole = totals[0]
    before = [q for c, q in cells if c.start < cell.start and group(q) == group(whole)]
    behind = [q for c, q in cells if c.start > cell.start and group(q) == group(whole)]
    parts = before or behind
    if len(parts) >= 2:
        yield from judge(Found(whole, parts, "合计", [q.head or "" for q in parts]))


def _column(table: Table, column: int, at: dict[int, Quantity]) -> Iterator[Link]:
    """A line 合计 above or below the lines it adds up."""
    parts: list[Quantity] = []
    labels: list[str] = []
    head: Quantity | None = None
    for index, row in enumerate(table.rows):
        cell = row.cells[column]
        quantity = at.get(cell.start) if cell else None
        if quantity is None or quantity.number is None:
            continue
        if not row.is_total:
            parts.append(quantity)
            labels.append(row.label)
        elif index == 0:
            head = quantity
        elif len(parts) >= 2 and group(quantity) == group(parts[0]):
            yield from judge(Found(quantity, parts, "合计", labels))
            parts, labels = [], []
    if head and len(parts) >= 2 and group(head) == group(parts[0]):
        yield from judge(Found(head, parts, "合计", labels))


def _told_again(
    doc: Document, quantities: list[Quantity], at: dict[int, Quantity]
) -> Iterator[Link]:
    """中药材产业9个项目 in the text and 9 in the line 中药材产业 of the table."""
    if not doc.tables:
        return
    rows = _labels(doc)
    cells = {c.start for table in doc.tables for row in table.rows for c in row.cells if c}
    texts = [q for q in quantities if q.start not in cells and q.number is not None]
    for table in doc.tables:
        yield from _total_again(doc, table, texts, at)
        yield from _sorts(table, texts)
    if not rows:
        return
    names = re.compile("|".join(map(re.escape, sorted(rows, key=len, reverse=True))))
    for quantity in texts:
        before = doc.text[max(doc.clause(quantity.start)[0], quantity.start - 16) : quantity.start]
        named = names.findall(before)
        row = rows.get(named[-1]) if named else None
        if row and not before.split(named[-1])[-1].strip("共有为安排资金项目投入是约"):
            yield from _cell_again(quantity, row, at)


def _total_again(
    doc: Document, table: Table, texts: list[Quantity], at: dict[int, Quantity]
) -> Iterator[Link]:
    """The line 合计 and what the text before the table says of the same noun."""
    for row in table.rows:
        for cell in row.cells if row.is_total else ():
            total = at.get(cell.start) if cell else None
            if total is None or cell is None or total.number is None:
                continue
            near = texts[max(bisect_left(texts, cell.start, key=lambda q: q.start) - _BACK, 0) :]
            alike = [q for q in near[:_BACK] if q.start < cell.start and group(q) == group(total)]
            equal = [q for q in alike if q.number == total.number]
            noun = (total.head or "")[:2]
            if equal and total.number >= 10:
                ids = (*(q.id for q in equal), total.id)
                line = f"{equal[0].surface} = {total.surface}"
                yield Link(Relation("same", {"ids": ids}), total, tuple(equal), line)
                continue
            for quantity in alike:
                words = doc.text[max(quantity.start - 12, 0) : quantity.start]
                named = noun and noun in words + (quantity.head or "")
                if named and quantity.exact and quantity.number and quantity.number >= 10:
                    if one_digit_apart(quantity.number, total.number):
                        yield Link(
                            None, quantity, (total,), f"{quantity.surface} ≠ {told(total)}",
                            "warn", f"文中与表中不一：表中合计是{told(total)}",
                        )  # fmt: skip
                        break


def _sorts(table: Table, texts: list[Quantity]) -> Iterator[Link]:
    """项目5类 before a table whose first column is 类别: its lines are those five."""
    labels = tuple(row.label for row in table.rows if not row.is_total)
    start = next(c.start for row in table.rows for c in row.cells if c)
    at = bisect_left(texts, start, key=lambda q: q.start)
    for count in texts[max(at - _BACK, 0) : at]:
        if count.unit not in ("类", "大类") or not count.exact or not re.search("类", table.head):
            continue
        relation = Relation("enum_count", {"count": count.id, "listed": labels})
        line = f"表中{len(labels)}行（{'、'.join(labels[:8])}）"
        if count.number == len(labels):
            yield Link(relation, count, (), f"{line} = {count.surface}")
        else:
            message = f"表中列出{len(labels)}类，文中说是{count.surface}"
            yield Link(relation, count, (), f"{line} ≠ {count.surface}", "warn", message)


def _labels(doc: Document) -> dict[str, Row]:
    known: dict[str, Row] = {}
    for table in doc.tables:
        for row in table.rows[:200]:
            if len(row.label) >= 2 and not row.is_total:
                known.setdefault(row.label, row)
    return dict(list(known.items())[:400])


def _cell_again(quantity: Quantity, row: Row, at: dict[int, Quantity]) -> Iterator[Link]:
    found = [at[c.start] for c in row.cells if c and c.start in at]
    alike = [q for q in found if group(q) == group(quantity)]
    if len(alike) != 1 or not quantity.exact:
        return
    other = alike[0]
    if other.number == quantity.number:
        relation = Relation("same", {"ids": (quantity.id, other.id)})
        yield Link(relation, other, (quantity,), f"{quantity.surface} = {other.surface}")
    elif one_digit_apart(other.number or quantity.step, quantity.number or quantity.step):
        yield Link(
            None, quantity, (other,), f"{quantity.surface} ≠ {told(other)}", "warn",
            f"文中与表中不一：{row.label}在表中是{told(other)}",
        )  # fmt: skip
