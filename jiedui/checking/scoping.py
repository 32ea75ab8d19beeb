"""Which place and pairing a figure is about: the names a text uses against the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q

from jiedui.lib.places import pairing_sides, range_of, twelve
from jiedui.regions import places
from jiedui.regions.loading import short_name
from jiedui.regions.models import Level, Pairing, Region
from jiedui.regions.register import Kept

from .naming import Sides
from .reader.lexicon import short_place
from .reader.model import Reading

MOST_SIDES = 500
"""Places and pairings whose names are kept; there are fewer pairings registered."""
MOST_NAMES = 20_000
"""Words of texts that are known to be a place elsewhere, or none."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place to ask about; ``pairing`` None means all pairings."""

    region: int
    own: bool
    pairing: int | None


class Gazetteer:
    """The places of one text: its pairing's west with all below it, its east, and other names.

    Without a pairing only figures that name their place themselves have one.
    """

    def __init__(self, register: Register, pairing: int | None, reading: Reading) -> None:
        self.pairing = pairing
        self.west = self.east = 0
        self.home: Mapping[str, int] = {}
        self.eastern: Mapping[str, int] = {}
        if pairing is not None:
            east, west = pairing_sides(pairing)
            self.west, self.east = twelve(west), twelve(east)
            self.home = register.names_in(self.west)
            self.eastern = register.names_in(self.east)
        scopes = {q.scope for q in reading.quantities if q.scope}
        self.other = register.elsewhere({_bare(scope) for scope in scopes} - self.home.keys())

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


def _shorts(name: str) -> set[str]:
    """凉山彝族自治州 is 凉山彝族 and 凉山, 安康市 is 安康; nothing for no name."""
    return {short_place(name), short_name(name)} if name else set()


class Register:
    """The names of places and pairings as checks look for them; ``register()`` keeps one while they stand."""

    def __init__(self) -> None:
        self._pairs = _pairs()
        self.below = frozenset(_place_names(pair.west for pair in self._pairs))
        """The names and short names of the counties below the registered pairs of cities.

        No others: in 粤桂东西部协作 the short name of a county far away (桂东县) is no place.
        """
        self.names_in = lru_cache(MOST_SIDES)(_names_in)
        """Names and short names of a place and its counties; a name two of them have is left out."""
        self.sides = lru_cache(MOST_SIDES)(self._sides)
        self._elsewhere: dict[str, int | None] = {}

    def elsewhere(self, scopes: Collection[str]) -> dict[str, int]:
        """Places elsewhere that a figure names in full; names that several places have are left out."""
        known = self._elsewhere
        unknown = {scope for scope in scopes if scope not in known}
        if unknown:
            if len(known) > MOST_NAMES:
                known.clear()
                unknown = set(scopes)
            known |= dict.fromkeys(unknown) | _other_names(unknown)
        return {scope: code for scope in scopes if (code := known[scope]) is not None}

    def guess_pairing(self, text: str) -> int | None:
        """The registered pairing whose two sides the text names most; None where it names no pair."""
        said: dict[str, int] = {}
        best: tuple[int, int, int] | None = None
        for pair in self._pairs:
            counts = []
            for name in (pair.east_name, pair.west_name):
                if name not in said:
                    said[name] = text.count(name) if name else 0
                counts.append(said[name])
                if not counts[-1]:
                    break
            else:
                one = min(counts), pair.width, pair.id
                best = one if best is None else max(best, one)
        return best[2] if best else None

    def _sides(self, pairing: int | None) -> Sides:
        if pairing is None:
            return Sides({})
        found: dict[str, str] = {}
        for side, word in zip(pairing_sides(pairing), ("东部", "西部"), strict=True):
            code = twelve(side)
            found |= dict.fromkeys(self.names_in(code), word)
            for name in _names(places.above(code)).values():
                found |= dict.fromkeys({name, *_shorts(name)}, word)
        return Sides(found)


_register = Kept(Register)


def register() -> Register:
    """The register as it is now; what was looked up in it before is known as long as nothing changed."""
    return _register.get()


class _Pair(NamedTuple):
    """A registered pairing with the short names of its sides ("" for an unknown one); ``width`` is less
    for a wider west."""

    id: int
    west: int
    east_name: str
    west_name: str
    width: int


def _pairs() -> list[_Pair]:
    rows = list(Pairing.objects.values_list("id", "east", "west"))
    named = _names({twelve(side) for _id, *sides in rows for side in sides})
    short = {code: short_name(name) for code, name in named.items()}
    found = []
    for id_, east, west in rows:
        lo, hi = range_of(twelve(west))
        names = short.get(twelve(east), ""), short.get(twelve(west), "")
        found.append(_Pair(id_, west, *names, lo - hi))
    return found


def _names(codes: Collection[int]) -> dict[int, str]:
    """The names of places by code, read now: what a request keeps may be older than the register's mark."""
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


def _names_in(code: int) -> dict[str, int]:
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


def _other_names(scopes: set[str]) -> dict[str, int]:
    rows = Region.objects.filter(name__in=scopes).values_list("name", "code")
    rows = rows.union(
        Region.objects.filter(short_name__in=scopes).values_list("short_name", "code")
    )
    found: dict[str, set[int]] = {}
    for name, code in rows:
        found.setdefault(name, set()).add(code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def _place_names(wests: Iterable[int]) -> list[str]:
    spans = Q(pk__in=[])
    for west in set(wests):
        if west % 10_000:
            spans |= Q(code__range=tuple(range_of(twelve(west))))
    found = Region.objects.real().filter(spans, level__lte=Level.COUNTY)
    return [word for pair in found.values_list("name", "short_name") for word in pair]
