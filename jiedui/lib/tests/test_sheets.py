"""Excel in and out: exact values, hostile files, and no formula ever written."""

import io
import re
import subprocess
import time as clock
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiedui.lib import sheets
from jiedui.lib.sheets import LIMITS, Cell, CellError, Column, Page, Table, UnreadableWorkbook

NOW = datetime(2023, 9, 30, 1, 2, 3, tzinfo=UTC)


def written(*rows: Sequence[Cell], **page: Any) -> bytes:
    columns = [Column(f"列{number}") for number in range(max(map(len, rows), default=1))]
    return sheets.write([Page("表", columns, rows, **page)], created_at=NOW)


def values(content: bytes) -> list[list[Cell]]:
    """The rows of the first sheet without its head."""
    return sheets.read(content)[0].rows[1:]


def rebuilt(content: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The workbook with parts changed, dropped (None) or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), part)
    return buffer.getvalue()


def in_sheet(pattern: str, by: str, content: bytes | None = None) -> bytes:
    """A workbook whose first worksheet has a text replaced; it must be there."""

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return part
        assert re.search(pattern, part.decode())
        return re.sub(pattern, lambda _match: by, part.decode(), count=1).encode()

    return rebuilt(content or written([1], [2]), change)


# Round trips.

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=30)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    TEXT.filter(lambda text: not re.search("_x[0-9A-Fa-f]{4}_", text)),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**9), 10**9, places=2),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1900, 3, 1), datetime(2999, 12, 31)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
)


def same(cell: Cell) -> Cell:
    """A cell as it comes back: whole decimals are whole numbers, midnight is a day."""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else cell
    return cell


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12))
def test_what_is_written_is_read_back(rows: list[list[Cell]]) -> None:
    read = values(written(*rows))
    wanted = [[same(cell) for cell in row] for row in rows]
    for row in wanted:
        while row and row[-1] is None:
            row.pop()
    while wanted and not wanted[-1]:
        wanted.pop()
    assert read == wanted
    assert [[type(cell) for cell in row] for row in read] == [
        [type(cell) for cell in row] for row in wanted
    ]


LIVE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠1",
    '=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0", "a,=1", '"=1', "http://evil.example",
    "internal:'表'!A1", "{=1}", "{=SUM(A1)}",
]  # fmt: skip


def test_no_text_becomes_a_formula_or_a_link() -> None:
    content = written(*([text] for text in LIVE), above=["=1"], below=["@2"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<f" not in sheet
    assert b"hyperlink" not in sheet
    assert not [name for name in parts if "rels" in name and "worksheets" in name]
    cells = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows())
    assert {cell.data_type for row in cells for cell in row if cell.value is not None} == {"s"}
    assert cells[2][0].value == "=1+1"
    assert cells[2][0].quotePrefix
    assert [row[0] for row in sheets.read(content)[0].rows[2:-1]] == LIVE


def test_a_negative_number_stays_a_number() -> None:
    assert values(written([-5, Decimal("-0.5")])) == [[-5, Decimal("-0.5")]]


def test_a_number_excel_would_round_goes_out_as_text() -> None:
    assert values(written([1234567890123456, Decimal("0.1234567890123456")])) == [
        ["1234567890123456", "0.1234567890123456"]
    ]


def test_the_same_input_gives_the_same_bytes() -> None:
    assert written(["甲", 1]) == written(["甲", 1])


def test_sheet_names_are_made_acceptable_and_unlike() -> None:
    pages = [
        Page(name, [Column("列")], []) for name in ("a/b", "ab", "", "长" * 40, "长" * 40, "'x'")
    ]
    names = [table.name for table in sheets.read(sheets.write(pages, created_at=NOW))]
    assert names == ["ab", "ab(2)", "表", "长" * 31, "长" * 28 + "(2)", "x"]


@pytest.mark.parametrize("row", [["长" * 32_768], [CellError("#REF!")], [1.5]])
def test_what_no_cell_holds_is_refused(row: list[Any]) -> None:
    with pytest.raises(ValueError, match=r"text of|no cell"):
        written(row)


def test_an_address_is_what_a_person_reads() -> None:
    assert [sheets.address(0, column) for column in (0, 25, 26, 701, 702)] == [
        "A1", "Z1", "AA1", "ZZ1", "AAA1",
    ]  # fmt: skip


# What offices' own workbooks hold.


def office_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet["A1"], sheet["B3"] = "标题", 0.1 + 0.2
    sheet["A4"], sheet["B4"] = "=SUM(B3)", "#REF!"
    sheet["B4"].data_type = "e"
    sheet["A6"] = date(2024, 2, 29)
    sheet["B6"] = time(9, 30)
    sheet["A7"], sheet["B7"] = "１２３", "1,234.5 万元"
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    hidden = book.create_sheet("隐藏")
    hidden["A1"] = 5
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_offices_workbook_is_read_as_it_looks() -> None:
    ledger, hidden = sheets.read(office_workbook())
    assert ledger == Table(
        name="台账",
        rows=[
            ["标题"],
            [],
            [None, Decimal("0.3")],
            [CellError(""), CellError("#REF!")],
            [],
            [date(2024, 2, 29), time(9, 30)],
            ["１２３", "1,234.5 万元"],
        ],
        hidden_rows=(3,),
        hidden_columns=(1,),
        merged=((0, 0, 0, 2),),
    )
    assert (hidden.name, hidden.hidden, hidden.rows) == ("隐藏", True, [[5]])


def test_dates_of_1904_are_the_same_days() -> None:
    def change(name: str, part: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return part
        changed = re.sub(rb"<workbookPr[^>]*/>", b'<workbookPr date1904="1"/>', part)
        assert changed != part
        return changed

    content = written([date(2024, 2, 29)])
    assert values(rebuilt(content, change)) == [[date(2028, 3, 1)]]


@pytest.mark.parametrize("reference", ["A1", "A1:B2", "A1:XFD1048576", "B7"])
def test_a_lying_dimension_loses_no_row(reference: str) -> None:
    content = in_sheet(
        "<dimension[^>]*>", f'<dimension ref="{reference}"/>', written(*[[n] for n in range(1000)])
    )
    assert values(content) == [[number] for number in range(1000)]


# Hostile files.


def refused(content: bytes, limits: sheets.Limits = LIMITS) -> str:
    begun = clock.monotonic()
    with pytest.raises(UnreadableWorkbook) as raised:
        sheets.read(content, limits)
    assert clock.monotonic() - begun < 15
    message = str(raised.value)
    assert re.search("[一-鿿]", message)
    return message


def corner(cell: str) -> bytes:
    return in_sheet("<sheetData>.*</sheetData>", f"<sheetData>{cell}</sheetData>")


def filled(reference: str) -> str:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (filled("A1") + filled("XFD1048576"), "200000行"),
        (filled("A1") + filled("KO1"), "300列"),
        (filled("A1") + filled("A200001"), "200000行"),
        (filled("A1") + filled("KN200000"), "5000000个单元格"),
        ('<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>', "200000行"),
    ],
)
def test_a_far_corner_is_refused_by_the_caps(cells: str, said: str) -> None:
    assert said in refused(corner(cells))


