"""``python -m jiedui.checking [--many] [FILE …]``: one JSON object a line for each text.

Without a file, or for ``-``, the text comes from standard input. Exit 0 when every text was read,
2 when a file could not be.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from .reader.lexicon import DEFAULT, Lexicon
from .reader.model import Finding, Quantity, Reading
from .reader.reading import read_many

_FIELDS = (
    "id", "start", "end", "surface", "kind", "value", "unit", "orig_unit", "approx", "qual",
    "head", "indicator", "scope", "period",
)  # fmt: skip


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as plain lists and strings, in the shape that ``./jd check --json`` prints."""
    return {
        "quantities": [_quantity(quantity) for quantity in reading.quantities],
        "relations": [{"type": r.type, **r.roles} for r in reading.relations],
        "findings": [_finding(finding) for finding in reading.findings],
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    fields = {name: getattr(quantity, name) for name in _FIELDS}
    if quantity.resolved:
        fields["resolved"] = quantity.resolved
    if quantity.optional:
        fields["optional"] = True
    return fields


def _finding(finding: Finding) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "spans": finding.spans,
        "message": finding.message,
        "arithmetic": finding.arithmetic,
    }
    if finding.files:
        fields["files"] = finding.files
    return fields


def _text(name: str) -> str:
    """The text of a file; GB18030 where it is not UTF-8, and line ends as they are."""
    raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def main(arguments: list[str] | None = None, lexicon: Lexicon = DEFAULT) -> int:
    """Read the files and print one line for each."""
    parser = argparse.ArgumentParser(prog="python -m jiedui.checking", description=__doc__)
    parser.add_argument("--many", action="store_true", help="every file is a text of its own")
    parser.add_argument("--published", metavar="DATE", help="date of publication, 2024-05-31")
    parser.add_argument("files", nargs="*", metavar="FILE")
    options = parser.parse_args(arguments)
    lexicon = lexicon.with_divisions()
    texts: list[tuple[str, str]] = []
    failed = False
    for name in options.files or ["-"]:
        try:
            texts.append((name, _text(name)))
        except OSError as error:
            print(f"{name}: {error.strerror}", file=sys.stderr)  # noqa: T201  # a command speaks
            failed = True
    for name, text in texts:
        began = time.perf_counter()
        reading = read_many([(name, text)], published_on=options.published, lexicon=lexicon)[0]
        seconds = round(time.perf_counter() - began, 6)
        line = {"file": name, **as_json(reading), "seconds": seconds}
        print(json.dumps(line, ensure_ascii=False))  # noqa: T201  # its output
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
