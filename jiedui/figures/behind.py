"""The parts of a figure's page that name records: what counts, what is left out, what contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import formats, permissions, pictures, sources
from jiedui.figures.answers import Answer
from jiedui.figures.checks import Finding
from jiedui.figures.explain import Explanation, Source
from jiedui.figures.sources import Faces
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.ledger import heads, left_out
from jiedui.regions import places
from jiedui.ui.numbers import Number

BOOKS = 3


def omissions(answer: Answer, explained: Explanation) -> dict[str, Any]:
    """What is left out, by reason."""
    groups = [
        {
            "label": group.label,
            "count": group.count,
            "number": pictures.part(answer.indicator, group.amount or 0, _("没有"))
            if answer.indicator.measure is not Measure.RATIO
            else Number(None, reason=_("比率不列数量")),
            "items": [
                {"title": title, "note": note, "href": href} for title, note, href in group.items
            ],
            "more": group.count - len(group.items),
        }
        for group in explained.left_out
    ]
    return {"left_out": groups, "left_out_count": sum(g.count for g in explained.left_out)}


def contradictions(found: Sequence[Finding], faces: Faces) -> list[dict[str, Any]]:
    """What the checks found, with the records they name and the reader may see."""
    posted = faces.posted
    return [
        {
            "sentence": finding.sentence,
            "links": [
                {"name": posted[posting].number, "href": posted[posting].href}
                for posting in finding.postings
                if posting in posted and posted[posting].href
            ],
        }
        for finding in found
    ]


def behind(answer: Answer, explained: Explanation, user: Anyone) -> dict[str, Any]:
    """The newest records that count, and the books they stand in."""
    seqs = left_out.seqs(source.posting for source in explained.sources)
    books = list(dict.fromkeys(book for book, _seq in seqs.values()))
    if answer.question.pairing is not None and not books:
        books = [places.book(answer.question.pairing)]
    listed = []
    for key in books[:BOOKS]:
        seq, digest = heads.book_head(key, answer.head)
        if seq:
            # Length and hash of a chain tell of everything in it: they are for who may read it all.
            is_whole = permissions.may_read_book(user, key)
            listed.append({"key": key, "seq": seq, "hash": digest} if is_whole else {"key": key})
    names = places.names(
        {source.face.region for source in explained.sources if source.face}
        | {source.declaration.region for source in explained.sources if source.declaration}
    )
    return {
        "books": listed,
        "sources": [
            _source(answer.indicator, one, names, seqs[one.posting][1]) for one in explained.sources
        ],
        "source_count": explained.records + explained.declared,
    }


def _source(
    indicator: Indicator, source: Source, names: dict[int, str], seq: int
) -> dict[str, Any]:
    face, line = source.face, source.declaration
    region = line.region if line else face.region if face else 0
    return {
        "kind": face.kind if face else _("汇总数") if line else _("分录"),
        "number": face.number if face else str(source.record)[:8],
        "when": _when(source),
        "place": sources.place_of(line, names) if line else names.get(region, ""),
        "title": face.title if face else line.wording if line else str(source.record),
        "href": face.href if face else "",
        "text": formats.part_digits(indicator, source.amount),
        "evidence": face.evidence if face else (),
        "people": face.people if face else "",
        "seq": seq,
    }


def _when(source: Source) -> str:
    line, face = source.declaration, source.face
    if line is not None:
        return sources.span_text(line.start, line.end)
    if face is None or face.last is None:
        return ""
    return sources.span_text(face.first or face.last, face.last)
