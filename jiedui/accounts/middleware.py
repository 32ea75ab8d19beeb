"""How long a session lives."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
WRITTEN_EVERY_SECONDS = 60
CLOCKS_APART_SECONDS = 600


class SessionLifetime:
    """End a session some time after the last page and, however busy, some hours after sign-in.

    The time of the last page is written once a minute, because on SQLite every write waits in line.
    A clock that was set back ends sessions rather than lengthening them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session, now = request.session, int(time.time())
            seen = session.get(SEEN_AT, 0)
            if not (
                _within(now - session.get(SIGNED_IN_AT, 0), settings.SESSION_SECONDS_MAX)
                and _within(now - seen, settings.SESSION_IDLE_SECONDS_MAX)
            ):
                logout(request)
            elif now - seen >= WRITTEN_EVERY_SECONDS:
                session[SEEN_AT] = now
        return self.get_response(request)


def _within(age: int, limit: int) -> bool:
    return -CLOCKS_APART_SECONDS <= age <= limit


def begin(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """Note the time of sign-in in the new session (a receiver of user_logged_in)."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())
