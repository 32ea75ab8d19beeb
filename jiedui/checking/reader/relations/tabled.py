"""What tables tell: columns and rows that add up, shares, lines that are counted, and what the text repeats."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity, Relation
from jiedui.checking.reader.tables import Cell, Row, Table

from .adding import Found, adds_up, judge, slipped
from .from_rows import of_columns, shares_again
from .links import TOLD, Link, group, one_digit_apart, told
from .rows import Rows

_ROW_TOTAL = re.compile(r"合\s?计|小\s?计|总\s?计|共\s?计|总数|总额|总量")
_BACK = 12
_MOST_CLASSES = 6


@dataclass(frozen=True)
class _Grid:
    """The figures of a table by row and column, None where a cell holds none."""

    table: Table
    figures: tuple[tuple[Quantity | None, ...], ...]

    def body(self) -> list[int]:
        """The numbers of the rows that are no totals."""
        return [n for n, row in enumerate(self.table.rows) if not row.is_total]

    def column(self, n: int, rows: list[int]) -> list[Quantity]:
        """The figures of one column in some rows, empty cells left out."""
        return [q for r in rows if (q := self.figures[r][n]) is not None and q.number is not None]


def columns(doc: Document, quantities: list[Quantity]) -> Iterator[Link]:
    """Columns of tables whose last line is 合计, and rows that the text tells again."""
    if not doc.tables:
        return
    starts = [q.start for q in quantities]
    figures = [q for q in quantities if q.kind in TOLD and q.number is not None]
    at: dict[int, Quantity] = {}
    grids = []
    for table in doc.tables:
        found = tuple(
            tuple(_figure(c, quantities, starts) for c in row.cells) for row in table.rows
        )
        grids.append(_Grid(table, found))
        for row, cells in zip(table.rows, found, strict=True):
            at.update((c.start, q) for c, q in zip(row.cells, cells, strict=True) if c and q)
    inside = {q.id for q in at.values()}
    texts = [q for q in quantities if q.id not in inside and q.number is not None]
    for grid in grids:
        for column in range(len(grid.figures[0])):
            yield from _column(grid, column)
        for cells, row in zip(grid.figures, grid.table.rows, strict=True):
            yield from _across(row, cells)
            for one, two in pairwise([q for q in cells if q]):
                if {one.kind, two.kind} == {"count", "amount"} and "户" not in (one.unit, two.unit):
                    line = f"{one.surface}、{two.surface}"
                    yield Link(Relation("pair", {"ids": (one.id, two.id)}), two, (one,), line)
        yield from _as_rows(doc, grid, [q for q in figures if q.id not in inside])
        yield from _counted(doc, grid, texts)
    yield from _told_again(doc, texts, at)


def in_tables(doc: Document) -> frozenset[int]:
    """Where the numbers of the tables begin: no sentence tells of them."""
    return frozenset(
        c.start for table in doc.tables for row in table.rows for c in row.cells
        if c and (c.unit or doc.text[c.start].isdigit())
    )  # fmt: skip


def _figure(cell: Cell | None, quantities: list[Quantity], starts: list[int]) -> Quantity | None:
    """The figure of a cell: the first that begins in it."""
    if cell is None:
        return None
    index = bisect_left(starts, cell.start)
    found = quantities[index] if index < len(quantities) else None
    fits = found and found.start < cell.end and found.kind != "date"
    return found if fits else None


def _as_rows(doc: Document, grid: _Grid, figures: list[Quantity]) -> Iterator[Link]:
    """The full columns of a table, as if its lines were told in words."""
    rows = grid.body()
    full = [n for n in range(len(grid.figures[0])) if all(grid.figures[r][n] for r in rows)]
    if len(rows) < 2 or not full:
        return
    items = tuple(tuple(q for n in full if (q := grid.figures[r][n])) for r in rows)
    labels = tuple(grid.table.rows[r].label for r in rows)
    totals = [r for r in range(len(grid.figures)) if r not in rows]
    total = grid.figures[totals[-1]] if totals else ()
    known = {place: q for place, n in enumerate(full) if total and (q := total[n])}
    yield from of_columns(doc, Rows(items, labels), figures, known)
    if total and all(total[n] for n in full):
        last = tuple(q for n in full if (q := total[n]))
        yield from shares_again(Rows(items, labels), last)


def _across(row: Row, figures: tuple[Quantity | None, ...]) -> Iterator[Link]:
    """省级1200 市级300 合计1500: a column of totals beside the columns it adds up."""
    cells = [
        (c, q) for c, q in zip(row.cells, figures, strict=True)
        if c and q and q.kind in TOLD and q.number is not None
    ]  # fmt: skip
    totals = [(c, q) for c, q in cells if _ROW_TOTAL.search(c.noun)]
    if len(totals) != 1:
        return
    cell, whole = totals[0]
    before = [q for c, q in cells if c.start < cell.start and group(q) == group(whole)]
    behind = [q for c, q in cells if c.start > cell.start and group(q) == group(whole)]
    parts = before if len(before) >= 2 else behind
    if len(parts) >= 2:
        yield from judge(Found(whole, parts, "合计", [q.head or "" for q in parts]))


def _column(grid: _Grid, column: int) -> Iterator[Link]:
    """A line 合计 above or below the lines it adds up."""
    parts: list[Quantity] = []
    labels: list[str] = []
    head: Quantity | None = None
    for index, row in enumerate(grid.table.rows):
        quantity = grid.figures[index][column]
        if quantity is None or quantity.number is None or quantity.kind not in TOLD:
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


def _near(texts: list[Quantity], table: Table) -> list[Quantity]:
    """The figures told shortly before and behind a table."""
    spans = [c for row in table.rows for c in row.cells if c]
    first = bisect_left(texts, spans[0].start, key=lambda q: q.start)
    last = bisect_left(texts, spans[-1].end, key=lambda q: q.start)
    return [*texts[max(first - _BACK, 0) : first], *texts[last : last + _BACK]]


def _counted(doc: Document, grid: _Grid, texts: list[Quantity]) -> Iterator[Link]:
    """项目6个 and 产业类4个 beside a table: its lines, and those of one class."""
    table, body = grid.table, grid.body()
    near = _near(texts, table)
    sorts = re.sub("名称|类别|单位|情况|序号|及内容", "", table.corner)
    labels = tuple(table.rows[r].label for r in body)
    if len(sorts) >= 2 and len(set(labels)) == len(labels):
        for count in near:
            if count.kind == "count" and count.exact and sorts in _said(doc, count):
                yield from _counts(count, labels, sure=_MOST_CLASSES)
    for name, rows in _classes(doc, table, body).items():
        told_so = [q for q in near if name in _said(doc, q) and q.exact]
        for quantity in told_so:
            if quantity.kind == "count" and quantity.unit in ("个", "项", "类", "家", "处"):
                yield from _counts(quantity, tuple(table.rows[r].label for r in rows), sure=0)
        for column in range(len(grid.figures[0])):
            parts = grid.column(column, rows)
            if len(parts) != len(rows) or len(rows) < 2 or len({group(q) for q in parts}) > 1:
                continue
            for quantity in told_so:
                if group(quantity) != group(parts[0]):
                    continue
                found = Found(quantity, parts, "：", [table.rows[r].label for r in rows])
                if adds_up(quantity, parts) or slipped(found):
                    yield from judge(found)


def _said(doc: Document, quantity: Quantity) -> str:
    """The words of a figure's clause before it, and right behind it."""
    start = max(doc.clause(quantity.start)[0], quantity.start - 16)
    return doc.text[start : quantity.start] + doc.text[quantity.end : quantity.end + 6]


