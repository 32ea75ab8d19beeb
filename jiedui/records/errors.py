"""What actions refuse, each with the Chinese sentence a page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from jiedui.records.kinds import Errors
    from jiedui.records.models import Record


class RecordError(Exception):
    """An action was refused and nothing was written; the text is a Chinese sentence."""


class CellErrors(RecordError):
    """Some cells are wrong; ``errors`` holds a sentence by (row, column)."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(_("有 %(count)d 处要改，还没有写入。") % {"count": len(errors)})
        self.errors = errors

    def of_row(self, row: int) -> dict[str, str]:
        """The sentences of one row by column."""
        return {name: text for (at, name), text in self.errors.items() if at == row}


class RecordConflict(RecordError):
    """A record with this uid exists and says something else."""

    def __init__(self, record: Record) -> None:
        super().__init__(_("这一件已经存过，内容与本次不同，请核对差异。"))
        self.record = record


class StaleRevision(RecordError):
    """Somebody else wrote a newer revision since the form was opened."""

    def __init__(self, record: Record) -> None:
        super().__init__(_("打开之后已有他人改过，请核对差异后再存。"))
        self.record = record


class WrongState(RecordError):
    """The record's state does not allow the step."""


class NotAllowed(RecordError):
    """The user lacks the right, or is one of those whose work is to be checked."""
