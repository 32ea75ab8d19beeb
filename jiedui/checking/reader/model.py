"""The values a reading is made of. All frozen; spans count Unicode code points, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "amount", "count", "people", "person_times", "percent", "ratio", "measure",
    "date", "duration", "ordinal", "age", "code",
]  # fmt: skip
Severity = Literal["error", "warn", "note"]


@dataclass(frozen=True, slots=True)
class Interval:
    """What the wording allows, both ends included; ``None`` is an open end."""

    low: Decimal | None
    high: Decimal | None

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both intervals."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)


EVERYTHING = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure of a text.

    ``value`` is a decimal string in the base unit ("3270000", a range "3~5"), an ISO date with
    unknown parts as X ("XXXX-10-11"), an ISO 8601 duration, or None where the wording gives no
    number (数十家). ``number`` is the value as a Decimal where it is one number; ``interval`` what
    the wording allows. ``step`` is the worth of one in the last digit shown (0.01亿 = 1000000).
    """

    id: str
    start: int
    end: int
    surface: str
    kind: Kind
    value: str | None
    unit: str | None
    orig_unit: str | None = None
    approx: str | None = None
    qual: tuple[str, ...] = ()
    head: str | None = None
    indicator: str | None = None
    scope: str | None = None
    period: str | None = None
    number: Decimal | None = None
    interval: Interval = EVERYTHING
    step: Decimal = Decimal(1)
    resolved: str | None = None
    """The date completed from its context, where ``value`` has unknown parts."""
    optional: bool = False
    """Vague or fixed wording (两地, 今年): read, but nothing hangs on it."""
    missing_unit: bool = False
    """The unit was taken from the end of the list (10、20、30万元)."""

    @property
    def exact(self) -> bool:
        """One number, stated without 约, 余, 超过 and the like."""
        return self.number is not None and self.approx is None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between quantities of one text, by their ids.

    ``roles`` maps a role to one id or several: sum {total, parts}, subset {whole, part},
    same {ids}, pair {ids}, rate {rate, part, whole}, product {total, factors},
    enum_count {count, listed} where ``listed`` holds names instead of ids.
    """

    type: str
    roles: dict[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a clerk should look at. ``start``/``end`` is the figure in doubt, ``spans`` all."""

    severity: Severity
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    message: str
    arithmetic: str
    files: tuple[str, ...] = ()
    """The text of each span, for findings across several texts; empty within one text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. An empty text has three empty tuples.

    ``furniture`` are the spans passed over (licence numbers, telephones). ``truncated`` says that
    the text held more quantities than a reading keeps, and was read only as far as the last one.
    """

    quantities: tuple[Quantity, ...] = ()
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    truncated: bool = False
    work: int = 0
    """Steps the scanner took: at most a constant times the length of the text."""

    _by_id: dict[str, Quantity] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, quantity_id: str) -> Quantity:
        return self._by_id[quantity_id]
