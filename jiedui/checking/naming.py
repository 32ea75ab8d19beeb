"""Which indicator a figure speaks of: the words around it against the names of the catalogue.

A name is read without its counting end (选派挂职干部人数 → 选派挂职干部) and may stand in the text in
pieces and in another order (选派25名党政干部; 组织33位企业家实地考察). What is not covered well enough
has no indicator: silence is better than a wrong comparison.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .model import Quantity, Reading

ENOUGH = 0.75
ENOUGH_SHORT = 0.8
"""How much of a name must be covered; a short one (up to five characters) has less to go by."""
SHORT = 5
SHORTEST = 3
BESIDE = 8
UNLIKE = "同一数字前后不一"
"""How the reader begins what it says of one figure written in two ways."""
_END = re.compile(
    r"(?:人次数?|人数|次数|期数|场次|篇数|份数|批次|趟次|个数|家数|总额|金额|额度?|总数|数)$"
)
_NOISE = re.compile(r"[“”‘’\"'《》〈〉<>（）()\s]")
_BREAK = re.compile(r"[，,。；;：:！!？?\n]")
_STOP = re.compile(r"[。；;！!？?\n]")
_REACHED = re.compile(r"[是为].{0,40}的$", re.DOTALL)
_KINDS = frozenset(("amount", "count", "people", "person_times", "percent"))
_LIKE_UNITS = (
    frozenset("个家所处座"),
    frozenset("个项件篇份条"),
    frozenset(("期", "场", "次", "批", "班", "轮", "批次", "趟")),
)
_FAR = 0.65
_PLACES = ("县", "市", "区", "省", "州", "镇", "乡", "街道")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an indicator as the text may say it, without its counting end."""

    code: str
    unit: str
    stem: str


@dataclass(frozen=True, slots=True)
class Named:
    """What one indicator is called: its code, base unit, names, and the whole it is a part of."""

    code: str
    unit: str
    names: tuple[str, ...]
    whole: str = ""


class Names:
    """The names of a catalogue, ready to be looked for."""

    def __init__(self, catalogue: Iterable[Named]) -> None:
        self.by_code = {named.code: named for named in catalogue}
        self.by_unit: dict[str, list[Name]] = {}
        for named in self.by_code.values():
            for stem in dict.fromkeys(_stem(name) for name in named.names):
                found = Name(named.code, named.unit, stem)
                self.by_unit.setdefault(named.unit, []).append(found)
        self.parts: dict[str, list[Named]] = {}
        for named in self.by_code.values():
            if named.whole:
                self.parts.setdefault(named.whole, []).append(named)

    def of_unit(self, quantity: Quantity) -> list[tuple[Name, float]]:
        """The names whose unit fits, each with how well the classifier fits (1, or 0.9)."""
        unit = quantity.unit or ""
        found = [(name, 1.0) for name in self.by_unit.get(unit, ())]
        if quantity.kind in ("count", "ordinal"):
            likes = {like for group in _LIKE_UNITS if unit in group for like in group} - {unit}
            found += [(name, 0.9) for like in sorted(likes) for name in self.by_unit.get(like, ())]
        return found

    def is_near(self, name: Name, near: str) -> bool:
        """Whether a part (其中) has words of its own right beside the figure, not only its whole's."""
        whole = self.by_code[name.code].whole
        if not whole:
            return True
        known = "\0".join(_stem(other) for other in self.by_code[whole].names)
        pairs = (name.stem[i : i + 2] for i in range(len(name.stem) - 1))
        return any(pair in near for pair in pairs if pair not in known)


@lru_cache(maxsize=4096)
def _stem(name: str) -> str:
    plain = _NOISE.sub("", name)
    stem = _END.sub("", plain)
    return stem if len(stem) >= SHORTEST else plain


def is_countable(text: str, quantity: Quantity) -> bool:
    """Whether a ledger could know the figure: dates, ages, codes and fixed words are no figures."""
    if quantity.optional:
        return False
    if quantity.kind == "ordinal":
        # 今年开设的第7家: an ordinal that says how many there are by now.
        before = text[max(quantity.start - 60, 0) : quantity.start]
        return bool(_REACHED.search(_STOP.split(before)[-1])) and quantity.number is not None
    return quantity.kind in _KINDS


