"""The same figure in several texts of one check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .context.scopes import same_place
from .model import Finding, Quantity, Reading
from .relations.links import group, one_digit_apart


def compare(names: Sequence[str], readings: Sequence[Reading]) -> list[Reading]:
    """The readings with what differs between texts added to the later text's findings.

    Two figures are one where indicator (or the whole head), scope and period agree; a text alone
    comes back as it is. Inference only: every finding is a warning.
    """
    known: dict[tuple[object, ...], list[tuple[str, Quantity]]] = {}
    result: list[Reading] = []
    for name, reading in zip(names, readings, strict=True):
        found = []
        for quantity in reading.quantities:
            key = _key(quantity)
            if key is None:
                continue
            for other_name, other in known.get(key, ())[:8]:
                if other_name != name and _differs(quantity, other):
                    found.append(_finding(name, quantity, other_name, other))
                    break
            known.setdefault(key, []).append((name, quantity))
        result.append(
            replace(reading, findings=reading.findings + tuple(found)) if found else reading
        )
    return result


def _key(quantity: Quantity) -> tuple[object, ...] | None:
    if not quantity.exact or quantity.optional or quantity.kind in ("date", "ordinal", "duration"):
        return None
    name = quantity.indicator or (quantity.head if len(quantity.head or "") >= 4 else None)
    return None if name is None else (*group(quantity), name, quantity.qual)


def _differs(one: Quantity, other: Quantity) -> bool:
    assert one.number is not None
    assert other.number is not None
    if not same_place(one.scope, other.scope) or one.period != other.period:
        return False
    if one.interval.meets(other.interval):
        return False
    return one.period is not None or one_digit_apart(one.number, other.number)


def _finding(name: str, one: Quantity, other_name: str, other: Quantity) -> Finding:
    return Finding(
        "warn", one.start, one.end, ((one.start, one.end), (other.start, other.end)),
        f"与另一文不一：{name}为{one.surface}，{other_name}为{other.surface}（{one.head}）",
        f"{one.surface} ≠ {other.surface}", (name, other_name),
    )  # fmt: skip
