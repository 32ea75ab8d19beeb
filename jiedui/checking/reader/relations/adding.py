"""Whether parts make their whole, and how sure it is that they should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jiedui.checking.reader.model import Quantity, Relation, Severity

from .links import Link, near, one_digit_apart, slack, told, total, unit_told
from .parts import are_all, may_overlap

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
    labels: list[str]
    beside: bool = False
    """Another unit of the same list adds up."""
    closed: bool = False
    """The list fills its parentheses: no part was left out."""


def adds_up(whole: Quantity, parts: list[Quantity]) -> bool:
    if len(parts) < 2 or whole.number is None:
        return False
    return abs(total(parts) - whole.number) <= slack(whole, *parts)


def judge(found: Found) -> Iterator[Link]:
    """One link for a sum, or one for every subset."""
    whole = found.whole
    count = _that_add_up(whole, found.parts)
    parts = found.parts[:count]
    if adds_up(whole, parts):
        yield _sum(whole, parts, None if total(parts) == whole.number else "note")
        return
    severity = _doubt(found) if len(parts) >= 2 else None
    if severity:
        yield _sum(whole, parts, severity)
    elif found.word == "其中" and not any("各" in name for name in found.labels):
        for part in parts:
            yield from subset(whole, part)


def _that_add_up(whole: Quantity, parts: list[Quantity]) -> int:
    """How many of the first parts make the whole, where something else follows them."""
    for count in range(2, len(parts)):
        if total(parts[:count]) == whole.number:
            return count
    return len(parts)


def _doubt(found: Found) -> Severity | None:
    """How sure it is that the parts should make the whole, and do not."""
    whole, parts = found.whole, found.parts
    if whole.number is None or not all(q.exact for q in (whole, *parts)):
        return None
    if any(re.search("[各每]", name) for name in found.labels):
        return None
    disjoint = _disjoint(parts) and not may_overlap(found.labels)
    if disjoint and (found.beside or found.word == "合计"):
        return "error"
    if found.word in ("合计", "：") or found.beside:
        return "warn"
    complete = are_all(found.labels)
    exclusive = complete or disjoint or not may_overlap(found.labels)
    if len(parts) >= 3 and near(total(parts), whole.number, "0.5"):
        if (found.closed and exclusive) or (found.word and slipped(found)):
            return "error" if disjoint and total(parts) > whole.number else "warn"
    if total(parts) > whole.number:
        return _too_much(found, disjoint=disjoint, exclusive=exclusive)
    return "warn" if complete or (exclusive and _too_little(found, disjoint=disjoint)) else None


def _too_much(found: Found, *, disjoint: bool, exclusive: bool) -> Severity | None:
    """Parts that exclude one another may not exceed the whole; other labels may overlap."""
    assert found.whole.number is not None
    if found.word != "其中":
        return "warn" if exclusive and are_all(found.labels) else None
    close = near(total(found.parts), found.whole.number, "0.35")
    if disjoint and (len(found.parts) > 2 or close):
        return "error"
    if exclusive and (len(found.parts) > 2 or close or _slip(found)):
        return "warn"
    return "warn" if close and digits(found) >= 3 and _slip(found) else None


def _too_little(found: Found, *, disjoint: bool) -> bool:
    """A list behind 其中 need not be complete: only a slip or a small rest is worth a word."""
    assert found.whole.number is not None
    summed, many = total(found.parts), len(found.parts) >= 3
    if disjoint and many and near(summed, found.whole.number, "0.05"):
        return True
    if not _slip(found) or not (found.word or many):
        return False
    size = digits(found)
    if size >= 4 or (size == 3 and (many or near(summed, found.whole.number, "0.1"))):
        return True
    return disjoint and many and near(summed, found.whole.number, "0.35")


def digits(found: Found) -> int:
    """How many digits take part in the sum: 5000, 1200 and 800 are 50, 12 and 8."""
    numbers = [q.number for q in (found.whole, *found.parts) if q.number]
    if not numbers:
        return 0
    least = min(int(n.normalize().as_tuple().exponent) for n in numbers)
    return len(str(int(max(numbers).scaleb(-least))))


def _disjoint(parts: list[Quantity]) -> bool:
    """Places, levels and classes exclude one another; other labels may overlap."""
    scopes = {part.scope for part in parts}
    if len(scopes) == len(parts):
        return True
    heads = [part.head or "" for part in parts]
    return sum(head.endswith(LEVELS) or head.startswith(LEVELS) for head in heads) >= len(heads) - 1


def slipped(found: Found) -> bool:
    """Whether one slip explains the difference, and the numbers are long enough to say so."""
    exact = found.whole.number and all(q.exact for q in (found.whole, *found.parts))
    return bool(exact) and digits(found) >= 3 and _slip(found)


def _slip(found: Found) -> bool:
    """Whether one wrong digit, two exchanged or a lost zero somewhere explains the difference."""
    whole, parts = found.whole.number, found.parts
    assert whole is not None
    summed = total(parts)
    if one_digit_apart(summed, whole):
        return True
    return any(
        part.number is not None
        and whole - summed + part.number > 0
        and one_digit_apart(whole - summed + part.number, part.number)
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
