"""The clock every page and command reads, so that a demonstration can live on its own day.

``JIEDUI_TODAY=2023-12-15`` moves the whole system to that China day: the time of day stays, only the date
moves. Nothing but ``./jd demo`` sets it; the ledger never goes back in time whatever the clock says.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

from jiedui.lib.periods import china_day

VARIABLE = "JIEDUI_TODAY"


def shift(real: datetime, wanted: str) -> timedelta:
    """How far the clock is moved: whole days, none without a wanted day. Raises ValueError for no date."""
    if not wanted:
        return timedelta(0)
    return date.fromisoformat(wanted) - china_day(real)


_STARTED = datetime.now(UTC)
_SHIFT = shift(_STARTED, os.environ.get(VARIABLE, ""))


def now() -> datetime:
    """The instant now, in UTC, moved by the shift fixed when the process started."""
    return datetime.now(UTC) + _SHIFT


def today() -> date:
    """The China day now."""
    return china_day(now())
