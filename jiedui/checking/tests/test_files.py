"""Files as they come: what is read, and one sentence for what is not."""

import io
import time
import zipfile
from datetime import UTC, datetime

import pytest

from jiedui.checking import apart, files
from jiedui.checking.files import Unreadable, text_of
from jiedui.lib import sheets

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "截至2024年6月底，共建帮扶车间12个。"


def docx(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_offices_use(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding)) == TEXT


def test_a_document_is_its_paragraphs_and_tables() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(paragraph("车间")) + cell.format(paragraph("12个")) + "</w:tr>"
    text = text_of(docx(paragraph(TEXT) + f"<w:tbl>{row}</w:tbl>" + paragraph("完")))
    assert text.splitlines()[0] == TEXT
    assert [word.strip() for word in text.splitlines()[1].split("\t")] == ["车间", "12个", ""]
    assert text.splitlines()[2] == "完"


def test_what_a_reviewer_struck_out_is_not_read() -> None:
    struck = (
        "<w:p><w:del><w:r><w:delText>11个</w:delText></w:r></w:del><w:r><w:t>12个</w:t></w:r></w:p>"
    )
    assert text_of(docx(struck)) == "12个\n"


def test_a_workbook_is_its_rows() -> None:
    page = sheets.Page("年报", [sheets.Column("事项"), sheets.Column("数")], [["帮扶车间", 12]])
    content = sheets.write([page], created_at=datetime(2024, 7, 1, tzinfo=UTC))
    assert text_of(content).splitlines() == ["年报", "事项\t数", "帮扶车间\t12"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密码"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是文本文件"),
        (b" \n ", "没有文字"),
        (b"x" * (files.FILE_BYTES + 1), "20MB"),
        (b"7" * 10_000_000, "100万字"),
        (docx("<w:p>"), "损坏"),
        (docx(paragraph("字" * (files.LONGEST + 1))), "100万字"),
    ],
    ids=["old", "zip", "picture", "blank", "large", "digits", "xml", "long"],
)
def test_what_cannot_be_used_is_one_sentence(content: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        text_of(content)


def test_a_document_with_a_macro_is_refused() -> None:
    buffer = io.BytesIO(docx(paragraph(TEXT)))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/vbaProject.bin", "x")
    with pytest.raises(Unreadable, match="宏"):
        text_of(buffer.getvalue())


def test_a_workbook_with_a_macro_is_refused() -> None:
    page = sheets.Page("年报", [sheets.Column("事项")], [["帮扶车间"]])
    buffer = io.BytesIO(sheets.write([page], created_at=datetime(2024, 7, 1, tzinfo=UTC)))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", "x")
    with pytest.raises(Unreadable, match="宏"):
        text_of(buffer.getvalue())


def test_a_document_that_declares_entities_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "1">]><d>&a;</d>')
    with pytest.raises(Unreadable, match="声明"):
        text_of(buffer.getvalue())


def test_a_document_that_unpacks_to_very_much_is_refused_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable, match="太大"):
        text_of(docx(paragraph(" " * 70_000_000)))
    assert time.monotonic() - began < 20


def test_a_long_text_is_read_apart_and_gives_the_same() -> None:
    line = "全年举办培训3期，培训农村劳动力120人。\n"
    text = line * (apart.HERE_LONGEST // len(line) + 1)
    assert len(text) > apart.HERE_LONGEST
    (found,) = apart.read_bounded(
        [("", text)], published_on=None, indicators={"培训期数": "x"}, regions=frozenset()
    )
    (short,) = apart.read_bounded(
        [("", line)], published_on=None, indicators={"培训期数": "x"}, regions=frozenset()
    )
    first = found.quantities[: len(short.quantities)]
    assert [q.surface for q in first] == [q.surface for q in short.quantities]
    assert found["q2"] is found.quantities[1]


def test_a_child_over_its_limit_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WALL_SECONDS", 0.01)
    with pytest.raises(apart.TookTooLong, match="拆分"):
        apart.read_bounded(
            [("", "三个" * apart.HERE_LONGEST)],
            published_on=None,
            indicators={},
            regions=frozenset(),
        )
