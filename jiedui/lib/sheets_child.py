"""Reads one .xlsx from standard input and writes what it holds as JSON; run by sheets.read only.

It runs as a script of its own, isolated from the house: it imports nothing of ours, has no files to
write, and dies by its limits rather than take the web process with it.
"""

import io
import json
import posixpath
import re
import resource
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

Limits = dict[str, int]

REFUSED_TOO_LARGE = "表“{}”超过{}，请拆分后上传。"


class Refused(Exception):
    """The sentence for the person."""


def limit(limits: Limits) -> None:
    """Take the limits upon this process; there is no way back."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    # macOS has no limit of memory; the caps below still hold.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATION_ID = re.compile(r"\{.*relationships\}id$")


def part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """One XML part in UTF-8 without a DTD: no entity to expand, no encoding to hide it in."""
    with archive.open(name) as file:
        content = file.read(limits["part_bytes"] + 1)
    if len(content) > limits["part_bytes"]:
        raise Refused("文件展开后太大，请拆成几个小文件。")
    head = content[:200]
    encoding = re.search(rb'encoding=["\']([^"\']+)', head)
    if (
        content[:2] in (b"\xff\xfe", b"\xfe\xff")
        or b"\0" in head
        or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"))
    ):
        raise Refused("文件的编码不是UTF-8，请用Excel或WPS另存为.xlsx。")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("文件里有不该有的声明，请用Excel或WPS另存为.xlsx。")
    return content


def sheet_parts(archive: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
    """Names of worksheets with the part each is in."""
    # part() has refused every DTD, so there is nothing to expand.
    workbook = ET.fromstring(part(archive, "xl/workbook.xml", limits))  # noqa: S314
    relations = ET.fromstring(part(archive, "xl/_rels/workbook.xml.rels", limits))  # noqa: S314
    targets: dict[str, str] = {}
    for relation in relations:
        if relation.get("TargetMode") == "External":
            raise Refused("文件链接了别的文件，请断开链接后上传。")
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        )
    found: dict[str, str] = {}
    for sheet in workbook.iter():
        if sheet.tag in (f"{MAIN}sheet", f"{STRICT}sheet"):
            key = next((v for k, v in sheet.attrib.items() if RELATION_ID.search(k)), "")
            found[sheet.get("name", "")] = targets.get(key, "")
    return found


CELL = re.compile(
    rb"<(?:\w+:)?c(?=[\s/>])([^>]*?)(?:/>|>(<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*"
    rb"(<(?:\w+:)?(?:v|is)\b[^>]*>([^<]{0,12}))?)"
)
"""A cell: its attributes, its formula if any, its value if any, and how that value begins."""

REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
KIND = re.compile(rb'\bt="(\w+)"')
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


def number(attributes: bytes, name: bytes) -> int | None:
    match = re.search(rb'\b%s="([0-9]{1,7})"' % name, attributes)
    return int(match[1]) if match else None


def column_of(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value - 1


class Scanned(NamedTuple):
    """What calamine does not tell of a sheet; positions count from 0."""

    errors: dict[tuple[int, int], str]
    hidden_rows: list[int]
    hidden_columns: list[int]
    last_row: int


def scan(name: str, content: bytes, limits: Limits) -> Scanned:
    """Read a sheet's text without laying it out; refuse it when it reaches too far."""
    last_row = last_column = -1
    count = 0
    errors: dict[tuple[int, int], str] = {}
    columns: dict[bytes, int] = {}
    for match in CELL.finditer(content):
        count += 1
        if count > limits["cells"]:
            raise Refused(REFUSED_TOO_LARGE.format(name, f"{limits['cells']}个单元格"))
        reference = REFERENCE.search(match[1])
        if reference is None:
            continue
        row = int(reference[2]) - 1
        column = columns.get(reference[1])
        if column is None:
            column = columns[reference[1]] = column_of(reference[1])
        formula, value, text = match[2], match[3], match[4]
        kind = KIND.search(match[1])
        if formula is not None and not text and not (kind and kind[1] in (b"str", b"s")):
            errors[row, column] = ""
        elif value is None:
            continue
        elif kind and kind[1] == b"e":
            errors[row, column] = text.decode("utf-8", "replace")
        last_row, last_column = max(last_row, row), max(last_column, column)
    check_size(name, last_row + 1, last_column + 1, limits)
    hidden_rows = [
        hidden - 1
        for attributes in ROW.findall(content)
        if HIDDEN.search(attributes) and (hidden := number(attributes, b"r"))
    ]
    hidden_columns: list[int] = []
    for attributes in COL.findall(content):
        first, last = number(attributes, b"min"), number(attributes, b"max")
        if HIDDEN.search(attributes) and first and last:
            hidden_columns += range(first - 1, min(last, limits["columns"]))
    return Scanned(errors, hidden_rows, hidden_columns, last_row)