def _counts_places(quantity: Quantity) -> bool:
    """三个县: how many places take part is no figure of the ledger."""
    head = quantity.head or ""
    return quantity.kind == "count" and head.endswith(_PLACES) and not head.endswith("示范区")


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around one figure: near ones count in full, those after a headed figure half."""

    near: str
    after: str
    far: str
    half: bool


def name_indicators(text: str, reading: Reading, names: Names) -> dict[str, str]:
    """The code of each figure the catalogue knows, by its id; the others are missing."""
    figures = [q for q in reading.quantities if is_countable(text, q) and not _counts_places(q)]
    around = _arounds(text, figures)
    found: dict[str, str] = {}
    for quantity in figures:
        code = _best(quantity, around[quantity.id], names)
        if code:
            found[quantity.id] = code
    _inherit(reading, {q.id: q for q in figures}, around, names, found)
    return found


def with_indicators(reading: Reading, codes: dict[str, str]) -> Reading:
    """The reading with these indicators and no others."""
    changed = tuple(replace(q, indicator=codes.get(q.id)) for q in reading.quantities)
    return replace(reading, quantities=changed, _by_id={q.id: q for q in changed})


def unborrowed(reading: Reading) -> Reading:
    """The reading with totals that took their place from one of their own parts freed of it.

    投入800万元，其中柳溪县300万元、石桥县500万元: the 800 are nobody's county; its place is the text's.
    """
    freed = set()
    for relation in reading.relations:
        if relation.type == "sum":
            scopes = [reading[part].scope for part in relation.roles["parts"]]
            total = reading[str(relation.roles["total"])]
            if len(set(scopes)) > 1 and total.scope in scopes:
                freed.add(total.id)
    if not freed:
        return reading
    changed = tuple(replace(q, scope=None) if q.id in freed else q for q in reading.quantities)
    return replace(reading, quantities=changed, _by_id={q.id: q for q in changed})


def _arounds(text: str, figures: Sequence[Quantity]) -> dict[str, _Around]:
    found = {}
    for index, quantity in enumerate(figures):
        floor = figures[index - 1].end if index else 0
        ceiling = figures[index + 1].start if index + 1 < len(figures) else len(text)
        left = text[max(floor, quantity.start - 120) : quantity.start]
        right = text[quantity.end : min(ceiling, quantity.end + 60)]
        sentence = _STOP.split(text[max(quantity.start - 200, 0) : quantity.start])[-1]
        if quantity.kind == "ordinal":
            found[quantity.id] = _Around(_plain(sentence), "", "", half=True)
            continue
        near = _BREAK.split(left)[-1]
        after = _BREAK.split(right)[0]
        head = quantity.head or ""
        headed = bool(head) and _plain(near).endswith(_plain(head)[-2:])
        if headed:
            after = after.split("、")[0]
        # A head that stands far off (其中…10个) was read by the reader from its list.
        found[quantity.id] = _Around(
            _plain(near) + "\0" + _plain(head[-30:]), _plain(after), _plain(sentence), headed
        )
    return found


def _plain(text: str) -> str:
    return _NOISE.sub("", text)


def _best(quantity: Quantity, around: _Around, names: Names) -> str | None:
    """The best covered indicator; where several parts of one whole are named, the whole."""
    scores: dict[str, float] = {}
    for name, fit in names.of_unit(quantity):
        weight = cover(name.stem, around.near, around.after, around.far, half=around.half)
        share = weight * fit / len(name.stem)
        if share < (ENOUGH_SHORT if len(name.stem) <= SHORT else ENOUGH):
            continue
        beside = around.near + "\0" + around.after
        if not names.is_near(name, beside) or _is_turned(name, beside):
            continue
        if len(name.stem) <= SHORT and name.stem not in beside and not _is_noun(name, around):
            continue
        # A well covered short name is better than a longer one with holes.
        scores[name.code] = max(scores.get(name.code, 0.0), weight * share**2)
    if not scores:
        return None
    best = max(scores, key=lambda code: (scores[code], code))
    whole = names.by_code[best].whole
    siblings = [code for code in scores if whole and names.by_code[code].whole == whole]
    return whole if len(siblings) > 1 and whole in scores else best


def _is_noun(name: Name, around: _Around) -> bool:
    """Whether what a short name counts is what the figure counts, or stands right beside it."""
    noun = name.stem[-2:]
    left, _, head = around.near.partition("\0")
    return noun in head or noun in left[-BESIDE:] or noun in around.after[:BESIDE]


def _is_turned(name: Name, beside: str) -> bool:
    """资金到位 is not 到位资金: short names of money mean something else in another order."""
    return name.unit == "元" and len(name.stem) <= SHORT - 1 and name.stem not in beside


def cover(stem: str, near: str, after: str, far: str, *, half: bool) -> float:
    """How many characters of ``stem`` the words around cover, in pieces of two or more.

    Far pieces count 0.65, those after a figure that follows its noun half, single characters half.
    """
    total, pos, size = 0.0, 0, len(stem)
    anchored = False
    while pos < size:
        best_weight, best_length = 0.0, 1
        for length in range(size - pos, 0, -1):
            piece = stem[pos : pos + length]
            if piece in near:
                weight = 1.0
            elif piece in after:
                weight = 0.5 if half else 1.0
            elif piece in far:
                weight = _FAR
            else:
                continue
            gained = length * weight if length > 1 else 0.5 * weight
            if gained > best_weight:
                best_weight, best_length = gained, length
                if weight == 1.0:
                    break
        anchored = anchored or (best_length > 1 and best_weight >= best_length)
        total += best_weight
        pos += best_length
    return total if anchored else 0.0


def _inherit(
    reading: Reading,
    figures: dict[str, Quantity],
    around: dict[str, _Around],
    names: Names,
    found: dict[str, str],
) -> None:
    """What a figure is called through its relations: parts of a sum, 其中, the same figure again."""
    for relation in reading.relations:
        roles = relation.roles
        if relation.type == "sum":
            _to_parts(str(roles["total"]), roles["parts"], figures, around, names, found)
        elif relation.type == "subset":
            _to_parts(str(roles["whole"]), (str(roles["part"]),), figures, around, names, found)
    for relation in reading.relations:
        if relation.type == "same":
            ids = [i for i in relation.roles["ids"] if i in figures]
            code = next((found[i] for i in ids if i in found), None)
            for one in ids:
                if code and figures[one].kind != "ordinal":
                    found.setdefault(one, code)
    by_span = {(figure.start, figure.end): figure.id for figure in figures.values()}
    for finding in reading.findings:
        # What should be the same figure and is not is the one that has to be compared most.
        if finding.message.startswith(UNLIKE):
            ids = [by_span[span] for span in finding.spans if span in by_span]
            code = next((found[i] for i in ids if i in found), None)
            for one in ids:
                if code and figures[one].kind != "ordinal":
                    found.setdefault(one, code)


def _to_parts(
    whole: str,
    parts: str | tuple[str, ...],
    figures: dict[str, Quantity],
    around: dict[str, _Around],
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


def _part_of(
    code: str, part: Quantity, around: _Around, whole: _Around, names: Names
) -> str | None:
    """A 其中 of the catalogue whose own words stand at the part, the others at the whole."""
    best: tuple[float, str] | None = None
    whole_stems = "\0".join(_stem(name) for name in names.by_code[code].names)
    for named in names.parts.get(code, ()):
        for name in named.names:
            stem = _stem(name)
            own = [
                stem[i : i + 2]
                for i in range(len(stem) - 1)
                if stem[i : i + 2] not in whole_stems and stem[i : i + 2] in around.near
            ]
            if not own:
                continue
            weight = cover(stem, around.near, around.after, whole.near, half=around.half)
            if weight >= 0.7 * len(stem) and (best is None or weight > best[0]):
                best = weight, named.code
    return best[1] if best else None
