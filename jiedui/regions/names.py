"""Places by name: what a code is called, and which place a person means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from jiedui.lib.places import NATION, pairing_sides, parent_of, twelve
from jiedui.regions.models import Pairing, Region

OWN = "本级"
NATION_NAMES = frozenset({"全国", "国家", "0", "000000", "000000000000"})


class UnknownRegion(LookupError):
    """No such place, or a name that several places have; the message is a Chinese sentence."""


_kept: dict[int, str | None] = {}


def forget_names(**_kwargs: object) -> None:
    """Read the names again at the next question (each request begins with this)."""
    global _kept
    _kept = {}


def names(codes: Iterable[int]) -> dict[int, str]:
    """The names of places by code; unknown codes are missing, NATION is 全国.

    What was read is kept within a request, so that the parts of a page may each ask for their own.
    """
    kept, wanted = _kept, set(codes)
    missing = wanted - kept.keys() - {NATION}
    if missing:
        found = dict(Region.objects.filter(code__in=missing).values_list("code", "name"))
        kept |= {code: found.get(code) for code in missing}
    said = {code: name for code in wanted if (name := kept.get(code)) is not None}
    if NATION in wanted:
        said[NATION] = _("全国")
    return said


def get(code: int) -> Region:
    """One region; raises UnknownRegion."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise UnknownRegion(_("没有这个行政区划：%(code)012d") % {"code": code})
    return region


def above(code: int) -> list[int]:
    """The codes of what may stand above a place, province first, by arithmetic alone."""
    codes: list[int] = []
    while code != NATION and (code := parent_of(code)) != NATION:
        codes.insert(0, code)
    return codes


def full_names(regions: Iterable[Region]) -> dict[int, str]:
    """The names with all above, 广西壮族自治区南宁市上林县, by code; one query for all."""
    wanted = list(regions)
    paths = _paths(wanted)
    return {r.code: "".join(upper.name for upper in paths[r.code]) + r.name for r in wanted}


def pairing_names(pairings: Iterable[int]) -> dict[int, str]:
    """The names of both sides, 深圳市—南宁市, with the pairing's mark if any; two queries for all."""
    wanted = set(pairings)
    found = names(twelve(side) for pairing in wanted for side in pairing_sides(pairing))
    marks = pairing_marks(wanted)
    return {
        pairing: "—".join(found.get(twelve(side), f"{side:06d}") for side in pairing_sides(pairing))
        + marks.get(pairing, "")
        for pairing in wanted
    }


def pairing_marks(pairings: Iterable[int]) -> dict[int, str]:
    """What follows the name of a marked pairing everywhere: （演示数据）; unmarked ones are left out."""
    marked = Pairing.objects.filter(id__in=set(pairings)).exclude(note="")
    return {pairing: mark_of(note) for pairing, note in marked.values_list("id", "note")}


def mark_of(note: str) -> str:
    """A pairing's note as it follows its name: （演示数据）; "" for none."""
    return f"（{note}）" if note else ""


def children(code: int, on: date) -> list[Region]:
    """The real places directly below, by code: cities and 省直辖县 of a province, districts of a 直辖市."""
    return list(Region.objects.real().on(on).filter(parent=code).order_by("code"))


# What a person typed.


def find(
    text: str, *, within: Q | None = None, on: date | None = None, limit: int = 20
) -> list[Region]:
    """Places for the picker by name, pinyin, initials or the start of a code, best first.

    "上林", "shanglin", "sl" and "450125" all find 上林县; several words narrow from above ("南宁 sl").
    ``within`` limits the codes that may be found, ``on`` to places in use that day. Blank: none.
    """
    words = text.lower().split()
    if not words:
        return []
    word = words[-1]
    found = Region.objects.real().filter(_matches(word) | _written_out(text))
    if within is not None:
        found = found.filter(within)
    if on is not None:
        found = found.on(on)
    # More than the limit are read, because the best are told apart here and not in SQL.
    regions = sorted(found[:500], key=lambda region: _order(region, word))
    if words[:-1]:
        paths = _paths(regions)
        regions = [r for r in regions if all(_is_above(w, paths[r.code]) for w in words[:-1])]
    return regions[:limit]