def check_size(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits["rows"]:
        raise Refused(REFUSED_TOO_LARGE.format(name, f"{limits['rows']}行"))
    if columns > limits["columns"]:
        raise Refused(REFUSED_TOO_LARGE.format(name, f"{limits['columns']}列"))
    if rows * columns > limits["cells"]:
        raise Refused(REFUSED_TOO_LARGE.format(name, f"{limits['cells']}个单元格"))


def written(value: object, limits: Limits, name: str) -> Any:
    """A cell for JSON; numbers with the 15 digits that Excel keeps and shows."""
    if value == "" or value is None:
        return None
    if isinstance(value, str):
        if len(value) > limits["text"]:
            raise Refused(f"表“{name}”有超过{limits['text']}字的单元格。")
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return ["n", format(value, ".15g")]
    if isinstance(value, datetime):
        return ["s", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["t", value.isoformat()]
    if isinstance(value, timedelta):
        return ["n", format(value / timedelta(days=1), ".15g")]
    raise Refused(f"表“{name}”有看不懂的单元格。")


def trimmed(row: list[Any]) -> list[Any]:
    """The row without what is empty at its end."""
    while row and row[-1] is None:
        row.pop()
    return row


def every_row(sheet: CalamineSheet) -> list[list[Any]]:
    """All rows from the sheet's first one, so that an index is a row number."""
    return list(sheet.to_python(skip_empty_area=False))


def table(
    workbook: CalamineWorkbook, metadata: SheetMetadata, scanned: Scanned, limits: Limits
) -> dict[str, Any]:
    name = metadata.name
    errors, hidden_rows, hidden_columns, last_row = scanned
    sheet = workbook.get_sheet_by_name(name)
    check_size(name, sheet.total_height, sheet.total_width, limits)
    rows = [trimmed([written(cell, limits, name) for cell in cells]) for cells in every_row(sheet)]
    for (row, column), code in errors.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        cells = rows[row]
        cells += [None] * (column + 1 - len(cells))
        if cells[column] is None:
            cells[column] = ["e", code]
    if len(rows) <= last_row:
        raise Refused(f"表“{name}”两种读法的行数不一致，请用Excel或WPS另存后上传。")
    while rows and not rows[-1]:
        rows.pop()
    return {
        "name": name,
        "rows": rows,
        "hidden": metadata.visible != SheetVisibleEnum.Visible,
        "hidden_rows": hidden_rows,
        "hidden_columns": hidden_columns,
        "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or []],
    }


def tables(content: bytes, limits: Limits) -> list[dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                part(archive, name, limits)
        parts = sheet_parts(archive, limits)
        contents = {
            name: part(archive, found, limits)
            for name, found in parts.items()
            if found in archive.namelist()
        }
    # All sizes are known before calamine lays out the first sheet.
    scans = {name: scan(name, sheet, limits) for name, sheet in contents.items()}
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        table(workbook, metadata, scans[metadata.name], limits)
        for metadata in workbook.sheets_metadata
        if metadata.typ == SheetTypeEnum.WorkSheet and metadata.name in scans
    ]


def main() -> None:
    limits = json.loads(sys.argv[1])
    limit(limits)
    content = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = {"tables": tables(content, limits)}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except Exception:  # noqa: BLE001
        # Whatever a broken file sets off means the same to the person who sent it.
        answer = {"refused": "这个文件已损坏，请用Excel或WPS重新保存后上传。"}
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


if __name__ == "__main__":
    main()
