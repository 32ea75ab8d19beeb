"""Filters on parties."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from jiedui.accounts import scope

if TYPE_CHECKING:
    from jiedui.parties.models import Organisation, Person
else:
    Organisation = Person = models.Model


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def on(self, day: date) -> OrganisationQuerySet:
        """Organisations that exist that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: scope.Anyone) -> PersonQuerySet:
        """People of the slices the user may see."""
        return self.filter(scope.region_q(user))
