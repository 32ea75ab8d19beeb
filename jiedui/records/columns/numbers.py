"""Counts, money and bounds: integers in the smallest unit, never a float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jiedui.lib import money
from jiedui.lib.bounds import Bound
from jiedui.lib.canonical import Canon
from jiedui.lib.sheets import Cell
from jiedui.records.columns.base import (
    ChoiceField,
    Column,
    Label,
    NumberColumn,
    Read,
    Reading,
    UnreadableCell,
    plain,
)

LARGEST = 10**15
BOUND_WORDS = [
    (Bound.EXACT.value, "确数"),
    (Bound.AT_LEAST.value, "不低于"),
    (Bound.AT_MOST.value, "不超过"),
    (Bound.ABOUT.value, "约"),
]

_COUNT = re.compile(r"[+]?\d{1,3}(?:,\d{3})+|[+]?\d+")


class CountField(Column, NumberColumn):
    """A whole number from 0, with its unit (人, 场, 个)."""

    align = "r"

    def __init__(
        self, label: Label = "", *, unit: Label = "", required: bool = True, **kwargs: Any
    ):
        self.unit = unit
        kwargs.setdefault("null", not required)
        super().__init__(label, required=required, **kwargs)

    def read_one(self, text: str, reading: Reading) -> Canon:
        written = plain(text)
        written = written.removesuffix(str(self.unit)).strip()
        if not _COUNT.fullmatch(written):
            raise UnreadableCell(_("请写整数，例：120。"))
        value = int(written.replace(",", ""))
        if value > LARGEST:
            raise UnreadableCell(_("这个数太大，请核对。"))
        return value

    def shown(self, value: Canon) -> str:
        return "" if value is None else f"{value:,}"

    def cell(self, value: Canon, text: str) -> Cell:
        return value if isinstance(value, int) else None


class MoneyField(Column, NumberColumn):
    """Money in fen, typed and shown in ``unit`` (万元 unless told otherwise); 元 may be written out.

    More than ``usual`` of the unit is doubted: one who types 元 into 万元 is wrong by ten thousand.
    """

    align = "r"

    def __init__(
        self,
        label: Label = "",
        *,
        unit: str = "万元",
        usual: int = 0,
        required: bool = True,
        **kwargs: Any,
    ):
        self.unit: str = unit
        self.usual = usual
        kwargs.setdefault("null", not required)
        super().__init__(label, required=required, **kwargs)

    def read(self, cells: Sequence[object], reading: Reading) -> Read:
        unit = reading.units.get(self.name, self.unit)
        return super().read(cells, replace(reading, units={"": unit}))

    def read_one(self, text: str, reading: Reading) -> Canon:
        try:
            fen = money.parse(text, reading.units[""])
        except ValueError as error:
            raise UnreadableCell(str(error)) from error
        if fen < 0:
            raise UnreadableCell(_("金额不能是负数；要减少请更正原记录。"))
        if fen > LARGEST:
            raise UnreadableCell(_("这个金额太大，请核对单位。"))
        return fen

    def typed(self, value: Canon) -> str:
        return "" if not isinstance(value, int) else money.exact(value, self.unit)

    def cell(self, value: Canon, text: str) -> Cell:
        return Decimal(self.typed(value)) if isinstance(value, int) else None

    def doubt(self, value: Canon) -> str:
        if (
            not self.usual
            or not isinstance(value, int)
            or value <= self.usual * money.UNITS[self.unit]
        ):
            return ""
        return _(
            "%(label)s %(amount)s %(unit)s（%(large)s 亿元）比常见的大得多，请核对是否把元写成了%(unit)s。"
        ) % {
            "label": self.label,
            "amount": self.shown(value),
            "unit": self.unit,
            "large": money.exact(value, "亿元"),
        }

    def shown(self, value: Canon) -> str:
        whole, dot, part = self.typed(value).partition(".")
        return f"{int(whole):,}{dot}{part}" if whole else ""


class BoundField(ChoiceField):
    """确数 or not: the word that goes with a count or a sum; empty is 确数."""

    def __init__(self, label: Label = "", *, required: bool = False, **kwargs: Any):
        kwargs.setdefault("choices", BOUND_WORDS)
        super().__init__(label, required=required, default_word=Bound.EXACT.value, **kwargs)
