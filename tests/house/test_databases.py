"""The databases that tests get: one that rolls back, a fresh copy for each test that commits."""

import pytest
from django.db import transaction

from jiedui.accounts.models import User


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", [1, 2])
def test_a_committing_test_sees_no_other(attempt: int) -> None:
    assert not User.objects.exists()
    with transaction.atomic():
        User.objects.create(username="甲")
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", [1, 2])
def test_a_rolled_back_test_sees_no_other(attempt: int) -> None:
    assert not User.objects.exists()
    User.objects.create(username="乙")
