"""The answers: details + what the declarations inside add, with bounds (decision 0001).

`ask` answers many slices by few statements: one to the details and one to the standing declarations for all of
them. Slices that meet a crossing pair or a place of several ranges are weighed one by one from the declarations
themselves, and so is what is asked of another moment than today (moments.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jiedui.ledger import cells, readings, subjects
from jiedui.ledger.details import Sums, details
from jiedui.ledger.facts import Measure, Slice, Total
from jiedui.ledger.indicators import Known, known
from jiedui.ledger.moments import Moment, moment_of
from jiedui.ledger.plan import Ask, nodes_of, plan
from jiedui.ledger.rows import number_or_open
from jiedui.ledger.weights import Weight, total_of, weights
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.lib.periods import day_number
from jiedui.lib.places import ALL_PAIRINGS


def ask(slices: Sequence[Slice], *, head: int | None = None, pending: bool = False) -> list[Total]:
    """One total a slice, in order.

    `head` asks as known at a posting; `pending` counts what is submitted as if it were approved now (today
    only: ValueError with a head). Raises UnknownIndicator, and KeyError for ranges that are no places. A sum
    over nothing is 0, exact; a reading without data is None.
    """
    indicators = known({s.indicator for s in slices})
    moment = moment_of(head, pending=pending)
    answers: list[Total | None] = [None] * len(slices)
    if moment.today:
        answers = cells.answers(slices, indicators)
    places = [place for place, answer in enumerate(answers) if answer is None]
    if places:
        asked = _ask([slices[place] for place in places], indicators, moment)
        for place, total in zip(places, asked, strict=True):
            answers[place] = total
    return [answer for answer in answers if answer is not None]


def ask_both(
    slices: Sequence[Slice], wanted: Sequence[bool] | None = None
) -> tuple[list[Total], list[Total]]:
    """One total a slice today, and the same 含待审核: as if what is submitted were approved now.

    Like `ask` twice, but what waits is weighed only for the slices that it touches; with `wanted`, one word a
    slice, only for those of them that are wanted. All others say twice the same.
    """
    approved = ask(slices)
    places = [place for place in range(len(slices)) if wanted is None or wanted[place]]
    if not places:
        return approved, approved
    indicators = known({s.indicator for s in slices})
    moment = moment_of(None, pending=True)
    asks = _asks([slices[place] for place in places], indicators)
    touched = moment.touched(asks)
    places = [place for place, is_touched in zip(places, touched, strict=True) if is_touched]
    answers = list(approved)
    if places:
        asked = _ask([slices[place] for place in places], indicators, moment)
        for place, total in zip(places, asked, strict=True):
            answers[place] = total
    return approved, answers


def _ask(slices: Sequence[Slice], indicators: Mapping[str, Known], moment: Moment) -> list[Total]:
    """The answers out of details and declarations, whatever the window."""
    asks = _asks(slices, indicators)
    measures = [indicators[s.indicator].measure for s in slices]
    planned = plan(asks)
    sums = details(asks, moment.source, planned)
    weighed = weights(asks, planned) if moment.today else moment.weights(asks, measures)
    answers: list[Total | None] = [
        None if measure in _APART else total_of(measure, its, weight)
        for measure, its, weight in zip(measures, sums, weighed, strict=True)
    ]
    apart = [place for place, answer in enumerate(answers) if answer is None]
    distinct = [place for place in apart if measures[place] is Measure.DISTINCT]
    if distinct:
        counts = subjects.count([asks[place] for place in distinct], moment.source)
        for place, count in zip(distinct, counts, strict=True):
            answers[place] = distinct_of(count, sums[place], weighed[place])
    read = [place for place in apart if measures[place] is Measure.READING]
    if read:
        newest = readings.newest_many(
            [asks[place] for place in read], moment.head, pending=moment.pending
        )
        for place, total in zip(read, newest, strict=True):
            answers[place] = total
    return [answer for answer in answers if answer is not None]


def trend(slices: Sequence[Slice], months: tuple[int, int]) -> list[list[Total]]:
    """For each slice one total a month: see `trend.trend`."""
    from jiedui.ledger import trend as by_month  # it is made of this module

    return by_month.trend(slices, months)


_APART = (Measure.DISTINCT, Measure.READING)


def ask_of(slice_: Slice, indicator: Known) -> Ask:
    """A slice in numbers; a stock looks at its last day only."""
    start = 0 if indicator.measure is Measure.STOCK else number_or_open(slice_.start)
    boxes = None if slice_.boxes == (ALL_PAIRINGS,) else slice_.boxes
    return Ask(indicator.id, nodes_of(slice_.ranges), boxes, start, day_number(slice_.end))


def _asks(slices: Sequence[Slice], indicators: Mapping[str, Known]) -> list[Ask]:
    """The same for many; what slices share, as those of a board do, is worked out once."""
    shared: dict[tuple[object, ...], Ask] = {}
    asks = []
    for s in slices:
        indicator = indicators[s.indicator]
        stock = indicator.measure is Measure.STOCK
        key = s.ranges, s.boxes, s.start, s.end, stock
        like = shared.get(key)
        if like is None:
            like = shared[key] = ask_of(s, indicator)
        _, nodes, boxes, start, stop = like
        asks.append(Ask(indicator.id, nodes, boxes, start, stop))
    return asks


def distinct_of(count: int, sums: Sums, weight: Weight) -> Total:
    """Distinct: subjects counted, and declarations as floors."""
    within, cut = weight.counted + weight.crossing, weight.cut
    value = count
    more = sums.more > 0 or sums.cut_n > sums.cut_neg or within > 0 or cut > 0
    less = sums.less > 0 or sums.cut_neg > 0
    stated = weight.stated
    if stated is not None and stated[0] >= max(count, weight.floor // 2):
        value, more, less = stated[0], stated[1] & MORE > 0, stated[1] & LESS > 0
    elif weight.floor > 2 * count + 1:
        value, more, less = weight.floor // 2, True, weight.floor % 2 == 0
    bound = Bound.from_flags(more * MORE | less * LESS)
    return Total(value, bound, sums.n, within, sums.cut_n, cut, 0)
