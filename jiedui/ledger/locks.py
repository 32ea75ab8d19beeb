"""The one posting lock of a deployment (decision 0005): who comes first posts first, and no crash keeps it.

PostgreSQL: an advisory lock, queued fairly by the server, gone with the transaction or its backend. SQLite:
its own busy wait starves writers, so they queue on two files beside the database: everyone takes a number and
waits for the number before it; the kernel frees a number when its process dies.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ADVISORY_KEY = 0x6A69656475
_held = threading.local()


@contextmanager
def posting_lock() -> Iterator[None]:
    """Hold the lock while the block runs; take it **outside** `transaction.atomic()`.

    Inside a transaction on SQLite nothing is taken: IMMEDIATE transactions exclude one another already, and to
    wait for a file while holding the database could wait for ever. On PostgreSQL the lock belongs to the
    transaction: `post` and `define` take it by `lock_transaction`, and this block takes nothing.
    """
    name = str(connection.settings_dict["NAME"])
    held: frozenset[str] = getattr(_held, "names", frozenset())
    in_memory = "memory" in name
    if connection.vendor != "sqlite" or connection.in_atomic_block or name in held or in_memory:
        yield
        return
    _held.names = held | {name}
    try:
        with _queue(Path(name + ".queue")):
            yield
    finally:
        _held.names = held


def lock_transaction() -> None:
    """PostgreSQL: wait for the lock and hold it until the running transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_KEY])


@contextmanager
def _queue(path: Path) -> Iterator[None]:
    # Byte 2**40 of the file is the lock itself; byte n < 2**40 belongs to the holder of number n, who frees it
    # after the lock. Order comes from the numbers, exclusion from the lock alone, so that a waiter who dies
    # lets others pass without ever letting two in.
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if sys.platform != "linux":
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
            return
        number = _take_number(file)
        if number:
            _lock(file, number - 1)
            _unlock(file, number - 1)
        _lock(file, _MAIN)
        yield
    finally:
        os.close(file)  # frees every byte this description holds


_MAIN = 1 << 40
_COUNTER = _MAIN + 1


def _take_number(file: int) -> int:
    _lock(file, _COUNTER)
    number = int.from_bytes(os.pread(file, 8, 0), "big") % (1 << 39)
    _lock(file, number)
    os.pwrite(file, (number + 1).to_bytes(8, "big"), 0)
    _unlock(file, _COUNTER)
    return number


def _lock(file: int, byte: int) -> None:
    fcntl.fcntl(file, fcntl.F_OFD_SETLKW, _flock(fcntl.F_WRLCK, byte))


def _unlock(file: int, byte: int) -> None:
    fcntl.fcntl(file, fcntl.F_OFD_SETLK, _flock(fcntl.F_UNLCK, byte))


def _flock(kind: int, byte: int) -> bytes:
    # struct flock on 64-bit Linux: type, whence, start, length, pid (0 for locks of a description).
    return struct.pack("hhqqi4x", kind, os.SEEK_SET, byte, 1, 0)
