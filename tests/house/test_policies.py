"""Every view declares who may open it, and whoever is not signed in gets no further than the door."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiedui.accounts.policies import Declared, Policy

PUBLIC = {"accounts:sign_in"}
"""The views that anybody may open; each further one needs a reason here."""


class Page(NamedTuple):
    """One URL of the house: its full name and the view behind it."""

    name: str
    route: str
    pattern: URLPattern

    def __str__(self) -> str:
        return self.name or self.route

    @property
    def declared(self) -> Declared | None:
        return getattr(self.pattern.callback, "policy", None)

    def address(self) -> str:
        """Some address of this view: every part of the path filled with what its converter takes."""
        samples = {
            "int": 1,
            "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
            "slug": "nothing",
            "path": "nothing",
            "string": "nothing",
            "regioncode": "450125",
            "pairingkey": "440300-450100",
        }
        kwargs = {}
        for key, converter in self.pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower()
            kwargs[key] = samples[kind]
        return reverse(self.name, kwargs=kwargs)


def pages(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = "", route: str = ""
) -> Iterator[Page]:
    """All URLs of the house, whatever includes them."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern.url_patterns, inner, here)
        else:
            yield Page(f"{space}{pattern.name}" if pattern.name else "", here, pattern)


def test_the_house_has_pages() -> None:
    assert len({str(page) for page in pages()}) > 20


def test_every_view_declares_a_policy_and_has_a_name() -> None:
    missing = [str(page) for page in pages() if page.declared is None]
    assert not missing, f"declare @policy(...) on the view of: {missing}"
    assert not [page.route for page in pages() if not page.name]


def test_the_public_views_are_the_listed_ones() -> None:
    declared = {(page.name, page.declared.policy) for page in pages() if page.declared}
    assert {name for name, policy in declared if policy == Policy.PUBLIC} == PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_whoever_is_not_signed_in_is_sent_to_the_door(client: Client, method: str) -> None:
    door = reverse(str(settings.LOGIN_URL))
    let_in = []
    for page in pages():
        if page.name in PUBLIC:
            continue
        response = getattr(client, method)(page.address())
        if response.status_code != 302 or not response["Location"].startswith(door):
            let_in.append(f"{page}: {response.status_code}")
    assert not let_in
