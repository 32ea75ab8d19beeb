"""Writing the registers (名录): nothing is ever deleted, because records hold the ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.parties import directory
from jiedui.parties.credit_codes import clean_credit_code
from jiedui.parties.keeping import require_keeping
from jiedui.parties.models import Enterprise, Organisation, Renaming


class RegisterError(ValueError):
    """The register refuses an entry; ``field`` names the field the sentence belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@transaction.atomic
def record_enterprises(
    rows: Iterable[tuple[str, str, int | None]], *, by: User | None = None
) -> list[Enterprise]:
    """Enter enterprises as (credit code, name, region or None), answered in order.

    One that is known is answered as it is, whatever name is given now. ``by`` is who enters them;
    None when the house is filled by a command. Raises RegisterError.
    """
    wanted = [
        Enterprise(credit_code=_code(code), name=_name(name), region=region, entered_by=by)
        for code, name, region in rows
    ]
    codes = sorted({enterprise.credit_code for enterprise in wanted})
    known = {
        e.credit_code: e
        for some in directory.chunks(codes)
        for e in Enterprise.objects.filter(credit_code__in=some)
    }
    fresh: dict[str, Enterprise] = {}
    for enterprise in wanted:
        if enterprise.credit_code not in known:
            fresh.setdefault(enterprise.credit_code, enterprise)
    Enterprise.objects.bulk_create(fresh.values())
    known |= fresh
    return [known[enterprise.credit_code] for enterprise in wanted]


def record_enterprise(
    *, credit_code: str, name: str, region: int | None = None, by: User
) -> Enterprise:
    """Enter one new enterprise. Raises RegisterError, also when the code is taken."""
    with transaction.atomic():
        if taken := Enterprise.objects.filter(credit_code=_code(credit_code)).first():
            raise RegisterError(
                "credit_code", _("这个信用代码已属于%(name)s。") % {"name": taken.name}
            )
        return record_enterprises([(credit_code, name, region)], by=by)[0]


@transaction.atomic
def change_enterprise(
    *,
    enterprise: Enterprise,
    name: str,
    region: int | None = None,
    reason: str = "",
    by: User,
    now: datetime,
) -> Enterprise:
    """Mend an enterprise's name or region; its credit code is its identity and stays.

    A new name needs a reason, and the old one is kept. Raises NotKept, RegisterError.
    """
    require_keeping(by, enterprise)
    _rename(enterprise, name, reason, by, now)
    enterprise.region = region
    enterprise.save(update_fields=["name", "region"])
    return enterprise


def record_organisation(
    *, name: str, kind: str, region: int | None, valid_from: date | None = None, by: User
) -> Organisation:
    """Enter one new organisation. Raises RegisterError, also when the place has one of this name."""
    with transaction.atomic():
        if Organisation.objects.filter(name=_name(name), region=region).exists():
            raise RegisterError("name", _("这个地区已有同名单位。"))
        return Organisation.objects.create(
            name=_name(name), kind=_kind(kind), region=region, valid_from=valid_from, entered_by=by
        )


@transaction.atomic
def record_organisations(rows: Iterable[tuple[str, str, int | None]]) -> list[Organisation]:
    """Enter organisations as (name, kind, region or None); the same name and place is the same one.

    Raises RegisterError.
    """
    return [
        Organisation.objects.get_or_create(
            name=_name(name), region=region, defaults={"kind": _kind(kind)}
        )[0]
        for name, kind, region in rows
    ]


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    kind: str,
    region: int | None,
    valid_from: date | None = None,
    reason: str = "",
    by: User,
    now: datetime,
) -> Organisation:
    """Mend an organisation's entry; a new name needs a reason, and the old one is kept.

    Raises NotKept, RegisterError.
    """
    require_keeping(by, organisation)
    others = Organisation.objects.exclude(pk=organisation.pk)
    if others.filter(name=_name(name), region=region).exists():
        raise RegisterError("name", _("这个地区已有同名单位。"))
    _rename(organisation, name, reason, by, now)
    organisation.kind, organisation.region = _kind(kind), region
    organisation.valid_from = valid_from
    organisation.save()
    return organisation


@transaction.atomic
def succeed(
    *, organisation: Organisation, successor: Organisation, on: date, by: User
) -> Organisation:
    """Say that another organisation continues this one from a day on (改制、更名、合并).

    Raises NotKept, RegisterError.
    """
    require_keeping(by, organisation)
    follower: Organisation | None = successor
    while follower is not None:
        if follower.pk == organisation.pk:
            raise RegisterError("successor", _("承接单位不能绕回自己。"))
        follower = follower.successor
    if organisation.valid_from and on <= organisation.valid_from:
        raise RegisterError("on", _("承接日期应晚于设立日期。"))
    organisation.successor, organisation.valid_to = successor, on - timedelta(days=1)
    organisation.save(update_fields=["successor", "valid_to"])
    return organisation


def _rename(
    entry: Enterprise | Organisation, name: str, reason: str, by: User, now: datetime
) -> None:
    """Give an entry a name, keeping the one it had. Raises RegisterError."""
    before, after = entry.name, _name(name)
    if before == after:
        return
    if not reason.strip():
        raise RegisterError("reason", _("更名请写理由，例：2023-05-10 工商变更登记。"))
    Renaming.objects.create(
        party=entry.uid, name=before, became=after, reason=reason.strip()[:200], by=by, at=now
    )
    entry.name = after


def _code(text: str) -> str:
    try:
        return clean_credit_code(text)
    except ValidationError as error:
        raise RegisterError("credit_code", str(error.messages[0])) from error


def _name(text: str) -> str:
    if not text.strip():
        raise RegisterError("name", _("请写名称。"))
    return text.strip()


def _kind(kind: str) -> str:
    if kind not in Organisation.Kind.values:
        raise RegisterError("kind", _("没有这个类别。"))
    return kind


__all__ = [
    "RegisterError",
    "change_enterprise",
    "change_organisation",
    "record_enterprise",
    "record_enterprises",
    "record_organisation",
    "record_organisations",
    "succeed",
]