def _counts(count: Quantity, labels: tuple[str, ...], sure: int) -> Iterator[Link]:
    relation = Relation("enum_count", {"count": count.id, "listed": labels})
    line = f"表中{len(labels)}行（{'、'.join(labels[:8])}）"
    if count.number == len(labels):
        yield Link(relation, count, (), f"{line} = {count.surface}")
    elif count.number and abs(count.number - len(labels)) <= 1 and len(labels) >= sure - 3:
        message = f"表中列出{len(labels)}行，文中说是{count.surface}"
        yield Link(relation, count, (), f"{line} ≠ {count.surface}", "warn", message)


def _classes(doc: Document, table: Table, body: list[int]) -> dict[str, list[int]]:
    """产业, 就业: the words that a column of words repeats, and the rows of each."""
    found: dict[str, list[int]] = {}
    for n, cell in enumerate(table.rows[body[0]].cells) if body else ():
        if cell is None or cell.unit or any(ch.isdigit() for ch in doc.text[cell.start : cell.end]):
            continue
        by_word: dict[str, list[int]] = {}
        for r in body:
            other = table.rows[r].cells[n]
            if other:
                by_word.setdefault(doc.text[other.start : other.end], []).append(r)
        if 1 < len(by_word) <= _MOST_CLASSES and len(by_word) < len(body):
            found.update((word, rows) for word, rows in by_word.items() if len(word) >= 2)
    return found


def _told_again(doc: Document, texts: list[Quantity], at: dict[int, Quantity]) -> Iterator[Link]:
    """中药材产业9个项目 in the text and 9 in the line 中药材产业 of the table."""
    rows = _labels(doc)
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
            if total is None or cell is None or total.number is None or total.kind not in TOLD:
                continue
            near = texts[max(bisect_left(texts, cell.start, key=lambda q: q.start) - _BACK, 0) :]
            alike = [q for q in near[: 2 * _BACK] if group(q) == group(total)]
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
