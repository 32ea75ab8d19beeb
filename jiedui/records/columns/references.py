"""Columns that point to something: a region, a party, another record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from jiedui.lib.canonical import Canon
from jiedui.lib.places import range_of
from jiedui.parties import directory, persons
from jiedui.records.columns.base import (
    Column,
    Label,
    NumberColumn,
    Read,
    Reading,
    TextColumn,
    UnreadableCell,
    cell_text,
)
from jiedui.regions import places

if TYPE_CHECKING:
    from jiedui.accounts.models import User

NUMBER = re.compile(r"R-\d{1,12}")
Slice = tuple[int, int, str]
"""Region, pairing and line of work of a record."""


class RegionField(Column, NumberColumn):
    """A region by name or code; its value is the 12-digit code (本级 is the place's own code)."""

    def read_one(self, text: str, reading: Reading) -> Canon:
        return read_region(text)[0]

    def show(self, values: Sequence[Canon], by: User | None = None) -> list[str]:
        names = places.names({int(str(value)) for value in values if value is not None})
        return [names.get(int(str(v)), str(v)) if v is not None else "" for v in values]

    def shown(self, value: Canon) -> str:
        return self.show([value])[0]

    def typed(self, value: Canon) -> str:
        return self.shown(value)


def read_region(text: str) -> tuple[int, bool]:
    """The code of a region and whether 本级 was written; raises UnreadableCell."""
    try:
        return places.resolve(text.strip())
    except places.UnknownRegion as error:
        raise UnreadableCell(str(error)) from error


def read_pairing(text: str) -> int:
    """The number of a pairing; raises UnreadableCell."""
    try:
        return places.resolve_pairing(text.strip())
    except places.UnknownPairing as error:
        raise UnreadableCell(str(error)) from error


class UidField(Column, TextColumn):
    """Points to something by its ``uid``: the value is 32 hexadecimal digits. Nothing is deleted."""

    def __init__(self, label: Label = "", *, required: bool = True, **kwargs: Any):
        kwargs.setdefault("max_length", 32)
        super().__init__(label, required=required, **kwargs)

    def find(self, texts: set[str], reading: Reading) -> dict[str, directory.Found]:
        """What each text names."""
        raise NotImplementedError

    def names(self, uids: set[str], by: User | None = None) -> dict[str, str]:
        """What to show for each uid; ``by`` is who reads."""
        raise NotImplementedError

    def missing(self, text: str) -> str:
        """The sentence for a text that names nothing."""
        return _("没有找到“%(text)s”，请先登记。") % {"text": text[:40]}

    def several(self, text: str, count: int) -> str:
        """The sentence for a text that names several."""
        return _("有 %(count)d 个“%(text)s”，请写编号。") % {"count": count, "text": text[:40]}

    def read(self, cells: Sequence[object], reading: Reading) -> Read:
        texts = [unicodedata.normalize("NFC", cell_text(cell)).strip() for cell in cells]
        found = self.find({text for text in texts if text}, reading)
        values: list[Canon] = []
        errors: dict[int, str] = {}
        for row, text in enumerate(texts):
            answer = found[text] if text else directory.Found(None, 0)
            values.append(answer.uid.hex if answer.uid else None)
            if text and answer.uid is None:
                many = answer.matches
                errors[row] = self.several(text, many) if many else self.missing(text)
        return Read(values, errors)

    def stored(self, value: Canon) -> object:
        return "" if value is None else value

    def show(self, values: Sequence[Canon], by: User | None = None) -> list[str]:
        names = self.names({str(value) for value in values if value is not None}, by)
        return [names.get(str(value), "") if value is not None else "" for value in values]

    def shown(self, value: Canon) -> str:
        return self.show([value])[0]

    def typed(self, value: Canon) -> str:
        return self.shown(value)

    def stays(self, text: str, value: Canon) -> bool:
        """Whether a text that names nothing to its author is what the form showed for ``value``."""
        return value is not None and text.strip() == self.typed(value)


class PartyField(UidField):
    """An enterprise or organisation of the registers, by credit code or full name.

    ``only`` narrows it to "enterprise" or "organisation".
    """

    def __init__(self, label: Label = "", *, only: str = "", **kwargs: Any):
        self.only = only
        super().__init__(label, **kwargs)

    def find(self, texts: set[str], reading: Reading) -> dict[str, directory.Found]:
        return directory.find_parties(
            texts, enterprises=self.only != "organisation", organisations=self.only != "enterprise"
        )

    def names(self, uids: set[str], by: User | None = None) -> dict[str, str]:
        return directory.names_of(uids)

    def missing(self, text: str) -> str:
        if wrong := directory.credit_code_problem(text):
            return wrong
        if now := directory.name_now(text):
            return _("“%(text)s”已更名为“%(now)s”，请写现名。") % {"text": text[:40], "now": now}
        return _("名录里没有“%(text)s”，请先建档。") % {"text": text[:40]}

    def several(self, text: str, count: int) -> str:
        return _("名录里有 %(count)d 个“%(text)s”，请写信用代码。") % {
            "count": count,
            "text": text[:40],
        }


class PersonField(UidField):
    """A person of the register (人员) by name, or by name and office where two share a name: 王芳（市教育局）.

    Only people of the slices the reader may see are found. The name stays in the register: content
    and ledger hold the random ``uid``.
    """

    def find(self, texts: set[str], reading: Reading) -> dict[str, directory.Found]:
        return persons.find_persons(texts, by=reading.user)

    def names(self, uids: set[str], by: User | None = None) -> dict[str, str]:
        return persons.names_of(uids)

    def typed(self, value: Canon) -> str:
        if value is None:
            return ""
        return persons.names_of([str(value)], with_office=True).get(str(value), "")

    def missing(self, text: str) -> str:
        return _("人员名录里没有“%(text)s”，请先建档：“台账”页的“名录”，人员。") % {
            "text": text[:40]
        }

    def several(self, text: str, count: int) -> str:
        return _("人员名录里有 %(count)d 个“%(text)s”，请连单位写，例：王芳（市教育局）。") % {
            "count": count,
            "text": text[:40],
        }


class RecordField(UidField):
    """Another record of the house, by its number (R-000418) or its exact title.

    ``kind`` is the code of its kind. Only records the reader may see are found, so that an error
    never tells of a foreign one; a link to one the reader may not see is shown as its number.
    Relations prefill and explain; slices never follow them.
    """

    def __init__(self, label: Label = "", *, kind: str = "", **kwargs: Any):
        self.kind_code = kind
        super().__init__(label, **kwargs)

    def find(self, texts: set[str], reading: Reading) -> dict[str, directory.Found]:
        from jiedui.records.models import Record

        seen = Record.objects.visible_to(reading.user).filter(kind=self.kind_code)
        uids: dict[str, list[UUID]] = {text: [] for text in texts}
        keys = {int(text[2:]): text for text in texts if NUMBER.fullmatch(text)}
        for numbers in directory.chunks(sorted(keys)):
            for pk, uid in seen.filter(pk__in=numbers).values_list("pk", "uid"):
                uids[keys[pk]].append(uid)
        for some in directory.chunks(sorted(texts - set(keys.values()))):
            for title, uid in seen.filter(title__in=some).values_list("title", "uid"):
                uids[title].append(uid)
        return {t: directory.Found(f[0] if len(f) == 1 else None, len(f)) for t, f in uids.items()}

    def names(self, uids: set[str], by: User | None = None) -> dict[str, str]:
        from jiedui.records.models import Record

        found: dict[str, str] = {}
        seen: set[int] = set()
        for some in directory.chunks([UUID(uid) for uid in sorted(uids)]):
            there = Record.objects.filter(uid__in=some)
            if by is not None:
                seen = set(there.visible_to(by).values_list("pk", flat=True))
            found |= {
                one.uid.hex: one.title if one.pk in seen and one.title else one.number
                for one in there.only("pk", "uid", "title")
            }
        return found

    def titles_within(self, values: Sequence[Canon], slices: Sequence[Slice]) -> list[str]:
        """The title of each linked record that lies inside the slice beside it; "" for any other.

        Who may read the slice may read that record too, so its title may be kept with the slice.
        """
        from jiedui.records.models import Record

        wanted = sorted({str(value) for value in values if value is not None})
        there = {
            one.uid.hex: one
            for some in directory.chunks([UUID(uid) for uid in wanted])
            for one in Record.objects.filter(uid__in=some)
        }
        titles = []
        for value, (region, pairing, line) in zip(values, slices, strict=True):
            one = there.get(str(value))
            inside = one is not None and (one.pairing, one.line) == (pairing, line)
            is_own = inside and one is not None and range_of(region).holds(range_of(one.region))
            titles.append(one.title if is_own and one is not None else "")
        return titles
