"""What every column of a kind can do: read raw cells, show a value, store it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jiedui.lib.canonical import Canon
from jiedui.lib.sheets import Cell

if TYPE_CHECKING:
    from jiedui.accounts.models import User

    ModelField = models.Field[Any, Any]
    TextColumn = models.CharField[Any, Any]
    NumberColumn = models.BigIntegerField[Any, Any]
    TruthColumn = models.BooleanField[Any, Any]
else:
    ModelField = models.Field
    TextColumn = models.CharField
    NumberColumn = models.BigIntegerField
    TruthColumn = models.BooleanField

Label = str | Promise


class UnreadableCell(ValueError):
    """A cell that means nothing here; its text is the Chinese sentence for the person who typed it."""


class Read(NamedTuple):
    """A column read: one canonical value a row (None for an empty cell), and sentences by row."""

    values: list[Canon]
    errors: dict[int, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What cells are read with: the China day of today, who reads, the units a sheet's head names."""

    today: date
    user: User
    units: Mapping[str, str] = field(default_factory=dict)


class Column(ModelField):
    """A model field that knows its cells.

    ``label`` is what people call it, ``hint`` one line under it, ``unit`` what stands inside the box,
    ``required`` whether a submitted record must have it. Its canonical value (integers and text) goes
    into the revision's content; ``stored`` turns that into what the body's row holds.
    """

    unit: Label = ""
    align = ""

    def __init__(
        self, label: Label = "", *, required: bool = True, hint: Label = "", **kwargs: Any
    ):
        self.required = required
        self.hint = hint
        kwargs.setdefault("blank", not required)
        kwargs.setdefault("verbose_name", label)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        """Migrations see the plain Django field, so that they never depend on this room."""
        name, _path, args, kwargs = super().deconstruct()
        plain = next(c for c in type(self).__mro__ if c.__module__.startswith("django.db.models"))
        for spoken in ("choices", "verbose_name"):
            kwargs.pop(spoken, None)
        return name, f"django.db.models.{plain.__name__}", args, kwargs

    @property
    def label(self) -> str:
        return str(self.verbose_name)

    def read(self, cells: Sequence[object], reading: Reading) -> Read:
        """Read one raw cell a row; equal cells are read once."""
        values: list[Canon] = []
        errors: dict[int, str] = {}
        known: dict[object, Canon] = {}
        for row, cell in enumerate(cells):
            text = cell if isinstance(cell, str) else cell_text(cell)
            try:
                if text not in known:
                    known[text] = self.read_one(text, reading) if text.strip() else None
                values.append(known[text])
            except UnreadableCell as problem:
                values.append(None)
                errors[row] = str(problem)
        return Read(values, errors)

    def read_one(self, text: str, reading: Reading) -> Canon:
        """The canonical value of one cell that is not empty; raises UnreadableCell."""
        raise NotImplementedError

    def stored(self, value: Canon) -> object:
        """What the body's row holds for a canonical value."""
        return value

    def typed(self, value: Canon) -> str:
        """The text a form shows for editing; reading it again gives the value."""
        return "" if value is None else str(value)

    def shown(self, value: Canon) -> str:
        """The text a page shows; empty for None."""
        return self.typed(value)

    def cell(self, value: Canon, text: str) -> Cell:
        """What goes into a spreadsheet for a value: its ``text``, unless it is a number or a day."""
        return text or None

    def doubt(self, value: Canon) -> str:
        """A sentence that asks to look at a readable value again; empty when it looks right."""
        return ""

    def show(self, values: Sequence[Canon], by: User | None = None) -> list[str]:
        """``shown`` for many at once; references ask the database once.

        ``by`` is who reads; without one, only what every reader of the record may be told is shown.
        """
        return [self.shown(value) for value in values]


class TextField(Column, TextColumn):
    """A line of text, at most ``max_length`` characters (200)."""

    def __init__(
        self,
        label: Label = "",
        *,
        required: bool = False,
        max_length: int = 200,
        long: bool = False,
        **kwargs: Any,
    ):
        self.long = long
        super().__init__(label, required=required, max_length=max_length, **kwargs)

    def read_one(self, text: str, reading: Reading) -> Canon:
        text = unicodedata.normalize("NFC", text).strip()
        if any(
            unicodedata.category(letter) in {"Cc", "Cs", "Co"} and letter not in "\n\r\t"
            for letter in text
        ):
            raise UnreadableCell(_("有不能保存的控制字符，请删去。"))
        if len(text) > (self.max_length or 0):
            raise UnreadableCell(
                _("最多 %(most)d 个字，现有 %(now)d 个。")
                % {"most": self.max_length, "now": len(text)}
            )
        return text

    def stored(self, value: Canon) -> object:
        return "" if value is None else value


class ChoiceField(Column, TextColumn):
    """One of a few words. A cell may hold the stored word or the Chinese label."""

    def __init__(
        self,
        label: Label = "",
        *,
        choices: Any = (),
        required: bool = True,
        default_word: str = "",
        **kwargs: Any,
    ):
        self.default_word = default_word
        kwargs.setdefault("max_length", 40)
        super().__init__(label, choices=choices, required=required, **kwargs)

    @property
    def words(self) -> list[tuple[str, str]]:
        """(stored word, Chinese label) in order."""
        return [(str(word), str(label)) for word, label in self.flatchoices]

    def read_one(self, text: str, reading: Reading) -> Canon:
        text = text.strip()
        for word, label in self.words:
            if text in {word, label}:
                return word
        labels = "、".join(label for _word, label in self.words)
        raise UnreadableCell(
            _("“%(text)s”不在可选的里面：%(labels)s。") % {"text": text, "labels": labels}
        )

    def stored(self, value: Canon) -> object:
        return "" if value is None else value

    def shown(self, value: Canon) -> str:
        return dict(self.words).get(str(value), "" if value is None else str(value))

    def typed(self, value: Canon) -> str:
        return "" if value is None else str(value)


class YesNoField(Column, TruthColumn):
    """是 or 否; an empty cell is 否 unless the column is required."""

    def __init__(self, label: Label = "", *, required: bool = False, **kwargs: Any):
        kwargs.setdefault("default", False)
        super().__init__(label, required=required, **kwargs)

    def read_one(self, text: str, reading: Reading) -> Canon:
        word = text.strip().lower()
        if word in {"是", "有", "√", "1", "true", "yes", "on"}:
            return True
        if word in {"否", "无", "×", "0", "false", "no"}:
            return False
        raise UnreadableCell(_("请写“是”或“否”。"))

    def stored(self, value: Canon) -> object:
        return bool(value)

    def typed(self, value: Canon) -> str:
        return "" if value is None else (_("是") if value else _("否"))


def cell_text(cell: object) -> str:
    """The text of a raw cell: spreadsheets give numbers and dates, forms and APIs give text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return str(cell)


def plain(text: str) -> str:
    """Full-width digits, signs and letters as plain ones, without spaces at the ends."""
    return unicodedata.normalize("NFKC", text).strip()
