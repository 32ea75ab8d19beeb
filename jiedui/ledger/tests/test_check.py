"""Every single edited, deleted, inserted or swapped row is named."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiedui.ledger import Declaration, Entry, NewPosting, check, heads, indicators, posting, sql
from jiedui.ledger.naive import Naive
from jiedui.ledger.schema import APPEND_ONLY
from jiedui.ledger.tests import worlds
from jiedui.ledger.tests.test_against_naive import example, play
from jiedui.lib.bounds import Bound

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 10, 1, 8, tzinfo=UTC)
PAIRING, SHANGLIN = 440300450100, 450125000000


def test_an_empty_ledger_is_right() -> None:
    assert check.verify() is None
    check.rebuild()
    assert check.verify() is None


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_what_posting_keeps_is_what_rebuilding_makes(data: st.DataObject) -> None:
    history = data.draw(worlds.histories("test.flow")) + data.draw(worlds.histories("test.stock"))
    with example():
        indicators.define(worlds.ALL_MEASURES)
        play(history, Naive({}))
        assert check.verify() is None
        kept = _derived()
        check.rebuild()
        assert _derived() == kept


def _derived() -> list[list[sql.Row]]:
    return [sorted(sql.fetch(f"SELECT * FROM {t}"), key=str) for t in TABLES[3:]]


def ledger() -> None:
    """Two books, a correction, a void, declarations, evidence; and no triggers any more."""
    indicators.define({"funds.paid": "flow", "industry.outlets": "stock"})
    day, other = date(2023, 5, 4), date(2023, 6, 30)

    def paid(value: int, code: str = "funds.paid") -> Entry:
        return Entry(code, SHANGLIN, PAIRING, day, other, value, Bound.AT_LEAST, "subject")

    def new(number: int, revision: int, book: str, *entries: Entry, **more: object) -> None:
        evidence = (f"{number:064x}",)
        posting.post(
            [
                NewPosting(
                    UUID(int=number), revision, book, entries, evidence=evidence,
                    commitment=f"{revision:064x}", **more,  # type: ignore[arg-type]
                )
            ],
            now=NOW + timedelta(minutes=heads.head()),
        )  # fmt: skip

    total = Declaration(
        "funds.paid", SHANGLIN, False, PAIRING, day, other, 900, Bound.ABOUT, "约9元"
    )
    less = Declaration("industry.outlets", SHANGLIN, True, 0, None, other, 8)
    new(1, 1, "a", paid(100), paid(3, "industry.outlets"), declarations=(total,))
    new(2, 1, "b", paid(200))
    new(3, 1, "a", paid(300), declarations=(less,))
    new(1, 2, "a", paid(150), reverses=1, declarations=(total,))
    new(2, 2, "b", reverses=2)
    new(4, 1, "b", paid(77), paid(78))
    assert check.verify() is None
    for table in APPEND_ONLY:
        if connection.vendor == "sqlite":
            for (name,) in sql.fetch(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            ):
                sql.run(f"DROP TRIGGER {name}")
        else:
            sql.run(f"DROP TRIGGER {table}_append_only ON {table}")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [c.name for c in connection.introspection.get_table_description(cursor, table)]


def _tampered(statement: str, params: list[object] | None = None) -> str | None:
    """What verify says after one statement, which is then taken back."""
    with transaction.atomic():
        sql.run(statement, params or [])
        found = check.verify()
        transaction.set_rollback(True)
    return found


TABLES = (*APPEND_ONLY[1:], "ledger_month", "ledger_running", "ledger_standing")


@pytest.mark.parametrize("table", TABLES)
def test_every_edited_cell_is_named(table: str) -> None:
    ledger()
    columns = _columns(table)
    rows = sql.fetch(f"SELECT * FROM {table}")
    key = columns if table in TABLES[3:] else ["id"]
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        where = _where(key)
        for column, value in cells.items():
            for other in _others(value):
                try:
                    said = _tampered(
                        f"UPDATE {table} SET {column} = %s WHERE {where}",
                        [other, *(cells[c] for c in key)],
                    )
                except DatabaseError:  # the engine's own constraints refuse it
                    continue
                assert said is not None, (table, cells, column, other)


def _where(columns: list[str]) -> str:
    same = "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
    return " AND ".join(f"{column} {same} %s" for column in columns)


def _others(value: object) -> list[object]:
    match value:
        case None:
            return [1]
        case int():
            return [value + 1, value - 1, None, -value] if value else [1, None]
        case _:
            text = str(value)
            return [None, *({f"{text} ", "", text.upper(), text[::-1]} - {text})]


def test_every_deleted_inserted_or_swapped_row_is_named() -> None:
    ledger()
    for table in TABLES:
        columns = _columns(table)
        key = "id" if "id" in columns else None
        for row in sql.fetch(f"SELECT * FROM {table}"):
            where = _where(columns)
            said = _tampered(f"DELETE FROM {table} WHERE {where}", list(row))
            last = table == "ledger_posting" and row[0] == heads.head()
            assert said is not None, (table, row)
            assert not last or "belongs to no posting" in said
        if key is None:
            continue
        numbers = [row[0] for row in sql.fetch(f"SELECT id FROM {table} ORDER BY id")]
        rest = ", ".join(
            "NULL" if c == "reverses" and table != "ledger_entry" else c for c in columns[1:]
        )
        if table != "ledger_posting":
            for number in numbers:
                said = _tampered(
                    f"INSERT INTO {table} SELECT {len(numbers) + 1}, {rest} FROM {table}"
                    f" WHERE id = {number}"
                )
                assert said is not None, (table, number)
        for a in numbers:
            for b in numbers[: numbers.index(a)]:
                said = _swapped(table, a, b)
                assert said is not None, (table, a, b)


def _swapped(table: str, a: int, b: int) -> str | None:
    with transaction.atomic():
        for old, new in ((a, -1), (b, a), (-1, b)):
            sql.run(f"UPDATE {table} SET id = {new} WHERE id = {old}")
        found = check.verify()
        transaction.set_rollback(True)
    return found


def test_a_cut_tail_is_seen_by_an_anchor_only() -> None:
    ledger()
    anchor = {"b": heads.book_head("b")}
    with transaction.atomic():
        sql.run("DELETE FROM ledger_entry WHERE posting = 6")
        sql.run("DELETE FROM ledger_posting WHERE id = 6")
        check.rebuild()
        assert check.verify() is None
        assert check.verify(anchor) == "book b: seq 3, which an anchor names, is missing"
        transaction.set_rollback(True)
    assert check.verify(anchor) is None
    assert check.verify({"b": (3, "0" * 64)}) == "book b: seq 3 is not what an anchor names"
