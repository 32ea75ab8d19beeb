"""Rows: items that are built alike, one figure of each kind to an item.

产业类11个、资金3168万元，就业类4个、资金396万元: two columns. A column may make a whole told before or
behind it, a percent may be that of a figure of its row. Where one column adds up, or all rows but
one work out, what does not is a slip.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity

from .links import TOLD, group
from .parts import are_all

_LONGEST = 4
_GAP = 30
_WIDE = 60
"""Between the last figure of an item and the first of the next, where a line ends."""
_NO_ROW = re.compile(
    r"其中|同比|环比|比上年|较上年|增长|均|每|合计|共计|总计|小计|总[额数量]|由|从"
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Items of one build: ``items[row][column]``; ``labels`` are the words before each first figure."""

    items: tuple[tuple[Quantity, ...], ...]
    labels: tuple[str, ...]
    some: bool = False
    """The best, the worst or examples: not all there are."""

    @property
    def columns(self) -> list[tuple[Quantity, ...]]:
        return list(zip(*self.items, strict=True))


def rows_of(doc: Document, quantities: list[Quantity]) -> list[Rows]:
    """The rows of a text outside its tables, none within another; linear in its figures."""
    cells = {c.start for table in doc.tables for row in table.rows for c in row.cells if c}
    figures = [
        q for q in quantities
        if (q.kind in TOLD or q.kind == "percent") and q.start not in cells and not q.optional
    ]  # fmt: skip
    strengths = _strengths(doc.text, figures)
    keys = [group(q) for q in figures]
    found: list[Rows] = []
    start = 0
    while start < len(figures):
        best: Rows | None = None
        stop = start
        for width in range(1, _LONGEST + 1):
            end = _reach(keys, strengths, start, width)
            rows = (
                _rows(doc, figures, strengths, start, end, width)
                if end - start >= 2 * width
                else None
            )
            if rows and (
                best is None
                or len(rows.items) * len(rows.items[0]) > len(best.items) * len(best.items[0])
            ):
                best, stop = rows, end
        if best:
            found.append(best)
            start = max(stop - 1, start + 1)
        else:
            start += 1
    return found


def _strengths(text: str, figures: list[Quantity]) -> list[int]:
    """How deep each figure is cut from the one before; a pause within brackets cuts nothing."""
    found = [0]
    inside = False
    for one, two in itertools.pairwise(figures):
        gap = text[one.end : two.start]
        closed = "）" in gap or ")" in gap
        cut = strength(gap)
        if inside and not closed:
            cut = min(cut, 0)
        elif closed and 0 < cut < 3:
            cut = 3
        opened = max(gap.rfind("（"), gap.rfind("("))
        inside = opened > max(gap.rfind("）"), gap.rfind(")")) or (inside and not closed)
        found.append(cut)
    return found


def strength(gap: str) -> int:
    """How much parts two figures: a line, a full stop or semicolon, a comma, a pause, nothing; -1 too much."""
    if len(gap) > _WIDE or (len(gap) > _GAP and "\n" not in gap) or gap.count("\n") > 2:
        return -1
    # Characters, not patterns: a text has as many gaps as figures.
    if "\n" in gap:
        return 4
    if "。" in gap or "；" in gap or ";" in gap:
        return 3
    if "，" in gap or "," in gap:
        return 2
    return 1 if "、" in gap or "/" in gap or "／" in gap else 0


def _reach(keys: list[tuple[str, str | None]], strengths: list[int], start: int, width: int) -> int:
    """Where the run ends in which every figure is of the kind of the one ``width`` before it."""
    end = start + 1
    while end < len(keys) and end - start < _LONGEST * 12 and strengths[end] >= 0:
        if end - start >= width and keys[end] != keys[end - width]:
            break
        if (end - start) % width == 0 and end - start > width and strengths[end] >= 3:
            if strengths[end] > strengths[start + width]:
                break
        end += 1
    return end


def _rows(
    doc: Document, figures: list[Quantity], strengths: list[int], start: int, end: int, width: int
) -> Rows | None:
    """The run cut into items where it is cut deepest; None where that is not clear."""
    keys = [group(q) for q in figures[start : start + width]]
    cut = _cut(strengths, start, end, width)
    if cut is None:
        return None
    depth, first = cut
    if width == 1 and depth < 4:
        return None
    if len(set(keys)) != width and (depth < 3 or len(set(keys)) == 1):
        return None
    count = (end - first) // width
    items = [tuple(figures[first + n * width : first + (n + 1) * width]) for n in range(count)]
    labels = [_label(doc, figures, first + n * width) for n in range(count)]
    if len(set(labels)) != count and depth == 4:
        labels = [doc.text[doc.line(item[0].start)[0] : item[0].start][:12] for item in items]
    deep = [strengths[first + n * width] for n in range(1, count)]
    for n in range(1, len(items)):
        if n > 1 and deep[n - 1] > deep[n - 2] >= deep[0]:
            # What another sentence tells is in another list.
            items, labels = items[:n], labels[:n]
            break
        if "其中" in doc.text[items[n - 1][-1].end : items[n][0].start]:
            items, labels = items[:n], labels[:n]
            break
    rows = _trimmed(items, labels, depth)
    if len(rows.items) == 2 and depth >= 3 and not are_all(list(rows.labels)):
        # 公共服务类8个、3500万元。有9个项目进度滞后，涉及资金3860万元.
        if not re.search("[；;]", doc.text[rows.items[0][-1].end : rows.items[1][0].start]):
            return None
    if len(rows.items) < 2 or (width == 1 and (len(rows.items) < 3 or depth < 4)):
        return None
    if len(set(rows.labels)) != len(rows.labels):
        return None
    lead = doc.text[max(rows.items[0][0].start - 24, 0) : rows.items[0][0].start]
    return replace(rows, some=bool(_SOME.search(lead)))


def _cut(strengths: list[int], start: int, end: int, width: int) -> tuple[int, int] | None:
    """How deep the items are cut from one another, and where the first begins."""
    best: tuple[int, int] | None = None
    for first in range(start, start + width):
        count = (end - first) // width
        if count < 2:
            continue
        cuts = [strengths[first + n * width] for n in range(1, count)]
        inner = [strengths[first + n] for n in range(count * width) if n % width]
        if inner and min(cuts) <= max(inner) and not (min(cuts) == max(inner) == 1):
            continue
        if best is None or min(cuts) > best[0]:
            best = (min(cuts), first)
    return best


def _trimmed(items: list[tuple[Quantity, ...]], labels: list[str], depth: int) -> Rows:
    """The items without what stands before and behind the list: a whole, averages, changes."""
    while items and (_NO_ROW.search(labels[0]) or not labels[0]):
        own = labels[0].split("其中")[-1]
        if "其中" in labels[0] and len(own) > 1:
            labels[0] = own
            break
        items, labels = items[1:], labels[1:]
    for n, name in enumerate(labels):
        if _NO_ROW.search(name) or (not name and depth < 4):
            return Rows(tuple(items[:n]), tuple(labels[:n]))
    return Rows(tuple(items), tuple(labels))


_SOME = re.compile(
    "排名|前[两三四五十]|居前|靠前|靠后|末位|较[好快慢差高低]|最[高低快慢]|例如|比如|主要有|部分"
)


def _label(doc: Document, figures: list[Quantity], index: int) -> str:
    floor = figures[index - 1].end if index else 0
    words = doc.text[max(floor, figures[index].start - 24) : figures[index].start]
    return re.split(r"[，,。；;：:\n、/／）)]", words.rstrip("：: ，,/／\u3000"))[-1].strip(
        " \u3000（("
    )
