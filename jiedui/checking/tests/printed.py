"""PDF files written by hand, for tests: lines of Chinese at places of a page, and what is wrong with some."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

HEIGHT, WIDTH = 842, 595
LEFT, SIZE = 80, 12

# A font of the standard that no file has to hold; the Latin letters of Adobe-GB1 are half as wide.
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500 814 907 500]"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/Ascent 880/Descent -120"
    b"/CapHeight 700/StemV 90/ItalicAngle 0/FontBBox[0 -120 1000 880]>>>>]>>"
)
_WORD = re.compile(r"(?:[0-9.%]+|.)[，。、：]*")
PICTURE = b"q 400 0 0 400 90 200 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"

Line = tuple[float, float, str]
"""How far from the left and from the top it stands, in points, and what it says."""


def paragraph(text: str, top: float, *, left: float = LEFT, letters: int = 30) -> list[Line]:
    """A text set in lines of so many letters, the first one indented by two; no number is cut."""
    lines, line, used = [], "", 2.0
    for word in _WORD.findall(text):
        size = sum(0.5 if char.isascii() else 1.0 for char in word)
        if used + size > letters:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + word, used + size
    first, *others = [*lines, line]
    below = [(left, top + 20 * n, other) for n, other in enumerate(others, 1)]
    return [(left + 2 * SIZE, top, first), *below]


def page(lines: Sequence[Line], *, size: float = SIZE) -> bytes:
    """What a page draws: each line in letters of ``size`` points."""
    drawn = [
        f"BT /F {size} Tf {x} {HEIGHT - top} Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for x, top, text in lines
    ]
    return "\n".join(drawn).encode()


def pdf(pages: Sequence[bytes], *, trailer: bytes = b"", packed: bool = False) -> bytes:
    """A whole file of these pages; ``trailer`` is added to its last dictionary."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        FONT,
    ]
    for number, drawn in enumerate(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (WIDTH, HEIGHT, 5 + 2 * number)
        )
        stream = zlib.compress(drawn, 9) if packed else drawn
        how = b"/Filter/FlateDecode" if packed else b""
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), how, stream))
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, len(body))
    )


def encrypted() -> bytes:
    """A file that opens with a password nobody knows."""
    words = b"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        b"1f" * 32,
        b"2e" * 32,
        b"ab" * 16,
        b"ab" * 16,
    )
    return pdf([page([(LEFT, 100, "保密")])], trailer=words)
