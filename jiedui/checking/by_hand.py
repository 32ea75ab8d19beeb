"""Readings set by hand: which figure of which text, and what a person says it is.

Nothing is stored: a correction travels with the page as one line of JSON. Pure, no Django.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiedui.lib.periods import Window

from .reader.model import Quantity

BEFORE = 12
"""Characters before a figure that tell it from the same figure elsewhere in the text."""
MOST = 200
LONGEST = 600

_COUNTED_OTHERWISE = frozenset(("元", "%", "人", "人次"))
_PERSONS = frozenset(("人", "人次"))


class NotACorrection(ValueError):
    """What was handed in is no correction of this page."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What one figure is, as far as a person said; None and no window: as it was read.

    ``text`` counts the texts of a check from 1; ``start`` is where the figure began, ``surface`` and
    ``before`` find it again when the text was changed.
    """

    text: int
    start: int
    surface: str
    before: str
    indicator: str | None = None
    region: int | None = None
    own: bool = False
    window: Window | None = None

    def __str__(self) -> str:
        """One line; ``parse`` gives the correction back."""
        start, end = self.window or (None, None)
        days = [day.isoformat() if day else None for day in (start, end)]
        said = [self.text, self.start, self.surface, self.before]
        return json.dumps([*said, self.indicator, self.region, self.own, *days], ensure_ascii=False)

    @classmethod
    def parse(cls, line: str) -> Correction:
        """The correction of a line; raises NotACorrection for anything else."""
        if len(line) > LONGEST:
            raise NotACorrection(line[:40])
        try:
            text, begins, surface, before, indicator, region, own, start, end = json.loads(line)
            window = None
            if end is not None:
                window = Window(
                    date.fromisoformat(start) if start else None, date.fromisoformat(end)
                )
            given = cls(text, begins, surface, before, indicator, region, own, window)
        except (ValueError, TypeError, RecursionError) as error:
            raise NotACorrection(line[:40]) from error
        if not given._is_sound():
            raise NotACorrection(line[:40])
        return given

    def _is_sound(self) -> bool:
        return (
            all(
                isinstance(one, int) and not isinstance(one, bool)
                for one in (self.text, self.start)
            )
            and all(isinstance(one, str) for one in (self.surface, self.before))
            and isinstance(self.indicator, str | None)
            and isinstance(self.region, int | None)
            and isinstance(self.own, bool)
            and (self.window is None or (self.window.start or self.window.end) <= self.window.end)
        )

    def is_for(self, other: Correction) -> bool:
        """Whether both are about one figure."""
        return (self.text, self.start, self.surface) == (other.text, other.start, other.surface)

    def says(self) -> Correction:
        """The same wherever the figure stands: to compare what was said before and after a change."""
        return replace(self, start=0)

    def place(self, text: str) -> int | None:
        """Where the figure stands in the text, which may have changed; None where it is gone."""
        words = self.before + self.surface
        begins = self.start - len(self.before)
        if begins >= 0 and text.startswith(words, begins):
            return self.start
        found = text.find(words)
        if found < 0 or text.find(words, found + 1) >= 0:
            return None
        return found + len(self.before)


def about(number: int, text: str, quantity: Quantity) -> Correction:
    """A correction of a figure that says nothing yet; ``number`` counts the texts from 1."""
    before = text[max(quantity.start - BEFORE, 0) : quantity.start]
    return Correction(number, quantity.start, quantity.surface, before)


def of_text(
    corrections: Iterable[Correction], number: int, text: str, quantities: Sequence[Quantity]
) -> dict[str, Correction]:
    """The corrections of one text by the id of their figure, where it stands now.

    Those whose figure is gone are left out.
    """
    at = {(quantity.start, quantity.surface): quantity.id for quantity in quantities}
    found: dict[str, Correction] = {}
    for one in corrections:
        start = one.place(text) if one.text == number else None
        quantity_id = None if start is None else at.get((start, one.surface))
        if quantity_id:
            found[quantity_id] = replace(one, start=start or 0)
    return found


def fits(quantity: Quantity, unit: str) -> bool:
    """Whether a figure can be one of an indicator in this unit: money money, persons persons."""
    return unit_fits(quantity.kind, quantity.unit or "", unit)


def unit_fits(kind: str, mine: str, unit: str) -> bool:
    """``fits`` for a figure of this kind and unit."""
    if mine == unit:
        return True
    if kind in ("people", "person_times"):
        return unit in _PERSONS
    return kind in ("count", "ordinal") and unit not in _COUNTED_OTHERWISE
