"""The page of a check as plain values: the text in pieces with its marks, and what to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiedui.figures import formats
from jiedui.lib.places import pairing_key
from jiedui.regions import places
from jiedui.ui.numbers import Number

from .checks import Checked
from .ledger import Verdict
from .model import Finding

KINDS = {"agrees": "ok", "differs": "ne", "absent": "no"}
SEVERITIES = {"error": gettext_lazy("文中自相矛盾"), "warn": gettext_lazy("存疑，请核实")}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with ``kind`` (ok, ne, no, su) it is a figure that is marked.

    ``href`` leads to the figure's page or to the point below; ``note`` says in words what the sign says.
    """

    text: str
    kind: str = ""
    href: str = ""
    note: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at: a difference (ne) or a sum that does not hold (su)."""

    anchor: str
    kind: str
    title: str
    said: str
    arithmetic: str
    reason: str
    figure: str
    question: str
    start: int


@dataclass(frozen=True, slots=True)
class Row:
    """A figure that agrees or is absent, for the tables under the text."""

    surface: str
    name: str
    number: Number | None
    unit: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text of a check as the page shows it."""

    number: int
    name: str
    text: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    points: tuple[Point, ...]
    notes: tuple[Finding, ...]
    agreeing: tuple[Row, ...]
    absent: tuple[Row, ...]
    counts: dict[str, int]
    pairing: str
    day: str
    head: int


def sheet(checked: Checked, number: int) -> Sheet:
    """One check as a sheet; ``number`` keeps the anchors of several texts apart."""
    points = _points(checked, number)
    marks = _marks(checked, points, number)
    pair = checked.pairing
    counts = dict.fromkeys(("ok", "ne", "su", "no"), 0)
    for piece in marks.values():
        counts[piece.kind] += 1
    return Sheet(
        number=number,
        name=checked.name,
        text=checked.text,
        paragraphs=_paragraphs(checked.text, marks),
        points=points,
        notes=tuple(f for f in checked.reading.findings if f.severity == "note"),
        agreeing=tuple(_row(one) for one in checked.verdicts if one.result == "agrees"),
        absent=tuple(_row(one) for one in checked.verdicts if one.result == "absent"),
        counts=counts,
        pairing="" if pair is None else places.pairing_names([pair]).get(pair, pairing_key(pair)),
        day=checked.day.isoformat(),
        head=checked.head,
    )


def _points(checked: Checked, number: int) -> tuple[Point, ...]:
    """Differences and findings in reading order."""
    found = [_difference(checked, one) for one in checked.verdicts if one.result == "differs"]
    found += [_contradiction(one) for one in checked.reading.findings if one.severity != "note"]
    found.sort(key=lambda point: point.start)
    return tuple(
        replace(point, anchor=f"p{number}-{order}") for order, point in enumerate(found, 1)
    )


def _difference(checked: Checked, one: Verdict) -> Point:
    answer = one.answer
    assert answer is not None
    known = formats.in_text(answer.indicator, answer.approved)
    return Point(
        anchor="",
        kind="ne",
        title=_("与账不符：%(place)s%(name)s")
        % {"place": formats.place_name(answer.question), "name": answer.indicator.name},
        said=_("文中 %(mine)s，账上 %(known)s") % {"mine": _written(checked, one), "known": known},
        arithmetic="",
        reason=one.reason,
        figure=answer.question.address,
        question=formats.sentence(answer),
        start=one.quantity.start,
    )


def _contradiction(finding: Finding) -> Point:
    return Point(
        anchor="",
        kind="su",
        title=finding.message,
        said="",
        arithmetic=finding.arithmetic,
        reason=str(SEVERITIES[finding.severity]),
        figure="",
        question="",
        start=finding.start,
    )


def _written(checked: Checked, one: Verdict) -> str:
    """The figure with the word before it that bounds it: 超过2000万元."""
    quantity = one.quantity
    before = checked.text[max(quantity.start - 4, 0) : quantity.start]
    approx = quantity.approx or ""
    return (approx if approx and approx in before else "") + quantity.surface


def _marks(
    checked: Checked, points: tuple[Point, ...], number: int
) -> dict[tuple[int, int], Piece]:
    """The marked spans; a sum that does not hold is shown before what merely agrees."""
    anchors = {(point.kind, point.start): point.anchor for point in points}
    words = {"ok": _("相符"), "ne": _("与账不符"), "no": _("账上没有"), "su": _("算式不成立")}
    marks: dict[tuple[int, int], Piece] = {}
    for order, one in enumerate(checked.verdicts, 1):
        quantity, kind = one.quantity, KINDS[one.result]
        anchor = anchors.get((kind, quantity.start), "")
        figure = one.answer.question.address if one.answer else ""
        note = f"{words[kind]}：{one.reason}" if one.reason else words[kind]
        marks[quantity.start, quantity.end] = Piece(
            quantity.surface, kind, f"#{anchor}" if anchor else figure, note, f"m{number}-{order}"
        )
    for finding in checked.reading.findings:
        span = finding.start, finding.end
        if finding.severity == "note" or (span in marks and marks[span].kind == "ne"):
            continue
        anchor = anchors["su", finding.start]
        surface = checked.text[finding.start : finding.end]
        note = f"{words['su']}：{finding.arithmetic}"
        marks[span] = Piece(surface, "su", f"#{anchor}", note, f"s{anchor}")
    return marks


def _paragraphs(text: str, marks: dict[tuple[int, int], Piece]) -> tuple[tuple[Piece, ...], ...]:
    """The text line by line, unchanged but for empty lines; marks that overlap show the first."""
    lines: list[list[Piece]] = [[]]

    def say(stretch: str) -> None:
        for order, line in enumerate(stretch.splitlines(keepends=True)):
            if order and lines[-1]:
                lines.append([])
            if line.strip():
                lines[-1].append(Piece(line.rstrip("\r\n")))
            if line.endswith(("\n", "\r")) and lines[-1]:
                lines.append([])

    pos = 0
    for (start, end), piece in sorted(marks.items(), key=lambda item: item[0]):
        if start < pos:
            continue
        say(text[pos:start])
        lines[-1].append(piece)
        pos = end
    say(text[pos:])
    return tuple(tuple(line) for line in lines if line)


def _row(one: Verdict) -> Row:
    quantity, answer = one.quantity, one.answer
    if answer is None:
        name = quantity.head or ""
        return Row(quantity.surface, name[-20:], None, "", "", one.reason)
    start, end = answer.question.window
    since = start.isoformat() if start else _("建账起")
    return Row(
        surface=quantity.surface,
        name=f"{formats.place_name(answer.question)} {answer.indicator.name}",
        number=formats.cell(answer),
        unit=answer.indicator.display_unit,
        when=f"{since} 至 {end.isoformat()}",
        reason=one.reason,
    )
