"""Doubts (提示): sentences that ask to look at a value again, before reporting and before approving.

They stop nothing: what is unusual may be right. A page shows them beside the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from jiedui.records.content import Content
from jiedui.records.kinds import Body, Errors, columns_of


def doubts(body: type[Body], contents: Sequence[Content]) -> Errors:
    """Sentences by (row, column) for contents of one kind that were read without errors."""
    names = columns_of(body)
    columns = {name: [content.fields.get(name) for content in contents] for name in names}
    found: Errors = {}
    for name, column in names.items():
        for row, value in enumerate(columns[name]):
            if value is not None and (sentence := column.doubt(value)):
                found[row, name] = sentence
    return body.doubts(columns) | found
