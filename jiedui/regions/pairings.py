"""The register of pairings: which cover a place, and which one a person means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from jiedui.lib.places import pairing_id, parse_pairing_key, range_of, six, twelve
from jiedui.regions.models import Pairing
from jiedui.regions.moves import chain, ranges
from jiedui.regions.names import UnknownRegion, above, names, pairing_names, resolve


class UnknownPairing(LookupError):
    """No such registered pairing; the message is a Chinese sentence."""


class AmbiguousPairing(UnknownPairing):
    """Several pairings at the same lowest level cover the region: a person must choose."""

    def __init__(self, message: str, candidates: list[int]) -> None:
        super().__init__(message)
        self.candidates = candidates


def pairings_over(region: int) -> list[Pairing]:
    """All registered pairings that ever cover a region, the lowest first."""
    wests = {
        six(code)
        for member in chain(_county_of(region))
        for code in (member.code, *above(member.code))
    }
    found = Pairing.objects.filter(west__in=wests)
    return sorted(found, key=lambda pairing: (_rank(pairing), pairing.id))


def pairings_of(
    region: int,
    on: date,
    east: int | None = None,
    *,
    over: Sequence[Pairing] | None = None,
) -> list[Pairing]:
    """The registered pairings that cover a region on a day, the lowest first.

    ``east`` (a 12-digit code) keeps those whose eastern side lies in it, or holds it. Who asks for
    many days hands in ``over``, the answer of pairings_over.
    """
    found = [
        pairing
        for pairing in (pairings_over(region) if over is None else over)
        if (pairing.start_on is None or pairing.start_on <= on)
        and (pairing.end_on is None or on <= pairing.end_on)
    ]
    if east is not None:
        hints = ranges(_county_of(east))
        found = [
            pairing
            for pairing in found
            if any(hint.meets(range_of(twelve(pairing.east))) for hint in hints)
        ]
    return found


def _county_of(code: int) -> int:
    return code // 1_000_000 * 1_000_000


def _rank(pairing: Pairing) -> tuple[int, int]:
    """Small for low places: what a side spans, west first."""
    west, east = range_of(twelve(pairing.west)), range_of(twelve(pairing.east))
    return west.hi - west.lo, east.hi - east.lo


def lowest_pairing(
    region: int,
    on: date,
    east_hint: int | None = None,
    *,
    over: Sequence[Pairing] | None = None,
) -> int:
    """The lowest registered pairing at county level or above that covers the region on a day.

    ``over`` as for pairings_of. Raises UnknownPairing when there is none, AmbiguousPairing when
    several stand at that level.
    """
    found = pairings_of(region, on, east_hint, over=over)
    if not found:
        raise UnknownPairing(
            _("%(region)s在%(day)s没有登记的结对关系")
            % {"region": names([region]).get(region, str(region)), "day": on.isoformat()}
        )
    lowest = [pairing.id for pairing in found if _rank(pairing) == _rank(found[0])]
    if len(lowest) > 1:
        listed = "、".join(pairing_names(lowest)[pairing] for pairing in lowest)
        raise AmbiguousPairing(_("有几个同级的结对关系，请选定一个：%s") % listed, lowest)
    return lowest[0]


def resolve_pairing(text: str) -> int:
    """A registered pairing from "440300-450100" or "深圳市-南宁市"; raises UnknownPairing."""
    written = text.strip().replace("—", "-").replace("–", "-").replace("－", "-")
    try:
        pairing = parse_pairing_key(written)
    except ValueError:
        pairing = _pairing_by_names(written, text)
    if not Pairing.objects.filter(id=pairing).exists():
        raise UnknownPairing(_("没有登记这个结对关系：%s") % text.strip())
    return pairing


def _pairing_by_names(written: str, text: str) -> int:
    east, dash, west = written.partition("-")
    if not dash:
        raise UnknownPairing(_("结对关系写作“东部-西部”，如 440300-450100：%s") % text.strip())
    try:
        (east_code, _own), (west_code, _own) = resolve(east), resolve(west)
    except UnknownRegion as error:
        raise UnknownPairing(str(error)) from error
    return pairing_id(six(east_code), six(west_code))
