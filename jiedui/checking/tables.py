"""Tables within a text: lines of cells whose units stand in the head of the table, 单位：个、万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^\t |│┃]+")
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?%?")
_EMPTY = frozenset(("-", "—", "——", "/", "／", "、"))
_LAST = "%-—/／、"
_UNITS = re.compile(r"单位[：:]\s?([^\s）)；;。]{1,24})")
_IN_HEAD = re.compile(r"[（(/]([^（）()]{1,6})[)）]?$")
_MONEY = re.compile("资金|投资|金额|额|经费|款|投入|支出|收入|产值|预算")
_PEOPLE = re.compile("人数|人次|人口|劳动力|干部|人才")
_SHARE = re.compile("率|占比|比例|比重|%|年份|年度$|备注")
_TOTAL = re.compile(r"合\s?计|总\s?计|小\s?计|共\s?计|总数")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HEAD_LINES = 4
_MOST_CELLS = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, its column's noun and unit as written ("" for none)."""

    start: int
    end: int
    noun: str
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its label and its cells by column, None for an empty one."""

    label: str
    cells: tuple[Cell | None, ...]

    @property
    def is_total(self) -> bool:
        return bool(_TOTAL.match(self.label))


@dataclass(frozen=True, slots=True)
class Table:
    """Two rows or more that follow one another and have equally many numbers."""

    rows: tuple[Row, ...]
    head: str = ""
    """The line above the first row, where there is one."""


def tables(text: str) -> Iterator[Table]:
    """The tables of a half-width text in order; linear in its length."""
    before: list[tuple[int, str]] = []
    run: list[tuple[str, list[tuple[int, int] | None]]] = []
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        row = _row(text, line.start(), line.end())
        if row and (not run or len(row[1]) == len(run[0][1])):
            run.append(row)
            continue
        if len(run) >= 2:
            yield from _table(run, before)
        before = [] if run else before
        run = [row] if row else []
        if not row:
            before = [*before[1 - _HEAD_LINES :], (line.start(), line[0][:200])]
    if len(run) >= 2:
        yield from _table(run, before)


def _row(text: str, start: int, end: int) -> tuple[str, list[tuple[int, int] | None]] | None:
    """A label and the numbers behind it; a line of prose has words behind its numbers."""
    if end - start > 400:
        return None
    last = text[start:end].rstrip("\t |│┃")[-1:]
    if not (last.isdigit() or last in _LAST):
        return None
    label = ""
    numbers: list[tuple[int, int] | None] = []
    for cell in _CELL.finditer(text, start, end):
        word = cell[0]
        if _NUMBER.fullmatch(word):
            if label:
                numbers.append(cell.span())
        elif word in _EMPTY and label:
            numbers.append(None)
        elif numbers or len(word) > 24 or not _HAN.search(word):
            return None
        else:
            label = word if not label else f"{label} {word}"
    if not label or not numbers or len(numbers) > _MOST_CELLS or not any(numbers):
        return None
    return label, numbers


def _table(
    run: list[tuple[str, list[tuple[int, int] | None]]], before: list[tuple[int, str]]
) -> Iterator[Table]:
    width = len(run[0][1])
    nouns = _nouns(before, width)
    units = _units(before, nouns, width)
    if not any(units):
        return
    yield Table(
        tuple(
            Row(
                label.split(" ")[-1],
                tuple(
                    Cell(*span, noun, unit) if span else None
                    for span, noun, unit in zip(numbers, nouns, units, strict=True)
                ),
            )
            for label, numbers in run
        ),
        before[-1][1] if before else "",
    )


def _nouns(before: list[tuple[int, str]], width: int) -> list[str]:
    for _, line in reversed(before):
        cells = [cell for cell in _CELL.findall(line) if _HAN.search(cell)]
        if len(cells) > width:
            return [str(cell) for cell in cells[-width:]]
    return [""] * width


def _units(before: list[tuple[int, str]], nouns: list[str], width: int) -> list[str]:
    """Units in the head of each column, or else those the line 单位：… names."""
    own = [found[1] if (found := _IN_HEAD.search(noun)) else "" for noun in nouns]
    if all(own):
        return own
    for _, line in reversed(before):
        named = _UNITS.search(line)
        if named:
            listed = [word for word in re.split("[、，,/]", named[1]) if word]
            if len(listed) == width:
                return listed
            return [mine or _fitting(noun, listed) for mine, noun in zip(own, nouns, strict=True)]
    return own


def _fitting(noun: str, listed: list[str]) -> str:
    """The unit a column takes from a list that is shorter or longer than the columns."""
    if len(listed) == 1:
        return "" if _SHARE.search(noun) else listed[0]
    money = [word for word in listed if "元" in word]
    people = [word for word in listed if word.startswith("人")]
    if _MONEY.search(noun):
        return money[0] if money else ""
    if _PEOPLE.search(noun):
        return people[0] if people else ""
    rest = [word for word in listed if word not in money and word not in people]
    return rest[0] if rest else listed[0] if len(listed) == 1 and not noun else ""
