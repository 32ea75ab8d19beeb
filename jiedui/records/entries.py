"""From a content to what the ledger gets: plain functions over a kind's posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jiedui.ledger.facts import Entry
from jiedui.lib.bounds import Bound
from jiedui.lib.canonical import Canon
from jiedui.records.columns import When, lines_of
from jiedui.records.content import Change, Content
from jiedui.records.kinds import Body, Post, date_column


def entries_of(body: type[Body], content: Content) -> list[Entry]:
    """What a revision posts, in the order of the kind's posts; nothing for a void."""
    if content.change is Change.VOID:
        return []
    return [entry for post in body.posts for entry in entries_of_post(body, post, content)]


def entries_of_post(body: type[Body], post: Post, content: Content) -> Iterator[Entry]:
    fields = content.fields
    day = fields.get(post.on or date_column(body))
    if not day or (post.when is not None and not post.when(fields)):
        return
    when = When.of(day)
    bound = Bound(str(fields.get(post.bound) or Bound.EXACT)) if post.bound else Bound.EXACT
    codes = [post.indicator]
    if post.split and fields.get(post.split):
        codes.append(f"{post.indicator}:{fields[post.split]}")
    dated = [(when, part) for part in parts_of_post(post, content)]
    if post.levels and post.sign > 0:
        dated += changes(post, content)
    for at, part in dated:
        if not part.value:
            continue
        for code in codes:
            yield Entry(
                indicator=code,
                region=part.region,
                pairing=part.pairing,
                first=at.first,
                last=at.last,
                value=part.value * post.sign,
                bound=bound if post.sign > 0 else bound.negated(),
                subject=part.subject,
            )


class Part(NamedTuple):
    """A value where it belongs."""

    region: int
    pairing: int
    value: int
    subject: str | None


def parts_of_post(post: Post, content: Content) -> Iterator[Part]:
    """Each line where it is, and what no line holds at the record's own region.

    A number for each line has no rest: without lines there is nothing.
    """
    lines = lines_of(content.fields.get(post.lines)) if post.lines else []
    whole = post.value if isinstance(post.value, int) else number(content.fields.get(post.value))
    if post.levels and post.sign < 0:
        whole += sum(part.value for _at, part in changes(post, content))
    for line in lines:
        value = post.value if isinstance(post.value, int) else number(line.get(post.value))
        whole -= value
        pairing = number(line["pairing"]) if "pairing" in line else content.pairing
        yield Part(
            line_slice(line, content), pairing, value, subject_of(post, {**content.fields, **line})
        )
    if not (post.lines and isinstance(post.value, int)):
        yield Part(content.region, content.pairing, whole, subject_of(post, content.fields))


def changes(post: Post, content: Content) -> list[tuple[When, Part]]:
    """What each later level of a stock adds or takes; a line without the number leaves it as it was."""
    level = number(content.fields.get(str(post.value)))
    found = []
    for line in sorted(lines_of(content.fields.get(post.levels)), key=lambda line: str(line["on"])):
        later = line.get(str(post.value))
        if isinstance(later, int):
            part = Part(content.region, content.pairing, later - level, None)
            found.append((When.of(line["on"]), part))
            level = later
    return found


def subject_of(post: Post, fields: Mapping[str, Canon]) -> str | None:
    """Whom an entry is about."""
    subject = fields.get(post.subject) if post.subject else None
    return None if subject is None else str(subject)


def line_slice(line: Mapping[str, Canon], content: Content) -> int:
    region = line.get("region")
    return region if isinstance(region, int) else content.region


def number(value: Canon) -> int:
    """The number a column holds: a lines column counts its lines; 0 for nothing."""
    return value if isinstance(value, int) else len(lines_of(value))
