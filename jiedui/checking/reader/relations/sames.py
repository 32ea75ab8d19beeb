"""The same figure said twice: in title and body, in digits and words, in 万 and 亿."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.model import Quantity, Relation

from .alike import agree, alike, noun
from .differing import WINDOW, differing
from .links import Link, group

_KINDS = frozenset(("amount", "count", "people", "person_times", "measure", "ordinal"))


def sames(doc: Document, quantities: list[Quantity], apart: set[frozenset[str]]) -> Iterator[Link]:
    """Groups of one figure, and what differs from the group it should be in.

    ``apart`` are pairs of ids known to be different things (whole and part, parts of one list).
    """
    buckets: dict[tuple[str, str | None, str], list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        if _comparable(quantity):
            buckets[(*group(quantity), noun(quantity))].append(quantity)
    groups: list[list[Quantity]] = []
    for bucket in buckets.values():
        own = _grouped(doc, bucket, apart)
        groups += own
        if len(bucket) > 1:
            yield from differing(doc, own[-4 * WINDOW :], apart)
    for known in _joined_by_value(doc, groups):
        if len(known) > 1:
            ids = tuple(q.id for q in known)
            line = " = ".join(q.surface for q in known[:WINDOW])
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
        line = " = ".join(q.surface for q in members[:WINDOW])
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


def _grouped(
    doc: Document, bucket: list[Quantity], apart: set[frozenset[str]]
) -> list[list[Quantity]]:
    groups: list[list[Quantity]] = []
    for quantity in bucket:
        for known in groups[-WINDOW:]:
            if _same(doc, known[0], quantity, apart) and all(
                frozenset((one.id, quantity.id)) not in apart for one in known[-WINDOW:]
            ):
                known.append(quantity)
                break
        else:
            groups.append([quantity])
    return groups


def _same(doc: Document, one: Quantity, other: Quantity, apart: set[frozenset[str]]) -> bool:
    if frozenset((one.id, other.id)) in apart or one.approx != other.approx:
        return False
    between = doc.text[one.end : other.start]
    if doc.clause(one.start) == doc.clause(other.start) and "这" not in between:
        # 26个乡镇与烟台26个镇街: two things of one number.
        return False
    return agree(one, other) and alike(doc, one, other)
