"""Finding parties by what people write: a credit code, a name, or both in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError

from jiedui.parties.credit_codes import clean_credit_code
from jiedui.parties.models import Enterprise, Organisation, Renaming

CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
CHUNK = 400

Item = TypeVar("Item")


class Found(NamedTuple):
    """What a text means: the ``uid`` of one party, or None; ``matches`` says how many have the name."""

    uid: UUID | None
    matches: int


def credit_code_in(text: str) -> str:
    """The 18 characters in the text that look like a credit code; empty for none."""
    match = CREDIT_CODE.search(text.upper())
    return match.group() if match else ""


def credit_code_problem(text: str) -> str:
    """What is wrong with the credit code in a text; empty for a right one and for none."""
    code = credit_code_in(text)
    try:
        if code:
            clean_credit_code(code)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def find_parties(
    texts: Iterable[str], *, enterprises: bool = True, organisations: bool = True
) -> dict[str, Found]:
    """For each text the party it names: by credit code where one is written, else by exact name.

    A name that several parties have is found with ``matches`` 2 or more and no uid.
    """
    wanted = set(texts)
    codes = {text: code for text in wanted if (code := credit_code_in(text))}
    uids: dict[str, list[UUID]] = {text: [] for text in wanted}
    by_code: dict[str, UUID] = {}
    for some in chunks(sorted(set(codes.values()))):
        rows = Enterprise.objects.filter(credit_code__in=some)
        by_code |= dict(rows.values_list("credit_code", "uid"))
    for text, code in codes.items():
        uids[text] += [by_code[code]] if enterprises and code in by_code else []
    for some in chunks(sorted(wanted - set(codes))):
        if enterprises:
            for name, uid in Enterprise.objects.filter(name__in=some).values_list("name", "uid"):
                uids[name].append(uid)
        if organisations:
            for name, uid in Organisation.objects.filter(name__in=some).values_list("name", "uid"):
                uids[name].append(uid)
    return {
        text: Found(some[0] if len(some) == 1 else None, len(some)) for text, some in uids.items()
    }


def name_now(text: str) -> str:
    """What a party that was once called so is called now; empty when that is not one party."""
    uids = set(Renaming.objects.filter(name=text).values_list("party", flat=True))
    names = names_of(uids) if len(uids) == 1 else {}
    return next((name for name in names.values() if name != text), "")


def names_of(uids: Iterable[str | UUID]) -> dict[str, str]:
    """The present names by ``uid`` (32 hexadecimal digits); unknown ids are left out."""
    names: dict[str, str] = {}
    for some in chunks(sorted({UUID(str(uid)) for uid in uids})):
        for uid, name in Enterprise.objects.filter(uid__in=some).values_list("uid", "name"):
            names[uid.hex] = name
        if missing := [uid for uid in some if uid.hex not in names]:
            rows = Organisation.objects.filter(uid__in=missing).values_list("uid", "name")
            names |= {uid.hex: name for uid, name in rows}
    return names


def chunks(items: list[Item]) -> Iterator[list[Item]]:
    """Pieces short enough for one IN list on every engine."""
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
