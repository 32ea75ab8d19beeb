"""Tables within a text: lines of cells whose units stand in the head of the table, 单位：个、万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^\t \u3000|│┃]+")
_SLASHED = re.compile(r"[／/]")
_ROW = re.compile(r"[\t |│┃／/\u3000][ \u3000]*[-+↑↓▲▼]?\d")
_GAP = re.compile("[\t |│┃／/\u3000]")
_BARRED = re.compile(r"[\t|│┃]")
_SPACED = re.compile(r"[ \u3000]{2,}|\u3000")
_NUMBER = re.compile(r"[↑↓▲▼+-]?(\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?)")
_EMPTY = frozenset(("-", "—", "——", "/", "／", "、"))
_LAST = "%-—/／、"
_UNITS = re.compile(r"单位[：:]\s?([^\s）)；;。]{1,24})")
_KNOWN_UNIT = re.compile(
    "元|人|个|户|亩|项|家|名|吨|头|只|期|场|座|公里|米|斤|%|批|次|村|件|套|台|处"
)
_IN_HEAD = re.compile(r"[（(/]([^（）()]{1,6})[)）]?$")
_MONEY = re.compile("资金|投资|金额|额|经费|款|投入|支出|收入|产值|预算")
_PEOPLE = re.compile("人数|人次|人口|劳动力|干部|人才|就业|务工|培训|学生|教师|医生|学员|输出|输转")
_SHARE = re.compile("率|占比|比例|比重|%|年份|年度$|备注")
_TOTAL = re.compile(r"合\s?计|总\s?计|小\s?计|共\s?计|总数")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HEAD_LINES = 4
_MOST_CELLS = 24
_LEAST = 2
"""Two rows make a table, with a number behind a gap in each."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, its column's noun and unit as written ("" for none), or words with a figure."""

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

    @property
    def corner(self) -> str:
        """The head of the first column: what the lines are."""
        cells = _cut(self.head)
        first = self.head[slice(*cells[0])] if cells else self.head.split(" ")[0]
        return first.strip()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line cut into cells: the words before its numbers, the spans of the rest, None for an empty cell."""

    label: str
    spans: tuple[tuple[int, int] | None, ...]
    mixed: bool
    """Words stand among the numbers, so that only a head with as many cells makes it a row."""


def tables(text: str) -> Iterator[Table]:
    """The tables of a half-width text in order; linear in its length."""
    if len(_ROW.findall(text)) < _LEAST:
        return
    before: list[tuple[int, str]] = []
    run: list[_Line] = []
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        row = _row(text, line.start(), line.end())
        if row and run and run[0].mixed and not row.mixed:
            # A line of such a table may end with an empty cell.
            row = _mixed(text, line.start(), line.end()) or row
        if row and (not run or (len(row.spans), row.mixed) == (len(run[0].spans), run[0].mixed)):
            run.append(row)
            continue
        if len(run) >= 2:
            yield from _table(text, run, before)
        before = [] if run else before
        run = [row] if row else []
        if not row:
            before = [*before[1 - _HEAD_LINES :], (line.start(), line[0][:200])]
    if len(run) >= 2:
        yield from _table(text, run, before)


def _row(text: str, start: int, end: int) -> _Line | None:
    """A label and the numbers behind it; a line of prose has words behind its numbers."""
    if end - start > 400 or not _GAP.search(text, start, end):
        return None
    last = text[start:end].rstrip("\t \u3000|│┃")[-1:]
    if last.isdigit() or last in _LAST:
        plain = _plain(text, start, end)
        if plain:
            return plain
    return _mixed(text, start, end)


def _plain(text: str, start: int, end: int) -> _Line | None:
    label = ""
    numbers: list[tuple[int, int] | None] = []
    for cell in _CELL.finditer(text, start, end):
        word = cell[0]
        number = _NUMBER.fullmatch(word)
        if number:
            if label:
                numbers.append(
                    (cell.start() + number.start(1), cell.end()) if word[0] != "-" else cell.span()
                )
        elif word in _EMPTY and label:
            numbers.append(None)
        elif numbers or len(word) > 24 or not _HAN.search(word):
            return None
        else:
            label = word if not label else f"{label} {word}"
    if not label or not numbers or len(numbers) > _MOST_CELLS or not any(numbers):
        return None
    return _Line(label, tuple(numbers), mixed=False)


def _cut(line: str) -> list[tuple[int, int]]:
    """The cells of a line of words and numbers: between bars, slashes or wide blanks."""
    for pattern, least in ((_BARRED, 2), (_SLASHED, 2), (_SPACED, 2)):
        marks = list(pattern.finditer(line.strip("\u3000 ")))
        if len(marks) >= least:
            break
    else:
        return []
    offset = len(line) - len(line.lstrip("\u3000 "))
    ends = [(m.start() + offset, m.end() + offset) for m in marks]
    starts = [offset, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(line.rstrip("\u3000 "))]
    return list(zip(starts, stops, strict=True))


def _mixed(text: str, start: int, end: int) -> _Line | None:
    """张家滩冷库／产业／库容1500吨／980／310户: at least one bare number among the words."""
    line = text[start:end]
    if re.search("[。；;！？]", line):
        return None
    cells = _cut(line)
    if not 3 <= len(cells) <= _MOST_CELLS:
        return None
    words = [line[a:b].strip() for a, b in cells]
    bare = sum(bool(_NUMBER.fullmatch(word)) for word in words[1:])
    if not bare or not words[0] or any(len(word) > 40 for word in words):
        return None
    spans: list[tuple[int, int] | None] = []
    for (a, b), word in zip(cells[1:], words[1:], strict=True):
        lead = len(line[a:b]) - len(line[a:b].lstrip())
        span = (start + a + lead, start + a + lead + len(word))
        spans.append(None if word in _EMPTY or not word else span)
    label = next((word for word in words if _HAN.search(word)), words[0])
    return _Line(label, tuple(spans), mixed=True)


def _table(text: str, run: list[_Line], before: list[tuple[int, str]]) -> Iterator[Table]:
    width = len(run[0].spans)
    nouns = _nouns(before, width, mixed=run[0].mixed)
    units = _units(before, nouns, width)
    own = [_IN_HEAD.search(row.label) for row in run]
    if run[0].mixed and not any(nouns):
        return
    if not any(units) and not all(own):
        return
    rows = []
    for row, unit in zip(run, own, strict=True):
        cells = tuple(
            _cell(text, span, noun, named or (unit[1] if unit and not _SHARE.search(noun) else ""))
            for span, noun, named in zip(row.spans, nouns, units, strict=True)
        )
        label = row.label.split(" ")[-1]
        rows.append(Row(label[: unit.start() - len(row.label)] if unit else label, cells))
    yield Table(tuple(rows), before[-1][1] if before else "")


def _cell(text: str, span: tuple[int, int] | None, noun: str, unit: str) -> Cell | None:
    if span is None:
        return None
    number = _NUMBER.fullmatch(text, *span)
    if number is None or text[span[1] - 1] == "%":
        unit = ""
    return Cell(*span, noun, unit)


def _nouns(before: list[tuple[int, str]], width: int, *, mixed: bool) -> list[str]:
    if mixed:
        for _, line in reversed(before[-2:]):
            heads = [line[a:b].strip() for a, b in _cut(line)]
            if len(heads) == width + 1 and not any(any(c.isdigit() for c in h) for h in heads):
                return heads[1:]
        return [""] * width
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
        named = next((m for m in _UNITS.finditer(line) if _KNOWN_UNIT.search(m[1])), None)
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
