"""Every relation of a text, each found by its own module, block by block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import ChainMap, defaultdict, deque
from collections.abc import Iterator

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.model import Quantity, Relation

from .changes import changes
from .echoes import echoes
from .from_rows import of_rows
from .headline import by_modifier, headline
from .links import MOST, TOLD, Link, blocks
from .lists import lists
from .pairs import pairs
from .products import products
from .rates import rates
from .reached import grown, reached
from .rows import rows_of
from .sames import joined, sames
from .sections import sections
from .sums import implied_subsets, sums_and_subsets
from .tabled import columns, in_tables

_ALTOGETHER = re.compile(r"[\u4e00-\u9fff]{0,2}(?:共|合计|总计)")


def relate(doc: Document, quantities: list[Quantity], lexicon: Lexicon) -> list[Link]:
    """The links of a text, in reading order by kind; linear in the number of quantities."""
    links, columns_of_rows = of_rows(doc, quantities, rows_of(doc, quantities))
    subsets = _subsets(links)
    shares = {str(r.roles["rate"]) for link in links if (r := link.relation) and r.type == "rate"}
    parents = _totals(links)
    apart: set[frozenset[str]] = set()
    before = None
    told: deque[Quantity] = deque(maxlen=MOST)
    cells = in_tables(doc)
    for block in blocks(doc, [q for q in quantities if q.start not in cells]):
        parts = list(sums_and_subsets(block, before, told, parents))
        parents.update(_totals(parts))
        earlier, before = before, block
        taken = {q.id for link in parts for q in (link.doubt, *link.others)}
        parts += implied_subsets(block, taken)
        links += parts
        apart.update(_kept_apart(parts))
        subsets.update(_subsets(parts))
        worked = list(rates(block, subsets, earlier, told, shares))
        links += worked
        apart.update(_kept_apart(worked))
        found = list(
            reached(block, _kept_apart([*parts, *worked]), ChainMap(_subsets(worked), subsets))
        )
        links += found
        links += grown(block, told)
        links += changes(block)
        links += products(block, earlier)
        links += pairs(block, subsets, _subsets(found) | _counts_done(worked), earlier)
        links += lists(block, lexicon)
        told.extend(q for q in block.figures if q.kind in TOLD)
    links += columns(doc, quantities)
    links += sections(doc, quantities)
    links += _spelt_by_parts(links, quantities)
    links += _counted_parts(doc, links, quantities)
    links += joined(
        [
            *sames(doc, quantities, apart),
            *headline(doc, quantities),
            *echoes(doc, quantities),
            *by_modifier(doc, quantities),
        ]
    )
    return _once(links, columns_of_rows)


def _once(links: list[Link], columns: dict[str, tuple[int, int]]) -> list[Link]:
    """Every relation once; none between the figures of one column, which are all of one rank."""
    known: set[object] = set()
    kept: list[Link] = []
    for link in links:
        relation = link.relation
        if relation is None:
            kept.append(link)
            continue
        roles = relation.roles
        whole = roles.get("total") or roles.get("whole")
        parts = roles.get("parts") or (roles.get("part"),)
        if whole in columns and any(columns.get(str(p)) == columns[str(whole)] for p in parts):
            continue
        key = (
            relation.type,
            *(
                (
                    name,
                    frozenset(v) if isinstance(v, tuple) and relation.type != "enum_count" else v,
                )
                for name, v in sorted(roles.items())
            ),
        )
        if key not in known:
            known.add(key)
            kept.append(link)
    return kept


def _counts_done(worked: list[Link]) -> dict[str, str]:
    """已完工16个，完工率84%: of counts what a rate says is a part."""
    return _subsets(
        [
            k
            for k in worked
            if k.relation and k.relation.type == "subset" and k.doubt.kind == "count"
        ]
    )


def _totals(parts: list[Link]) -> dict[str, Quantity]:
    """The total of every part of a sum."""
    sums = [link for link in parts if link.relation and link.relation.type == "sum"]
    return {part.id: link.doubt for link in sums for part in link.others}


def _subsets(parts: list[Link]) -> dict[str, str]:
    """Part to whole, for subsets and for the parts of sums."""
    found: dict[str, str] = {}
    for link in parts:
        roles = link.relation.roles if link.relation else {}
        if "part" in roles:
            found[str(roles["part"])] = str(roles["whole"])
        elif "parts" in roles:
            found.update((part, str(roles["total"])) for part in roles["parts"])
    return found


def _kept_apart(parts: list[Link]) -> set[frozenset[str]]:
    pairs_apart: set[frozenset[str]] = set()
    for link in parts:
        ids = [q.id for q in (link.doubt, *link.others)][:40]
        pairs_apart.update(
            frozenset((one, two)) for n, one in enumerate(ids) for two in ids[n + 1 :]
        )
    return pairs_apart


def _counted_parts(doc: Document, links: list[Link], quantities: list[Quantity]) -> Iterator[Link]:
    """A县…、B县…、C县…，三县共…: the count stands between the parts and their total."""
    starts = [q.start for q in quantities]
    for link in list(links):
        if link.relation is None or link.relation.type != "sum" or not link.others:
            continue
        last = max(link.others, key=lambda q: q.start)
        if not 0 < link.doubt.start - last.end <= 24:
            continue
        between = quantities[
            bisect_right(starts, last.start) : bisect_left(starts, link.doubt.start)
        ]
        for count in between:
            words = doc.text[count.end : link.doubt.start]
            if count.kind != "count" or not count.exact or not _ALTOGETHER.match(words):
                continue
            names = tuple(part.scope or "" for part in link.others)
            if len(set(names)) != len(names):
                names = tuple(part.surface for part in link.others)
            relation = Relation("enum_count", {"count": count.id, "listed": names})
            line = f"列出{len(names)}个（{'、'.join(names)}）"
            if count.number == len(names):
                yield Link(relation, count, (), f"{line} = {count.surface}")
            else:
                message = f"列出的是{len(names)}个，文中说是{count.surface}"
                yield Link(relation, count, (), f"{line} ≠ {count.surface}", "warn", message)


def _spelt_by_parts(links: list[Link], quantities: list[Quantity]) -> list[Link]:
    """N个县, where a sum lists exactly N counties as the scopes of its parts."""
    by_number: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        if quantity.kind == "count" and quantity.number is not None and quantity.number < 60:
            by_number[int(quantity.number)].append(quantity)
    for link in links:
        if link.relation is None or link.relation.type != "sum" or link.severity:
            continue
        places = [q.scope for q in link.others if q.scope and not q.scope.endswith("本级")]
        if len(set(places)) != len(places) or len(places) < 2:
            continue
        suffix = {place[-1] for place in places}
        if len(suffix) != 1 and not suffix <= set("县区市旗"):
            continue
        for quantity in by_number.get(len(places), ()):
            head = quantity.head or quantity.unit or ""
            if head[-1:] in suffix:
                relation = Relation(
                    "enum_count", {"count": quantity.id, "listed": tuple(p for p in places if p)}
                )
                line = f"{'、'.join(p for p in places if p)} = {quantity.surface}"
                return [Link(relation, quantity, (), line)]
    return []
