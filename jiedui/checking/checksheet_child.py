"""Typesets one sheet from standard input to standard output; run by checksheet_files.pdf only.

It runs as a script of its own, isolated from the house. What people wrote comes as JSON and is set as
strings, so that nothing in it is markup; the template has no files but the fonts.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst

FONTS = [str(pylopdf_fonts_zh_cn.sans_path().parent)]


def limit(limits: dict[str, int]) -> None:
    """Take the limits upon this process; there is no way back."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # macOS has no limit of memory; the length of a text still bounds it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))


def typeset(template: str, data: dict[str, Any], timestamp: int) -> bytes:
    """The PDF: for the archive (PDF/A) where every character has a glyph, else plain."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=FONTS)
    said = json.dumps(data, ensure_ascii=False)

    def compiled(standard: Literal["a-2b", "1.7"]) -> bytes:
        # A compiler forgets a template that came as bytes after its first run.
        compiler = typst.Compiler(
            template.encode(), root=FONTS[0], font_paths=fonts, sys_inputs={"data": said}
        )
        made = compiler.compile(format="pdf", timestamp=timestamp, pdf_standards=standard)
        assert isinstance(made, bytes)
        return made

    try:
        return compiled("a-2b")
    except typst.TypstError:
        return compiled("1.7")


def main() -> None:
    question = json.loads(sys.stdin.buffer.read())
    limit(question["limits"])
    made = typeset(question["template"], question["data"], question["timestamp"])
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
