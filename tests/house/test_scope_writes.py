"""What is sent to the house from outside a viewer's grants: sets with one foreign record, fields nobody
asked for, and figures that would tell of few people to who may not read their records.

A6, A8, A14 of the threat list; the country is that of the scope matrix.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from jiedui.accounts.models import Grant
from jiedui.ledger import heads
from jiedui.lib.ids import uuid7
from jiedui.lib.places import pairing_key
from jiedui.records.kinds import bodies, split_indicators
from jiedui.records.models import Record, ReviewStep, Revision
from tests.house import scope_world as country
from tests.house.scope_world import World
from tests.house.survey import read
from tests.house.test_scope_matrix import GROUPS, MARK

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_engine]

WAITING_ELSEWHERE = 530125_000000
LINK = re.compile(r'href="(/(?:records|evidence)/[0-9a-f-]{36}/)"')

SMUGGLED = {
    "state": "approved", "status": "approved", "posted": "1", "posted_at": "2020-01-01", "pending": "",
    "posting": "1", "author": "1", "created_by": "1", "submitted_by": "1", "added_by": "1",
    "created_at": "2020-01-01", "side": "east", "book": "310000-530000", "line": "funds", "kind": "summary",
    "number": "7", "hash": "0" * 64, "salt": "0", "seq": "1", "content": "{}", "typed": "{}",
    "is_superuser": "on", "administrator": "system", "is_active": "on", "id": "1", "pk": "1",
    "record": "1", "words": "x",
}  # fmt: skip
"""Fields of the tables that no form asks for."""


@pytest.fixture
def world() -> World:
    return country.make_world()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def signed_in(world: World, viewer: str) -> Client:
    client = Client()
    client.force_login(world.users[viewer])
    return client


def written() -> tuple[object, ...]:
    states = tuple(Revision.objects.order_by("pk").values_list("pk", "state", "hash"))
    return ReviewStep.objects.count(), Record.objects.count(), states, heads.head()


def test_one_foreign_record_spoils_the_whole_set_and_is_not_named(world: World) -> None:
    for verb in ("", "approve", "return"):
        with transaction.atomic():
            spoiled(world, verb)
            transaction.set_rollback(True)


def spoiled(world: World, verb: str) -> None:
    """Nine of the viewer's own and one foreign record, and then the nine alone."""
    client = signed_in(world, "county")
    own = [world.records[kind, country.COUNTY] for kind in country.kinds()[:9]]
    before = written()
    answers = []
    for key in (
        country.pk_at("industry.receipt", WAITING_ELSEWHERE),
        country.pk_at("industry.receipt", country.SIBLING),
        10**9,
    ):
        chosen = [str(one.pk) for one in own] + [str(key)]
        seen = {f"seen-{one.pk}": one.newest.mark for one in own}
        data = {"record": chosen, "verb": verb, "reason": "因故"} | seen
        answer = client.post(reverse("records:approve"), data, follow=True)
        answers.append(read(answer).text)
        assert written() == before
    assert answers[0] == answers[1] == answers[2]
    assert {number for _letter, number in MARK.findall(answers[0])} <= {"003"}
    # The nine alone are hers to approve: it is the tenth that stops them.
    data = {"record": [str(one.pk) for one in own], "verb": verb, "reason": "因故"} | seen
    client.post(reverse("records:approve"), data)
    assert (written() != before) is bool(verb)


def test_fields_nobody_asked_for_change_nothing(world: World) -> None:
    client = signed_in(world, "county")
    uid = uuid7()
    cells = {
        "region": f"{country.COUNTY:012d}", "course": "育婴员", "ended_on": "2023-05-06", "people": "9",
    }  # fmt: skip
    sent = SMUGGLED | cells | {"uid": str(uid), "verb": "submit"}
    answer = client.post(reverse("records:new", args=["labour.training"]), sent)
    assert answer.status_code == 302
    record = Record.objects.get(uid=uid)
    assert record.kind == "labour.training"
    assert (record.line, record.side, record.book) == ("labour", "west", country.OWN_BOOK)
    assert (record.status, record.posted) == ("submitted", None)
    assert record.author == record.newest.author == world.users["county"]
    assert record.newest.posting is None
    assert record.newest.number == 1
    assert not Grant.objects.filter(user=record.author, role="final").exists()
    record.author.refresh_from_db()
    assert record.author.administrator == ""

    # The address says which record is changed, whatever else the form names.
    foreign = world.records["labour.training", country.SIBLING]
    mine = world.records["labour.training", country.COUNTY]
    back = {"reason": "请补。", "seen": mine.newest.mark}
    signed_in(world, "city").post(reverse("records:act", args=[mine.uid, "return"]), back)
    mine = Record.objects.get(pk=mine.pk)
    sent = SMUGGLED | cells | {
        "uid": str(foreign.uid), "record": str(foreign.pk), "seen": mine.newest.mark, "verb": "draft",
    }  # fmt: skip
    assert client.post(reverse("records:edit", args=[mine.uid]), sent).status_code == 302
    assert Record.objects.get(pk=foreign.pk).newest.hash == foreign.newest.hash
    now = Record.objects.get(pk=mine.pk)
    assert (now.newest.data.fields["course"], now.status, now.posted) == ("育婴员", "draft", None)


def test_no_figure_tells_of_people_whose_records_one_may_not_read(world: World) -> None:
    """Small numbers are not rounded because who may ask for a figure may open all that it names."""
    for group in ("county", "city", "line"):
        all_open(world, group)


def all_open(world: World, group: str) -> None:
    _sees, viewers = GROUPS[group]
    place = country.COUNTY if group == "county" else country.CITY
    window = "2021-01-01..2023-09-30"
    opened, named = 0, set()
    for viewer in viewers:
        client = signed_in(world, viewer)
        for code in sorted({code for body in bodies().values() for code in split_indicators(body)}):
            address = reverse("figures:figure", args=[code, f"{place // 10**6:06d}", window])
            answer = client.get(address, {"pairing": pairing_key(country.OWN_PAIRING)})
            if answer.status_code == 200:
                opened += 1
                linked = set(LINK.findall(answer.content.decode()))
                closed = [link for link in linked if client.get(link).status_code != 200]
                named |= linked
                assert not closed, f"{viewer} {code}: named, but not to be opened: {closed}"
    assert opened > 3
    assert named
