"""How new a number is (截至), and which indicators are not as they were known before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from jiedui.ledger import indicators, sql
from jiedui.ledger.facts import Slice
from jiedui.lib.periods import day_number, day_of
from jiedui.lib.places import ALL_PAIRINGS, Range

# Days whose entries were all taken back do not count. Both lookups go backwards through an index that
# begins with the indicator, so they stop at the first day that holds something of the slice.
_NEWEST = """
WITH asked (slice, indicator, lo, hi, e_lo, e_hi, w_lo, w_hi, start_day, stop_day) AS (VALUES {rows})
SELECT asked.slice,
    (SELECT entry.last_day FROM ledger_entry entry
     WHERE entry.indicator = asked.indicator
       AND entry.last_day <= asked.stop_day AND entry.first_day >= asked.start_day
       AND entry.region BETWEEN asked.lo AND asked.hi
       AND entry.pairing / 1000000 BETWEEN asked.e_lo AND asked.e_hi
       AND entry.pairing - entry.pairing / 1000000 * 1000000 BETWEEN asked.w_lo AND asked.w_hi
     GROUP BY entry.last_day HAVING sum(entry.sign) > 0
     ORDER BY entry.last_day DESC LIMIT 1),
    (SELECT max(standing.stop_day) FROM ledger_standing standing
     WHERE standing.indicator = asked.indicator
       AND standing.lo >= asked.lo AND standing.hi <= asked.hi
       AND standing.e_lo >= asked.e_lo AND standing.e_hi <= asked.e_hi
       AND standing.w_lo >= asked.w_lo AND standing.w_hi <= asked.w_hi
       AND standing.start_day >= asked.start_day AND standing.stop_day <= asked.stop_day)
FROM asked
"""


def days(slices: Sequence[Slice]) -> list[date | None]:
    """The newest day of an entry or declaration inside each slice, in one statement.

    None where nothing stands. A span counts as its last day. Raises UnknownIndicator.
    """
    known = indicators.known({asked.indicator for asked in slices})
    rows = []
    for number, asked in enumerate(slices):
        start = day_number(asked.start) if asked.start else 0
        for span in asked.ranges:
            for box in (ALL_PAIRINGS,) if asked.boxes is None else asked.boxes:
                row = (number, known[asked.indicator].id, *span, *box.east, *box.west, start)
                rows.append((*row, day_number(asked.end)))
    found: list[int] = [0] * len(slices)
    for part in sql.chunks(rows, 500):
        written = ",".join(f"({','.join(str(int(value)) for value in row)})" for row in part)
        for number, entry, declaration in sql.fetch(_NEWEST.format(rows=written)):
            found[number] = max(found[number], entry or 0, declaration or 0)
    return [day_of(number) if number else None for number in found]


class Touched(NamedTuple):
    """How many postings after a head speak of an indicator, and how many of them take something back."""

    postings: int
    corrections: int


def touched(since: int, places: Sequence[Range]) -> dict[str, Touched]:
    """By indicator code what was posted after a head at a region in the places.

    Two short reads of the tail in one statement; what is not in the answer is known today as it was at the head.
    """
    here = " OR ".join(f"region BETWEEN {int(lo)} AND {int(hi)}" for lo, hi in places) or "1 = 0"
    rows = sql.fetch(
        "SELECT i.code, count(DISTINCT posting), count(DISTINCT CASE WHEN taken THEN posting END)"
        " FROM (SELECT indicator, posting, sign = -1 AS taken FROM ledger_entry WHERE id >"
        f" coalesce((SELECT last_entry FROM ledger_posting WHERE id = %s), 0) AND ({here})"
        " UNION ALL SELECT indicator, posting, reverses IS NOT NULL FROM ledger_declaration"
        f" WHERE posting > %s AND ({here})) tail"
        " JOIN ledger_indicator i ON i.id = tail.indicator GROUP BY i.code",
        [since, since],
    )
    return {code: Touched(*counts) for code, *counts in rows}
