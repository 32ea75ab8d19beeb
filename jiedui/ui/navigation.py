"""What stands in the bar. Rooms above register their entrance here; this room knows none."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse


class Place(NamedTuple):
    """One entry of the bar on one page."""

    label: str
    href: str
    here: bool


class _Entrance(NamedTuple):
    order: int
    label: str
    url_name: str
    under: tuple[str, ...]


_entrances: dict[str, _Entrance] = {}


def register(url_name: str, label: str, *, order: int, under: tuple[str, ...]) -> None:
    """Put ``label`` in the bar, current on every path that begins with one of ``under``."""
    _entrances[url_name] = _Entrance(order, label, url_name, under)


def places(path: str) -> list[Place]:
    """The entries in their order, as seen from ``path``; raises NoReverseMatch for a wrong name."""
    return [
        Place(
            entry.label,
            reverse(entry.url_name),
            path == "/" if entry.under == ("/",) else path.startswith(entry.under),
        )
        for entry in sorted(_entrances.values())
    ]
