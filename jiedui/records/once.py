"""Nothing counts twice (一件事只计一次): a kind's ``once`` held against what is reported and posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from jiedui.lib.canonical import Canon
from jiedui.parties.directory import chunks
from jiedui.records.columns import When
from jiedui.records.content import Content
from jiedui.records.kinds import Body, Errors, Once, columns_of, date_column
from jiedui.records.querysets import WAITING

LIVE = (Q(record__posted__isnull=False) & ~Q(record__posted__change="void")) | Q(
    record__posted=None, record__pending__state__in=WAITING
)


class Stand(NamedTuple):
    """What a record claims, and from when until when."""

    key: tuple[Canon, ...]
    first: date
    last: date

    def meets(self, other: Stand) -> bool:
        """Whether both stand at one time; one may begin on the day the other ends."""
        return self.first < other.last and other.first < self.last


def twice(body: type[Body], contents: Sequence[Content], uids: Sequence[UUID]) -> Errors:
    """The kind's sentence for every content that counts what another live record counts.

    ``uids`` are those of the contents' records. The sentence never tells where the other one is: it may
    belong to a place the reader may not see.
    """
    once = body.kind.once
    if once is None:
        return {}
    stands = [stand_of(body, once, content.fields, content.region) for content in contents]
    taken = live(body, once, {stand.key[0] for stand in stands if stand})
    errors: Errors = {}
    for row, (stand, uid) in enumerate(zip(stands, uids, strict=True)):
        if stand is None:
            continue
        others = taken.setdefault(stand.key, {})
        if any(other.meets(stand) for at, other in others.items() if at != uid):
            errors[row, once.by[0]] = str(once.sentence)
        others[uid] = stand
    return errors


def stand_of(
    body: type[Body], once: Once, fields: Mapping[str, Canon], region: int
) -> Stand | None:
    """What a content claims; None while a part of it is missing or it is to be let be."""
    key = tuple(region if name == "region" else fields[name] for name in once.by)
    day = fields[date_column(body)]
    if not day or any(part in (None, "") for part in key) or (once.unless and fields[once.unless]):
        return None
    when = When.of(day)
    if once.yearly:
        return Stand(key, date(when.first.year, 1, 1), date(when.last.year, 12, 31))
    until = fields[once.until] if once.until else None
    return Stand(key, when.first, When.of(until).last if until else date.max)


def live(
    body: type[Body], once: Once, firsts: set[Canon]
) -> dict[tuple[Canon, ...], dict[UUID, Stand]]:
    """What is reported or posted already and begins with one of the keys, by key and record."""
    found: dict[tuple[Canon, ...], dict[UUID, Stand]] = {}
    for some in chunks(sorted(firsts, key=str)):
        rows = body._default_manager.filter(LIVE, **{f"{once.by[0]}__in": some})  # noqa: SLF001
        for row in rows.select_related("record"):
            fields = {name: getattr(row, name) for name in columns_of(body)}
            stand = stand_of(body, once, fields, row.record.region)
            if stand is not None:
                found.setdefault(stand.key, {})[row.record.uid] = stand
    return found
