"""Who keeps an entry of the registers (decision 0015): every office reads them, few may change one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.parties.models import Enterprise, Organisation

Use = Callable[[User, UUID], bool]
"""Whether the user enters something that names the party with this ``uid``."""

_uses: list[Use] = []


class NotKept(PermissionError):
    """The entry is not this user's to change."""


def register(use: Use) -> Use:
    """Ask ``use`` too from now on: rooms above know where parties are named; this room does not."""
    if use not in _uses:
        _uses.append(use)
    return use


def may_change(user: User, entry: Enterprise | Organisation) -> bool:
    """Whether the user may change an entry.

    It takes 填报 and one of these: the entry's place lies in the user's grants or on the other side of
    their pairings; a record that the user may enter names the entry; the user entered it.
    """
    if Role.ENTER not in scope.roles(user):
        return False
    if entry.entered_by_id == user.pk:
        return True
    if entry.region is not None and scope.works_with(user, Role.ENTER, entry.region):
        return True
    return any(use(user, entry.uid) for use in _uses)


def require_keeping(user: User, entry: Enterprise | Organisation) -> None:
    """Raises NotKept unless the user may change the entry."""
    if not may_change(user, entry):
        raise NotKept(entry.name)
