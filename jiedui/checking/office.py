"""The words of an office (本单位的说法): which are in force, kept and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from jiedui.accounts.models import User
from jiedui.accounts.scope import Anyone
from jiedui.indicators import catalogue

from .models import Saying

MOST = 300


class TooMany(ValueError):
    """The office keeps as many words as it may; the message is a Chinese sentence."""


def of(user: Anyone) -> dict[str, str]:
    """Words and the code they mean for the user's office; empty for who has none.

    Words for an indicator that the catalogue no longer has are left out.
    """
    known = {indicator.code for indicator in catalogue.all()}
    rows = Saying.objects.visible_to(user).in_force().values_list("words", "indicator")
    return {words: code for words, code in rows if code in known}


@transaction.atomic
def remember(*, user: User, words: str, indicator: str, now: datetime) -> Saying | None:
    """Keep words for the user's office; what they meant before is taken back.

    None where they mean just this already, or the user has no office. Raises TooMany.
    """
    office = user.office.strip()
    if not office:
        return None
    kept = Saying.objects.visible_to(user).in_force().select_for_update()
    before = kept.filter(words=words).first()
    if before is not None:
        if before.indicator == indicator:
            return None
        forget(user=user, pk=before.pk, now=now)
    elif kept.count() >= MOST:
        raise TooMany(f"本单位已记住{MOST}个说法，请先取消不用的。")
    return Saying.objects.create(
        office=office, words=words, indicator=indicator, made_by=user, made_at=now
    )


def forget(*, user: User, pk: int, now: datetime) -> bool:
    """Take words back; False where the user's office has no such words in force."""
    kept = Saying.objects.visible_to(user).in_force().filter(pk=pk)
    return bool(kept.update(removed_by=user, removed_at=now))
