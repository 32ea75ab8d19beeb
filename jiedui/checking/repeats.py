"""The same figure said twice, and parts of it: of one slice only one row is taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.lib.periods import Window

from .reader.model import Quantity, Reading
from .scoping import Where


class Slice(NamedTuple):
    """What two rows may not both declare."""

    indicator: str
    region: int
    own: bool
    window: Window


def slice_of(indicator: Indicator, where: Where, window: Window) -> Slice:
    """The slice of a row; the start of a stock says nothing."""
    if indicator.measure is Measure.STOCK:
        window = Window(None, window.end)
    return Slice(indicator.code, where.region, where.own, window)


class Repeats:
    """Remembers which row took which slice; rows are numbered from 1.

    ``superseded`` are earlier rows that a finer saying of the same figure took the place of, by
    number, with the sentence for them.
    """

    def __init__(self, reading: Reading) -> None:
        self.superseded: dict[int, str] = {}
        self._taken: dict[Slice, tuple[int, Quantity]] = {}
        self._parts: dict[str, str] = {}
        for relation in reading.relations:
            roles = relation.roles
            if relation.type == "sum":
                self._belong(roles["parts"], str(roles["total"]))
            elif relation.type == "subset":
                self._belong((str(roles["part"]),), str(roles["whole"]))

    def _belong(self, parts: str | Iterable[str], total: str) -> None:
        for part in (parts,) if isinstance(parts, str) else parts:
            self._parts[part] = total

    def of(self, order: int, figure: Quantity, slice_: Slice) -> str:
        """The sentence for a row that repeats another; "" and remembered when it is the first."""
        taken = self._taken.get(slice_)
        if taken is None:
            self._taken[slice_] = order, figure
            return ""
        first, other = taken
        if self._parts.get(figure.id) == other.id:
            return _("是第 %d 行的一部分，口径相同，不另取") % first
        if self._parts.get(other.id) == figure.id:
            self.superseded[first] = _("是第 %d 行的一部分，口径相同，不另取") % order
            self._taken[slice_] = order, figure
            return ""
        if not figure.interval.meets(other.interval):
            return _("与第 %d 行指标、地区、期间相同而数不同，请核对后只取一行") % first
        if is_finer(figure, other):
            self.superseded[first] = _("与第 %d 行是同一个数，取写得更细的") % order
            self._taken[slice_] = order, figure
            return ""
        return _("与第 %d 行是同一个数") % first


def is_finer(figure: Quantity, other: Quantity) -> bool:
    """Whether a figure says the same number more exactly."""
    if figure.exact != other.exact:
        return figure.exact
    return figure.number != other.number and figure.step < other.step
