"""A question (问数): which indicator, where, between whom, when, and as known when.

The address is the same for page, API, report and checker::

    /f/CODE/450100[~own]/2021-01-01..2023-09-30[@head][?pairing=440300-450100]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from jiedui.lib.periods import Window
from jiedui.lib.places import pairing_key, parse_pairing_key

OWN_MARK = "~own"

_PATH = re.compile(
    r"(?:/f/)?(?P<code>[^/?]+)/(?P<region>\d{12}|\d{9}|\d{6})(?P<own>~own)?"
    r"/(?P<start>\d{4}-\d\d-\d\d)?\.\.(?P<end>\d{4}-\d\d-\d\d)(?:@(?P<head>\d{1,18}))?"
    r"(?:\?pairing=(?P<pairing>\d{6}-\d{6}))?"
)


class BadAddress(ValueError):
    """The text is no address of a figure; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the ledger.

    ``indicator`` is a code of the catalogue. ``region`` is a 12-digit code (0: the whole country)
    on the western side; with ``own`` only its own level (本级) is meant. ``pairing`` None means all
    pairings. An open start of ``window`` means 累计. ``known_at`` is a head of the ledger (a posting
    id): only what was posted up to it counts; None means now.
    """

    indicator: str
    region: int
    window: Window
    own: bool = False
    pairing: int | None = None
    known_at: int | None = None

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """The address of the figure's page; ``parse`` gives the question back."""
        start = "" if self.window.start is None else self.window.start.isoformat()
        own = OWN_MARK if self.own else ""
        head = "" if self.known_at is None else f"@{self.known_at}"
        query = "" if self.pairing is None else f"?pairing={pairing_key(self.pairing)}"
        place = short_code(self.region)
        end = self.window.end.isoformat()
        return f"/f/{self.indicator}/{place}{own}/{start}..{end}{head}{query}"

    @classmethod
    def parse(cls, address: str) -> Question:
        """The question of an address, with or without the leading ``/f/``.

        Raises BadAddress for anything else. Whether indicator and region exist is not looked at.
        """
        match = _PATH.fullmatch(address)
        if match is None:
            raise BadAddress(_("不是数字的地址：%s") % address)
        start, head, pairing = match["start"], match["head"], match["pairing"]
        try:
            return cls(
                indicator=match["code"],
                region=int(match["region"].ljust(12, "0")),
                window=window_of(
                    date.fromisoformat(start) if start else None, date.fromisoformat(match["end"])
                ),
                own=bool(match["own"]),
                pairing=parse_pairing_key(pairing) if pairing else None,
                known_at=int(head) if head else None,
            )
        except ValueError as error:
            raise BadAddress(_("不是数字的地址：%s") % address) from error

    def about(self, indicator: str) -> Question:
        """The same question about another indicator."""
        return replace(self, indicator=indicator)

    def at(self, region: int, *, own: bool = False) -> Question:
        """The same question about another place."""
        return replace(self, region=region, own=own)

    def during(self, window: Window) -> Question:
        """The same question about another window."""
        return replace(self, window=window)

    def known(self, head: int | None) -> Question:
        """The same question as known at a head; None: now."""
        return replace(self, known_at=head)


def window_of(start: date | None, end: date) -> Window:
    """A window whose ends are in order; raises BadAddress when they are not."""
    if start is not None and start > end:
        raise BadAddress(_("起始日 %(start)s 在截止日 %(end)s 之后") % {"start": start, "end": end})
    return Window(start, end)


def short_code(region: int) -> str:
    """The region as addresses write it: six digits, nine below the county, twelve for a village."""
    text = f"{region:012d}"
    if region % 1_000_000 == 0:
        return text[:6]
    return text[:9] if region % 1000 == 0 else text
