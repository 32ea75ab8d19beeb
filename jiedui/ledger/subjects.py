"""Distinct counts (去重): subjects whose net in the question is above zero; one statement for many questions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from jiedui.ledger import sql
from jiedui.ledger.details import Source, pairings
from jiedui.ledger.plan import Ask, ranges_of
from jiedui.lib.places import Box

_ASKED = "asked (question, boxes, indicator, lo, hi, start_day, stop_day)"


def count(asks: Sequence[Ask], source: Source) -> list[int]:
    """How many subjects each question counts, in order; [] for no questions."""
    if not asks:
        return []
    # The tests on pairings are written out, once for all questions that share them, as those of a page do.
    boxes = {boxes: number for number, boxes in enumerate(dict.fromkeys(a.boxes for a in asks))}
    rows = ",".join(
        f"({number},{boxes[ask.boxes]},{ask.indicator},{place.lo},{place.hi},{ask.start},{ask.stop})"
        for number, ask in enumerate(asks)
        for place in ranges_of(ask.nodes)
    )
    nets = " UNION ALL ".join(
        select for these, number in boxes.items() for select in _nets(these, number, source)
    )
    counts = [0] * len(asks)
    for question, found in sql.fetch(
        f"WITH {_ASKED} AS (VALUES {rows}) SELECT question, count(*) FROM"
        f" (SELECT question, subject FROM ({nets}) AS net GROUP BY question, subject"
        " HAVING sum(value) > 0) AS subjects GROUP BY question"
    ):
        counts[question] = int(found)
    return counts


def _nets(boxes: tuple[Box, ...] | None, number: int, source: Source) -> list[str]:
    """Selects of question, subject and value of every entry inside; places of one question never overlap."""
    index = " INDEXED BY ledger_entry_subject" if connection.vendor == "sqlite" else ""
    known = f" AND id <= {source.upto}" if source.upto is not None else ""
    tables = [(f"ledger_entry AS entry{index}", known)]
    if source.pending:
        tables.append(("ledger_pending_entry AS entry", ""))
    return [
        f"SELECT asked.question, entry.subject, entry.value FROM asked CROSS JOIN {table}"
        f" WHERE asked.boxes = {number} AND entry.subject IS NOT NULL"
        " AND entry.indicator = asked.indicator AND entry.region BETWEEN asked.lo AND asked.hi"
        " AND entry.first_day >= asked.start_day AND entry.last_day <= asked.stop_day"
        f"{pairings(boxes)}{only}"
        for table, only in tables
    ]
