"""The ledger's own short numbers for indicator codes; the catalogue's words live in `jiedui.indicators`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import transaction

from jiedui.ledger import sql
from jiedui.ledger.facts import Measure
from jiedui.ledger.locks import posting_lock


class UnknownIndicator(LookupError):
    """A code that was never defined."""


class MeasureChanged(ValueError):
    """A measure is for ever: another one is another indicator."""


class Known(NamedTuple):
    """An indicator as the ledger knows it."""

    id: int
    code: str
    measure: Measure


def define(measures: Mapping[str, Measure | str]) -> None:
    """Give numbers to codes not seen before; the same codes again change nothing.

    Raises MeasureChanged for a known code with another measure; nothing is written then.
    """
    with posting_lock(), transaction.atomic():
        known = {row[1]: row for row in sql.fetch("SELECT id, code, measure FROM ledger_indicator")}
        for code, measure in measures.items():
            if code in known and known[code][2] != Measure(measure).value:
                raise MeasureChanged(f"{code}: {known[code][2]} is not {measure}")
        new = [code for code in measures if code not in known]
        if new:
            rows = [
                (number, code, Measure(measures[code]).value)
                for number, code in enumerate(new, len(known) + 1)
            ]
            sql.insert("ledger_indicator", ("id", "code", "measure"), rows)


def known(codes: Collection[str]) -> dict[str, Known]:
    """The indicators by code; raises UnknownIndicator naming the first that is not defined."""
    wanted = sorted(set(codes))
    rows = [
        row
        for part in sql.chunks(wanted)
        for row in sql.fetch(
            f"SELECT id, code, measure FROM ledger_indicator WHERE code IN ({sql.marks(part)})",
            part,
        )
    ]
    found = {code: Known(id_, code, Measure(measure)) for id_, code, measure in rows}
    for code in wanted:
        if code not in found:
            raise UnknownIndicator(code)
    return found


def codes() -> dict[int, Known]:
    """Every indicator by number."""
    rows = sql.fetch("SELECT id, code, measure FROM ledger_indicator")
    return {id_: Known(id_, code, Measure(measure)) for id_, code, measure in rows}
