"""Readings (读数): a stated figure of one moment; the newest one of exactly the place that is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from jiedui.ledger import pending as waiting
from jiedui.ledger import sql
from jiedui.ledger.details import pairings
from jiedui.ledger.facts import Total
from jiedui.ledger.plan import Ask, ranges_of
from jiedui.ledger.rows import DECLARATION_COLUMNS, DeclarationRow
from jiedui.lib.bounds import Bound
from jiedui.lib.places import ALL_PAIRINGS, Box, Range, range_of

_ASKED = "asked (question, boxes, indicator, region, start_day, stop_day)"

# Backwards through an index, so that each question stops at its newest one. What was taken back is passed over.
_NEWEST = """
SELECT asked.question, found.last_day, found.first_day, found.posting, found.id, found.value, found.bound
FROM asked JOIN ledger_entry found ON found.id = (
    SELECT id FROM ledger_entry entry
    WHERE entry.indicator = asked.indicator AND entry.region = asked.region AND sign = 1
      AND last_day BETWEEN asked.start_day AND asked.stop_day{pairings} AND posting <= {upto}
      AND NOT EXISTS (SELECT 1 FROM ledger_posting taken
                      WHERE taken.reverses = entry.posting AND taken.id <= {upto}){standing}
    ORDER BY last_day DESC, first_day DESC, posting DESC, id DESC LIMIT 1)
WHERE asked.boxes = {boxes}
"""

_WAITING = """
SELECT asked.question, last_day, first_day, {after} + proposed.id, entry.id, value, bound
FROM asked
JOIN ledger_pending_entry entry ON entry.indicator = asked.indicator AND entry.region = asked.region
    AND sign = 1 AND last_day BETWEEN asked.start_day AND asked.stop_day{pairings}
JOIN ledger_pending proposed ON proposed.record = entry.record
WHERE asked.boxes = {boxes}
"""

_Found: TypeAlias = tuple[tuple[int, int, int, int, int], int, int]
"""(last day, first day, posting, entry or declaration, id), value, bound."""


def newest_many(asks: Sequence[Ask], head: int | None, *, pending: bool) -> list[Total]:
    """For each question the newest reading whose last day lies in its window, in order.

    Total(None, exact) without any. Two statements, three with what waits, however many questions.
    """
    if not asks:
        return []
    best: list[_Found | None] = [None] * len(asks)
    for question, reading in (
        *_entries(asks, head, pending=pending),
        *_declarations(asks, head, pending=pending),
    ):
        known = best[question]
        if known is None or reading > known:
            best[question] = reading
    return [_total(reading) for reading in best]


def _total(reading: _Found | None) -> Total:
    if reading is None:
        return Total(None, Bound.EXACT)
    key, value, flags = reading
    return Total(value, Bound.from_flags(flags), int(key[3] == 0), int(key[3] == 1))


def _entries(
    asks: Sequence[Ask], head: int | None, *, pending: bool
) -> Iterable[tuple[int, _Found]]:
    boxes = {boxes: number for number, boxes in enumerate(dict.fromkeys(a.boxes for a in asks))}
    rows = ",".join(
        f"({number},{boxes[ask.boxes]},{ask.indicator},{place.lo},{ask.start},{ask.stop})"
        for number, ask in enumerate(asks)
        for place in ranges_of(ask.nodes)
    )
    standing = ""
    if pending:
        standing = (
            " AND posting NOT IN (SELECT reverses FROM ledger_pending WHERE reverses IS NOT NULL)"
        )
    selects = []
    for these, number in boxes.items():
        words = {
            "pairings": pairings(these),
            "boxes": number,
            "upto": 2**62 if head is None else int(head),
            "standing": standing,
            "after": waiting.AFTER,
        }
        selects.append(_NEWEST.format_map(words))
        if pending:
            selects.append(_WAITING.format_map(words))
    for question, last, first, posting, id_, value, bound in sql.fetch(
        f"WITH {_ASKED} AS (VALUES {rows}) {' UNION ALL '.join(selects)}"
    ):
        yield question, ((last, first, posting, 0, id_), value, bound)


def _declarations(
    asks: Sequence[Ask], head: int | None, *, pending: bool
) -> Iterable[tuple[int, _Found]]:
    """The newest declaration of each question that has one."""
    stated = _stated(asks, head)
    if pending:
        gone, new = waiting.declarations()
        stated = [row for row in stated if row.posting not in gone]
        stated += [row._replace(id=number) for number, row in enumerate(new)]
    by_place: dict[tuple[int, Range], list[tuple[_Found, DeclarationRow]]] = {}
    for row in stated:
        key = row.indicator, range_of(row.region, own=bool(row.own))
        reading = (row.stop_day, row.start_day, row.posting, 1, row.id), row.value, row.bound
        by_place.setdefault(key, []).append((reading, row))
    for rows in by_place.values():
        rows.sort(key=lambda pair: pair[0], reverse=True)
    for question, ask in enumerate(asks):
        boxes = ask.boxes or (ALL_PAIRINGS,)
        for place in ranges_of(ask.nodes):
            for reading, row in by_place.get((ask.indicator, place), ()):
                if ask.start <= row.stop_day <= ask.stop and _within(row, boxes):
                    yield question, reading
                    break


def _within(row: DeclarationRow, boxes: Sequence[Box]) -> bool:
    return all(any(mine.holds(its) for mine in boxes) for its in row.pairings())


def _stated(asks: Sequence[Ask], head: int | None) -> list[DeclarationRow]:
    """What was declared and not taken back about the indicators and places, whatever the pairings."""
    columns = ",".join(f"d.{column}" for column in DECLARATION_COLUMNS)
    upto = 2**62 if head is None else head
    places = {place.lo for ask in asks for place in ranges_of(ask.nodes)}
    rows = sql.fetch(
        f"SELECT {columns} FROM ledger_declaration d WHERE d.reverses IS NULL"
        f" AND {sql.in_list('d.indicator', sorted({ask.indicator for ask in asks}))}"
        f" AND {sql.in_list('d.region', sorted(places))}"
        " AND d.stop_day BETWEEN %s AND %s AND d.posting <= %s"
        " AND NOT EXISTS (SELECT 1 FROM ledger_declaration r WHERE r.reverses = d.id"
        " AND r.posting <= %s)",
        [min(ask.start for ask in asks), max(ask.stop for ask in asks), upto, upto],
    )
    return [DeclarationRow(*row) for row in rows]
