"""Every change to users and grants. A ``by`` of None is the person at the server's command line."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from jiedui.accounts.models import (
    ADMINISTRATORS,
    BUSINESS_ROLES,
    Grant,
    ReviewLevels,
    Role,
    Side,
    User,
)
from jiedui.accounts.passwords import REMEMBERED
from jiedui.lib.places import NATION, parse_pairing_key
from jiedui.regions import places


class NotAllowed(PermissionError):
    """The acting person may not do this; the message is a Chinese sentence."""


class GrantRefused(ValueError):
    """A grant that would break the separation of duties or names nothing; a Chinese sentence."""


def _require(by: User | None, role: Role) -> None:
    if by is not None and not (by.is_active and by.administrator == role):
        raise NotAllowed(_("需要%s") % role.label)


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    office: str = "",
    password: str | None,
    administrator: str = "",
    must_change_password: bool = True,
    by: User | None,
    now: datetime,
) -> User:
    """A new user; raises ValidationError for a weak password, NotAllowed, ValueError for a role."""
    _require(by, Role.SYSTEM)
    if administrator and administrator not in ADMINISTRATORS:
        raise ValueError(administrator)
    user = User(username=username, name=name, office=office, administrator=administrator)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.must_change_password = must_change_password
    user.password_changed_at = now
    user.save()
    return user


@transaction.atomic
def change_password(*, user: User, password: str, now: datetime) -> None:
    """A password chosen by its owner; all other sessions end. Raises ValidationError."""
    validate_password(password, user)
    former = [user.password, *user.former_passwords.split()]
    user.former_passwords = "\n".join(former[:REMEMBERED])
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = now
    user.save()


@transaction.atomic
def disable_user(*, user: User, by: User | None) -> None:
    """Nobody can sign in as the user any more, and open sessions end at their next request."""
    _require(by, Role.SYSTEM)
    user.is_active = False
    user.save(update_fields=["is_active"])


@transaction.atomic
def give_grant(
    *,
    user: User,
    role: Role | str,
    region: int,
    side: Side | str = Side.WEST,
    book: str = "",
    line: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: User | None,
) -> Grant:
    """A new right; raises NotAllowed, GrantRefused, UnknownRegion."""
    _require(by, Role.SECURITY)
    if user.administrator:
        raise GrantRefused(_("管理员不得兼任业务角色"))
    if role not in BUSINESS_ROLES:
        raise GrantRefused(_("没有这个业务角色：%s") % role)
    if region != NATION:
        places.get(region)
    if book and places.book(parse_pairing_key(book)) != book:
        raise GrantRefused(_("不是账簿：%s") % book)
    grant = Grant.objects.create(
        user=user,
        role=Role(role),
        side=Side(side),
        region=region,
        book=book,
        line=line,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    user.kept_grants = None
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, on: date, by: User | None) -> None:
    """The grant's last day; from the next request after it the right is gone."""
    _require(by, Role.SECURITY)
    if grant.valid_from is not None and on < grant.valid_from:
        grant.delete()
        return
    grant.valid_to = on
    grant.save(update_fields=["valid_to"])


@transaction.atomic
def set_review_levels(*, region: int, levels: int, by: User | None) -> ReviewLevels:
    """One or two levels of review for a region and all below it without a rule of their own."""
    _require(by, Role.SECURITY)
    rule, _created = ReviewLevels.objects.update_or_create(
        region=region, defaults={"levels": levels}
    )
    return rule
