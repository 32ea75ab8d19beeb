"""What rows tell: columns that add up, percents that are shares, the things and the money of each row."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity, Relation

from .adding import Found, adds_up, judge, slipped
from .calling import compared
from .links import TOLD, Link, group, near
from .parts import may_overlap
from .rows import Rows, strength
from .working_out import countable, link_of, works_out

_BACK = 10
_FAR = 400
_GROWN = re.compile(r"增长|增加|下降|减少|提高|同比|增幅|降幅|[↑↓▲▼]|比上年")
_AIM = re.compile(r"计划|目标|任务|协议|应")


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
        strength(doc.text[one[-1].end : two[0].start])
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
