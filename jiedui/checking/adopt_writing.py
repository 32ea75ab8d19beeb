"""The table of 从旧材料建账 written: one batch of declarations, submitted, all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.ledger.locks import posting_lock
from jiedui.records import actions, evidence
from jiedui.records.models import Evidence, Record

from .adopt_table import KIND
from .adopting import Row, sentence

TITLE_LONGEST = 40
CITED_LONGEST = 190


def uid_of(base: UUID, row: Row) -> UUID:
    """The record of a row of one form: the same form twice is the same records."""
    return uuid5(base, row.key)


def written_keys(base: UUID, rows: Sequence[Row], by: User) -> frozenset[str]:
    """The keys of rows that this form has declared before."""
    uids = {uid_of(base, row): row.key for row in rows}
    known = Record.objects.filter(uid__in=list(uids), author=by).values_list("uid", flat=True)
    return frozenset(uids[uid] for uid in known)


def submit(
    taken: Sequence[tuple[Row, dict[str, object]]],
    *,
    base: UUID,
    texts: Sequence[tuple[str, str]],
    originals: Mapping[int, Evidence],
    published_on: date | None,
    by: User,
    now: datetime,
) -> list[Record]:
    """Report the rows as declarations, each with the text it came from and its sentence cited.

    ``originals`` are files handed in, by the number of their text; a text without one is kept as .txt.
    Raises CellErrors (rows number ``taken``), RecordConflict, NotAllowed; then nothing is written.
    """
    with posting_lock(), transaction.atomic():
        before = written_keys(base, [row for row, _cells in taken], by)
        fresh = [row for row, _cells in taken if row.key not in before]
        files = dict(originals)
        for number in sorted({text_of(row) for row in fresh} - files.keys()):
            name, text = texts[number]
            files[number] = evidence.store(
                chunks=[text.encode()], name=text_name(name), by=by, now=now
            )
        linked = {
            uid_of(base, row): [
                files[text_of(row)],
                cite(row, texts[text_of(row)], files[text_of(row)], published_on, by, now),
            ]
            for row in fresh
        }
        return actions.record_many(
            kind=KIND,
            rows=[cells | {"uid": uid_of(base, row)} for row, cells in taken],
            by=by,
            now=now,
            submit=True,
            evidence=linked,
        )


def text_of(row: Row) -> int:
    """The number of the text a row came from."""
    return int(row.key.partition(":")[0])


def text_name(name: str) -> str:
    """The name a text is kept under: 粘贴的文稿.txt, 年报.docx.txt."""
    return name if name.lower().endswith(".txt") else f"{name}.txt"


def title_of(name: str, text: str) -> str:
    """What a text is called: its first line, else its name."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), name)
    return first if len(first) <= TITLE_LONGEST else first[: TITLE_LONGEST - 1] + "…"


def cite(
    row: Row,
    text: tuple[str, str],
    file: Evidence,
    published_on: date | None,
    by: User,
    now: datetime,
) -> Evidence:
    """The citation of a row's place in the text; its digest is that of the file it stands in."""
    place = _("《%(title)s》第 %(paragraph)d 段：") % {
        "title": title_of(*text).strip("《》"),
        "paragraph": row.paragraph,
    }
    said = sentence(row).strip("…")
    room = CITED_LONGEST - len(place)
    if len(said) > room:
        at = max(0, min(len(row.before) - room // 2, len(said) - room))
        said = "…" + said[at : at + room - 2] + "…"
    return evidence.cite(
        title=f"{place}{said}",
        publisher="",
        published_on=published_on,
        url="",
        by=by,
        now=now,
        digest=file.sha256,
    )
