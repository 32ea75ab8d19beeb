"""The house that journeys walk through: the whole demonstration on its own day, behind a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from demo import made_up
from jiedui.lib import clock
from tests.journeys.visits import House


@pytest.fixture
def house(
    demo: None, live_server: LiveServer, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """A copy of the demonstration that a journey may change, on the demonstration's day."""
    wanted = made_up.TODAY.isoformat()
    monkeypatch.setattr(clock, "_SHIFT", clock.shift(datetime.now(UTC), wanted))
    opened = House(live_server.url, browser)
    yield opened
    opened.close()
