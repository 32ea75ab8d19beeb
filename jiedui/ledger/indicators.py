"""The ledger's own short numbers for indicator codes; the catalogue's words live in `jiedui.indicators`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import connection, transaction

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


_kept: dict[str, dict[str, Known]] = {}
"""What was read of each database: numbers and measures are for ever, so they are read once a process."""


def _keep() -> dict[str, Known]:
    return _kept.setdefault(str(connection.settings_dict["NAME"]), {})


def define(measures: Mapping[str, Measure | str]) -> None:
    """Give numbers to codes not seen before; the same codes again change nothing.

    Raises MeasureChanged for a known code with another measure; nothing is written then.
    """
    # What this process kept may be of a transaction that was rolled back.
    _keep().clear()
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
    kept = _keep()
    missing = sorted({code for code in codes if code not in kept})
    for part in sql.chunks(missing):
        for id_, code, measure in sql.fetch(
            f"SELECT id, code, measure FROM ledger_indicator WHERE code IN ({sql.marks(part)})",
            part,
        ):
            kept[code] = Known(id_, code, Measure(measure))
    for code in missing:
        if code not in kept:
            raise UnknownIndicator(code)
    return {code: kept[code] for code in codes}


def codes() -> dict[int, Known]:
    """Every indicator by number."""
    rows = sql.fetch("SELECT id, code, measure FROM ledger_indicator")
    return {id_: Known(id_, code, Measure(measure)) for id_, code, measure in rows}
