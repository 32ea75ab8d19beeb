"""Reads one PDF from standard input and writes its lines with their places as JSON; run by pdf only.

It runs as a script of its own, isolated from the house: it imports nothing of ours, has no files to
write, and dies by its limits rather than take the web process with it.
"""

import ctypes
import json
import resource
import sys
from contextlib import suppress

import pypdfium2
import pypdfium2.raw as pdfium

SURROGATES = range(0xD800, 0xDC00)
NO_TEXT = {0, 0xFFFE, 0xFFFF, 0xFEFF, 0xAD}
HYPHEN = 2  # what pdfium writes for a hyphen that only breaks a word
MADE_NARROW = frozenset("!(),.:;?~")
WIDER = 0xFEE0
"""pdfium writes ， as a comma; what takes the place of a wide character is given back as one."""
CELLS, AUTOSPACE, SPACE = 0.8, 0.6, 0.15
"""Gaps in heights of a letter: above the first they part cells; up to the second beside a number, up to
the third between others, they are none."""
LATIN = 0x2000

Line = tuple[str, float, float, float, float]


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


def opened(content: bytes, limits: dict[str, int]) -> pypdfium2.PdfDocument:
    """The document; encrypted, broken and endless ones are refused."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Refused("这份PDF加了密码，请去掉密码后再试。") from error
        raise Refused("这份PDF已损坏，请重新导出后再试。") from error
    if not len(document):
        raise Refused("这份PDF没有页，请重新导出后再试。")
    if len(document) > limits["pages"]:
        raise Refused(f"这份PDF超过{limits['pages']}页，请拆分后再核校。")
    return document


class Page:
    """The characters of a page by their index, and where each one stands."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.text = page.get_textpage()
        self.count = self.text.count_chars()
        self.box = pdfium.FS_RECTF()
        self.origin = ctypes.c_double(), ctypes.c_double()

    def place(self, index: int) -> tuple[float, float]:
        """Left and right of the space a character takes, in points from the left."""
        pdfium.FPDFText_GetLooseCharBox(self.text, index, self.box)
        return self.box.left, self.box.right

    def base(self, index: int) -> float:
        """The height of the line it stands on, in points from below."""
        pdfium.FPDFText_GetCharOrigin(self.text, index, *self.origin)
        return float(self.origin[1].value)

    def size(self, index: int) -> float:
        """The size of its font as it is seen: a font of one point may be scaled up."""
        pdfium.FPDFText_GetLooseCharBox(self.text, index, self.box)
        return max(
            float(self.box.top - self.box.bottom), float(self.box.right - self.box.left), 1.0
        )

    def lines(self) -> list[Line]:
        """The lines in the order of the file: text, left, right, base, size."""
        found: list[Line] = []
        pieces: list[str] = []
        first = last = -1
        near = 0.0
        for index in range(self.count):
            code = pdfium.FPDFText_GetUnicode(self.text, index)
            if code in (10, 13):
                if first >= 0:
                    found.append(self.line(pieces, first, last))
                pieces, first, last = [], -1, -1
                continue
            char = self.char(code, index)
            if not char:
                continue
            if char.isspace():
                pieces.append(" ")
                continue
            if last >= 0 and pieces[-1] == " ":
                near = self.part(pieces, last, index, near)
            elif last >= 0 and index + 1 < self.count and self.is_made(index + 1):
                # Only before a space is it asked how far apart the letters are set.
                near = self.gap(last, index)
            first = index if first < 0 else first
            last = index
            pieces.append(char)
        if first >= 0:
            found.append(self.line(pieces, first, last))
        return found

    def is_made(self, index: int) -> bool:
        """Whether a character is a space that stands for a gap and is not in the file."""
        return bool(pdfium.FPDFText_IsGenerated(self.text, index) == 1)

    def gap(self, before: int, after: int) -> float:
        """How far two characters are apart, in heights of a letter."""
        return (self.place(after)[0] - self.place(before)[1]) / self.size(before)

    def part(self, pieces: list[str], before: int, after: int, near: float) -> float:
        """Let a space be what it looks like: the gap between cells, a space, or nothing; gives the gap.

        Chinese is set without spaces: a gap beside a number is the typesetter's, and one between two
        Chinese characters is a space only where the letters before, ``near`` apart, stand closer.
        """
        gap = self.gap(before, after)
        if gap > CELLS:
            pieces[-1] = "\t"
        elif self.is_made(after - 1):
            first, second = (
                pdfium.FPDFText_GetUnicode(self.text, i) > LATIN for i in (before, after)
            )
            if first and second:
                is_space = gap > SPACE and gap > near + SPACE
            else:
                is_space = gap > (AUTOSPACE if first or second else SPACE)
            if not is_space:
                pieces.pop()
        return gap

    def char(self, code: int, index: int) -> str:
        if code in SURROGATES and index + 1 < self.count:
            low = pdfium.FPDFText_GetUnicode(self.text, index + 1)
            return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)) if low >= 0xDC00 else ""
        if code in NO_TEXT or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            return ""
        if code == HYPHEN:
            return "-"
        if chr(code) in MADE_NARROW:
            left, right = self.place(index)
            return chr(code + WIDER) if right - left > 0.8 * self.size(index) else chr(code)
        return " " if code in (9, 32, 160) else chr(code) if code > 32 else ""

    def line(self, pieces: list[str], first: int, last: int) -> Line:
        left, right = self.place(first)[0], self.place(last)[1]
        # Some fonts tell no more than what is drawn: a 一 is as high as its stroke, —— two letters wide.
        size = sorted(self.size(index) for index in (first, (first + last) // 2, last))[1]
        places = round(left, 1), round(right, 1), round(self.base(first), 1), round(size, 1)
        return ("".join(pieces).strip(), *places)


def pages_of(document: pypdfium2.PdfDocument, limits: dict[str, int]) -> list[dict[str, object]]:
    """Every page: its height, its lines, and whether it holds a picture."""
    found: list[dict[str, object]] = []
    size = count = 0
    for number in range(len(document)):
        try:
            page = document[number]
            lines = Page(page).lines()
        except pypdfium2.PdfiumError as error:
            raise Refused(f"这份PDF的第{number + 1}页已损坏，请重新导出后再试。") from error
        size += sum(len(line[0]) + 1 for line in lines)
        count += len(lines)
        if size > limits["characters"]:
            raise Refused(f"文稿超过{limits['characters'] // 10_000}万字，请拆分后再核校。")
        if count > limits["lines"]:
            raise Refused(f"这份PDF超过{limits['lines'] // 10_000}万行，请拆分后再核校。")
        drawn = not lines and any(
            one.type == pdfium.FPDF_PAGEOBJ_IMAGE for one in page.get_objects(max_depth=3)
        )
        found.append({"height": page.get_height(), "lines": lines, "picture": drawn})
        page.close()
    return found


def main() -> None:
    limits = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read()
    limit(limits)
    try:
        document = opened(content, limits)
        answer: dict[str, object] = {"pages": pages_of(document, limits)}
    except Refused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
