"""Finding parties and products by what people write: a credit code, a name, or both in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Q
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from jiedui.parties.models import Party, Product, Register

CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
CHUNK = 400

Entry = TypeVar("Entry", bound=Register)


class Found(NamedTuple, Generic[Entry]):
    """What a text means: one entry, none, or several (``count`` says how many)."""

    entry: Entry | None
    count: int


def is_credit_code(text: str) -> bool:
    """Whether the text is a 统一社会信用代码 with a right check character."""
    try:
        uscc.validate(text)
    except ValidationError:
        return False
    return True


def credit_code_in(text: str) -> str:
    """The 18 characters in the text that look like a credit code; empty for none."""
    match = CREDIT_CODE.search(text.upper())
    return match.group() if match else ""


def find_parties(texts: Iterable[str]) -> dict[str, Found[Party]]:
    """For each text the party it names: by credit code where one is written, else by exact name.

    A present or former name will do. Two parties of one name are found as ``count`` 2 and no entry.
    """
    wanted = set(texts)
    codes = {text: code for text in wanted if (code := credit_code_in(text))}
    by_code: dict[str, Party] = {}
    for some in chunks(sorted(set(codes.values()))):
        by_code |= {str(p.credit_code): p for p in Party.objects.filter(credit_code__in=some)}
    named = find_named(Party, wanted - set(codes))
    unknown = {text for text in wanted - set(codes) if not named[text].count}
    for text in unknown:
        former = Party.objects.filter(former_names__contains=text)
        exact = [p for p in former[:20] if text in p.former_names.split("、")]
        named[text] = Found(exact[0] if len(exact) == 1 else None, len(exact))
    coded = {text: by_code.get(code) for text, code in codes.items()}
    return named | {text: Found(party, 1 if party else 0) for text, party in coded.items()}


def find_products(texts: Iterable[str]) -> dict[str, Found[Product]]:
    """For each text the product of exactly that name."""
    return find_named(Product, set(texts))


def find_named(model: type[Entry], names: set[str]) -> dict[str, Found[Entry]]:
    found: dict[str, list[Entry]] = {name: [] for name in names}
    for some in chunks(sorted(names)):
        query = Q(name__in=some)
        for entry in model._default_manager.filter(query).order_by("id"):  # noqa: SLF001
            found[entry.name].append(entry)
    return {
        name: Found(entries[0] if len(entries) == 1 else None, len(entries))
        for name, entries in found.items()
    }


def names_of(model: type[Entry], uids: Iterable[str | UUID]) -> dict[str, str]:
    """The present names by ``uid`` (32 hexadecimal digits); unknown ids are left out."""
    names: dict[str, str] = {}
    for some in chunks(sorted({UUID(str(uid)) for uid in uids})):
        rows = model._default_manager.filter(uid__in=some)  # noqa: SLF001
        names |= {uid.hex: name for uid, name in rows.values_list("uid", "name")}
    return names


Item = TypeVar("Item")


def chunks(items: list[Item]) -> Iterable[list[Item]]:
    """Pieces short enough for one IN list on every engine."""
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
