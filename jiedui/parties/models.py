"""Who takes part (主体): organisations, enterprises and persons, each with a random id of its own.

The ledger knows a party by ``uid`` only, so that a person can be erased without touching an entry.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.parties.credit_codes import validate_credit_code
from jiedui.parties.querysets import OrganisationQuerySet, PersonQuerySet


class Organisation(models.Model):
    """An office, school, association or other body (单位); public identity, with validity.

    One that was renamed or merged ends and names its ``successor``.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("党政机关")
        INSTITUTION = "institution", _("事业单位")
        SCHOOL = "school", _("学校")
        HOSPITAL = "hospital", _("医院")
        STATE_FIRM = "state_firm", _("国有企业")
        FIRM = "firm", _("民营企业")
        ASSOCIATION = "association", _("商会协会")
        SOCIAL = "social", _("社会组织")
        COOPERATIVE = "cooperative", _("合作社")
        COMMUNITY = "community", _("村、社区")
        OTHER = "other", _("其他")

    uid = models.UUIDField(_("标识"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    region = models.BigIntegerField(_("所在地区"), null=True, blank=True, db_index=True)
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("职能承接单位"),
    )

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        constraints = [
            models.UniqueConstraint(fields=["name", "region"], name="organisation_named_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="organisation_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("pk")),
                name="organisation_not_its_own_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Enterprise(models.Model):
    """A firm by its 统一社会信用代码; code and official name are declared public identity."""

    uid = models.UUIDField(_("标识"), default=uuid.uuid4, unique=True, editable=False)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, unique=True, validators=[validate_credit_code]
    )
    name = models.CharField(_("名称"), max_length=200)
    region = models.BigIntegerField(_("注册地区"), null=True, blank=True, db_index=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("企业")
        verbose_name_plural = _("企业")

    def __str__(self) -> str:
        return self.name


class Renaming(models.Model):
    """A name that an enterprise or organisation no longer goes by (曾用名); rows are only added."""

    party = models.UUIDField(db_index=True)
    name = models.CharField(_("曾用名"), max_length=200, db_index=True)
    became = models.CharField(_("改为"), max_length=200)
    reason = models.CharField(_("更名的理由"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("更名")

    def __str__(self) -> str:
        return f"{self.name} → {self.became}"


class Person(models.Model):
    """A person records speak of (人员), seen only inside the slice it belongs to.

    Two people may have one name, so nothing but ``uid`` is unique. Fields about the private person
    (identity number, telephone) are not kept yet: they come with their encryption.
    """

    uid = models.UUIDField(_("标识"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("姓名"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("单位")
    )
    region = models.BigIntegerField(_("地区"))
    pairing = models.BigIntegerField(_("结对关系"))
    book = models.CharField(_("账簿"), max_length=13)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        indexes = [models.Index(fields=["region", "pairing"], name="person_slice")]

    def __str__(self) -> str:
        return self.name
