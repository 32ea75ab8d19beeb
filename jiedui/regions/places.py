"""The door to this room: ``from jiedui.regions import places``."""

from jiedui.regions.moves import MUNICIPALITIES, book, book_side, boxes, code_on, ranges
from jiedui.regions.names import (
    OWN,
    UnknownRegion,
    above,
    children,
    find,
    full_names,
    get,
    mark_of,
    names,
    pairing_marks,
    pairing_names,
    resolve,
)
from jiedui.regions.pairings import (
    AmbiguousPairing,
    UnknownPairing,
    lowest_pairing,
    pairings_of,
    pairings_over,
    resolve_pairing,
)

__all__ = [
    "MUNICIPALITIES",
    "OWN",
    "AmbiguousPairing",
    "UnknownPairing",
    "UnknownRegion",
    "above",
    "book",
    "book_side",
    "boxes",
    "children",
    "code_on",
    "find",
    "full_names",
    "get",
    "lowest_pairing",
    "mark_of",
    "names",
    "pairing_marks",
    "pairing_names",
    "pairings_of",
    "pairings_over",
    "ranges",
    "resolve",
    "resolve_pairing",
]
