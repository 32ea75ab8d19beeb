"""Lines (分县行): an event over several counties says each county's part, and each is a slice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from jiedui.lib.canonical import Canon
from jiedui.records.columns.base import Column, Label, Read, Reading, UnreadableCell, cell_text

_LINE = re.compile(r"[；;\n]+")
_LIST = re.compile(r"[；;、\n]+")  # lines of one column are a list of names
_CELL = re.compile(r"[\s,，:：|]+")


class LinesField(Column, models.JSONField):
    """A few rows of columns of their own; the column ``region`` makes a line a slice of its own.

    A cell is a list of {column: raw cell}, or text like "上林县 30；马山县 20". Its value is a list of
    {column: canonical value}; rows without any cell are dropped, and no rows is None. Lines of a single
    column may be written as a list of names with 、 between them.
    """

    def __init__(
        self,
        label: Label = "",
        *,
        columns: Mapping[str, Column] | None = None,
        required: bool = False,
        **kwargs: Any,
    ):
        self.columns = dict(columns or {})
        for name, column in self.columns.items():
            column.set_attributes_from_name(name)
        kwargs.setdefault("default", list)
        super().__init__(label, required=required, **kwargs)

    def read(self, cells: Sequence[object], reading: Reading) -> Read:
        owners: list[int] = []
        raw: list[Mapping[str, object]] = []
        errors: dict[int, str] = {}
        for row, cell in enumerate(cells):
            try:
                lines = self._lines(cell)
            except UnreadableCell as problem:
                errors[row], lines = str(problem), []
            raw += lines
            owners += [row] * len(lines)
        values: list[dict[str, Canon]] = [{} for _line in raw]
        for name, column in self.columns.items():
            read = column.read([line.get(name) for line in raw], reading)
            for index, (value, line) in enumerate(zip(read.values, values, strict=True)):
                line[name] = value
                wrong = read.errors.get(index, "")
                if value is None and not wrong and column.required:
                    wrong = _("没有填写")
                if wrong:
                    number = owners[: index + 1].count(owners[index])
                    errors.setdefault(
                        owners[index],
                        _("第 %(number)d 行 %(label)s：%(problem)s")
                        % {"number": number, "label": column.label, "problem": wrong},
                    )
        grouped: dict[int, list[Canon]] = {}
        for row, line in zip(owners, values, strict=True):
            grouped.setdefault(row, []).append(line)
        return Read([grouped.get(row) for row in range(len(cells))], errors)

    def _lines(self, cell: object) -> list[Mapping[str, object]]:
        if isinstance(cell, list | tuple):
            return [dict(line) for line in cell if any(cell_text(part) for part in line.values())]
        lines: list[Mapping[str, object]] = []
        alone = len(self.columns) == 1
        for text in (_LIST if alone else _LINE).split(cell_text(cell)):
            written = text.strip()
            parts = [part for part in ([written] if alone else _CELL.split(written)) if part]
            if len(parts) > len(self.columns):
                labels = " ".join(column.label for column in self.columns.values())
                raise UnreadableCell(_("每行依次写：%(labels)s，行间用分号。") % {"labels": labels})
            if parts:
                lines.append(dict(zip(self.columns, parts, strict=False)))
        return lines

    def stored(self, value: Canon) -> object:
        return value or []

    def shown(self, value: Canon) -> str:
        return "；".join(
            " ".join(column.shown(line.get(name)) for name, column in self.columns.items())
            for line in lines_of(value)
        )

    def typed(self, value: Canon) -> str:
        return "；".join(
            " ".join(column.typed(line.get(name)) for name, column in self.columns.items())
            for line in lines_of(value)
        )


def lines_of(value: Canon) -> list[Mapping[str, Canon]]:
    """The lines of a canonical value, typed; none for None."""
    return [line for line in value if isinstance(line, Mapping)] if isinstance(value, list) else []
