"""From raw rows to contents: the same path for a form (one row), a paste, a sheet and the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.lib.canonical import Canon
from jiedui.lib.places import pairing_sides, range_of, twelve
from jiedui.records.columns import DateField, LinesField, Reading, UnreadableCell, When, lines_of
from jiedui.records.columns.base import Read, cell_text
from jiedui.records.columns.references import UidField, read_pairing, read_region
from jiedui.records.content import Change, Content
from jiedui.records.kinds import Body, Columns, Errors, columns_of, date_column, required_columns
from jiedui.regions import places
from jiedui.regions.models import Pairing

Row = Mapping[str, object]
HEADER = ("region", "pairing")


class UnknownColumns(ValueError):
    """Rows hold columns the kind does not have; ``names`` lists them."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("、".join(names))
        self.names = names


@dataclass
class Cleaned:
    """Rows read: a content a row (None where its region could not be read) and all sentences.

    ``fields`` holds what was read of every row, whether its region could be read or not.
    """

    contents: list[Content | None]
    errors: Errors = field(default_factory=dict)
    fields: list[dict[str, Canon]] = field(default_factory=list)

    def of_row(self, row: int) -> dict[str, str]:
        """The sentences of one row by column."""
        return {name: text for (at, name), text in self.errors.items() if at == row}


def clean(
    body: type[Body],
    rows: Sequence[Row],
    *,
    by: User,
    today: date,
    draft: bool = False,
    change: Change = Change.NEW,
    units: Mapping[str, str] | None = None,
    earlier: Sequence[Content | None] | None = None,
    already: Sequence[Content] = (),
) -> Cleaned:
    """Read, complete and check rows of raw cells; nothing is written.

    Rows hold ``region``, maybe ``pairing``, and the kind's columns by name. A draft may lack
    anything but its region. ``earlier`` are the contents being corrected: a date that stays the same
    keeps its span. ``already`` is what the records say now: a link they hold may stay although its
    author cannot see where it leads. Raises UnknownColumns.
    """
    fields = columns_of(body)
    unknown = {name for row in rows for name in row} - {*fields, *HEADER}
    if unknown:
        raise UnknownColumns(sorted(unknown))
    reading = Reading(today=today, user=by, units=units or {})
    columns: Columns = {}
    errors: Errors = {}
    for name, column in fields.items():
        read = column.read([row.get(name) for row in rows], reading)
        columns[name] = read.values
        if already and isinstance(column, UidField):
            keep_links(column, read, [row.get(name) for row in rows], already, name)
        errors |= {(row, name): sentence for row, sentence in read.errors.items()}
        if earlier and isinstance(column, DateField):
            columns[name] = [
                kept(value, old.fields.get(name) if old else None)
                for value, old in zip(read.values, earlier, strict=True)
            ]
    regions, owns = read_regions(body, rows, errors)
    if not draft:
        errors |= missing_cells(body, columns, errors)
        errors = lines_above(body, columns) | errors
        columns, found = body.clean_columns(columns)
        errors = found | errors
    pairings = read_pairings(body, rows, columns, regions, today, errors)
    for name, column in fields.items():
        if isinstance(column, LinesField) and not draft:
            errors = foreign_lines(columns[name], name, regions) | errors
    said = [{name: columns[name][row] for name in fields} for row in range(len(rows))]
    contents = [
        None
        if region is None
        else Content(
            kind=body.kind.code,
            change=change,
            region=region,
            pairing=pairing,
            own=own,
            fields=said[row],
        )
        for row, (region, own, pairing) in enumerate(zip(regions, owns, pairings, strict=True))
    ]
    return Cleaned(contents, errors, said)


def kept(value: Canon, earlier: Canon) -> Canon:
    """The earlier date where both say the same: its end was fixed when it was first submitted."""
    return When.of(value).kept(When.of(earlier)).text if value and earlier else value


def keep_links(
    column: UidField, read: Read, cells: Sequence[object], already: Sequence[Content], name: str
) -> None:
    """Let links stay that read as nothing to this author but were shown to them just so."""
    for row in list(read.errors):
        held = already[row].fields.get(name)
        if column.stays(cell_text(cells[row]), held):
            read.values[row] = held
            del read.errors[row]


def missing_cells(body: type[Body], columns: Columns, errors: Errors) -> Errors:
    """A sentence for every empty required cell that has none yet."""
    found: Errors = {}
    for name in required_columns(body):
        label = columns_of(body)[name].label
        for row, value in enumerate(columns[name]):
            if value in (None, "") and (row, name) not in errors:
                found[row, name] = _("请填写%(label)s。") % {"label": label}
    return found


