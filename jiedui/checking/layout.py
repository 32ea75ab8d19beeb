"""The lines of a printed page as running text: what a page breaks is joined, what it adds is dropped.

A line goes on in the next one where the next one's first word would not have fitted into it, and
nothing else (an indent, a wider gap, another size of letter, the cells of a table) parts the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

NEIGHBOURS = 8
"""Lines before and after one that tell how wide its text is set and how far apart its lines are."""
MARGIN = 0.12
"""The part of a page's height at its head and foot where running heads and page numbers stand."""
INDENT = 0.8
NARROWEST = 10.0
"""Text set narrower than this many letters is a cell or a list; its lines are not joined."""
LONG = 25.0

_NUMBER = r"(?:\d{1,4}|[IVXivx]{1,6}|[一二三四五六七八九十百]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[—–\-－~·]+\s*{_NUMBER}\s*[—–\-－~·]+"
    rf"|第\s*{_NUMBER}\s*页(?:\s*[,，/／]?\s*共\s*{_NUMBER}\s*页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"
    r"|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(
    r"[“‘（《〈「『【(]*(?:[0-9A-Za-z.,%:/+\-]+|.)[，。、；：！？）》〉」』】”’,.;:!?)%]*"
)
_LATIN = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line where it stands, in points from the lower left; ``size`` is that of its letters.

    ``base`` is the height of what the letters stand on.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines in the order of the file; ``picture`` where it holds a picture and no text."""

    height: float
    lines: tuple[Line, ...]
    picture: bool = False


def text_of(pages: Sequence[Page]) -> str:
    """The text of all pages, a paragraph or a row of a table a line; "" where there is none.

    A page that is a picture among others is one line that says so.
    """
    pieces: list[str] = []
    last: _Set | None = None
    for number, (page, lines) in enumerate(zip(pages, without_furniture(pages), strict=True), 1):
        if page.picture:
            pieces.append(f"\n（第{number}页是图片，没有可读的文字，未核校）")
            last = None
        for line in _setting(lines):
            goes_on = last is not None and _goes_on(last, line)
            pieces.append(_join(pieces[-1], line.text) if goes_on else f"\n{line.text}")
            last = line
    return "".join(pieces).removeprefix("\n")


# Running heads and page numbers.


def without_furniture(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page without its running heads and page numbers."""
    kept: list[list[Line]] = []
    repeated = _repeated(pages)
    for number, page in enumerate(pages):
        edges = set(_edges(page))
        kept.append(
            [
                line
                for index, line in enumerate(page.lines)
                if index not in edges
                or not ((number, index) in repeated or _PAGE_NUMBER.fullmatch(line.text))
            ]
        )
    return kept


def _edges(page: Page) -> list[int]:
    """The two highest and two lowest lines, where they stand at the head or foot of the page."""
    order = sorted(range(len(page.lines)), key=lambda index: page.lines[index].base)
    low, high = page.height * MARGIN, page.height * (1 - MARGIN)
    feet = [index for index in order[:2] if page.lines[index].base < low]
    return feet + [index for index in order[-2:] if page.lines[index].base > high]


def _repeated(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Page and index of the lines that stand on several pages, the same or counting the pages."""
    alike: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for index in _edges(page):
            line = page.lines[index]
            key = _DIGITS.sub("#", line.text), round(line.base / 8)
            alike.setdefault(key, []).append((number, index))
    enough = 2 if len(pages) < 4 else 3
    return {
        place
        for places in alike.values()
        if len(places) >= enough and _is_running([(n, pages[n].lines[i].text) for n, i in places])
        for place in places
    }


def _is_running(found: Sequence[tuple[int, str]]) -> bool:
    """Whether each number in the lines stays the same or grows with the number of the page."""
    columns = zip(*(map(int, _DIGITS.findall(text)) for _page, text in found), strict=True)
    offsets = [
        (len(set(column)) == 1, len({n - page for n, (page, _) in zip(column, found, strict=True)}))
        for column in columns
    ]
    if not _DIGITS.sub("", found[0][1]).strip():
        # Nothing but digits may be a row of a table, unless it counts the pages.
        return len(offsets) == 1 and offsets[0][1] == 1
    return all(is_same or grows == 1 for is_same, grows in offsets)


# Lines that go on.


@dataclass(frozen=True, slots=True)
class _Set:
    """A line and how the text around it is set: its edges, and the least distance of two lines."""

    text: str
    line: Line
    left: float
    right: float
    leading: float
    is_measured: bool
    """Another line reaches the right edge too, or the line is long enough to be its own measure."""


def _setting(lines: Sequence[Line]) -> Iterator[_Set]:
    rows = _rows(lines)
    steps = [one.base - two.base for one, two in pairwise(rows)] + [0.0]
    for index, line in enumerate(rows):
        low = max(index - NEIGHBOURS, 0)
        near = range(low, min(index + NEIGHBOURS + 1, len(rows)))
        like = [i for i in near if _is_like(rows[i], line)]
        right = max(rows[i].right for i in like)
        reach = sum(rows[i].right > right - line.size for i in like)
        leading = [steps[i] for i in like if i + 1 in like and steps[i] > 0.5 * line.size]
        wide = line.right - line.left >= LONG * line.size
        yield _Set(
            line.text,
            line,
            min(rows[i].left for i in like),
            right,
            min(leading, default=2 * line.size),
            reach > 1 or wide,
        )


def _rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with pieces of one height put together, cells apart by a tab."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if (
            last is not None
            and abs(last.base - line.base) < 0.3 * last.size
            and line.left >= last.right - 0.3 * last.size
        ):
            gap = (line.left - last.right) / last.size
            apart = "" if gap < 0.2 else " " if gap < 1 else "\t"
            rows[-1] = Line(
                last.text + apart + line.text, last.left, line.right, last.base, last.size
            )
        else:
            rows.append(line)
    return rows


def _is_like(one: Line, other: Line) -> bool:
    return 0.8 < one.size / other.size < 1.25 and abs(one.left - other.left) <= 3.2 * other.size


def _goes_on(one: _Set, two: _Set) -> bool:
    """Whether the second line is the rest of the first."""
    a, b, size = one.line, two.line, one.line.size
    if "\t" in a.text or "\t" in b.text or not one.is_measured:
        return False
    if one.right - one.left < NARROWEST * size or not _is_same_size(a, b):
        return False
    step = a.base - b.base
    # On the next page or in the next column the distance says nothing.
    is_below = step > 0
    if not is_below and not two.is_measured:
        return False
    edge = min(one.left, two.left) if is_below else two.left
    if b.left > edge + INDENT * size and (not is_below or b.left > a.left - INDENT * size):
        return False
    if step > 1.3 * max(min(one.leading, two.leading), size):
        return False
    return a.right + _width(b.text) * size > one.right - 0.3 * size


def _is_same_size(a: Line, b: Line) -> bool:
    return 0.85 < a.size / b.size < 1.18


def _width(text: str) -> float:
    """The width of the first word of a line with its punctuation, in letters; at most ten."""
    match = _WORD.match(text)
    word = match[0] if match else ""
    return min(sum(0.5 if ord(char) < 0x2000 else 1.0 for char in word), 10.0)


def _join(before: str, after: str) -> str:
    """What is added to a text to go on: words of letters are parted by a space, numbers by nothing."""
    is_word = before[-1:].isascii() and before[-1:].isalpha()
    return f" {after}" if is_word and _LATIN.match(after) and after[0].isalpha() else after
