"""Files to check: .txt, .docx, .xlsx and PDF as text. Everything is hostile until read.

What has to be unpacked is read in a child process with hard limits of time and memory; a file that
cannot be used is one Chinese sentence.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from jiedui.lib import sheets

from . import layout

WORD_CHILD = Path(__file__).with_name("files_child.py")
PDF_CHILD = Path(__file__).with_name("pdf_child.py")
FILE_BYTES = 20_000_000
LONGEST = 1_000_000
"""Code points of one text: a report of five hundred pages."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMITS = {
    "part_bytes": 60_000_000,
    "memory_bytes": 1_000_000_000,
    "cpu_seconds": 15,
    "pages": 500,
    "lines": 60_000,
}
_WALL_SECONDS = 60
_RATIO = 300
_RATIO_COUNTS_FROM = 5_000_000


class Unreadable(ValueError):
    """A file that cannot be checked; the message is a Chinese sentence for the person."""


def text_of(content: bytes, longest: int = LONGEST) -> str:
    """The text of a file by what it is, not by its name; raises Unreadable, also when it is longer.

    Text is UTF-8, UTF-16 with a mark, or GB18030, line ends as they are. A workbook is its tables,
    one row a line with tabs between the cells. A PDF is its paragraphs (``layout.text_of``).
    """
    if len(content) > FILE_BYTES:
        raise Unreadable(f"文件超过{FILE_BYTES // 1_000_000}MB，请拆分后再核校。")
    if content.startswith(_OLD_OFFICE):
        raise Unreadable("这是旧版（.doc、.xls）或加了密码的文件，请去掉密码，另存为.docx或.xlsx。")
    if content.startswith(b"{\\rtf"):
        raise Unreadable("还不能读RTF，请另存为.docx。")
    if b"%PDF-" in content[:1024]:
        text = _printed(content, longest)
    elif content.startswith(b"PK\x03\x04"):
        text = _archive(content, longest)
    else:
        text = _decoded(content)
    if len(text) > longest:
        raise _too_long(longest)
    if not text.strip():
        raise Unreadable("文件里没有文字。")
    return text


def _too_long(longest: int) -> Unreadable:
    return Unreadable(f"文稿超过{longest // 10_000}万字，请拆分后再核校。")


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("这不是文本文件，也不是.docx、.xlsx、PDF文件。")


def _archive(content: bytes, longest: int) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable("这个文件已损坏，请重新保存后再试。") from error
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" in names:
        return _workbook(content, longest)
    if "word/document.xml" not in names:
        raise Unreadable("只能读.txt、.docx、.xlsx和PDF文件。")
    if any("vbaproject" in name for name in names):
        raise Unreadable("文件含有宏，请另存为不含宏的.docx。")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("文件加了密码，请去掉密码后再试。")
    for part in parts:
        swollen = part.file_size > max(part.compress_size, 1) * _RATIO
        if part.file_size > _LIMITS["part_bytes"] or (
            swollen and part.file_size > _RATIO_COUNTS_FROM
        ):
            raise Unreadable("文件展开后太大，请拆成几个小文件。")
    text: str = _in_child(WORD_CHILD, content, longest)["text"]
    return text


def _printed(content: bytes, longest: int) -> str:
    """The text layer of a PDF; one without any is refused."""
    pages = [
        layout.Page(
            page["height"], tuple(layout.Line(*line) for line in page["lines"]), page["picture"]
        )
        for page in _in_child(PDF_CHILD, content, longest)["pages"]
    ]
    if not any(page.lines for page in pages):
        raise Unreadable(
            "这份PDF没有文字，可能是扫描件；请用有文字的原稿，或先做文字识别，把文字粘贴过来。"
        )
    return layout.text_of(pages)


def _in_child(script: Path, content: bytes, longest: int) -> dict[str, Any]:
    """What the child makes of a file; raises Unreadable with its sentence, or when it dies."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(script), json.dumps(_LIMITS | {"characters": longest})],
            input=content,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
            env={key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},
            cwd="/",
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("这个文件读得太久，已停止；请拆成几个小文件。") from error
    if done.returncode != 0:
        raise Unreadable("这个文件超出可读的大小，或已损坏；请另存后重试。")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    return answer


def _workbook(content: bytes, longest: int) -> str:
    try:
        tables = sheets.read(content)
    except sheets.UnreadableWorkbook as error:
        raise Unreadable(str(error)) from error
    lines: list[str] = []
    size = 0
    for table in tables:
        lines.append(table.name)
        for row in table.rows:
            line = "\t".join("" if cell is None else str(cell) for cell in row).rstrip()
            size += len(line) + 1
            if size > longest:
                raise _too_long(longest)
            lines.append(line)
        lines.append("")
    return "\n".join(lines)
