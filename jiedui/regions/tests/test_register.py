from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from jiedui.regions.loading import register_pairing
from jiedui.regions.models import Pairing, Region
from jiedui.regions.register import Kept, mark
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db


def _move() -> None:
    Region.objects.filter(name="横州市").update(successor=450123000000)


CHANGES: list[Callable[[], object]] = [
    lambda: Region.objects.filter(name="南宁市").update(name="邕州市"),
    lambda: Region.objects.filter(name="镇坪县").delete(),
    _move,
    make_regions,
    lambda: register_pairing("350100-640300"),
    lambda: Pairing.objects.update(end_on=date(2025, 12, 31)),
    lambda: Pairing.objects.filter(west=450100).delete(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_the_register_has_a_mark_of_its_own(change: Callable[[], object]) -> None:
    make_regions()
    before = mark()
    assert mark() == before
    change()
    assert mark() != before


def test_what_is_kept_is_made_again_once_something_changed() -> None:
    make_regions()
    names = Kept(lambda: set(Region.objects.values_list("name", flat=True)))
    found = names.get()
    assert names.get() is found
    assert "南宁市" in found
    Region.objects.filter(name="南宁市").update(name="邕州市")
    assert "南宁市" not in names.get()


def test_a_change_that_is_rolled_back_leaves_nothing_behind() -> None:
    make_regions()
    names = Kept(lambda: set(Region.objects.values_list("name", flat=True)))
    names.get()

    def changed(name: str) -> set[str]:
        with transaction.atomic():
            Region.objects.filter(code=450100000000).update(name=name)
            found = names.get()
            transaction.set_rollback(True)
        return found

    assert "邕州市" in changed("邕州市")
    assert "南宁市" in names.get()
    assert "朝阳府" in changed("朝阳府")


@pytest.mark.django_db(transaction=True)
def test_an_emptied_register_has_another_mark() -> None:
    make_regions()
    before = mark()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE regions_pairing")
    else:
        Pairing.objects.all().delete()
    assert mark() != before
