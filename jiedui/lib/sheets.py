"""Excel in and out. Uploads are hostile until read: parsed in a child process with hard limits.

A cell is None, text, an int, a Decimal (as many digits as Excel shows), a bool, a date, a datetime, a
time or a CellError; never a float. Text that goes out is text: no cell we write is ever a formula.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

CHILD = Path(__file__).with_name("sheets_child.py")
TEXT_LONGEST = 32_767


class UnreadableWorkbook(ValueError):
    """A file that is refused as a whole; the message is a Chinese sentence for the person."""


class CellError(NamedTuple):
    """A cell that holds an error (#REF!), or a formula whose result was never saved ("")."""

    code: str

    def __str__(self) -> str:
        return self.code or "公式未保存结果"


Cell = None | str | int | Decimal | bool | date | datetime | time | CellError


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be, and what reading it may cost."""

    file_bytes: int = 20_000_000
    parts: int = 2_000
    part_bytes: int = 60_000_000
    total_bytes: int = 300_000_000
    ratio: int = 200
    rows: int = 200_000
    columns: int = 300
    cells: int = 5_000_000
    text: int = TEXT_LONGEST
    memory_bytes: int = 1_000_000_000
    cpu_seconds: int = 20
    wall_seconds: int = 60


LIMITS = Limits()
_RATIO_COUNTS_FROM = 1_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """One worksheet. ``rows[0]`` is the sheet's first row, so an index is a row number less one.

    Rows end at their last filled cell. ``merged`` holds (first row, first column, last row, last column),
    ``hidden_rows`` and ``hidden_columns`` numbers, all from 0; hidden ones are read like the others.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def address(row: int, column: int) -> str:
    """The name a person knows a cell by: (0, 27) → "AB1"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


# In.


def read(content: bytes, limits: Limits = LIMITS) -> list[Table]:
    """All worksheets of an .xlsx in order; raises UnreadableWorkbook for everything that is not one.

    The web process only looks at the directory of the zip; everything else happens in the child.
    """
    _scan(content, limits)
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(CHILD), json.dumps(asdict(limits))],
            input=content,
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
            env={key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},
            cwd="/",
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbook("这个文件读得太久，已停止；请拆成几个小文件。") from error
    if done.returncode != 0:
        raise UnreadableWorkbook("这个文件超出可读的大小，或已损坏；请拆成几个小文件，另存后重试。")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise UnreadableWorkbook(answer["refused"])
    return [_table(table) for table in answer["tables"]]


def _scan(content: bytes, limits: Limits) -> None:
    """Refuse by the zip's directory alone: wrong kind, too much, encrypted, macros, outside links."""
    if len(content) > limits.file_bytes:
        raise UnreadableWorkbook(f"文件超过{limits.file_bytes // 1_000_000}MB，请拆分后上传。")
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableWorkbook("这是旧版.xls或加了密码的文件，请去掉密码，另存为.xlsx。")
    if content[:4] != b"PK\x03\x04":
        raise UnreadableWorkbook("这不是.xlsx文件，请用Excel或WPS另存为.xlsx。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableWorkbook("这个文件已损坏，请重新保存后上传。") from error
    names = {part.filename.lower() for part in parts}
    if len(names) != len(parts) or "xl/workbook.xml" not in names:
        raise UnreadableWorkbook("这不是.xlsx文件，请用Excel或WPS另存为.xlsx。")
    if any("vbaproject" in name for name in names):
        raise UnreadableWorkbook("文件含有宏，请另存为不含宏的.xlsx。")
    if any(name.startswith(("xl/externallinks/", "xl/embeddings/")) for name in names):
        raise UnreadableWorkbook("文件链接或嵌入了别的文件，请断开链接、删除嵌入对象后上传。")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableWorkbook("文件加了密码，请去掉密码后上传。")
    _scan_sizes(parts, len(content), limits)


def _scan_sizes(parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    too_large = UnreadableWorkbook("文件展开后太大，请拆成几个小文件。")
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.total_bytes:
        raise too_large
    for part in parts:
        swollen = part.file_size > max(part.compress_size, 1) * limits.ratio
        if part.file_size > limits.part_bytes or (swollen and part.file_size > _RATIO_COUNTS_FROM):
            raise too_large
    # Parts that share bytes are a bomb, whatever sizes they claim.
    if sum(part.compress_size for part in parts) > size:
        raise too_large


def _table(table: dict[str, Any]) -> Table:
    return Table(
        name=table["name"],
        rows=[[_cell(cell) for cell in row] for row in table["rows"]],
        hidden=table["hidden"],
        hidden_rows=tuple(table["hidden_rows"]),
        hidden_columns=tuple(table["hidden_columns"]),
        merged=tuple((top, left, bottom, right) for top, left, bottom, right in table["merged"]),
    )


def _cell(cell: Any) -> Cell:
    """A cell as the child wrote it: text, true and false as they are, else [kind, text]."""
    if cell is None or isinstance(cell, str | bool):
        return cell
    kind, text = cell
    match kind:
        case "n":
            number = Decimal(text)
            return int(number) if number == number.to_integral_value() else number
        case "d":
            return date.fromisoformat(text)
        case "s":
            return datetime.fromisoformat(text)
        case "t":
            return time.fromisoformat(text)
        case _:
            return CellError(text)


# Out.


@dataclass(frozen=True, slots=True)
class Column:
    """A column we write: its head, its width in characters, and Excel's number format."""

    title: str
    width: int = 14
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet we write: ``above`` are lines over the head (title, as-of), ``below`` under the rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = field(default=())
    below: Sequence[str] = field(default=())


def write(pages: Sequence[Page], *, created_at: datetime, title: str = "") -> bytes:
    """An .xlsx with these worksheets. The same input gives the same bytes.

    Raises ValueError for text longer than a cell holds, for a row longer than the columns and for a
    CellError. Whole numbers that Excel would round (over 15 digits) are written as text.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": title, "created": created_at.replace(tzinfo=None)})
        formats = _Formats(workbook)
        taken: set[str] = set()
        for page in pages:
            _write_page(workbook.add_worksheet(_page_name(page.name, taken)), page, formats)
    return buffer.getvalue()


class _Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.workbook.add_format(properties)
        return self.made[key]


def _page_name(name: str, taken: set[str]) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\, no two alike."""
    plain = "".join(c for c in name if c not in "[]:*?/\\" and c.isprintable()).strip("' ") or "表"
    wanted, number = plain[:31], 1
    while wanted.lower() in taken:
        number += 1
        ending = f"({number})"
        wanted = plain[: 31 - len(ending)] + ending
    taken.add(wanted.lower())
    return wanted


def _write_page(sheet: Any, page: Page, formats: _Formats) -> None:
    row = 0
    for line in page.above:
        _write_text(sheet, row, 0, line, formats, bold=row == 0)
        row += 1
    for index, column in enumerate(page.columns):
        sheet.set_column(index, index, column.width)
        _write_text(sheet, row, index, column.title, formats, bold=True)
    row += 1
    sheet.freeze_panes(row, 0)
    for cells in page.rows:
        if len(cells) > len(page.columns):
            raise ValueError(f"row {row + 1} has more cells than there are columns")
        for index, cell in enumerate(cells):
            _write_cell(sheet, row, index, cell, page.columns[index].number_format, formats)
        row += 1
    for line in page.below:
        _write_text(sheet, row, 0, line, formats)
        row += 1


DIGITS_EXACT = 15


def _write_cell(
    sheet: Any, row: int, index: int, cell: Cell, number_format: str, formats: _Formats
) -> None:
    """Write one cell by its type; bool comes before int and datetime before date, being both."""
    if cell is None:
        return
    if isinstance(cell, str):
        _write_text(sheet, row, index, cell, formats)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, index, cell)
    elif isinstance(cell, int | Decimal):
        if len(Decimal(cell).normalize().as_tuple().digits) <= DIGITS_EXACT:
            whole = cell == int(cell)
            sheet.write_number(row, index, cell, formats(num_format=_for(number_format, whole)))
        else:
            _write_text(
                sheet, row, index, f"{cell:f}" if isinstance(cell, Decimal) else str(cell), formats
            )
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, index, cell, formats(num_format="yyyy-mm-dd hh:mm:ss"))
    elif isinstance(cell, date):
        sheet.write_datetime(row, index, cell, formats(num_format="yyyy-mm-dd"))
    elif isinstance(cell, time):
        sheet.write_datetime(row, index, cell, formats(num_format="hh:mm:ss"))
    else:
        raise ValueError(f"no cell to write: {cell!r}")


def _for(number_format: str, whole: bool) -> str:
    """Decimals that may be missing leave their dot behind in Excel: a whole number goes without them."""
    return number_format.partition(".#")[0] if whole else number_format


_LOOKS_LIVE = tuple("=+-@\t\r\n＝＋－＠|%")


def _write_text(
    sheet: Any, row: int, index: int, text: str, formats: _Formats, *, bold: bool = False
) -> None:
    """Write text as text; what looks like a formula also gets Excel's own mark for text (')."""
    if len(text) > TEXT_LONGEST:
        raise ValueError(f"text of {len(text)} characters at {address(row, index)}")
    properties: dict[str, Any] = {"bold": True} if bold else {}
    if text.startswith(_LOOKS_LIVE):
        properties["quote_prefix"] = True
    sheet.write_string(row, index, text, formats(**properties) if properties else None)
