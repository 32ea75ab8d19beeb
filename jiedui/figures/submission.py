"""What figures want of a record before it may be submitted; ``records`` runs it (see records.checks)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator
from jiedui.ledger import drill
from jiedui.ledger.facts import Declaration, Slice
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.records.content import Change, Content
from jiedui.records.kinds import Body, Errors, columns_of, title_columns


def parts_within_wholes(
    body: type[Body], contents: Sequence[Content], uids: Sequence[UUID]
) -> Errors:
    """其中 ≤ 总: a stated part must not exceed the whole stated for the same slice, nor a whole its part.

    Only totals (汇总数) are compared, because details may still be coming. The sentence stands at the
    stated value.
    """
    if "declarations" not in vars(body):
        return {}
    column = "stated" if "stated" in columns_of(body) else title_columns(body)[0]
    errors: Errors = {}
    for row, content in enumerate(contents):
        if content.change is Change.VOID:
            continue
        for declared in body.declarations(content):
            for sentence in _contradictions(declared):
                errors.setdefault((row, column), sentence)
    return errors


def _contradictions(declared: Declaration) -> Iterator[str]:
    indicator = catalogue.get(declared.indicator)
    if indicator.whole and not declared.bound.flags & LESS:
        whole = catalogue.get(indicator.whole)
        value = _stated(declared, whole, without=MORE)
        if value is not None and value < declared.value:
            yield _sentence(indicator, declared.value, whole, value)
    if not declared.bound.flags & MORE:
        for part in catalogue.parts(indicator.code):
            value = _stated(declared, part, without=LESS)
            if value is not None and value > declared.value:
                yield _sentence(part, value, indicator, declared.value)


def _stated(like: Declaration, of: Indicator, *, without: int) -> int | None:
    """What is stated of another indicator for just this slice, surely on one side; else None."""
    slice_ = Slice(of.code, like.ranges, like.boxes or None, like.start, like.end)
    for line in drill.declarations(slice_):
        same = (line.region, line.own, line.pairing, line.end) == (
            like.region,
            like.own,
            like.pairing,
            like.end,
        )
        if same and line.start == like.start and not Bound(line.bound).flags & without:
            return line.value
    return None


def _sentence(part: Indicator, value: int, whole: Indicator, total: int) -> str:
    return _("%(part)s %(value)s 大于已入账的%(whole)s %(total)s，请核对。") % {
        "part": part.name,
        "value": formats.part_digits(part, value) + part.display_unit,
        "whole": whole.name,
        "total": formats.part_digits(whole, total) + whole.display_unit,
    }
