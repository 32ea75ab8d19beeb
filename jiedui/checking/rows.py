"""Rows: items that are built alike, one figure of each kind to an item.

产业类11个、资金3168万元，就业类4个、资金396万元: two columns. A column may make a whole told before or
behind it, a percent may be that of a figure of its row. Where one column adds up, or all rows but
one work out, what does not is a slip.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .adding import Found, adds_up, judge, slipped
from .calling import compared
from .document import Document
from .links import TOLD, Link, group, near
from .model import Quantity, Relation
from .parts import are_all, may_overlap
from .working_out import countable, link_of, works_out

_LONGEST = 4
_GAP = 30
_WIDE = 60
"""Between the last figure of an item and the first of the next, where a line ends."""
_BACK = 10
_FAR = 400
_STOP = re.compile(r"[。！？!?]")
_NO_ROW = re.compile(
    r"其中|同比|环比|比上年|较上年|增长|均|每|合计|共计|总计|小计|总[额数量]|由|从"
)
_GROWN = re.compile(r"增长|增加|下降|减少|提高|同比|增幅|降幅|[↑↓▲▼]|比上年")
_AIM = re.compile(r"计划|目标|任务|协议|应")


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
        strength = _strength(gap)
        if inside and not closed:
            strength = min(strength, 0)
        elif closed and 0 < strength < 3:
            strength = 3
        opened = max(gap.rfind("（"), gap.rfind("("))
        inside = opened > max(gap.rfind("）"), gap.rfind(")")) or (inside and not closed)
        found.append(strength)
    return found


def _strength(gap: str) -> int:
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


def of_rows(
    doc: Document, quantities: list[Quantity], found: list[Rows]
) -> tuple[list[Link], dict[str, tuple[int, int]]]:
    """The sums, rates and pairs of the rows of a text; second, the column of every figure in them."""
    figures = [q for q in quantities if q.kind in TOLD and q.number is not None]
    starts = [q.start for q in figures]
    links: list[Link] = []
    columns: dict[str, tuple[int, int]] = {}
    for number, rows in enumerate(found):
        at = bisect_left(starts, rows.items[0][0].start)
        behind = bisect_left(starts, rows.items[-1][-1].end)
        before = [q for q in figures[max(at - _BACK, 0) : at] if not compared(doc.text, q)]
        after = figures[behind : behind + len(rows.items[0]) + 2]
        settled = _settled(doc, rows, before, after)
        if settled is not rows:
            before += [q for q in rows.items[0] if q.kind in TOLD]
        made = list(_of_one(doc, settled, before, after))
        links += made
        if len(settled.items) >= 3 or any(
            link.relation and link.relation.type == "sum" for link in made
        ):
            columns.update(
                (q.id, (number, n)) for n, column in enumerate(settled.columns) for q in column
            )
    return links, columns


def _settled(doc: Document, rows: Rows, before: list[Quantity], after: list[Quantity]) -> Rows:
    """The rows without the first where that is their whole: 全村326户1208人，一组86户312人、…."""
    if len(rows.items) < 3:
        return rows
    sums = [c for c in rows.columns if _summable(c)]
    if any(_whole(doc, column, before, after) for column in sums):
        return rows
    made = any(adds_up(column[0], list(column[1:])) for column in sums)
    cuts = [
        _strength(doc.text[one[-1].end : two[0].start])
        for one, two in zip(rows.items, rows.items[1:], strict=False)
    ]
    if made or cuts[0] > max(cuts[1:]):
        return replace(rows, items=rows.items[1:], labels=rows.labels[1:])
    return rows


def of_columns(
    doc: Document, rows: Rows, figures: list[Quantity], totals: dict[int, Quantity]
) -> Iterator[Link]:
    """The sums and shares of a table. ``figures`` stand outside of it; ``totals`` are those of its last line."""
    starts = [q.start for q in figures]
    at = bisect_left(starts, rows.items[0][0].start)
    before = [q for q in figures[max(at - _BACK, 0) : at] if not compared(doc.text, q)]
    after = figures[at : at + _BACK]
    wholes: dict[int, list[Quantity]] = {n: [q] for n, q in totals.items()}
    for n, column in enumerate(rows.columns):
        if n in totals or not _summable(column):
            continue
        whole = _whole(doc, column, before, after) or _meant(
            rows, column, before, after, firm=False
        )
        if whole:
            wholes[n] = [whole]
            yield from judge(Found(whole, list(column), "：", list(rows.labels)))
    yield from _shares(doc, rows, wholes, before)


def shares_again(rows: Rows, last: tuple[Quantity, ...]) -> Iterator[Link]:
    """The percent of the last line of a table, worked out like those above it."""
    for r, column in enumerate(rows.columns):
        if column[0].unit != "%" or any(q.number is None for q in column):
            continue
        for one, two in itertools.permutations(range(len(last)), 2):
            pair = rows.columns[one], rows.columns[two]
            if (
                not all(countable(q) for c in pair for q in c)
                or not countable(last[one])
                or not countable(last[two])
            ):
                continue
            if group(last[one]) != group(last[two]):
                continue
            if all(works_out(*t) is None for t in zip(column, *pair, strict=True)):
                link = link_of(last[r], last[one], last[two], "warn")
                if link and last[r].exact and last[r].unit == "%":
                    yield link
                break


def _of_one(
    doc: Document, rows: Rows, before: list[Quantity], after: list[Quantity]
) -> Iterator[Link]:
    wholes = dict(_sums(doc, rows, before, after))
    yield from (link for links in wholes.values() for link in links)
    made = {
        n: [link.doubt for link in links if link.relation and link.relation.type == "sum"]
        for n, links in wholes.items()
    }
    yield from _shares(doc, rows, made, before)
    yield from _pairs(rows)


def _sums(
    doc: Document, rows: Rows, before: list[Quantity], after: list[Quantity]
) -> Iterator[tuple[int, list[Link]]]:
    """For each column the whole that it makes; where another column adds up, the one it should make."""
    wholes: dict[int, Quantity] = {}
    for n, column in enumerate(rows.columns):
        whole = _whole(doc, column, before, after) if _summable(column) else None
        if whole:
            wholes[n] = whole
    for n, column in enumerate(rows.columns):
        if not _summable(column):
            continue
        if n in wholes:
            yield n, list(judge(Found(wholes[n], list(column), "：", list(rows.labels))))
        elif wholes or len(column) >= 3:
            firm = bool(wholes) or _shared_out(rows, column)
            meant = _meant(rows, column, before, after, firm=firm)
            if meant:
                found = Found(meant, list(column), "：", list(rows.labels), beside=bool(wholes))
                yield n, list(judge(found))


def _shared_out(rows: Rows, column: tuple[Quantity, ...]) -> bool:
    """Whether a column of percents says that the column is all there is."""
    total = sum((q.number or Decimal(0) for q in column), Decimal(0))
    for shares in rows.columns:
        if shares[0].unit != "%" or any(q.number is None for q in shares) or not total:
            continue
        whole = replace(column[0], number=total)
        if all(works_out(r, p, whole) is None for r, p in zip(shares, column, strict=True)):
            return True
    return False


def _summable(column: tuple[Quantity, ...]) -> bool:
    return (
        column[0].kind in TOLD
        and all(q.number is not None for q in column)
        and len({group(q) for q in column}) == 1
    )


def _whole(
    doc: Document, column: tuple[Quantity, ...], before: list[Quantity], after: list[Quantity]
) -> Quantity | None:
    parts = list(column)
    digits = len(str(int(sum((q.number or 0) / q.step for q in parts))).strip("0"))
    for whole in (*reversed(before), *after):
        if group(whole) != group(column[0]) or not adds_up(whole, parts):
            continue
        away = (
            column[0].start - whole.end
            if whole.start < column[0].start
            else whole.start - column[-1].end
        )
        if away <= 80 or (away <= _FAR and (digits >= 2 or len(parts) >= 3)):
            return whole
    return None


def _meant(
    rows: Rows, column: tuple[Quantity, ...], before: list[Quantity],
    after: list[Quantity], *, firm: bool,
) -> Quantity | None:  # fmt: skip
    """The whole that one slip keeps from being the sum."""
    if rows.some or may_overlap(list(rows.labels)) or not all(q.exact for q in column):
        return None
    least = max(q.number or Decimal(0) for q in column)
    alike = [q for q in (*reversed(before), *after) if group(q) == group(column[0]) and q.exact]
    for whole in alike if firm else alike[:1]:
        found = Found(whole, list(column), "：", list(rows.labels))
        away = column[0].start - whole.end
        if slipped(found) and (firm or away <= 60):
            return whole
    if firm:
        total = sum((q.number or Decimal(0) for q in column), Decimal(0))
        close = [
            q
            for q in alike
            if near(total, q.number or Decimal(0), "0.35") or (q.number or 0) < least
        ]
        return close[0] if len(close) == 1 and 0 <= column[0].start - close[0].end <= 120 else None
    return None


def _shares(
    doc: Document, rows: Rows, wholes: dict[int, list[Quantity]], before: list[Quantity]
) -> Iterator[Link]:
    """A column of percents: of another column, or of the whole a column makes."""
    columns = rows.columns
    for column in columns:
        if column[0].kind != "percent" or any(q.unit != "%" or q.number is None for q in column):
            continue
        if any(_GROWN.search(doc.text[max(q.start - 8, 0) : q.start]) for q in column):
            continue
        best: list[tuple[Quantity, Quantity, Quantity]] = []
        most = 0
        for triples in _candidates(columns, column, wholes, before):
            right = sum(works_out(*triple) is None for triple in triples)
            if right > most:
                best, most = triples, right
        enough = most >= 2 and most >= len(column) - 1
        if not enough:
            continue
        added_up = {q.id for found in wholes.values() for q in found}
        for rate, part, whole in best:
            link = link_of(rate, part, whole, "warn")
            if link is None:
                continue
            yield link
            smaller = (part.number or 0) < (whole.number or 0)
            if link.severity is None and smaller and whole.id not in added_up:
                at = rows.items[0][0] if any(whole in row for row in rows.items) else whole
                words = doc.text[max(at.start - 30, 0) : at.start]
                words += doc.text[max(whole.start - 8, 0) : whole.start]
                if not _AIM.search(words):
                    relation = Relation("subset", {"whole": whole.id, "part": part.id})
                    yield Link(relation, part, (whole,), "")


def _candidates(
    columns: Sequence[tuple[Quantity, ...]],
    rates: tuple[Quantity, ...],
    wholes: dict[int, list[Quantity]],
    before: list[Quantity],
) -> Iterator[list[tuple[Quantity, Quantity, Quantity]]]:
    numbers = [c for c in columns if all(countable(q) for q in c)]
    for one in numbers:
        for two in numbers:
            if one is not two and all(group(a) == group(b) for a, b in zip(one, two, strict=True)):
                yield list(zip(rates, one, two, strict=True))
    for n, column in enumerate(columns):
        if column not in numbers:
            continue
        told = wholes.get(n, [])
        for whole in (
            *told,
            *(q for q in reversed(before) if group(q) == group(column[0]) and countable(q)),
        ):
            yield [(rate, part, whole) for rate, part in zip(rates, column, strict=True)]


def _pairs(rows: Rows) -> Iterator[Link]:
    """产业类11个、资金3168万元: the things and the money of each row."""
    for row in rows.items:
        for one, two in itertools.pairwise(row):
            if {one.kind, two.kind} == {"count", "amount"} and "户" not in (one.unit, two.unit):
                line = f"{one.surface}、{two.surface}"
                yield Link(Relation("pair", {"ids": (one.id, two.id)}), two, (one,), line)
