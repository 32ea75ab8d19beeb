"""The rows derived from a content: the header's searchable fields and the kind's body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from jiedui.records.columns import PartyField, RecordField, TextField, When
from jiedui.records.content import Content
from jiedui.records.kinds import Body, columns_of, date_column, title_columns
from jiedui.records.models import Record
from jiedui.regions import places

BATCH = 500


class Face(NamedTuple):
    """What the header shows of a content."""

    title: str
    words: str
    first_on: date | None
    last_on: date | None
    book: str


def faces(body: type[Body], contents: Sequence[Content]) -> list[Face]:
    """The faces of contents of one kind, asking each register once."""
    columns = columns_of(body)
    slices = [(one.region, one.pairing, body.line_of(one)) for one in contents]
    texts: dict[str, list[str]] = {
        name: column.titles_within([content.fields.get(name) for content in contents], slices)
        if isinstance(column, RecordField)
        else column.show([content.fields.get(name) for content in contents])
        for name, column in columns.items()
        if name in title_columns(body) or searchable(column)
    }
    found = []
    books: dict[int, str] = {}
    for row, content in enumerate(contents):
        day = content.fields.get(date_column(body))
        when = When.of(day) if day else None
        if content.pairing not in books:
            books[content.pairing] = places.book(content.pairing)
        title = " ".join(filter(None, (texts[name][row] for name in title_columns(body))))
        words = " ".join(dict.fromkeys(filter(None, (text[row] for text in texts.values()))))
        found.append(
            Face(
                title[:300], words, when and when.first, when and when.last, books[content.pairing]
            )
        )
    return found


def searchable(column: object) -> bool:
    return isinstance(column, TextField | PartyField)


def body_row(body: type[Body], record: Record, content: Content) -> Body:
    """The body's row for a content; not yet saved."""
    values = {
        column.attname: column.stored(content.fields.get(name))
        for name, column in columns_of(body).items()
    }
    return body(record_id=record.pk, **values)


def write_bodies(body: type[Body], records: Sequence[Record], contents: Sequence[Content]) -> None:
    """Write or rewrite the body rows of records of one kind."""
    rows = [body_row(body, *pair) for pair in zip(records, contents, strict=True)]
    names = list(columns_of(body))
    body._default_manager.bulk_create(  # noqa: SLF001
        rows,
        batch_size=BATCH,
        update_conflicts=bool(names),
        update_fields=names or None,
        unique_fields=["record"] if names else None,
    )
