"""The demonstration's pages keep their number of statements, whatever waits and whatever was declared."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo import made_up
from jiedui.accounts.models import User
from jiedui.lib import clock
from jiedui.lib.periods import china_day

FIGURE = "/f/consumption.sales/640400/2023-01-01..2023-12-15?pairing=371000-640400"

DECLARED = "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100"


@pytest.fixture
def the_day(demo: None, monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """Live on the demonstration's own day, as ``./jd demo`` does."""
    shift = made_up.TODAY - china_day(timezone.now())
    monkeypatch.setattr(clock, "_SHIFT", shift)
    return shift


@pytest.mark.parametrize(
    ("username", "address", "most"),
    [
        ("ankang-diaodu", "/board/320400-610900/", 34),
        ("nanning-shenhe", "/board/440300-450100/", 31),
        ("guyuan-fushen", "/board/371000-640400/", 37),
        ("guyuan-fushen", FIGURE, 40),
        ("nanning-shenhe", DECLARED, 41),
        ("guyuan-fushen", "/r/640400/", 33),
        ("guyuan-fushen", "/f/?at=640400/371000-640400", 20),
        ("xiji-shenhe", "/records/k/consumption.sale/", 20),
        ("xiji-shenhe", "/records/todo/", 10),
    ],
)
def test_a_page_keeps_its_number_of_statements(
    the_day: timedelta, username: str, address: str, most: int
) -> None:
    client = Client()
    client.force_login(User.objects.get(username=username))
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(statements) <= most
