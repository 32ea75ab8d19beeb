"""What a figure is called through its relations: parts of a sum, 其中, the same figure again."""

from __future__ import annotations

from .covering import Around, cover
from .names import Names, stem
from .reader.model import Quantity, Reading

UNLIKE = "同一数字前后不一"
"""How the reader begins what it says of one figure written in two ways."""
_ENOUGH = 0.7


def inherit(
    reading: Reading,
    figures: dict[str, Quantity],
    around: dict[str, Around],
    names: Names,
    found: dict[str, str],
) -> None:
    """Complete ``found`` (codes by id) by the relations of the reading."""
    for relation in reading.relations:
        roles = relation.roles
        if relation.type == "sum":
            _to_parts(str(roles["total"]), roles["parts"], figures, around, names, found)
        elif relation.type == "subset":
            _to_parts(str(roles["whole"]), (str(roles["part"]),), figures, around, names, found)
    for relation in reading.relations:
        if relation.type == "same":
            _share([i for i in relation.roles["ids"] if i in figures], figures, found)
    by_span = {(figure.start, figure.end): figure.id for figure in figures.values()}
    for finding in reading.findings:
        # What should be the same figure and is not is the one that has to be compared most.
        if finding.message.startswith(UNLIKE):
            _share([by_span[span] for span in finding.spans if span in by_span], figures, found)


def _share(ids: list[str], figures: dict[str, Quantity], found: dict[str, str]) -> None:
    code = next((found[i] for i in ids if i in found), None)
    for one in ids:
        if code and figures[one].kind != "ordinal":
            found.setdefault(one, code)


def _to_parts(
    whole: str,
    parts: str | tuple[str, ...],
    figures: dict[str, Quantity],
    around: dict[str, Around],
    names: Names,
    found: dict[str, str],
) -> None:
    code = found.get(whole)
    if code is None or whole not in figures:
        return
    for part in (parts,) if isinstance(parts, str) else parts:
        if part not in figures or figures[part].unit != figures[whole].unit:
            continue
        inner = _part_of(code, figures[part], around[part], around[whole], names)
        if inner:
            found[part] = inner
        elif _is_elsewhere(figures[part], figures[whole]):
            found.setdefault(part, code)
        elif found.get(part) == code:
            # A part is never the whole itself: 消费帮扶2亿元，其中市场销售1亿元.
            del found[part]


def _is_elsewhere(part: Quantity, whole: Quantity) -> bool:
    """The same thing at another place: 其中上林县37个."""
    scope = part.scope or ""
    is_sort = scope.endswith(("级", "类")) and not scope.endswith("本级")
    return part.head == whole.head and scope not in ("", whole.scope) and not is_sort


def _part_of(code: str, part: Quantity, around: Around, whole: Around, names: Names) -> str | None:
    """A 其中 of the catalogue whose own words stand at the part, the others at the whole."""
    best: tuple[float, str] | None = None
    whole_stems = "\0".join(stem(name) for name in names.by_code[code].names)
    for named in names.parts.get(code, ()):
        for written in named.names:
            name = stem(written)
            own = [
                name[i : i + 2]
                for i in range(len(name) - 1)
                if name[i : i + 2] not in whole_stems and name[i : i + 2] in around.near
            ]
            if not own:
                continue
            weight = cover(name, around.near, around.after, whole.near, half=around.half)
            if _is_noun_of(name, part):
                # 互派专业技术人才176人，其中教师92人: the noun alone tells the part.
                weight = max(weight, _ENOUGH * len(name))
            if weight >= _ENOUGH * len(name) and (best is None or weight > best[0]):
                best = weight, named.code
    return best[1] if best else None


def _is_noun_of(name: str, part: Quantity) -> bool:
    head = part.head or ""
    return len(head) > 1 and name.endswith(head)
