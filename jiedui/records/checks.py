"""Checks on submit. Rooms above register theirs here; this room knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from jiedui.records.content import Content
from jiedui.records.kinds import Body, Errors
from jiedui.records.once import twice

Check = Callable[[type[Body], Sequence[Content], Sequence[UUID]], Errors]
"""Sees all rows of one kind that are being submitted, with the uids of their records; answers
sentences by (row, column)."""

_checks: list[Check] = [twice]


def register(check: Check) -> Check:
    """Run ``check`` on every submission from now on; usable as a decorator, once a function."""
    if check not in _checks:
        _checks.append(check)
    return check


def unregister(check: Check) -> None:
    """Take a check out again; nothing happens when it is not there."""
    if check in _checks:
        _checks.remove(check)


def run(body: type[Body], contents: Sequence[Content], uids: Sequence[UUID]) -> Errors:
    """All sentences of all checks; the first check to speak of a cell wins."""
    errors: Errors = {}
    for check in _checks:
        errors = check(body, contents, uids) | errors
    return errors
