"""What one content says otherwise than another, in words people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jiedui.accounts.models import User
from jiedui.lib.canonical import Canon
from jiedui.records.content import Content
from jiedui.records.kinds import Body, columns_of
from jiedui.regions import places


class Shown(NamedTuple):
    """One field of a content as a page shows it."""

    name: str
    label: str
    text: str
    unit: str = ""
    align: str = ""


class Difference(NamedTuple):
    """One field that two contents say differently."""

    label: str
    before: str
    after: str
    unit: str = ""


def shown_many(
    body: type[Body], contents: Sequence[Content], names: Sequence[str] | None = None, *, by: User
) -> list[dict[str, str]]:
    """The texts of contents by column as ``by`` may read them, each register asked once.

    ``names`` narrows the columns.
    """
    columns = {n: c for n, c in columns_of(body).items() if names is None or n in names}
    texts = {n: c.show([one.fields.get(n) for one in contents], by) for n, c in columns.items()}
    return [{name: texts[name][row] for name in columns} for row in range(len(contents))]


def shown(body: type[Body], content: Content, *, by: User) -> list[Shown]:
    """Region, pairing and every filled field, in the order of the kind's file."""
    texts = shown_many(body, [content], by=by)[0]
    fields = [
        Shown("region", str(body.kind.region_label), place(content)),
        Shown("pairing", "结对", pairing(content.pairing)),
    ]
    return fields + [
        Shown(name, column.label, texts[name], str(column.unit), column.align)
        for name, column in columns_of(body).items()
        if texts[name]
    ]


def place(content: Content) -> str:
    name = places.names([content.region]).get(content.region, str(content.region))
    return name + (places.OWN if content.own else "")


def pairing(number: int) -> str:
    return places.pairing_names([number])[number].replace("—", " ⇄ ")


def differences(body: type[Body], before: Content, after: Content, *, by: User) -> list[Difference]:
    """The fields that changed, in order; empty for the same."""
    found = []
    if (before.region, before.own) != (after.region, after.own):
        found.append(Difference(str(body.kind.region_label), place(before), place(after)))
    if before.pairing != after.pairing:
        found.append(Difference("结对", pairing(before.pairing), pairing(after.pairing)))
    old, new = shown_many(body, [before, after], by=by)
    for name, column in columns_of(body).items():
        if same(before.fields.get(name), after.fields.get(name)):
            continue
        found.append(Difference(column.label, old[name], new[name], str(column.unit)))
    return found


def same(one: Canon, other: Canon) -> bool:
    """Empty is empty, however it is written."""
    return (one or None) == (other or None) or one == other
