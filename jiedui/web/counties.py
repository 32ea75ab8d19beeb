"""分县主要数字: the whole first, counties by code, 本级, 未分县; and one indicator as a tile diagram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import formats
from jiedui.figures.answers import Answer
from jiedui.figures.kept import Kept
from jiedui.figures.questions import short_code
from jiedui.indicators.catalogue import Indicator
from jiedui.lib.periods import Window
from jiedui.lib.places import Range, range_of
from jiedui.records.models import WAITING, Record
from jiedui.regions import places
from jiedui.regions.models import Region
from jiedui.ui import tiles
from jiedui.ui.numbers import Number, digits
from jiedui.ui.svg import Scale
from jiedui.ui.tiles import Tile
from jiedui.web import centroids
from jiedui.web.rows import Row, question
from jiedui.web.scopes import Scope

COLUMNS = 8
PREFERRED = (
    "secondment.serving",
    "funds.received",
    "funds.arranged",
    "funds.projects",
    "industry.investment",
    "industry.enterprises",
    "labour.employed",
    "labour.employed:poverty",
    "labour.absorbed",
    "consumption.sales",
    "consumption.events",
)
"""What the table shows first, as far as anything is recorded of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: a place, its numbers in the order of the columns, and what waits there.

    ``kind`` is "sum" for the whole, "un" for 本级 and 未分县, "" for a county.
    """

    code: str
    name: str
    numbers: list[Number | None]
    waiting: int | None
    kind: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """One indicator by county as tiles; ``rest`` is 未分县, ``own`` 本级, as they are written."""

    indicator: Indicator
    picture: SafeString
    legend: list[tuple[str, str]]
    rest: str
    own: str


@dataclass(frozen=True, slots=True)
class Counties:
    """The table and the diagram; both empty for a place without counties."""

    columns: list[Indicator]
    lines: list[Line]
    diagram: Diagram | None
    window: Window

    @property
    def has_rest(self) -> bool:
        """Whether the last row is 未分县, which has no code."""
        return bool(self.lines) and not self.lines[-1].code


def columns_of(rows: Sequence[Row], *, cumulative: bool) -> list[Indicator]:
    """The indicators of the table: the preferred ones, then others, as far as they are recorded."""
    recorded = [
        row.indicator
        for row in rows
        if (row.total if cumulative and row.total else row.year).approved.is_recorded
    ]
    known = {indicator.code: indicator for indicator in recorded}
    chosen = [known[code] for code in PREFERRED if code in known]
    others = [one for one in recorded if one not in chosen and not one.whole]
    picked = (chosen + others)[:COLUMNS]
    return [indicator for indicator in recorded if indicator in picked]


def read(
    user: Anyone,
    scope: Scope,
    window: Window,
    columns: Sequence[Indicator],
    mapped: str = "",
    *,
    kept: Kept | None = None,
) -> Counties:
    """The table for a window, and the diagram of the indicator ``mapped`` (the first that adds up).

    ``kept`` are answers the page has already, as those of the whole.
    """
    children = places.children(scope.region, window.end)
    if not children or not columns:
        return Counties([], [], None, window)
    questions = [question(scope, indicator, window) for indicator in columns]
    asked = [
        one.at(region, own=own)
        for region, own in [
            (scope.region, False),
            *((child.code, False) for child in children),
            (scope.region, True),
        ]
        for one in questions
    ]
    found = (kept or Kept()).ask(asked)
    size = len(columns)
    grid = [found[start : start + size] for start in range(0, len(found), size)]
    whole, counties, own = grid[0], grid[1:-1], grid[-1]
    waiting = _waiting(user, scope, children)
    lines = [
        Line(short_code(scope.region), scope.place, _cells(whole), sum(waiting.values()), "sum"),
        *(
            Line(
                short_code(child.code),
                child.name,
                _cells(row),
                waiting.get(child.code, 0),
                "",
                short_code(child.code),
            )
            for child, row in zip(children, counties, strict=True)
        ),
        Line(
            short_code(scope.region),
            scope.place + places.OWN,
            _cells(own),
            waiting.get(scope.region, 0),
            "un",
        ),
    ]
    rests = [_rest(grid, index) for index in range(size)]
    if any(rest for rest in rests):
        lines.append(
            Line(
                "",
                _("未分县"),
                [_rest_number(*pair) for pair in zip(rests, whole, strict=True)],
                None,
                "un",
            )
        )
    at = next((i for i, one in enumerate(columns) if one.code == mapped), None)
    if at is None:
        at = max(range(size), key=lambda index: _spread(counties, index))
    diagram = _diagram(children, [row[at] for row in counties], rests[at], own[at])
    return Counties(list(columns), lines, diagram, window)


def _spread(counties: Sequence[Sequence[Answer]], column: int) -> tuple[bool, int, int]:
    """How much a diagram of the column would show: one that adds up, with most counties recorded."""
    answers = [row[column] for row in counties]
    recorded = sum(answer.approved.is_recorded for answer in answers)
    return answers[0].indicator.measure.adds_up, recorded, -column


def _cells(answers: Sequence[Answer]) -> list[Number | None]:
    return [formats.cell(answer) for answer in answers]


def _rest(grid: Sequence[Sequence[Answer]], column: int) -> int:
    """未分县 in smallest units: the whole without its parts, 0 for what does not add up."""
    whole = grid[0][column]
    if not whole.indicator.measure.adds_up:
        return 0
    return (whole.amount or 0) - sum(row[column].amount or 0 for row in grid[1:])


def _rest_number(rest: int, whole: Answer) -> Number | None:
    if not rest:
        return None
    text = formats.part_digits(whole.indicator, rest)
    return Number(text, whole.bound, href=whole.question.address)


def _waiting(user: Anyone, scope: Scope, children: Sequence[Region]) -> dict[int, int]:
    """How many records wait for approval by county; those of 本级 under the whole place's code."""
    east_west = places.boxes(scope.pairing)
    waiting = (
        Record.objects.visible_to(user)
        .filter(
            # Said apart, so that the few that wait are looked through and not all records.
            pending__isnull=False,
            pending__state__in=WAITING,
            region__range=tuple(range_of(scope.region)),
        )
        .order_by()
        .values_list("region", "pairing")
        .annotate(count=Count("pk"))
    )
    spans: list[tuple[int, Range]] = [(child.code, range_of(child.code)) for child in children]
    counts: dict[int, int] = {}
    for region, pairing, count in waiting:
        if not any(box.has(pairing) for box in east_west):
            continue
        place = next((code for code, span in spans if span.lo <= region <= span.hi), scope.region)
        counts[place] = counts.get(place, 0) + count
    return counts


def _diagram(
    children: Sequence[Region], answers: Sequence[Answer], rest: int, own: Answer
) -> Diagram:
    indicator = answers[0].indicator
    scale = Scale(indicator.display_unit, formats.per(indicator), indicator.display_decimals)
    cells = centroids.cells(
        tuple(tuple(span.lo for span in places.ranges(child.code)) for child in children)
    )
    drawn = [
        Tile(
            *cells[child.code],
            centroids.short_name(child.name),
            answer.amount if answer.approved.is_recorded else None,
            answer.bound,
            href=answer.question.address,
            full_name=child.name,
        )
        for child, answer in zip(children, answers, strict=True)
    ]
    label = _("%s各县区示意图，数值见分县表") % indicator.name
    return Diagram(
        indicator,
        tiles.tile_map(drawn, scale, label=label),
        tiles.legend(drawn, scale),
        _written(rest, indicator),
        _written(own.amount or 0, indicator),
    )


def _written(amount: int, indicator: Indicator) -> str:
    if not amount:
        return ""
    return digits(amount, formats.per(indicator), indicator.display_decimals)
