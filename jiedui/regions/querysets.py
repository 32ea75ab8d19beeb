"""Filters on regions and pairings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from jiedui.regions.models import Pairing, Region
else:
    Pairing = Region = models.Model


class RegionQuerySet(models.QuerySet["Region"]):
    def on(self, day: date) -> RegionQuerySet:
        """Places whose code is in use that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def real(self) -> RegionQuerySet:
        """Without the rows that only group codes."""
        return self.filter(is_place=True)


class PairingQuerySet(models.QuerySet["Pairing"]):
    def on(self, day: date) -> PairingQuerySet:
        """Pairings that exist that day."""
        return self.filter(
            Q(start_on__isnull=True) | Q(start_on__lte=day),
            Q(end_on__isnull=True) | Q(end_on__gte=day),
        )
