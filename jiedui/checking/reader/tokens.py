"""What the scanner finds before anything is known about heads, scopes and periods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(slots=True)
class Token:
    """A quantity being read; the same fields as Quantity, and what later steps need to know."""

    start: int
    end: int
    kind: str
    value: str | None
    unit: str | None = None
    orig_unit: str | None = None
    approx: str | None = None
    bound: str = "exact"
    number: Decimal | None = None
    high: Decimal | None = None
    step: Decimal = Decimal(1)
    optional: bool = False
    missing_unit: bool = False
    resolved: str | None = None
    qual: tuple[str, ...] = ()
    head: str | None = None
    scope: str | None = None
    period: str | None = None
    role: str = ""
    """as_of, since, within, published … for dates; growth for the percent of a growth."""