def test_cells_up_to_the_caps_are_read() -> None:
    table = sheets.read(corner(filled("A1") + filled("KN16000")))[0]
    assert (len(table.rows), len(table.rows[-1])) == (16_000, 300)


def test_a_bomb_is_refused_without_unpacking() -> None:
    bomb = rebuilt(written([1]), lambda _name, part: part, xl__bomb_dot_xml=b" " * 70_000_000)
    begun = clock.monotonic()
    assert "太大" in refused(bomb)
    assert clock.monotonic() - begun < 0.05


def test_many_parts_many_bytes_and_a_large_file_are_refused() -> None:
    content = written([1])
    parts = {f"xl__part{number}_dot_xml": b"" for number in range(2_000)}
    assert "太大" in refused(rebuilt(content, lambda _name, part: part, **parts))
    assert "太大" in refused(content, replace(LIMITS, total_bytes=1000))
    assert "MB" in refused(content + b"\0" * 20_000_000)


def test_a_lying_size_in_the_directory_does_not_help() -> None:
    content = rebuilt(written([1]), lambda _name, part: part, xl__more_dot_xml=b"x" * 5_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/more.xml").file_size
    lying = content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != content
    assert refused(lying)


DOCTYPES = [
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_wherever_it_stands(doctype: str, part: str) -> None:
    content = rebuilt(
        written([1]),
        lambda name, text: (
            text.replace(b"?>", f"?>{doctype}".encode(), 1) if name == part else text
        ),
    )
    assert "声明" in refused(content)


def test_another_encoding_hides_nothing() -> None:
    content = rebuilt(
        written([1]),
        lambda name, text: (
            text.decode().replace("UTF-8", "UTF-16").encode("utf-16")
            if name.endswith("sheet1.xml")
            else text
        ),
    )
    assert "UTF-8" in refused(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是.xlsx"),
        (b"<html><table></table></html>", "不是.xlsx"),
        (b"a,b\n1,2\n", "不是.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版.xls"),
        (b"PK\x03\x04" + b"\0" * 600, "损坏"),
        (b"%PDF-1.7\n" + b"\0" * 600, "不是.xlsx"),
    ],
    ids=["empty", "html", "csv", "xls", "zeros", "pdf"],
)
def test_what_is_no_workbook_is_said_so(content: bytes, said: str) -> None:
    assert said in refused(content)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl__vbaProject_dot_bin", "宏"),
        ("xl__externalLinks__externalLink1_dot_xml", "链接"),
        ("xl__embeddings__oleObject1_dot_bin", "嵌入"),
    ],
)
def test_macros_links_and_embedded_files_are_refused(part: str, said: str) -> None:
    assert said in refused(rebuilt(written([1]), lambda _name, text: text, **{part: b"x"}))


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(written([1]))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", b"<x/>")
    assert refused(buffer.getvalue())


def test_a_file_cut_or_flipped_anywhere_is_refused_or_read_the_same() -> None:
    content = written(["甲", 1, Decimal("2.5")], ["乙", 3, date(2024, 2, 29)])
    whole = sheets.read(content)
    for cut in range(0, len(content), len(content) // 12):
        refused(content[:cut])
    for position in range(0, len(content), len(content) // 12):
        flipped = bytearray(content)
        flipped[position] ^= 1
        with suppress(UnreadableWorkbook):
            assert sheets.read(bytes(flipped)) == whole


def test_a_huge_shared_text_kills_the_child_and_not_us() -> None:
    content = rebuilt(
        written(["甲"]),
        lambda name, text: (
            text.replace("甲".encode(), b"a" * 50_000_000)
            if name == "xl/sharedStrings.xml"
            else text
        ),
    )
    limits = replace(LIMITS, ratio=10**9, memory_bytes=200_000_000)
    assert refused(content, limits)
    assert "32767" in refused(content, replace(limits, memory_bytes=LIMITS.memory_bytes))


def test_reading_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_args: Any, **_kwargs: Any) -> None:
        raise subprocess.TimeoutExpired("child", 60)

    monkeypatch.setattr(subprocess, "run", late)
    assert "太久" in refused(written([1]))


def test_the_child_dies_by_its_limit_of_time() -> None:
    cells = "".join(filled(f"A{row}") for row in range(1, 150_000))
    assert refused(corner(cells), replace(LIMITS, cpu_seconds=0, ratio=10**9))
