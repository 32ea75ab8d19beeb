"""The text of a check in pieces: what stands between the figures, and each figure with its mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .checks import Checked
from .reader.model import Quantity

KINDS = {"agrees": "ok", "differs": "ne", "absent": "no"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with ``kind`` (ok, ne, no, su) it is a figure that is marked.

    ``href`` leads to the figure's page or to the point below; ``note`` says in words what the sign says.
    ``by_hand`` marks a reading that a person corrected.
    """

    text: str
    kind: str = ""
    href: str = ""
    note: str = ""
    anchor: str = ""
    by_hand: bool = False


def mark_of(number: int, quantity: Quantity) -> str:
    """The anchor of a figure's mark, the same after another reading of the same text."""
    return f"m{number}-{quantity.start}"


def row_of(number: int, quantity: Quantity) -> str:
    """The anchor of a figure's row where it is absent."""
    return f"a{number}-{quantity.start}"


def spot_of(number: int, quantity: Quantity) -> str:
    """How a correction names a figure: its text from 1, where it begins and ends."""
    return f"{number}:{quantity.start}:{quantity.end}"


def marks_of(
    checked: Checked, anchors: Mapping[tuple[str, int], str], number: int
) -> dict[tuple[int, int], Piece]:
    """The marked spans; a sum that does not hold is shown before what merely agrees."""
    words = {"ok": _("相符"), "ne": _("与账不符"), "no": _("账上没有"), "su": _("算式不成立")}
    marks: dict[tuple[int, int], Piece] = {}
    for one in checked.verdicts:
        quantity, kind = one.quantity, KINDS[one.result]
        anchor = anchors.get((kind, quantity.start), "")
        figure = one.answer.question.address if one.answer else ""
        if kind == "no" and not figure:
            figure = f"#{row_of(number, quantity)}"
        note = f"{words[kind]}：{one.reason}" if one.reason else words[kind]
        by_hand = quantity.id in checked.by_hand
        marks[quantity.start, quantity.end] = Piece(
            quantity.surface,
            kind,
            f"#{anchor}" if anchor else figure,
            _("%s（手工改认）") % note if by_hand else note,
            mark_of(number, quantity),
            by_hand,
        )
    for finding in checked.reading.findings:
        span = finding.start, finding.end
        if finding.severity == "note" or (span in marks and marks[span].kind == "ne"):
            continue
        anchor = anchors["su", finding.start]
        surface = checked.text[finding.start : finding.end]
        note = f"{words['su']}：{finding.arithmetic}"
        known = marks.get(span, Piece(surface, anchor=f"s{anchor}"))
        marks[span] = replace(known, kind="su", href=f"#{anchor}", note=note)
    return marks


def paragraphs_of(text: str, marks: dict[tuple[int, int], Piece]) -> tuple[tuple[Piece, ...], ...]:
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
