"""The questions a bench asks: several different ones of each kind, always the same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bench.sample import BOARD, DISTINCT, FIRST_DAY, WEIGHTS, YEARS, World, indicators, table, world
from jiedui.ledger.facts import Slice
from jiedui.lib.places import NATION, Box, box_of, range_of, span_of

LEVELS = ("nation", "province", "city", "county", "township")
_WIDTH = {"nation": 10**12, "province": 10**10, "city": 10**8, "county": 10**6, "township": 10**3}
CUTS_DAYS = 100


class Questions:
    """Places weighted by what is entered there, indicators by how much they are used."""

    def __init__(self, seed: int = 3) -> None:
        self.dice = Random(seed)
        self.world: World = world()
        self.counties = table(self.world.weights, 14)
        weights = dict(zip(indicators(), WEIGHTS, strict=True))
        self.codes = table([weights[code] for code in BOARD], 12)

    def code(self) -> str:
        return BOARD[self.codes[self.dice.getrandbits(12)]]

    def county(self) -> tuple[int, int]:
        """A county and the pairing it mostly works under."""
        number = self.counties[self.dice.getrandbits(14)]
        return self.world.counties[number], self.world.own_pairing[number]

    def place(self, level: str) -> int:
        code, _ = self.county()
        if level == "township":
            return code + self.dice.randrange(1, 15) * 1000
        return code // _WIDTH[level] * _WIDTH[level]

    def aligned(self) -> tuple[date, date]:
        """A whole year, or one up to the end of a month."""
        year, month = self.dice.choice(YEARS), self.dice.choice((3, 6, 9, 10, 12))
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        return date(year, 1, 1), last

    def ragged(self) -> tuple[date, date]:
        """A year up to some day, or a window that is ragged at both ends."""
        if self.dice.random() < 0.5:
            first = date(self.dice.choice(YEARS), 1, 1)
        else:
            first = FIRST_DAY + timedelta(self.dice.randrange(31, 1500))
        last = first + timedelta(self.dice.randrange(40, 330))
        return first, last if last.day < 28 else last - timedelta(4)

    def one(self, level: str, *, ragged: bool, code: str | None = None) -> Slice:
        first, last = self.ragged() if ragged else self.aligned()
        return Slice(code or self.code(), (range_of(self.place(level)),), None, first, last)

    def distinct(self, level: str) -> Slice:
        return self.one(level, ragged=False, code=self.dice.choice(DISTINCT))

    def of_pairing(self) -> Slice:
        """One indicator of one pairing in its own western place."""
        _, pairing = self.county()
        first, last = self.aligned()
        west = pairing % 10**6 * 10**6
        boxes: tuple[Box, ...] = (box_of(pairing),)
        return Slice(self.code(), (range_of(west),), boxes, first, last)

    def board(self, level: str, *, ragged: bool) -> list[Slice]:
        """60 indicators by the places below one, from 1 January."""
        place = NATION if level == "nation" else self.place(level)
        below = {"nation": "province", "province": "city", "city": "county"}[level]
        width = _WIDTH[below]
        children = sorted(
            {
                code // width * width
                for code in self.world.counties
                if place <= code < place + span_of(place)
            }
        )
        year = self.dice.choice(YEARS)
        first, last = date(year, 1, 1), date(year, 10, 17 if ragged else 31)
        return [
            Slice(code, (range_of(child),), None, first, last)
            for code in BOARD
            for child in children
        ]
