"""Every kind opens on the pages that are made from it."""

import pytest
from django.test import Client

from jiedui.records.kinds import bodies, columns_of
from jiedui.records.tests.world import make_office


@pytest.fixture
def client(db: None) -> Client:
    office = make_office()
    client = Client()
    client.force_login(office.city_enterer)
    return client


@pytest.mark.parametrize("kind", bodies())
def test_a_kind_has_a_form_with_all_its_columns_a_list_and_a_paste(
    client: Client, kind: str
) -> None:
    form = client.get(f"/records/k/{kind}/new/", follow=True).content.decode()
    assert [n for n in columns_of(bodies()[kind]) if f'name="{n}"' not in form] == []
    assert str(bodies()[kind].kind.label) in client.get(f"/records/k/{kind}/").content.decode()
    assert client.get(f"/records/k/{kind}/paste/", follow=True).status_code == 200
    assert client.get(f"/records/k/{kind}/export/").status_code == 200
