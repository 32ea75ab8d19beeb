"""The picker of regions, as a page uses it."""

import pytest
from django.test import Client

from jiedui.accounts.models import User
from jiedui.accounts.tests.people import people
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db


def found(client: Client, user: User, text: str, purpose: str = "") -> str:
    client.force_login(user)
    return client.get("/find/regions", {"q": text, "for": purpose}).content.decode()


@pytest.mark.parametrize("text", ["上林", "shanglin", "sl", "450125"])
def test_it_finds_shanglin_by_name_pinyin_initials_and_code(client: Client, text: str) -> None:
    make_regions()
    made = people()
    answer = found(client, made.enterer, text, "enter")
    assert 'data-value="450125000000"' in answer
    assert "广西壮族自治区南宁市上林县" in answer


def test_it_offers_nothing_outside_the_grants(client: Client) -> None:
    make_regions()
    made = people()
    assert "上林县" not in found(client, made.stranger, "上林")
    assert "上林县" in found(client, made.reviewer, "上林")
    assert "上林县" not in found(client, made.reviewer, "上林", "enter")
    assert "上林县" in found(client, made.eastern, "上林", "enter")
    assert "安康市" not in found(client, made.eastern, "安康")


def test_it_answers_the_field_of_a_form_and_is_silent_once_a_place_is_chosen(
    client: Client,
) -> None:
    make_regions()
    client.force_login(people().enterer)
    asked = {"name": "region", "region": "sl"}
    answer = client.get("/find/regions", asked).content.decode()
    assert 'data-label="广西壮族自治区南宁市上林县"' in answer
    chosen = asked | {"region": "广西壮族自治区南宁市上林县"}
    assert client.get("/find/regions", chosen).content.decode().strip() == ""


def test_what_was_typed_comes_back_escaped_or_not_at_all(client: Client) -> None:
    make_regions()
    made = people()
    answer = found(client, made.enterer, "<script>alert(1)</script>")
    assert "<script>" not in answer
