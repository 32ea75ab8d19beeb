"""What a posting's hash is made of (decision 0002). No database here: `verify_export` says the same alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from jiedui.ledger.facts import Declaration, Entry
from jiedui.lib.canonical import Canon
from jiedui.lib.periods import day_of
from jiedui.lib.places import ALL_PAIRINGS, Box, Range, box_of, pairing_key, range_of

VERSION = 1
ALGORITHM = "sha256"
FIRST = "0" * 64
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_of(microseconds: int) -> datetime:
    """The UTC instant of a stored number."""
    return _EPOCH + timedelta(microseconds=microseconds)


def microseconds(instant: datetime) -> int:
    """The stored number of an aware instant."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_text(stored: int) -> str:
    """UTC ISO text with microseconds: "2023-09-30T01:02:03.000004Z"."""
    return instant_of(stored).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day_text(day: int) -> str | None:
    """ "2023-09-30", or None for the open start 0."""
    return day_of(day).isoformat() if day else None


def ranges_of(declaration: Declaration) -> tuple[Range, ...]:
    """The code ranges a declaration covers, in order."""
    return tuple(sorted(declaration.ranges or (range_of(declaration.region, own=declaration.own),)))


def boxes_of(declaration: Declaration) -> tuple[Box, ...]:
    """The pairing boxes a declaration covers, in order."""
    if declaration.boxes:
        return tuple(sorted(declaration.boxes))
    return (box_of(declaration.pairing) if declaration.pairing else ALL_PAIRINGS,)


def entry_body(entry: Entry, sign: int) -> dict[str, Canon]:
    """One entry; `value` is as stored, negated in the copy (`sign` −1) that takes it back."""
    return {
        "indicator": entry.indicator,
        "region": entry.region,
        "pairing": pairing_key(entry.pairing),
        "first": entry.first.isoformat(),
        "last": entry.last.isoformat(),
        "value": entry.value * sign,
        "sign": sign,
        "bound": entry.bound.value,
        "subject": entry.subject,
    }


def declaration_body(of: Declaration, sign: int) -> dict[str, Canon]:
    """One declaration; `sign` −1 in the copy that takes it back, the value stays."""
    return {
        "indicator": of.indicator,
        "region": of.region,
        "own": of.own,
        "pairing": pairing_key(of.pairing) if of.pairing else None,
        "start": of.start.isoformat() if of.start else None,
        "end": of.end.isoformat(),
        "value": of.value,
        "sign": sign,
        "bound": of.bound.value,
        "wording": of.wording,
        "ranges": [list(part) for part in ranges_of(of)],
        "boxes": [[*box.east, *box.west] for box in boxes_of(of)],
    }


def posting_body(
    *,
    book: str,
    seq: int,
    prev: str,
    record: str,
    revision: int,
    recorded_at: int,
    reverses: tuple[str, int] | None,
    commitment: str,
    evidence: Sequence[str],
    entries: Sequence[tuple[Entry, int]],
    declarations: Sequence[tuple[Declaration, int]],
) -> dict[str, Canon]:
    """What is hashed of one posting; entries and declarations come with their sign, those taken back first."""
    return {
        "v": VERSION,
        "alg": ALGORITHM,
        "book": book,
        "seq": seq,
        "prev": prev,
        "record": record,
        "revision": revision,
        "recorded_at": instant_text(recorded_at),
        "reverses": {"record": reverses[0], "revision": reverses[1]} if reverses else None,
        "commitment": commitment,
        "evidence": sorted(evidence),
        "entries": [entry_body(*entry) for entry in entries],
        "declarations": [declaration_body(*declaration) for declaration in declarations],
    }