def _matches(word: str) -> Q:
    if word.isascii() and word.isdigit():
        low = int(word[:12].ljust(12, "0"))
        return Q(code__range=(low, low + 10 ** (12 - len(word[:12])) - 1))
    if word.isascii():
        return Q(pinyin__startswith=word) | Q(initials__startswith=word)
    return Q(name__contains=word)


def _written_out(text: str) -> Q:
    """The place whose name is written with all above it (广西南宁上林)."""
    try:
        code, _own = resolve(text)
    except UnknownRegion:
        return Q(pk__in=[])
    return Q(code=code)


def _order(region: Region, word: str) -> tuple[bool, bool, int, int]:
    whole = word in {region.name, region.short_name, region.initials, region.pinyin}
    return not whole, not region.name.startswith(word), region.level, region.code


def _paths(regions: Iterable[Region]) -> dict[int, list[Region]]:
    listed = list(regions)
    codes = {upper for region in listed for upper in above(region.code)}
    uppers = {upper.code: upper for upper in Region.objects.real().filter(code__in=codes)}
    return {r.code: [uppers[code] for code in above(r.code) if code in uppers] for r in listed}


def _is_above(word: str, path: Iterable[Region]) -> bool:
    return any(
        upper.name.startswith(word)
        or upper.pinyin.startswith(word)
        or upper.initials.startswith(word)
        for upper in path
    )


def resolve(text: str) -> tuple[int, bool]:
    """The one place a person names, and whether only its own level (本级) is meant.

    Takes a code of 6, 9 or 12 digits, a full or short name, a name with those above before it
    ("南宁市上林县"), 全国, and "本级" or "~own" after any of them: "南宁市本级" → (450100000000, True).
    A renamed place is found under both names, each with its own code. Raises UnknownRegion, also
    for a name that several places have.
    """
    written = "".join(text.split())
    own = written.endswith((OWN, "~own"))
    written = written.removesuffix(OWN).removesuffix("~own")
    if written in NATION_NAMES:
        return NATION, own
    if written.isascii() and written.isdigit():
        return _resolve_code(written), own
    return _resolve_name(written, text), own


def _resolve_code(written: str) -> int:
    if len(written) not in {6, 9, 12}:
        raise UnknownRegion(_("区划代码应为6位、9位或12位数字：%s") % written)
    return get(int(written.ljust(12, "0"))).code


def _resolve_name(written: str, text: str) -> int:
    endings = [written[start:] for start in range(len(written))][:60]
    named = Q(name__in=endings) | Q(short_name__in=endings)
    candidates = list(Region.objects.real().filter(named).order_by("code"))
    paths = _paths(candidates)
    found = [r for r in candidates if _is_written(written, r, paths[r.code])]
    # 吉林 is the province before it is the city: a whole short name at a higher level wins.
    highest = [r for r in found if r.level == min(other.level for other in found)]
    found = [r for r in found if r.name == written] or highest
    if not found:
        raise UnknownRegion(_("没有这个地方：%s") % text.strip())
    if len(found) > 1:
        listed = full_names(found[:5])
        choices = "、".join(f"{name}（{code // 10**6:06d}）" for code, name in listed.items())
        raise UnknownRegion(
            _("“%(text)s”不止一处，请写全名或代码：%(choices)s")
            % {"text": text.strip(), "choices": choices}
        )
    return found[0].code


def _is_written(written: str, region: Region, path: list[Region]) -> bool:
    """Whether the text is the region's name with names of places above it, in order, before it."""
    for ending in (region.name, region.short_name):
        rest = written
        if not rest.endswith(ending):
            continue
        rest = rest.removesuffix(ending)
        for upper in reversed(path):
            shorter = rest.removesuffix(upper.name)
            rest = rest.removesuffix(upper.short_name) if shorter == rest else shorter
        if not rest:
            return True
    return False
