"""Verify an exported ledger with nothing but Python 3: copy this one file anywhere and run

    python verify_export.py ledger.jsonl [BOOK SEQ HASH]

It recomputes every hash, follows every book's chain, checks that what a posting takes back is what was posted,
and compares the last line's counts and heads. With a head printed on a report or kept by the partner office
(BOOK SEQ HASH), it also sees a tail that was cut off or a suffix that was hashed again. It prints the first
difference and exits 1, or the heads and exits 0; 2 for a file that is no export.
"""

import hashlib
import json
import sys
import unicodedata
from typing import Any

FORMAT, VERSION = "jiedui-ledger", 1


def normal(content: Any) -> Any:
    """Text in NFC; floats are refused, because two machines may print them differently."""
    if isinstance(content, float):
        raise TypeError("a float in the export")
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content)
    if isinstance(content, dict):
        return {normal(key): normal(value) for key, value in content.items()}
    if isinstance(content, list):
        return [normal(value) for value in content]
    return content


def hash_of(content: Any) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(normal(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Book:
    """One chain while it is read."""

    def __init__(self) -> None:
        self.seq, self.hash = 0, "0" * 64
        self.posted: dict[tuple[str, int], tuple[list[Any], list[Any]]] = {}


def problem_of(body: dict[str, Any], said: str, book: Book) -> "str | None":
    """What is wrong with one posting, or None."""
    if body["v"] != VERSION or body["alg"] != "sha256":
        return f"version {body['v']} {body['alg']} is not known here"
    if body["seq"] != book.seq + 1:
        return f"seq {book.seq + 1} is missing"
    if body["prev"] != book.hash:
        return "it does not follow the posting before it"
    if hash_of(body) != said:
        return "its content is not what was hashed"
    key = body["record"], body["revision"]
    if key in book.posted:
        return "its record and revision were posted before"
    back = body["reverses"]
    entries, declared = (
        book.posted.pop((back["record"], back["revision"]), (None, None)) if back else ([], [])
    )
    if entries is None or declared is None:
        return "what it takes back is not there, or was taken back before"
    taken = [{**e, "sign": 1, "value": -e["value"]} for e in body["entries"] if e["sign"] < 0]
    stated = [{**d, "sign": 1} for d in body["declarations"] if d["sign"] < 0]
    if taken != entries or stated != declared:
        return "what it takes back is not what was posted"
    book.posted[key] = (
        [e for e in body["entries"] if e["sign"] > 0],
        [d for d in body["declarations"] if d["sign"] > 0],
    )
    return None


def verify(
    lines: Any, anchor: "tuple[str, int, str] | None" = None
) -> "tuple[str | None, dict[str, Book]]":
    """The first difference in words, or None; and the books as they stand."""
    books: dict[str, Book] = {}
    count = {"postings": 0, "entries": 0, "declarations": 0}
    header = json.loads(next(lines))
    if header.get("format") != FORMAT or header.get("v") != VERSION:
        raise ValueError("this is no export of a ledger")
    recorded_at, end, seen = "", None, False
    for number, line in enumerate(lines, 2):
        try:
            body = json.loads(line)
        except ValueError as error:
            return f"line {number}: it cannot be read ({error})", books
        if end is not None:
            return f"line {number}: something follows the end", books
        if "end" in body:
            end = body["end"]
            continue
        said = body.pop("hash")
        book = books.setdefault(body["book"], Book())
        problem = problem_of(body, said, book)
        if body["recorded_at"] < recorded_at:
            problem = problem or "recorded before the posting before it"
        if problem:
            return f"line {number} (book {body['book']}, seq {body['seq']}): {problem}", books
        book.seq, book.hash, recorded_at = body["seq"], said, body["recorded_at"]
        seen = seen or (body["book"], body["seq"], said) == anchor
        count["postings"] += 1
        count["entries"] += len(body["entries"])
        count["declarations"] += len(body["declarations"])
    heads = {name: {"seq": book.seq, "hash": book.hash} for name, book in books.items()}
    if end is None:
        return "the last line is missing", books
    if {**count, "heads": heads} != end:
        return f"the last line says {end}, the lines say { {**count, 'heads': heads} }", books
    if anchor is not None and not seen:
        return f"book {anchor[0]}: seq {anchor[1]} is not what the anchor names", books
    return None, books


def main(arguments: "list[str]") -> int:
    """The command line; see the head of this file."""
    if len(arguments) not in (1, 4):
        sys.stderr.write(__doc__ or "")
        return 2
    anchor = (arguments[1], int(arguments[2]), arguments[3]) if len(arguments) == 4 else None
    try:
        with open(arguments[0], encoding="utf-8") as file:  # noqa: PTH123
            difference, books = verify(iter(file), anchor)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 2
    if difference:
        sys.stdout.write(difference + "\n")
        return 1
    for name, book in sorted(books.items()):
        sys.stdout.write(f"{name} {book.seq} {book.hash}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
