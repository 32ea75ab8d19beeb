"""The same figure said twice: in title and body, in digits and words, in 万 and 亿."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from .document import Document
from .links import Link, group, one_digit_apart
from .model import Quantity, Relation
from .scopes import same_place

_KINDS = frozenset(("amount", "count", "people", "person_times", "measure", "ordinal"))
_THESE = re.compile(r"(?:这|这些|上述|该|目前)$")
_ALL = re.compile(r"(?:已|均|都|已经)?全部|均已|都已")
_ACTS = ("以", "已", "都", "均", "在", "将", "始终", "主动", "积极", "纷纷", "全部", "陆续")
_WINDOW = 12
_LIST_BEFORE = re.compile(r"新增|同比|较|比上年|每|各|分别|其中|第一批|另")


def sames(doc: Document, quantities: list[Quantity], apart: set[frozenset[str]]) -> Iterator[Link]:
    """Groups of one figure, and what differs from the group it should be in.

    ``apart`` are pairs of ids known to be different things (whole and part, parts of one list).
    """
    buckets: dict[tuple[str, str | None, str], list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        if _comparable(quantity):
            buckets[(*group(quantity), _noun(quantity))].append(quantity)
    groups: list[list[Quantity]] = []
    for bucket in buckets.values():
        own = _grouped(doc, bucket, apart)
        groups += own
        if len(bucket) > 1:
            yield from _differing(doc, own[-4 * _WINDOW :], apart)
    for known in _joined_by_value(doc, groups):
        if len(known) > 1:
            ids = tuple(q.id for q in known)
            line = " = ".join(q.surface for q in known[:_WINDOW])
            yield Link(Relation("same", {"ids": ids}), known[-1], tuple(known[:-1]), line)


def joined(links: list[Link]) -> list[Link]:
    """The links with every two groups of one figure that share a member made one group."""
    others = [link for link in links if link.relation is None]
    first: dict[str, str] = {}
    known: dict[str, Quantity] = {}

    def root(name: str) -> str:
        while first[name] != name:
            first[name] = first[first[name]]
            name = first[name]
        return name

    for link in links:
        if link.relation is not None:
            for quantity in (link.doubt, *link.others):
                known[quantity.id] = quantity
                first.setdefault(quantity.id, quantity.id)
                first[root(quantity.id)] = root(link.doubt.id)
    groups: dict[str, list[Quantity]] = defaultdict(list)
    for quantity in sorted(known.values(), key=lambda q: q.start):
        groups[root(quantity.id)].append(quantity)
    for members in groups.values():
        line = " = ".join(q.surface for q in members[:_WINDOW])
        relation = Relation("same", {"ids": tuple(q.id for q in members)})
        others.append(Link(relation, members[-1], tuple(members[:-1]), line))
    return others


def _joined_by_value(doc: Document, groups: list[list[Quantity]]) -> list[list[Quantity]]:
    """A number of four digits, or of three in the title, is the same figure whatever its noun."""
    title = doc.text.find("\n")
    by_value: dict[tuple[object, ...], list[Quantity]] = {}
    joined: list[list[Quantity]] = []
    for known in sorted(groups, key=lambda known: known[0].start):
        first = known[0]
        key = (*group(first), first.number, first.approx)
        earlier = by_value.get(key)
        if earlier is not None and first.kind != "ordinal":
            digits = _significant(first)
            apart = doc.sentence(earlier[-1].start) != doc.sentence(first.start)
            in_title = earlier[0].start < title <= 60
            if apart and digits >= (3 if in_title else 4):
                earlier += known
                continue
        by_value[key] = known
        joined.append(known)
    return joined


def _significant(quantity: Quantity) -> int:
    assert quantity.number is not None
    return len(quantity.number.normalize().as_tuple().digits)


def _comparable(quantity: Quantity) -> bool:
    if quantity.kind not in _KINDS or quantity.number is None or quantity.optional:
        return False
    return bool(quantity.head) and not (quantity.kind == "count" and quantity.number < 2)


def _noun(quantity: Quantity) -> str:
    """The end of the head: what is counted, without what describes it."""
    if quantity.kind == "ordinal":
        return quantity.unit or ""
    head = quantity.head or ""
    return head[-1:] if head.endswith(("县", "村", "镇", "区", "市")) else head[-2:]


def _grouped(
    doc: Document, bucket: list[Quantity], apart: set[frozenset[str]]
) -> list[list[Quantity]]:
    groups: list[list[Quantity]] = []
    for quantity in bucket:
        for known in groups[-_WINDOW:]:
            if _same(doc, known[0], quantity, apart) and all(
                frozenset((one.id, quantity.id)) not in apart for one in known[-_WINDOW:]
            ):
                known.append(quantity)
                break
        else:
            groups.append([quantity])
    return groups


def _same(doc: Document, one: Quantity, other: Quantity, apart: set[frozenset[str]]) -> bool:
    if frozenset((one.id, other.id)) in apart or one.approx != other.approx:
        return False
    return _agree(one, other) and _alike(doc, one, other)


def _agree(one: Quantity, other: Quantity) -> bool:
    """Equal, or equal once the finer figure is rounded to the digits of the coarser."""
    if one.number is None or other.number is None:
        return False
    if one.number == other.number:
        return True
    if one.step == other.step or one.kind == "count":
        return False
    return abs(one.number - other.number) <= max(one.step, other.step) / 2


def _alike(doc: Document, one: Quantity, other: Quantity) -> bool:
    """Whether the words allow two figures to be one: head, scope and period."""
    if one.kind == "ordinal":
        return one.unit == "批" and _scopes_meet(one, other)
    first, second = one.head or "", other.head or ""
    near = doc.line(one.start) == doc.line(other.start) and other.start - one.end < 120
    holds = first.endswith(second) or second.endswith(first)
    if not near and (one.number or 0) < 10 and min(len(first), len(second)) < 3:
        holds = holds and first.endswith(("县", "区", "镇", "村", "市"))
    if one.kind == "people" and not near:
        holds = holds or first[-2:] == second[-2:]
    return holds and _scopes_meet(one, other) and _periods_meet(one, other)


def _scopes_meet(one: Quantity, other: Quantity) -> bool:
    if one.head == other.head and one.number == other.number and (one.number or 0) >= 100:
        return True
    if one.scope is None or other.scope is None or one.kind in ("people", "ordinal"):
        return True
    if (one.head or "").endswith(("县", "区", "镇", "村")):
        return True
    return same_place(one.scope, other.scope)


def _periods_meet(one: Quantity, other: Quantity) -> bool:
    if one.period is None or other.period is None or one.kind == "people":
        return True
    return one.period == other.period or one.period in other.period or other.period in one.period


def _differing(
    doc: Document, groups: list[list[Quantity]], apart: set[frozenset[str]]
) -> Iterator[Link]:
    """A lone figure beside a group or a title that says the same thing with another number."""
    title = doc.text.find("\n")
    for index, lone in enumerate(groups):
        if len(lone) > 1 or not lone[0].exact:
            continue
        for other in groups[max(index - _WINDOW, 0) : index + _WINDOW]:
            if other is lone or (len(other) == 1 and other[0].start > lone[0].start):
                # Of two that stand alone the later one is told.
                continue
            message = _contradicts(doc, lone[0], other, apart, title)
            if message:
                yield Link(
                    None, lone[0], tuple(other),
                    f"{lone[0].surface} ≠ {other[0].surface}", "warn", message,
                )  # fmt: skip
                break


def _contradicts(
    doc: Document,
    lone: Quantity,
    other: list[Quantity],
    apart: set[frozenset[str]],
    title: int,
) -> str | None:
    first = other[0]
    if not first.exact or lone.number is None or first.number is None:
        return None
    if any(frozenset((lone.id, q.id)) in apart for q in other):
        return None
    if title <= 60 and (first.start < title) != (lone.start < title):
        # headline.py compares these.
        return None
    if not _alike(doc, lone, first):
        return None
    later = max(lone, first, key=lambda q: q.start)
    before = doc.text[max(later.start - 3, 0) : later.start]
    together = doc.sentence(lone.start) == doc.sentence(first.start)
    if (together and not _THESE.search(before)) or _varies(doc, lone) or _varies(doc, first):
        return None
    if not _same_thing(lone, first):
        return None
    said = f"同一数字前后不一：{first.surface}与{lone.surface}（{lone.head}）"
    slip = _slip(lone, first)
    if len(other) >= 2 and _same_noun(lone, first):
        if slip or _is_standing(lone, first) or _is_definite(doc, lone):
            return said
    behind = doc.text[later.end : later.end + 12]
    if (_THESE.search(before) or _ALL.search(behind)) and later.start - min(
        lone.end, first.end
    ) < 200:
        return said
    if (lone.head or "") != (first.head or "") and not _long_common(lone, first):
        return None
    if not same_place(lone.scope, first.scope) or lone.period != first.period:
        return None
    long = min(len(str(int(q.number / q.step))) for q in (lone, first) if q.number) >= 3
    return said if long and slip else None


def _is_standing(lone: Quantity, first: Quantity) -> bool:
    """协作县 and the like are as many everywhere in a text."""
    head = lone.head or ""
    return len(head) >= 3 and head == first.head and head.endswith(("县", "区", "镇", "村", "市"))


def _is_definite(doc: Document, lone: Quantity) -> bool:
    """，25名挂职干部以…: a number of people that opens its clause and acts was told before."""
    if lone.kind != "people" or doc.text[max(lone.start - 1, 0)] not in "，,。；\n":
        return False
    head = lone.head or ""
    follows = doc.text[lone.end + len(head) : lone.end + len(head) + 2]
    return bool(head) and follows.startswith(_ACTS)


def _slip(lone: Quantity, first: Quantity) -> bool:
    """Whether one wrong digit tells the two apart, once both are rounded alike."""
    assert lone.number is not None
    assert first.number is not None
    step = max(lone.step, first.step)
    one, two = ((q.number / step).quantize(Decimal(1)) for q in (lone, first) if q.number)
    return one_digit_apart(one, two)


def _same_noun(lone: Quantity, first: Quantity) -> bool:
    return (lone.head or "")[-2:] == (first.head or "")[-2:] or _noun(lone) in (
        "县",
        "区",
        "镇",
        "村",
    )


def _same_thing(lone: Quantity, first: Quantity) -> bool:
    """累计 and 新增 are two figures of one thing."""
    marks = (
        "新增",
        "累计",
        "其中",
        "每",
        "同比",
        "各",
        "分别",
        "计划",
        "力争",
        "预计",
        "人均",
        "户均",
    )
    return {m for m in marks if m in lone.qual} == {m for m in marks if m in first.qual}


def _varies(doc: Document, quantity: Quantity) -> bool:
    before = doc.text[max(doc.clause(quantity.start)[0], quantity.start - 16) : quantity.start]
    return bool(_LIST_BEFORE.search(before))


def _long_common(lone: Quantity, first: Quantity) -> bool:
    one, two = lone.head or "", first.head or ""
    short = min(one, two, key=len)
    return len(short) >= 4 and (one.endswith(two) or two.endswith(one))
