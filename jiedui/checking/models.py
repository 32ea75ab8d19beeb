"""What the checking room keeps: nothing of any text, only the words an office reads its texts by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.accounts.models import User
from jiedui.accounts.scope import Anyone


class SayingQuerySet(models.QuerySet["Saying"]):
    def visible_to(self, user: Anyone) -> SayingQuerySet:
        """Those of the user's own office; none for who has no office, is disabled or not signed in."""
        if not isinstance(user, User) or not user.is_active or not user.office.strip():
            return self.none()
        return self.filter(office=user.office.strip())

    def in_force(self) -> SayingQuerySet:
        """Those that were not taken back."""
        return self.filter(removed_at__isnull=True)


class Saying(models.Model):
    """Words that mean an indicator in the texts of one office (本单位的说法), with who said so and when.

    Taken back it stays as a row, so that a check sheet of an earlier day can be explained.
    """

    office = models.CharField(_("单位"), max_length=200, db_index=True)
    words = models.CharField(_("说法"), max_length=30)
    indicator = models.CharField(_("指标"), max_length=100)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("记下的人"))
    made_at = models.DateTimeField(_("记下时间"))
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("取消的人")
    )
    removed_at = models.DateTimeField(_("取消时间"), null=True, blank=True)

    objects = SayingQuerySet.as_manager()

    class Meta:
        verbose_name = _("本单位的说法")
        verbose_name_plural = _("本单位的说法")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "words"],
                condition=models.Q(removed_at__isnull=True),
                name="saying_once_in_an_office",
            ),
            models.CheckConstraint(
                condition=~models.Q(office="") & ~models.Q(words="") & ~models.Q(indicator=""),
                name="saying_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="saying_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}：{self.words} → {self.indicator}"
