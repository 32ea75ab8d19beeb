"""The text of a check sheet in pieces: every figure with its sign and a number to find it by on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .checks import Checked
from .reader.model import Quantity

KINDS = {"agrees": "ok", "differs": "ne", "absent": "no"}
SIGNS = {"ok": "✓", "ne": "≠", "su": "Σ", "no": "?"}
TITLE_LONGEST = 40
UNSEEN = dict.fromkeys(
    [*range(0x20), 0x7F, *range(0x80, 0xA0), 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
) | {0x09: "\u2003\u2003"}
"""What paper cannot show or what turns the direction of writing; a tab becomes a gap."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span; ``kind`` is how it looks (ok, ne, su, no), ``sign`` holds every sign it has."""

    start: int
    end: int
    kind: str
    sign: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; without ``kind`` it is plain."""

    text: str
    kind: str = ""
    sign: str = ""
    number: int = 0


def marks(checked: Checked) -> tuple[Mark, ...]:
    """The figures that were compared and those in doubt, numbered from 1 in reading order."""
    kinds: dict[tuple[int, int], list[str]] = {}
    for one in checked.verdicts:
        kinds.setdefault((one.quantity.start, one.quantity.end), []).append(KINDS[one.result])
    for finding in checked.reading.findings:
        if finding.severity != "note":
            of = kinds.setdefault((finding.start, finding.end), [])
            if "su" not in of:
                of.append("su")
    found = []
    for number, ((start, end), of) in enumerate(sorted(kinds.items()), 1):
        kind = min(of, key=["ne", "su", "no", "ok"].index)
        found.append(Mark(start, end, kind, "".join(SIGNS[one] for one in of), number))
    return tuple(found)


def paragraphs(text: str, found: Sequence[Mark]) -> tuple[tuple[Piece, ...], ...]:
    """The text paragraph by paragraph, without empty lines; a mark inside another is not shown.

    Nothing is changed but what paper cannot show (control characters), and the spaces that paragraphs
    begin with.
    """
    lines: list[list[Piece]] = [[]]

    def say(stretch: str) -> None:
        first, *others = stretch.splitlines() or [""]
        if first:
            lines[-1].append(Piece(first))
        lines.extend([Piece(line)] if line else [] for line in others)
        if stretch.endswith(("\n", "\r")):
            lines.append([])

    pos = 0
    for mark in found:
        if mark.start < pos or mark.end > len(text):
            continue
        say(text[pos : mark.start])
        lines[-1].append(Piece(text[mark.start : mark.end], mark.kind, mark.sign, mark.number))
        pos = mark.end
    say(text[pos:])
    return tuple(pieces for line in lines if (pieces := _shown(line)))


def _shown(line: Sequence[Piece]) -> tuple[Piece, ...]:
    pieces = [
        Piece(piece.text.translate(UNSEEN), piece.kind, piece.sign, piece.number) for piece in line
    ]
    if pieces and not pieces[0].kind:
        pieces[0] = Piece(pieces[0].text.lstrip())
    if not "".join(piece.text for piece in pieces).strip():
        return ()
    return tuple(piece for piece in pieces if piece.text)


def title(text: str) -> str:
    """The first line with something on it, cut to forty characters."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    first = first.translate(UNSEEN)
    return first if len(first) <= TITLE_LONGEST else first[: TITLE_LONGEST - 1] + "…"


def has_title(found: Sequence[Sequence[Piece]]) -> bool:
    """Whether the first paragraph is a title: short, without a full stop, and more follows."""
    if len(found) < 2:
        return False
    first = "".join(piece.text for piece in found[0]).strip()
    return len(first) <= TITLE_LONGEST and not first.endswith(tuple("。；：！？，"))


def written(text: str, quantity: Quantity) -> str:
    """The figure with the word before it that bounds it: 超过2000万元."""
    approx = quantity.approx or ""
    before = text[max(quantity.start - 4, 0) : quantity.start]
    surface = quantity.surface.translate(UNSEEN)
    return approx + surface if approx and before.endswith(approx) else surface
