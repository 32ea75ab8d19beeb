"""Which place and pairing a figure is about: the names a text uses against the register."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from jiedui.lib.places import pairing_sides, range_of, twelve
from jiedui.regions import places
from jiedui.regions.loading import short_name
from jiedui.regions.models import Level, Pairing, Region

from .lexicon import short_place
from .model import Reading


@dataclass(frozen=True, slots=True)
class Where:
    """A place to ask about; ``pairing`` None means all pairings."""

    region: int
    own: bool
    pairing: int | None


class Gazetteer:
    """The places of one text: its pairing's west with all below it, its east, and other names.

    Two statements for the pairing and one for the names that are left. Without a pairing only
    figures that name their place themselves have one.
    """

    def __init__(self, pairing: int | None, reading: Reading) -> None:
        self.pairing = pairing
        self.west = self.east = 0
        self.home: dict[str, int] = {}
        self.eastern: set[str] = set()
        if pairing is not None:
            east, west = pairing_sides(pairing)
            self.west, self.east = twelve(west), twelve(east)
            self.home = _names_in(self.west)
            self.eastern = set(_names_in(self.east))
        scopes = {q.scope for q in reading.quantities if q.scope}
        self.other = _other_names({_bare(scope) for scope in scopes} - self.home.keys())

    def where(self, scope: str | None) -> Where | None:
        """The place of a figure; None where the text names one the register cannot tell."""
        if scope is None:
            return self._default()
        own = scope.endswith(places.OWN)
        bare = _bare(scope)
        if bare in self.home:
            return Where(self.home[bare], own, self.pairing)
        if bare in self.eastern:
            return self._default()
        if bare in self.other:
            code = self.other[bare]
            if self.pairing is not None and range_of(code).holds(range_of(self.east)):
                return self._default()
            return Where(code, own, None)
        return self._body(bare)

    def _body(self, scope: str) -> Where | None:
        """A body or a person: the county it begins with, else the text's own place."""
        for size in range(min(len(scope), 12), 1, -1):
            code = self.home.get(scope[:size])
            if code is not None and scope[size : size + 1] not in ("赴", "驻", "到"):
                return Where(code, False, self.pairing)
        return self._default()

    def _default(self) -> Where | None:
        return Where(self.west, False, self.pairing) if self.west else None


def _bare(scope: str) -> str:
    return scope.removesuffix(places.OWN)


def _names_in(code: int) -> dict[str, int]:
    """Names and short names of a place and its counties; a name two of them have is left out."""
    low, high = range_of(code)
    rows = Region.objects.filter(code__range=(low, high), level__lte=Level.COUNTY).values_list(
        "code", "name"
    )
    found: dict[str, int] = {}
    for region, name in sorted(rows, reverse=True):
        found[name] = region
        for short in _shorts(name):
            found.setdefault(short, region)
    own = next((name for region, name in rows if region == code), "")
    found.update(dict.fromkeys(_shorts(own), code))
    return found


def _shorts(name: str) -> set[str]:
    """凉山彝族自治州 is 凉山彝族 and 凉山, 安康市 is 安康; nothing for no name."""
    return {short_place(name), short_name(name)} if name else set()


def _other_names(scopes: set[str]) -> dict[str, int]:
    """Places elsewhere that a figure names in full; names that several places have are left out."""
    rows = Region.objects.filter(name__in=scopes).values_list("name", "code")
    rows = rows.union(
        Region.objects.filter(short_name__in=scopes).values_list("short_name", "code")
    )
    found: dict[str, set[int]] = {}
    for name, code in rows:
        found.setdefault(name, set()).add(code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def guess_pairing(text: str) -> int | None:
    """The registered pairing whose two sides the text names most; None where it names no pair."""
    sides = {}
    rows = list(Pairing.objects.all())
    codes = {twelve(side) for pairing in rows for side in (pairing.east, pairing.west)}
    named = places.names(codes)
    best: tuple[int, int, int] | None = None
    for pairing in rows:
        counts = []
        for side in (pairing.east, pairing.west):
            code = twelve(side)
            if code not in sides:
                sides[code] = text.count(short_name(named.get(code, "\0")))
            counts.append(sides[code])
        width = -(range_of(twelve(pairing.west)).hi - range_of(twelve(pairing.west)).lo)
        if min(counts) and (best is None or (min(counts), width, pairing.id) > best):
            best = min(counts), width, pairing.id
    return best[2] if best else None


def sides(pairing: int | None) -> dict[str, str]:
    """What names of places mean in their pairing, 东部 or 西部: each side, what is above and below it."""
    if pairing is None:
        return {}
    found: dict[str, str] = {}
    for side, word in zip(pairing_sides(pairing), ("东部", "西部"), strict=True):
        code = twelve(side)
        found |= dict.fromkeys(_names_in(code), word)
        for name in places.names(places.above(code)).values():
            found |= dict.fromkeys({name, *_shorts(name)}, word)
    return found


def place_names() -> list[str]:
    """The names and short names of the counties below the registered pairs of cities, in two statements.

    No others: in 粤桂东西部协作 the short name of a county far away (桂东县) is no place.
    """
    spans = Q(pk__in=[])
    for west in Pairing.objects.values_list("west", flat=True).distinct():
        if west % 10_000:
            spans |= Q(code__range=tuple(range_of(twelve(west))))
    found = Region.objects.real().filter(spans, level__lte=Level.COUNTY)
    return [word for pair in found.values_list("name", "short_name") for word in pair]
