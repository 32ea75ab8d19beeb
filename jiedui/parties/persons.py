"""The register of people (人员名录): entering, finding and erasing; a name never leaves this room."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from jiedui.accounts import scope
from jiedui.accounts.models import Role, User
from jiedui.parties.actions import RegisterError
from jiedui.parties.directory import Found, chunks
from jiedui.parties.models import Organisation, Person
from jiedui.regions import places

WITH_OFFICE = re.compile(r"(.+?)\s*[（(](.+)[)）]")


class NewPerson(NamedTuple):
    """Who is to be entered, in the slice whose office keeps the person's file."""

    name: str
    region: int
    pairing: int
    organisation: Organisation | None = None


@transaction.atomic
def record_persons(*, rows: Sequence[NewPerson], by: User) -> list[Person]:
    """Enter people, all or none, in order; ``by`` must hold 填报 in each slice. Raises RegisterError.

    Two people may share a name, so nothing is merged: look for them first.
    """
    people = []
    for row in rows:
        name = unicodedata.normalize("NFC", row.name).strip()
        if not name:
            raise RegisterError("name", _("请填写姓名。"))
        if not scope.may(by, Role.ENTER, region=row.region, pairing=row.pairing):
            raise RegisterError("region", _("您在这个地区没有填报权限。"))
        people.append(
            Person(
                name=name,
                organisation=row.organisation,
                region=row.region,
                pairing=row.pairing,
                book=places.book(row.pairing),
            )
        )
    return Person.objects.bulk_create(people)


@transaction.atomic
def erase_person(*, person: Person, by: User) -> Person:
    """Erase who it was (删除个人信息): figures keep the random id, nobody can tell whose it is.

    It cannot be undone, so it takes 审核 in the person's slice. Raises RegisterError.
    """
    if not scope.may(by, Role.REVIEW, region=person.region, pairing=person.pairing):
        raise RegisterError("region", _("您在这个地区没有审核权限。"))
    person.name, person.organisation = _("已删除"), None
    person.save(update_fields=["name", "organisation"])
    return person


def find_persons(texts: Iterable[str], *, by: User) -> dict[str, Found]:
    """For each text the person it names, "王芳" or "王芳（市教育局）", among those the user may see."""
    wanted: dict[str, tuple[str, str]] = {}
    for text in texts:
        match = WITH_OFFICE.fullmatch(text)
        wanted[text] = (match.group(1), match.group(2)) if match else (text, "")
    known: dict[str, list[tuple[UUID, str]]] = {}
    names = sorted({name for name, _office in wanted.values()})
    for some in chunks(names):
        rows = Person.objects.visible_to(by).filter(name__in=some)
        for name, uid, office in rows.values_list("name", "uid", "organisation__name"):
            known.setdefault(name, []).append((uid, office or ""))
    found = {}
    for text, (name, office) in wanted.items():
        uids = [uid for uid, at in known.get(name, []) if not office or at == office]
        found[text] = Found(uids[0] if len(uids) == 1 else None, len(uids))
    return found


def names_of(uids: Iterable[str | UUID], *, with_office: bool = False) -> dict[str, str]:
    """The present names by ``uid`` (32 hexadecimal digits); unknown ids are left out.

    ``with_office`` writes the office behind the name, as ``find_persons`` reads it.
    """
    names: dict[str, str] = {}
    for some in chunks(sorted({UUID(str(uid)) for uid in uids})):
        rows = Person.objects.filter(uid__in=some)
        for uid, name, office in rows.values_list("uid", "name", "organisation__name"):
            names[uid.hex] = f"{name}（{office}）" if with_office and office else name
    return names
