"""Identifiers: UUIDv7, ordered by time, made by the client or by the server's form."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def uuid7(*, at_ms: int | None = None) -> UUID:
    """A new UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random bits."""
    ms = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    value = (
        (ms & (1 << 48) - 1) << 80
        | 0x7 << 76
        | secrets.randbits(12) << 64
        | 0b10 << 62
        | secrets.randbits(62)
    )
    return UUID(int=value)
