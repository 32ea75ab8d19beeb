"""Canonical JSON: one text for one content, so that a hash means something.

Only None, bool, int, str, list and dict with str keys are allowed; floats are refused, because two machines
may print them differently. Text is NFC; keys are sorted by code point; no spaces; UTF-8.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Canon: TypeAlias = Union[bool, int, str, "Sequence[Canon]", "Mapping[str, Canon]", None]


def canonical(content: Canon) -> bytes:
    """The canonical bytes of a content; raises TypeError for a float, a date or any other type."""
    return json.dumps(
        _checked(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def sha256(content: Canon) -> str:
    """The SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def _checked(content: Canon) -> Canon:
    if content is None or isinstance(content, bool | int):
        return content
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content)
    if isinstance(content, Mapping):
        return {_key(key): _checked(value) for key, value in content.items()}
    if isinstance(content, Sequence) and not isinstance(content, bytes | bytearray):
        return [_checked(value) for value in content]
    raise TypeError(f"not canonical: {type(content).__name__}")


def _key(key: str) -> str:
    if not isinstance(key, str):
        raise TypeError("keys are text")
    return unicodedata.normalize("NFC", key)
