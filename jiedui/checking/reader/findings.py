"""Findings: what a link says that does not hold, and dates that do not exist."""

from __future__ import annotations

import calendar
import re

from .document import Document
from .model import Finding, Quantity
from .relations.links import Link

_DAY = re.compile(r"^(\d{4}|XXXX)-(\d\d)-(\d\d)")


def findings_of(doc: Document, quantities: list[Quantity], links: list[Link]) -> list[Finding]:
    """The findings of a text in reading order; what two rules say of the same figures is said once."""
    found = [_of_link(link) for link in links if link.severity]
    found += [finding for q in quantities if (finding := _impossible_day(q))]
    # The rule that comes first knows more: a headline, before an echo.
    unique = {(f.severity, f.spans): f for f in reversed(found)}
    return sorted(unique.values(), key=lambda f: (f.start, f.end))


def _of_link(link: Link) -> Finding:
    assert link.severity is not None
    spans = sorted({(q.start, q.end) for q in (link.doubt, *link.others)})
    return Finding(
        link.severity, link.doubt.start, link.doubt.end, tuple(spans), link.message, link.arithmetic
    )


def _impossible_day(quantity: Quantity) -> Finding | None:
    """2月30日 and 2023年2月29日 are slips whatever they stand for."""
    match = _DAY.match(quantity.value or "") if quantity.kind == "date" else None
    if match is None:
        return None
    year = 2000 if match[1] == "XXXX" else int(match[1])
    month, day = int(match[2]), int(match[3])
    last = calendar.monthrange(year, month)[1]
    if day <= last:
        return None
    return Finding(
        "error", quantity.start, quantity.end, ((quantity.start, quantity.end),),
        f"没有{quantity.surface}这一天", f"{month}月只有{last}天",
    )  # fmt: skip
