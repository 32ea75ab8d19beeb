"""Writing the registers (名录): a party is known by its credit code and never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from jiedui.parties import directory
from jiedui.parties.models import Party, PartySort, Product


class RegisterError(ValueError):
    """The register refuses an entry; ``field`` names the field the sentence belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@transaction.atomic
def record_party(*, name: str, credit_code: str = "", sort: str = "enterprise",
                 region: int | None = None, valid_from: date | None = None) -> Party:
    """Enter a party; the same credit code and name is the same party. Raises RegisterError."""
    return record_parties(
        [{"name": name, "credit_code": credit_code, "sort": sort, "region": region,
          "valid_from": valid_from}]
    )[0]


@transaction.atomic
def record_parties(rows: Iterable[dict[str, object]]) -> list[Party]:
    """Enter many parties at once, answered in order; those already known are answered as they are.

    A row holds name, and maybe credit_code, sort, region, valid_from. Raises RegisterError.
    """
    parties = [_party(row) for row in rows]
    codes = {party.credit_code for party in parties if party.credit_code}
    names = {party.name for party in parties if not party.credit_code}
    known = {str(p.credit_code): p for some in directory.chunks(sorted(codes))
             for p in Party.objects.filter(credit_code__in=some)}
    named = directory.find_named(Party, names)
    fresh: dict[str, Party] = {}
    answers: list[Party] = []
    for party in parties:
        key = party.credit_code or party.name
        old = known.get(key) if party.credit_code else named[key].entry
        old = old or fresh.get(key)
        if old is not None and old.name != party.name:
            raise RegisterError("credit_code", _("这个信用代码已属于%(name)s。") % {"name": old.name})
        if old is None:
            old = fresh[key] = party
        answers.append(old)
    Party.objects.bulk_create(fresh.values())
    return answers


@transaction.atomic
def change_party(*, party: Party, name: str, credit_code: str, sort: str,
                 region: int | None) -> Party:
    """Mend a party's entry; an old name is kept among its former names. Raises RegisterError."""
    new = _party({"name": name, "credit_code": credit_code, "sort": sort, "region": region})
    taken = Party.objects.filter(credit_code=new.credit_code).exclude(pk=party.pk).first()
    if new.credit_code and taken:
        raise RegisterError("credit_code", _("这个信用代码已属于%(name)s。") % {"name": taken.name})
    if new.name != party.name:
        former = [*filter(None, party.former_names.split("、")), party.name]
        party.former_names = "、".join(dict.fromkeys(former))
    party.name, party.credit_code = new.name, new.credit_code
    party.sort, party.region = new.sort, new.region
    party.save()
    return party


@transaction.atomic
def succeed(*, party: Party, by_party: Party, on: date) -> Party:
    """Say that another party continues this one from a day on (改制、更名、合并)."""
    follower: Party | None = by_party
    while follower is not None:
        if follower.pk == party.pk:
            raise RegisterError("successor", _("承继单位不能绕回自己。"))
        follower = follower.successor
    party.successor, party.valid_to = by_party, on - timedelta(days=1)
    party.save(update_fields=["successor", "valid_to"])
    return party


@transaction.atomic
def record_product(*, name: str, maker: Party | None = None, region: int | None = None,
                   certificate: str = "") -> Product:
    """Enter a product; the same name of the same maker is the same product."""
    name = name.strip()
    if not name:
        raise RegisterError("name", _("请写产品名称。"))
    known = Product.objects.filter(name=name, maker=maker).first()
    return known or Product.objects.create(
        name=name, maker=maker, region=region, certificate=certificate.strip()
    )


def _party(row: dict[str, object]) -> Party:
    name = str(row.get("name") or "").strip()
    code = str(row.get("credit_code") or "").strip().upper()
    sort = str(row.get("sort") or PartySort.ENTERPRISE)
    region, valid_from = row.get("region"), row.get("valid_from")
    if not name:
        raise RegisterError("name", _("请写名称。"))
    if code and not directory.is_credit_code(code):
        raise RegisterError("credit_code", _("统一社会信用代码有误，请核对 18 位代码。"))
    if sort not in PartySort.values:
        raise RegisterError("sort", _("没有这个类别。"))
    return Party(
        name=name, credit_code=code or None, sort=sort,
        region=region if isinstance(region, int) else None,
        valid_from=valid_from if isinstance(valid_from, date) else None,
    )
