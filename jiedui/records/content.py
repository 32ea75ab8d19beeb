"""The content of a revision (内容): the truth of a record, as canonical JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jiedui.lib.canonical import Canon, canonical


class Change(StrEnum):
    """Why a revision exists."""

    NEW = "new"  # 新报
    CORRECTION = "correction"  # 更正
    VOID = "void"  # 作废


@dataclass(frozen=True, slots=True)
class Content:
    """Kind, slice and fields of one revision; ``fields`` holds canonical values by column name."""

    kind: str
    change: Change
    region: int
    pairing: int
    fields: Mapping[str, Canon]
    own: bool = False

    @property
    def text(self) -> str:
        """The canonical JSON text that is stored and hashed."""
        return canonical(
            {
                "kind": self.kind,
                "change": self.change.value,
                "region": self.region,
                "pairing": self.pairing,
                "own": self.own,
                "fields": self.fields,
            }
        ).decode()

    @classmethod
    def of(cls, text: str) -> Content:
        """The content of its canonical text."""
        parts = json.loads(text)
        return cls(
            kind=parts["kind"],
            change=Change(parts["change"]),
            region=parts["region"],
            pairing=parts["pairing"],
            fields=parts["fields"],
            own=parts["own"],
        )


def content_hash(text: str) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(salt: bytes, hashed: str) -> str:
    """SHA-256(salt ‖ content hash): what the ledger holds of a content (decision 0002)."""
    return hashlib.sha256(salt + bytes.fromhex(hashed)).hexdigest()
