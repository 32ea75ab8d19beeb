"""Reads one .docx from standard input and writes its text as JSON; run by files.text_of only.

It runs as a script of its own, isolated from the house: it imports nothing of ours, has no files to
write, and dies by its limits rather than take the web process with it.
"""

import io
import json
import resource
import sys
import zipfile
from contextlib import suppress
from xml.etree import ElementTree as ET

WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
# The same text once more for old programs, and what a reviewer struck out.
SKIPPED = {"Fallback", "del", "moveFrom", "instrText", "delText"}


class Refused(Exception):
    """The sentence for the person."""


def limit(limits: dict[str, int]) -> None:
    """Take the limits upon this process; there is no way back."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # macOS has no limit of memory; the caps below still hold.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))


def body(content: bytes, limits: dict[str, int]) -> bytes:
    """The main part in UTF-8 without a DTD: no entity to expand, no encoding to hide it in."""
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open("word/document.xml") as file,
        ):
            part = file.read(limits["part_bytes"] + 1)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError) as e:
        raise Refused("这个文件已损坏，请重新保存后再试。") from e
    if len(part) > limits["part_bytes"]:
        raise Refused("文件展开后太大，请拆成几个小文件。")
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:200]:
        raise Refused("文件的编码不是UTF-8，请用Word或WPS另存为.docx。")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused("文件里有不该有的声明，请用Word或WPS另存为.docx。")
    return part


SAID = {"tab": "\t", "br": "\n", "cr": "\n", "tc": "\t", "tr": "\n"}


def text_of(part: bytes, longest: int) -> str:
    """The text as a reader sees it: a paragraph a line, a table row a line with tabs."""
    pieces: list[str] = []
    size = skipping = cells = 0
    try:
        # body() has refused every DTD, so there is nothing to expand.
        for event, node in ET.iterparse(io.BytesIO(part), events=("start", "end")):  # noqa: S314
            space, _, name = node.tag.rpartition("}")
            step = 1 if event == "start" else -1
            if name in SKIPPED:
                skipping += step
            elif not skipping and space + "}" in WORD:
                cells += step * (name == "tc")
                if event == "end":
                    said = piece(node, name, is_cell=cells > 0)
                    size += len(said)
                    pieces.append(said)
            if size > longest:
                raise Refused(f"文稿超过{longest // 10_000}万字，请拆分后再核校。")
    except ET.ParseError as error:
        raise Refused("这个文件已损坏，请重新保存后再试。") from error
    return "".join(pieces)


def piece(node: ET.Element, name: str, *, is_cell: bool) -> str:
    """What one element adds to the text; what is done with is let go."""
    if name == "t":
        return node.text or ""
    if name in ("p", "tr"):
        node.clear()
    if name == "p":
        return " " if is_cell else "\n"
    return SAID.get(name, "")


def main() -> None:
    limits = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read()
    limit(limits)
    try:
        answer = {"text": text_of(body(content, limits), limits["characters"])}
    except Refused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
