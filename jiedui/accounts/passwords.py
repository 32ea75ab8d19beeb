"""Rules for passwords beyond Django's own; each can be set by the office's profile."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiedui.accounts.models import User
from jiedui.lib.clock import now

REMEMBERED = 5
"""How many former passwords may not come back."""


class CharacterClasses:
    """At least so many of: small letters, capitals, digits, other characters."""

    def __init__(self, classes: int = 3) -> None:
        self.classes = classes

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the password is too uniform."""
        kinds = {_class_of(character) for character in password}
        if len(kinds) < self.classes:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return _("密码须包含大写字母、小写字母、数字、其他符号中的%d类") % self.classes


def _class_of(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isascii() and character.isalpha():
        return "capital" if character.isupper() else "small"
    return "other"


class NotUsedBefore:
    """Neither the present password nor one of the last few."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the user had this password before."""
        if user is None or user.pk is None:
            return
        former = [user.password, *user.former_passwords.split()]
        if any(check_password(password, encoded) for encoded in former[: REMEMBERED + 1]):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return (
            ngettext("不得使用最近%d次用过的密码", "不得使用最近%d次用过的密码", REMEMBERED)
            % REMEMBERED
        )


def must_change(user: User) -> bool:
    """Whether the user has to choose a new password before anything else."""
    if user.must_change_password:
        return True
    days = settings.PASSWORD_DAYS_MAX
    if not days or user.password_changed_at is None:
        return False
    return now() - user.password_changed_at > timedelta(days=days)
