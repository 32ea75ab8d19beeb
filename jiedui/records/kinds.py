"""Kinds of records: what a kind's one file declares, and the plain functions that read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiedui.ledger.facts import Declaration
from jiedui.lib.canonical import Canon
from jiedui.records.columns import Column, DateField
from jiedui.records.columns.base import Label
from jiedui.records.content import Content

ONE = _("一条记录")
REGION = _("地区")

Columns = dict[str, list[Canon]]
Errors = dict[tuple[int, str], str]


@dataclass(frozen=True, kw_only=True)
class Once:
    """Nothing counts twice: two records that agree in ``by`` may not stand at one time.

    ``by`` names columns, or "region" for the record's own. A record stands from its date to the column
    ``until`` (for ever if there is none or it is empty); ``yearly`` makes that the years of its date.
    Records whose column ``unless`` says yes are let be. ``sentence`` tells what to do.
    """

    by: Sequence[str]
    sentence: Label
    until: str = ""
    yearly: bool = False
    unless: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a kind is called and how its records behave.

    ``code`` is "line.name", ``line`` the line of work; ``one`` completes 登记… (一笔到账); ``on`` names
    the column that dates the record (the first date if empty); ``title`` the columns that name it;
    ``shown`` the columns of its list (the required ones if empty); ``total`` the indicators whose sums
    stand above the list.
    """

    code: str
    label: Label
    line: str
    one: Label = ONE
    on: str = ""
    title: Sequence[str] = ()
    shown: Sequence[str] = ()
    total: Sequence[str] = ()
    region_label: Label = REGION
    evidence: Label = ""
    evidence_required: bool = False
    evidence_when: Callable[[Mapping[str, Canon]], bool] | None = None  # required only then
    once: Once | None = None
    own: bool = False  # 本级 means something of its own: only totals (汇总数) do

    def needs_evidence(self, fields: Mapping[str, Canon]) -> bool:
        """Whether a record with these fields cannot be reported without evidence."""
        return self.evidence_required and (self.evidence_when is None or self.evidence_when(fields))


@dataclass(frozen=True, kw_only=True)
class Post:
    """What a kind posts to one indicator for each record (or each line).

    ``value`` is a column (a lines column counts its lines) or the number 1; ``on`` the date column
    (the kind's own if empty); ``split`` a choice column that names a part, posted besides the whole;
    ``subject`` a register column; ``bound`` a bound column. ``lines`` is a lines column that holds
    ``value`` by county: each county's part is posted there and the rest at the record's own region;
    with the number 1 every line is posted, with a ``subject`` of its own, and nothing without lines.
    ``levels`` is a lines column of what ``value`` became later, ``on`` which day: a line posts what it
    changed, and ``sign=-1`` takes back the last.
    Nothing is posted where value or date is empty, the value is 0 or ``when(fields)`` is false.
    """

    indicator: str
    value: str | int = 1
    on: str = ""
    split: str = ""
    subject: str = ""
    sign: int = 1
    bound: str = ""
    lines: str = ""
    levels: str = ""
    when: Callable[[Mapping[str, Canon]], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """How the offices' own Excel forms head the columns: column name -> other headings it goes by."""

    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Body(models.Model):
    """The fields of one kind; its row is the projection of a revision and only actions write it."""

    kind: ClassVar[Kind]
    posts: ClassVar[Sequence[Post]] = ()
    sheet: ClassVar[Sheet] = Sheet()

    record = models.OneToOneField(
        "records.Record", models.PROTECT, primary_key=True, related_name="%(class)s"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind.code} {self.pk}"

    @classmethod
    def clean_columns(cls, columns: Columns) -> tuple[Columns, Errors]:
        """Check and complete rows after every cell was read; None stands where a cell was bad.

        The columns are lists of equal length; errors are sentences by (row, column).
        """
        return columns, {}

    @classmethod
    def line_of(cls, content: Content) -> str:  # noqa: ARG003
        """The line of work a record belongs to, for grants limited to one line."""
        return cls.kind.line

    @classmethod
    def doubts(cls, columns: Columns) -> Errors:  # noqa: ARG003
        """Sentences by (row, column) that ask to look again and stop nothing; columns are clean."""
        return {}

    @classmethod
    def declarations(cls, content: Content) -> list[Declaration]:  # noqa: ARG003
        """The totals (汇总数) a record declares; only SummaryRecord has any."""
        return []


@cache
def bodies() -> Mapping[str, type[Body]]:
    """Every kind's body by code, in order of line and label of their files."""
    found = [model for model in apps.get_models() if issubclass(model, Body)]
    return {model.kind.code: model for model in sorted(found, key=lambda m: m.__module__)}


class UnknownKind(LookupError):
    """There is no such kind of record."""


def body_of(code: str) -> type[Body]:
    """The body of a kind; raises UnknownKind."""
    try:
        return bodies()[code]
    except KeyError as error:
        raise UnknownKind(code) from error


@cache
def columns_of(body: type[Body]) -> Mapping[str, Column]:
    """The kind's columns by name, in the order of its file."""
    fields = body._meta.get_fields()  # noqa: SLF001
    return {f.name: f for f in fields if isinstance(f, Column)}


@cache
def date_column(body: type[Body]) -> str:
    """The name of the column that dates the record."""
    return body.kind.on or next(
        name for name, column in columns_of(body).items() if isinstance(column, DateField)
    )


@cache
def required_columns(body: type[Body]) -> tuple[str, ...]:
    """Columns a submitted record must have; the region comes before them."""
    return tuple(name for name, column in columns_of(body).items() if column.required)


def shown_columns(body: type[Body]) -> Sequence[str]:
    """The columns of the kind's list."""
    return body.kind.shown or required_columns(body)


def title_columns(body: type[Body]) -> Sequence[str]:
    """The columns whose text names a record in queues and search."""
    return body.kind.title or required_columns(body)[:1]


@cache
def split_indicators(body: type[Body]) -> frozenset[str]:
    """Every indicator code the kind may post, parts included; the catalogue must know them all."""
    codes = set()
    for post in body.posts:
        codes.add(post.indicator)
        if post.split:
            words = columns_of(body)[post.split].flatchoices
            codes |= {f"{post.indicator}:{word}" for word, _label in words}
    return frozenset(codes)
