"""The table of 从旧材料建账: rows as typed, read by the records framework, with what stands in their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.figures import permissions as figures
from jiedui.figures.questions import Question
from jiedui.ledger.facts import Declaration
from jiedui.lib.places import pairing_key, pairing_sides, range_of, twelve
from jiedui.records import permissions
from jiedui.records.cleaning import clean
from jiedui.records.content import Content
from jiedui.records.kinds import Errors, body_of
from jiedui.regions import places
from jiedui.regions.models import Level, Region

from .adopting import Row
from .overlaps import Overlap, extent_of, overlaps, row_of

KIND = "summary"
MOST_ROWS = 400
NAMED_ROWS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its cells, a sentence by wrong cell, what the ledger has, what it holds."""

    number: int
    row: Row
    errors: dict[str, str]
    overlaps: tuple[Overlap, ...] = ()
    note: str = ""

    @property
    def looks(self) -> bool:
        """Whether a person should look at it: not taken, wrong, or something stands there already."""
        return bool(self.row.why or self.errors or self.overlaps) or not self.row.ticked


@dataclass(frozen=True, slots=True)
class Table:
    """All lines, and the framework's rows of those that are taken."""

    lines: list[Line]
    taken: list[tuple[Row, dict[str, object]]]

    @property
    def ticked(self) -> int:
        return len(self.taken)

    @property
    def to_look_at(self) -> int:
        return sum(1 for line in self.lines if line.looks)

    @property
    def wrong(self) -> list[Line]:
        """Lines that are taken and cannot be."""
        return [line for line in self.lines if line.errors]


def of(
    rows: Sequence[Row],
    *,
    pairing: int,
    by: User,
    today: date,
    first: bool,
    written: frozenset[str] = frozenset(),
) -> Table:
    """The table of rows; nothing is written.

    ``first`` unticks what the ledger refuses instead of marking it as wrong. Rows with a key in
    ``written`` were declared by this same form before and are in nobody's way.
    """
    body = body_of(KIND)
    codes = region_codes(pairing)
    cells = [framework_row(row, pairing, codes) for row in rows]
    cleaned = clean(body, cells, by=by, today=today)
    found = permissions.entry_errors(by, body, cleaned.contents) | cleaned.errors
    errors: list[dict[str, str]] = [{} for _row in rows]
    for (at, column), sentence in found.items():
        errors[at].setdefault(cell_of(column, rows[at]), sentence)
    planned = [
        _declared(content) if content and not wrong else None
        for content, wrong in zip(cleaned.contents, errors, strict=True)
    ]
    there = overlaps(
        [None if row.key in written else one for row, one in zip(rows, planned, strict=True)],
        lambda question: _may_read(by, question),
    )
    lines = []
    for order, row in enumerate(rows):
        stops = next((one for one in there[order] if one.stops), None)
        if first and row.ticked and (stops or errors[order]):
            why = stops.sentence if stops else next(iter(errors[order].values()))
            row = replace(row, ticked=False, why=(why,))
        elif row.ticked and stops:
            errors[order]["take"] = stops.sentence
        lines.append(
            Line(
                number=order + 1,
                row=row,
                errors=errors[order] if row.ticked else {},
                overlaps=tuple(one for one in there[order] if not (one.stops and row.ticked))
                if not (first and stops)
                else (),
            )
        )
    lines = _among(lines, planned)
    taken = [(line.row, cells[line.number - 1]) for line in lines if line.row.ticked]
    return Table(lines, taken)


def with_errors(table: Table, errors: Errors) -> Table:
    """The table with what the framework said of the taken rows; ``errors`` number those."""
    numbered = {row.key: number for number, (row, _cells) in enumerate(table.taken)}
    lines = []
    for line in table.lines:
        at = numbered.get(line.row.key)
        said = {cell_of(name, line.row): text for (n, name), text in errors.items() if n == at}
        lines.append(replace(line, errors={**said, **line.errors}) if said else line)
    return replace(table, lines=lines)


def _may_read(user: User, question: Question) -> bool:
    return figures.may_read(user, question)


def _declared(content: Content) -> Declaration:
    (declared,) = body_of(KIND).declarations(content)
    return declared


def framework_row(row: Row, pairing: int, codes: dict[str, str]) -> dict[str, object]:
    """The cells as the records framework takes them: 数值 with its unit, the place by its code."""
    cells = row.cells
    place = "".join(cells["region"].split())
    return {
        "region": codes.get(place, cells["region"]),
        "pairing": pairing_key(pairing),
        "indicator": cells["indicator"],
        "stated": cells["value"].strip() + cells["unit"].strip() if cells["value"].strip() else "",
        "bound": cells["bound"],
        "start_on": cells["start_on"],
        "end_on": cells["end_on"],
        "wording": cells["wording"],
    }


def region_codes(pairing: int, user: User | None = None) -> dict[str, str]:
    """The pairing's own places by name, so that 鼓楼区 is the one that is meant; with 本级.

    Only those where ``user`` may enter, if one is named.
    """
    low, high = range_of(twelve(pairing_sides(pairing)[1]))
    found: dict[str, str] = {}
    rows = Region.objects.real().filter(code__range=(low, high), level__lte=Level.COUNTY)
    if user is not None:
        rows = rows.filter(scope.places_q(user, Role.ENTER))
    for code, name in rows.order_by("-code").values_list("code", "name"):
        found[name] = f"{code:012d}"
        found[name + places.OWN] = f"{code:012d}{places.OWN}"
    return found


def cell_of(column: str, row: Row) -> str:
    """The cell of the table a sentence about a column belongs to."""
    if column == "pairing":
        return "region"
    if column != "stated":
        return column
    try:
        Decimal(row.cells["value"].replace(",", "").strip())
    except InvalidOperation:
        return "value"
    return "unit"


def _among(lines: Sequence[Line], planned: Sequence[Declaration | None]) -> list[Line]:
    """What the taken rows are to one another: the same slice twice is wrong, a part is no second time."""
    rows = {
        line.number: (stated.indicator, row_of(stated))
        for line, stated in zip(lines, planned, strict=True)
        if stated is not None and line.row.ticked
    }
    extents = {number: extent_of(row) for number, (_code, row) in rows.items()}
    by_code: dict[str, list[int]] = {}
    for number, (code, _row) in rows.items():
        by_code.setdefault(code, []).append(number)
    found = []
    for line in lines:
        number = line.number
        if number not in rows:
            found.append(line)
            continue
        code, mine = rows[number]
        others = [other for other in by_code[code] if other != number]
        same = [other for other in others if other < number and rows[other][1].same_slice(mine)]
        inner = [
            str(other)
            for other in others
            if extents[number].holds(extents[other]) and extents[other] != extents[number]
        ]
        if same:
            sentence = _("与第 %d 行的指标、地区、期间相同，只能报一行") % same[0]
            line = replace(line, errors={**line.errors, "take": sentence})
        if inner and mine.start_day:
            shown = "、".join(inner[:NAMED_ROWS]) + ("…" if len(inner) > NAMED_ROWS else "")
            line = replace(line, note=_("含第 %s 行，不重复计") % shown)
        found.append(line)
    return found
