"""What is worked out of the register of places and pairings, kept in the process until the register changes.

`regions_mark` holds one word, and triggers put another random one there with every change to a region or a
pairing, whoever makes it. So a mark never comes back, not even that of a change that was rolled back, and what was
read after a mark belongs to it: a later change has another mark, and what is kept is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from django.db import connection

T = TypeVar("T")

TABLES = ("regions_region", "regions_pairing")


def mark() -> str:
    """The register's mark: the same as before only if nothing was changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM regions_mark")
        (found,) = cursor.fetchone()
    return str(found)


class Kept(Generic[T]):
    """A value that `make` reads out of the register and of nothing that was read before it."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._found: dict[str, tuple[str, T]] = {}

    def get(self) -> T:
        """The value as the register is now, for one statement if nothing was changed."""
        database, now = str(connection.settings_dict["NAME"]), mark()
        found = self._found.get(database)
        if found is None or found[0] != now:
            found = self._found[database] = now, self._make()
        return found[1]


def watching(vendor: str) -> Iterator[str]:
    """The statements that make the mark and its triggers.

    SQLite loses the triggers of a table that a migration makes anew; such a migration runs them again.
    """
    yield "CREATE TABLE IF NOT EXISTS regions_mark (mark text NOT NULL)"
    yield "DELETE FROM regions_mark"
    if vendor == "postgresql":
        yield "INSERT INTO regions_mark (mark) VALUES (gen_random_uuid())"
        yield (
            "CREATE OR REPLACE FUNCTION regions_changed() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN UPDATE regions_mark SET mark = gen_random_uuid(); RETURN NULL; END $$"
        )
        for table in TABLES:
            yield f"DROP TRIGGER IF EXISTS {table}_changed ON {table}"
            yield (
                f"CREATE TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
                f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION regions_changed()"
            )
        return
    yield "INSERT INTO regions_mark (mark) VALUES (hex(randomblob(16)))"
    then = " BEGIN UPDATE regions_mark SET mark = hex(randomblob(16)); END"
    for table in TABLES:
        for event in ("INSERT", "UPDATE", "DELETE"):
            name = f"{table}_{event.lower()}"
            yield f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table}{then}"
