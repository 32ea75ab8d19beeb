"""Every kind of record keeps the promises of decision 0007 and of the six fields."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from jiedui.indicators import catalogue
from jiedui.indicators.definitions import Measure
from jiedui.records.columns import BoundField, Column, DateField, LinesField, MoneyField
from jiedui.records.columns.references import UidField
from jiedui.records.kinds import (
    Body,
    Post,
    bodies,
    columns_of,
    date_column,
    required_columns,
    shown_columns,
    split_indicators,
    title_columns,
)

KINDS = [pytest.param(body, id=code) for code, body in bodies().items()]
WITH_EVIDENCE = {"industry.receipt", "funds.fund"}

every_kind = pytest.mark.parametrize("body", KINDS)


def file_of(body: type[Body]) -> Path:
    return Path(inspect.getfile(body))


def posts_of(*measures: Measure) -> Iterator[tuple[type[Body], Post]]:
    for body in bodies().values():
        for post in body.posts:
            if catalogue.get(post.indicator).measure in measures:
                yield body, post


@every_kind
def test_a_kind_is_one_file_named_like_it_and_has_its_test(body: type[Body]) -> None:
    path = file_of(body)
    line, _, name = body.kind.code.rpartition(".")
    if line:
        assert (path.parent.name, path.stem, body.kind.line) == (line, name, line)
    assert (path.parent / "tests" / f"test_{path.stem}.py").is_file()


@every_kind
def test_a_kind_says_what_it_is(body: type[Body]) -> None:
    kind = body.kind
    assert str(kind.label)
    assert str(kind.one) != "一条记录"
    assert body.__doc__
    assert not body.__doc__.startswith(f"{body.__name__}("), "Django wrote this docstring"


@every_kind
def test_a_kind_asks_for_six_things_at_most(body: type[Body]) -> None:
    assert len(required_columns(body)) <= 6
    assert all(column.label for column in columns_of(body).values())


@every_kind
def test_only_receipts_and_payments_need_evidence(body: type[Body]) -> None:
    assert body.kind.evidence_required == (body.kind.code in WITH_EVIDENCE)
    assert bool(body.kind.evidence) or not body.kind.evidence_required


@every_kind
def test_a_kind_posts_to_its_own_line_what_the_catalogue_knows(body: type[Body]) -> None:
    known = {indicator.code for indicator in catalogue.all()}
    assert split_indicators(body) <= known
    assert {code.partition(".")[0] for code in split_indicators(body)} <= {body.kind.line}
    assert set(body.kind.total) <= split_indicators(body)
    assert body.posts or body.declarations.__func__ is not Body.declarations.__func__  # type: ignore[attr-defined]


@every_kind
def test_a_kind_speaks_only_of_columns_it_has(body: type[Body]) -> None:
    columns = columns_of(body)
    named = {*shown_columns(body), *title_columns(body), *body.sheet.aliases, date_column(body)}
    if once := body.kind.once:
        named |= {*once.by, once.until, once.unless} - {"", "region"}
    assert named <= set(columns)
    for post in body.posts:
        check_post(columns, post)


def check_post(columns: Mapping[str, Column], post: Post) -> None:
    assert not post.on or isinstance(columns[post.on], DateField)
    assert not post.bound or isinstance(columns[post.bound], BoundField)
    assert isinstance(post.value, int) or post.value in columns
    for name in filter(None, (post.lines, post.levels)):
        lines = columns[name]
        assert isinstance(lines, LinesField)
        assert isinstance(post.value, int) or post.value in lines.columns
        assert name != post.levels or isinstance(lines.columns["on"], DateField)
    if post.subject:
        listed = columns.get(post.lines)
        inside = listed.columns if isinstance(listed, LinesField) else {}
        assert isinstance(inside.get(post.subject) or columns[post.subject], UidField)


@every_kind
def test_no_heading_of_a_sheet_means_two_columns(body: type[Body]) -> None:
    headings = [
        heading
        for name, column in columns_of(body).items()
        for heading in {column.label, *body.sheet.aliases.get(name, ())}
    ]
    assert sorted(headings) == sorted(set(headings))


def test_every_distinct_count_names_its_subject() -> None:
    assert [body.kind.code for body, post in posts_of(Measure.DISTINCT) if not post.subject] == []


def test_every_stock_that_is_begun_can_end() -> None:
    for body, post in posts_of(Measure.STOCK):
        ends = [
            other
            for other in body.posts
            if (other.indicator, other.value, other.sign)
            == (post.indicator, post.value, -post.sign)
        ]
        assert ends, f"{body.kind.code}: {post.indicator}"
        assert {end.split for end in ends} == {post.split}


def test_money_is_posted_to_money_and_numbers_to_numbers() -> None:
    for body in bodies().values():
        for post in body.posts:
            column = columns_of(body).get(str(post.value))
            is_money = isinstance(column, MoneyField)
            assert catalogue.get(post.indicator).is_money == is_money, post.indicator
