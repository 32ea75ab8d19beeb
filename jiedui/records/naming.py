"""Which parties a person's records name; the registers ask it before an entry is changed."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.records.models import Record


def names_party(user: User, uid: UUID) -> bool:
    """Whether a record that the user may enter names the party, as posted or on its way."""
    held = scope.role_q(user, Role.ENTER, line="line")
    said = Q(posted__content__contains=uid.hex) | Q(pending__content__contains=uid.hex)
    return Record.objects.visible_to(user).filter(held).filter(said).exists()
