"""The page of a check as plain values: the text in pieces with its marks, and what to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiedui.figures import formats
from jiedui.indicators import catalogue
from jiedui.lib.places import pairing_key
from jiedui.regions import places
from jiedui.ui.numbers import Number

from .by_hand import Correction
from .checks import Checked
from .ledger import Verdict, when
from .marking import KINDS, Piece, mark_of, marks_of, paragraphs_of, row_of, spot_of
from .reader.model import Finding

SEVERITIES = {"error": gettext_lazy("文中自相矛盾"), "warn": gettext_lazy("存疑，请核实")}


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
    fix: str = ""
    mark: str = ""
    """How a correction names the figure, and the anchor of its mark; "" where there is no one figure."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure that agrees or is absent, for the tables under the text."""

    surface: str
    name: str
    number: Number | None
    unit: str
    when: str
    reason: str
    fix: str
    mark: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading set by hand: what it is now, and ``drop`` to take it back."""

    surface: str
    sign: str
    said: tuple[str, ...]
    mark: str
    drop: str
    fix: str


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
    corrected: tuple[Corrected, ...]


def sheet(checked: Checked, number: int) -> Sheet:
    """One check as a sheet; ``number`` keeps the anchors of several texts apart."""
    points = _points(checked, number)
    marks = marks_of(checked, {(point.kind, point.start): point.anchor for point in points}, number)
    pair = checked.pairing
    agreeing, absent = _rows(checked, number, "agrees"), _rows(checked, number, "absent")
    # As many as each list below the text has: a figure may be absent and part of a wrong sum.
    counts = {kind: sum(point.kind == kind for point in points) for kind in ("ne", "su")}
    counts |= {"ok": len(agreeing), "no": len(absent)}
    return Sheet(
        number=number,
        name=checked.name,
        text=checked.text,
        paragraphs=paragraphs_of(checked.text, marks),
        points=points,
        notes=tuple(f for f in checked.reading.findings if f.severity == "note"),
        agreeing=agreeing,
        absent=absent,
        counts=counts,
        pairing="" if pair is None else places.pairing_names([pair]).get(pair, pairing_key(pair)),
        day=checked.day.isoformat(),
        head=checked.head,
        corrected=_corrected(checked, number),
    )


def _points(checked: Checked, number: int) -> tuple[Point, ...]:
    """Differences and findings in reading order."""
    found = [
        _difference(checked, number, one) for one in checked.verdicts if one.result == "differs"
    ]
    found += [_contradiction(one) for one in checked.reading.findings if one.severity != "note"]
    found.sort(key=lambda point: point.start)
    return tuple(
        replace(point, anchor=f"p{number}-{order}") for order, point in enumerate(found, 1)
    )


def _difference(checked: Checked, number: int, one: Verdict) -> Point:
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
        fix=spot_of(number, one.quantity),
        mark=mark_of(number, one.quantity),
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


def _rows(checked: Checked, number: int, result: str) -> tuple[Row, ...]:
    return tuple(_row(number, one) for one in checked.verdicts if one.result == result)


def _row(number: int, one: Verdict) -> Row:
    quantity, answer = one.quantity, one.answer
    name, shown, unit, when = (quantity.head or "")[-20:], None, "", ""
    if answer is not None:
        start, end = answer.question.window
        name = f"{formats.place_name(answer.question)} {answer.indicator.name}"
        shown, unit = formats.cell(answer), answer.indicator.display_unit
        when = f"{start.isoformat() if start else _('建账起')} 至 {end.isoformat()}"
    return Row(
        surface=quantity.surface,
        name=name,
        number=shown,
        unit=unit,
        when=when,
        reason=one.reason,
        fix=spot_of(number, quantity),
        mark=mark_of(number, quantity),
        anchor=row_of(number, quantity),
    )


def _corrected(checked: Checked, number: int) -> tuple[Corrected, ...]:
    """The figures read by hand, in reading order."""
    names = places.names(one.region for one in checked.by_hand.values() if one.region)
    return tuple(
        Corrected(
            one.quantity.surface,
            KINDS[one.result],
            _said(given, names),
            mark_of(number, one.quantity),
            str(given),
            spot_of(number, one.quantity),
        )
        for one in checked.verdicts
        if (given := checked.by_hand.get(one.quantity.id))
    )


def _said(given: Correction, names: dict[int, str]) -> tuple[str, ...]:
    """What a person said of a figure: 实际到位投资额, 上林县, 截至 2023-09-30."""
    said = [catalogue.get(given.indicator).name] if given.indicator else []
    if given.region is not None:
        name = names.get(given.region, f"{given.region:012d}")
        said.append(name + places.OWN if given.own else name)
    return (*said, when(given.window)) if given.window else tuple(said)
