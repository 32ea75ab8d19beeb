"""Prepared statements of whole numbers by PostgreSQL's own client library, as psycopg hands it out.

A board has a hundred parameters and thousands of numbers: psycopg's cursor needs as long for them as the server for
the answer. Behind a pooler that changes connections between transactions this must not be used.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    import psycopg

Param: TypeAlias = int | Sequence[int]

_BIGINT, _BIGINTS = 20, 1016
"""The numbers of PostgreSQL's types for a bigint and an array of them."""
_prepared: WeakKeyDictionary[psycopg.Connection[Any], set[bytes]] = WeakKeyDictionary()


def ready(connection: psycopg.Connection[Any]) -> bool:
    """Whether a statement may be sent as it is; psycopg begins the transactions that it was told to begin."""
    from psycopg.pq import TransactionStatus

    begun: bool = connection.pgconn.transaction_status != TransactionStatus.IDLE
    return connection.autocommit or begun


def fetch(
    connection: psycopg.Connection[Any], statement: str, params: Sequence[Param]
) -> list[tuple[Any, ...]]:
    """All rows; raises psycopg's errors."""
    from psycopg.adapt import Transformer
    from psycopg.errors import error_from_result
    from psycopg.pq import ExecStatus

    server = connection.pgconn
    name, text = _numbered(statement)
    names = _prepared.setdefault(connection, set())
    if name not in names:
        if not names:
            # They read by key whatever they are asked, so one plan is as good as another and is not made again.
            server.exec_(b"SET plan_cache_mode TO force_generic_plan")
        types = [_BIGINT if isinstance(param, int) else _BIGINTS for param in params]
        done = server.prepare(name, text, types)
        if done.status != ExecStatus.COMMAND_OK:
            raise error_from_result(done)
        names.add(name)
    found = server.exec_prepared(name, [_binary(param) for param in params], [1] * len(params), 1)
    if found.status != ExecStatus.TUPLES_OK:
        raise error_from_result(found)
    reader = Transformer(connection)
    reader.set_pgresult(found)
    return reader.load_rows(0, found.ntuples, tuple)


@lru_cache(maxsize=500)
def _numbered(statement: str) -> tuple[bytes, bytes]:
    """A name for the statement, and the statement with $1, $2 for its marks."""
    first, *others = statement.split("?")
    text = first + "".join(f"${number}{part}" for number, part in enumerate(others, 1))
    return b"jiedui_%x" % (hash(statement) % 2**64), text.encode()


def _binary(param: Param) -> bytes:
    """As PostgreSQL sends it: a number's eight bytes; an array's dimensions, then length and bytes of each."""
    if isinstance(param, int):
        return struct.pack(">q", param)
    size = len(param)
    items = chain.from_iterable((8, number) for number in param)
    return struct.pack(f">iiIii{'iq' * size}", 1, 0, _BIGINT, size, 1, *items)
