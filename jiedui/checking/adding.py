"""Whether parts make their whole, and how sure it is that they should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .links import Link, near, one_digit_apart, slack, told, total, unit_told
from .model import Quantity, Relation, Severity

LEVELS = (
    "级",
    "类",
    "组",
    "线上",
    "线下",
    "男",
    "女",
    "其他",
    "其余",
    "产业",
    "本级",
    "东部",
    "西部",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A whole and its parts, and the word that says so: 其中, 合计, ：, or none."""

    whole: Quantity
    parts: list[Quantity]
    word: str
    beside: bool = False
    """Another unit of the same list adds up."""


def adds_up(whole: Quantity, parts: list[Quantity]) -> bool:
    if len(parts) < 2 or whole.number is None:
        return False
    return abs(total(parts) - whole.number) <= slack(whole, *parts)


def judge(found: Found) -> Iterator[Link]:
    """One link for a sum, or one for every subset."""
    whole = found.whole
    parts = _those_that_add_up(whole, found.parts)
    if adds_up(whole, parts):
        yield _sum(whole, parts, None if total(parts) == whole.number else "note")
        return
    severity = _doubt(replace(found, parts=parts)) if len(parts) >= 2 else None
    if severity:
        yield _sum(whole, parts, severity)
    elif found.word == "其中":
        for part in parts:
            yield from subset(whole, part)


def _those_that_add_up(whole: Quantity, parts: list[Quantity]) -> list[Quantity]:
    """The first parts, where they make the whole and something else follows them."""
    for count in range(2, len(parts)):
        if total(parts[:count]) == whole.number:
            return parts[:count]
    return parts


def _doubt(found: Found) -> Severity | None:
    """How sure it is that the parts should make the whole, and do not."""
    whole, parts = found.whole, found.parts
    if whole.number is None or not all(q.exact for q in (whole, *parts)):
        return None
    summed = total(parts)
    disjoint = _disjoint(parts)
    if disjoint and (found.beside or found.word == "合计"):
        return "error"
    if found.word in ("合计", "：") and near(summed, whole.number, "0.7"):
        return "warn"
    if summed > whole.number:
        return _too_much(found, summed, disjoint=disjoint)
    return _too_little(found, summed, disjoint=disjoint)


def _too_much(found: Found, summed: Decimal, *, disjoint: bool) -> Severity | None:
    """Parts that exclude one another may not exceed the whole; other labels may overlap."""
    assert found.whole.number is not None
    stated = found.word == "其中"
    slip = _slip(found.whole, found.parts)
    if disjoint and stated and (len(found.parts) > 2 or near(summed, found.whole.number, "0.35")):
        return "error"
    if slip and len(found.parts) > 2 and (stated or near(summed, found.whole.number, "0.1")):
        return "warn"
    return "warn" if stated and near(summed, found.whole.number, "0.1") else None


def _too_little(found: Found, summed: Decimal, *, disjoint: bool) -> Severity | None:
    """A list behind 其中 need not be complete: only a slip or a small rest is worth a word."""
    assert found.whole.number is not None
    if not near(summed, found.whole.number, "0.35" if disjoint else "0.25"):
        return None
    slip = _slip(found.whole, found.parts)
    if disjoint and len(found.parts) >= 3 and (slip or near(summed, found.whole.number, "0.05")):
        return "warn"
    return "warn" if slip and (found.word or len(found.parts) >= 3) else None


def _disjoint(parts: list[Quantity]) -> bool:
    """Places, levels and classes exclude one another; other labels may overlap."""
    scopes = {part.scope for part in parts}
    if len(scopes) == len(parts):
        return True
    heads = [part.head or "" for part in parts]
    return sum(head.endswith(LEVELS) or head.startswith(LEVELS) for head in heads) >= len(heads) - 1


def _slip(whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether one wrong digit somewhere explains the difference."""
    assert whole.number is not None
    off = total(parts) - whole.number
    if whole.number < 20 * whole.step and len(parts) < 3:
        return False
    if one_digit_apart(whole.number + off, whole.number):
        return True
    return any(
        part.number is not None
        and part.number > off
        and one_digit_apart(part.number - off, part.number)
        for part in parts
    )


def _sum(whole: Quantity, parts: list[Quantity], severity: Severity | None) -> Link:
    relation = Relation("sum", {"total": whole.id, "parts": tuple(part.id for part in parts)})
    summed = total(parts)
    left = " + ".join(told(part, whole) for part in parts)
    fine = told(whole) if severity is None else f"{_in_unit_of(summed, whole)}"
    line = f"{left} = {fine}{unit_told(whole)}"
    if severity is None:
        return Link(relation, whole, tuple(parts), line)
    assert whole.number is not None
    line += f" ≠ {told(whole)}{unit_told(whole)}"
    if severity == "note":
        message = "各部分之和与总数相差在末位进舍之内"
    else:
        more = "多" if summed > whole.number else "少"
        off = _in_unit_of(abs(summed - whole.number), whole)
        message = f"各部分之和比总数{more}{off}{unit_told(whole)}"
    return Link(relation, whole, tuple(parts), line, severity, message)


def _in_unit_of(number: Decimal, whole: Quantity) -> str:
    return told(replace(whole, number=number))


def subset(whole: Quantity, part: Quantity) -> Iterator[Link]:
    relation = Relation("subset", {"whole": whole.id, "part": part.id})
    low, high = part.interval.low, whole.interval.high
    line = f"{told(part)} ≤ {told(whole)}"
    if low is not None and high is not None and low > high:
        yield Link(
            relation, part, (whole,), f"{told(part)} > {told(whole)}{unit_told(whole)}", "error",
            f"“其中”的数{part.surface}大于总数{whole.surface}",
        )  # fmt: skip
    else:
        yield Link(relation, part, (whole,), line)
