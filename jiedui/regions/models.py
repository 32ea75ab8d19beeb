"""Administrative divisions (行政区划) and the pairings (结对) between an eastern and a western place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.lib import places
from jiedui.regions.querysets import PairingQuerySet, RegionQuerySet


class Level(models.IntegerChoices):
    """How many digits of the code matter, as in ``lib.places.level_of``."""

    PROVINCE = 2, _("省级")
    CITY = 4, _("地级")
    COUNTY = 6, _("县级")
    TOWNSHIP = 9, _("乡级")
    VILLAGE = 12, _("村级")


class Region(models.Model):
    """A place under one code; a place that got another code is two rows joined by ``successor``.

    ``parent`` is the nearest real place above: the city of a county, but the province of a 省直辖县
    and the municipality of its districts. Rows that only group codes (市辖区, 省直辖县级行政区划)
    have ``is_place`` False and are nobody's parent.
    """

    code = models.BigIntegerField(_("区划代码"), primary_key=True)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=100)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level.choices)
    parent = models.BigIntegerField(_("上级代码"), db_index=True)
    is_place = models.BooleanField(_("实有政区"), default=True)
    pinyin = models.CharField(_("拼音"), max_length=200)
    initials = models.CharField(_("拼音首字母"), max_length=50)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("整体变更为"),
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="region_valid_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("code")),
                name="region_not_its_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pairing(models.Model):
    """A registered pairing; ``id`` is ``lib.places.pairing_id`` of the two six-digit codes."""

    id = models.BigIntegerField(primary_key=True)
    east = models.BigIntegerField(_("东部代码"), db_index=True)
    west = models.BigIntegerField(_("西部代码"), db_index=True)
    start_on = models.DateField(_("开始日期"), null=True, blank=True)
    end_on = models.DateField(_("结束日期"), null=True, blank=True)
    note = models.CharField(_("标注"), max_length=40, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("结对关系")
        verbose_name_plural = _("结对关系")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=models.F("east") * 1_000_000 + models.F("west")),
                name="pairing_id_is_its_two_codes",
            ),
            models.CheckConstraint(
                condition=models.Q(end_on__isnull=True)
                | models.Q(start_on__isnull=True)
                | models.Q(start_on__lte=models.F("end_on")),
                name="pairing_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The written form, "440300-450100"."""
        return places.pairing_key(self.id)
