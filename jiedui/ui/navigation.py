"""What stands in the bar. Rooms above register their entrance here; this room knows none."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise

Label = str | Promise


class Place(NamedTuple):
    """One entry of the bar on one page."""

    label: Label
    href: str
    here: bool


class _Entrance(NamedTuple):
    order: int
    label: Label
    url_name: str
    under: tuple[str, ...]


_entrances: dict[str, _Entrance] = {}


def register(url_name: str, label: Label, *, order: int, under: tuple[str, ...]) -> None:
    """Put ``label`` in the bar, current on every path that begins with one of ``under``."""
    _entrances[url_name] = _Entrance(order, label, url_name, under)


def places(path: str) -> list[Place]:
    """The entries in their order, as seen from ``path``; raises NoReverseMatch for a wrong name."""
    found = []
    for entry in sorted(_entrances.values(), key=lambda entry: entry.order):
        href = reverse(entry.url_name)
        found.append(Place(entry.label, href, path == href or path.startswith(entry.under)))
    return found