def lines_above(body: type[Body], columns: Columns) -> Errors:
    """Lines that together are above the record: what they leave over is posted, never less than 0."""
    found: Errors = {}
    for post in body.posts:
        if not post.lines or not isinstance(post.value, str):
            continue
        column = columns_of(body)[post.value]
        for row, (lines, most) in enumerate(
            zip(columns[post.lines], columns[post.value], strict=True)
        ):
            parts = sum(number_in(line.get(post.value)) for line in lines_of(lines))
            if parts > number_in(most):
                found.setdefault(
                    (row, post.lines),
                    _("各行%(label)s合计 %(parts)s %(unit)s，大于总数 %(most)s %(unit)s，请核对。")
                    % {
                        "label": column.label,
                        "unit": column.unit,
                        "parts": column.shown(parts),
                        "most": column.shown(number_in(most)),
                    },
                )
    return found


def number_in(value: Canon) -> int:
    return value if isinstance(value, int) else 0


def read_regions(
    body: type[Body], rows: Sequence[Row], errors: Errors
) -> tuple[list[int | None], list[bool]]:
    """Region code and 本级 of every row; only kinds with ``own`` keep 本级 apart."""
    known: dict[str, Any] = {}
    codes: list[int | None] = []
    owns: list[bool] = []
    for number, row in enumerate(rows):
        text = cell_text(row.get("region")).strip()
        if text not in known:
            try:
                known[text] = (
                    read_region(text)
                    if text
                    else _("请填写%(label)s。") % {"label": body.kind.region_label}
                )
            except UnreadableCell as problem:
                known[text] = str(problem)
        answer = known[text]
        if isinstance(answer, str):
            errors[number, "region"] = answer
        codes.append(None if isinstance(answer, str) else answer[0])
        owns.append(not isinstance(answer, str) and answer[1] and body.kind.own)
    return codes, owns


def read_pairings(
    body: type[Body],
    rows: Sequence[Row],
    columns: Columns,
    regions: Sequence[int | None],
    today: date,
    errors: Errors,
) -> list[int]:
    """The pairing of every row: as written, else the lowest that covers the region on its day."""
    known: dict[tuple[str, int, date], int | str] = {}
    asked = {
        region
        for row, region in zip(rows, regions, strict=True)
        if region is not None and not cell_text(row.get("pairing")).strip()
    }
    over = {region: places.pairings_over(region) for region in asked}
    pairings: list[int] = []
    for number, (row, region) in enumerate(zip(rows, regions, strict=True)):
        text = cell_text(row.get("pairing")).strip()
        day = columns[date_column(body)][number]
        on = When.of(day).first if day else today
        key = (text, region or 0, on if not text else today)
        if region is not None and key not in known:
            known[key] = pairing_for(text, region, on, over.get(region))
        answer = known.get(key, 0)
        if isinstance(answer, str):
            errors.setdefault((number, "pairing" if text else "region"), answer)
        pairings.append(answer if isinstance(answer, int) else 0)
    return pairings


def pairing_for(
    text: str, region: int, on: date, over: Sequence[Pairing] | None = None
) -> int | str:
    """The number of the pairing, or the sentence that says why there is none."""
    if not text:
        try:
            return places.lowest_pairing(region, on, over=over)
        except places.AmbiguousPairing as error:
            return str(error)
        except places.UnknownPairing:
            return _("这里请写西部（受援）一侧的地区；它在当日没有登记的结对关系。")
    try:
        pairing = read_pairing(text)
    except UnreadableCell as problem:
        return str(problem)
    west = twelve(pairing_sides(pairing)[1])
    if not any(span.holds(range_of(region)) for span in places.ranges(west)):
        return _("这个结对关系的西部一侧不包括所写的地区。")
    return pairing


def foreign_lines(values: Sequence[Canon], name: str, regions: Sequence[int | None]) -> Errors:
    """Lines must lie inside the record's own region, so that one right covers them all."""
    found: Errors = {}
    for row, (value, region) in enumerate(zip(values, regions, strict=True)):
        if region is None:
            continue
        spans = places.ranges(region)
        for number, line in enumerate(lines_of(value), 1):
            code = line.get("region")
            if isinstance(code, int) and not any(s.holds(range_of(code)) for s in spans):
                found[row, name] = _("第 %(number)d 行的县区不在所填地区之内。") % {
                    "number": number
                }
    return found
