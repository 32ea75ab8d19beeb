"""Reading catalogue.toml into indicators, with errors that name the entry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from jiedui.indicators.definitions import (
    DISPLAY_SCALES,
    Basis,
    Indicator,
    Line,
    Measure,
    Version,
)

SINCE_EVER = date(2016, 1, 1)
"""A definition without `valid_from` holds since the programmes of today began."""

CODE = re.compile(r"[a-z][a-z0-9_]*(:[a-z][a-z0-9_]*)?")
INHERITED = (
    "unit",
    "scale",
    "display",
    "decimals",
    "display_decimals",
    "measure",
    "basis",
    "date",
    "group",
    "evaluation",
    "department",
    "valid_from",
)
OWN = ("name", "aliases", "definition", "excludes", "by", "numerator", "denominator", "versions")
KEYS = frozenset(INHERITED) | frozenset(OWN)

T = TypeVar("T", str, int, list[Any], date)
E = TypeVar("E", Basis, Line, Measure)


class CatalogueError(Exception):
    """The catalogue cannot be read; the message names the entry and what is wrong with it."""


def load(path: Path) -> dict[str, Indicator]:
    """Indicators by code, in the order of the file.

    Raises CatalogueError for broken TOML, an unknown key, line or word, a missing or wrongly typed
    value, a part without a whole, a ratio of unknown codes, or one name with two meanings.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    found: dict[str, Indicator] = {}
    entries: dict[str, dict[str, Any]] = {}
    for line, table in tables.items():
        _word(Line, line, path.name)
        for name, entry in table.items():
            code = f"{line}.{name}"
            if not CODE.fullmatch(name) or not isinstance(entry, dict):
                raise CatalogueError(f"{code}: not an indicator's code")
            entries[code] = _inherited(code, entry, entries)
            found[code] = _indicator(code, entries[code])
    _check_ratios(found)
    _check_names(found)
    return found


def _inherited(
    code: str, entry: dict[str, Any], entries: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    if unknown := entry.keys() - KEYS:
        raise CatalogueError(f"{code}: unknown key {', '.join(sorted(unknown))}")
    whole, colon, _ = code.partition(":")
    if not colon:
        return entry
    if whole not in entries:
        raise CatalogueError(f"{code}: a part stands after its whole {whole}")
    above = {key: value for key, value in entries[whole].items() if key in INHERITED}
    return {**above, **entry}


def _indicator(code: str, entry: dict[str, Any]) -> Indicator:
    unit = _get(code, entry, "unit", str)
    measure = _word(Measure, _get(code, entry, "measure", str), code)
    display = _get(code, entry, "display", str, "万元" if unit == "元" else unit)
    decimals = _get(code, entry, "decimals", int, 0)
    numerator = _get(code, entry, "numerator", str, "")
    denominator = _get(code, entry, "denominator", str, "")
    ratio = measure is Measure.RATIO
    if (bool(numerator), bool(denominator)) != (ratio, ratio):
        raise CatalogueError(f"{code}: numerator and denominator belong to a ratio, and both")
    whole, colon, _ = code.partition(":")
    line = _word(Line, code.partition(".")[0], code)
    return Indicator(
        code=code,
        line=line,
        name=_get(code, entry, "name", str),
        aliases=_texts(code, _get(code, entry, "aliases", list, [])),
        unit=unit,
        scale=_get(code, entry, "scale", int, 100 if unit == "元" else 1),
        display_unit=display,
        display_scale=DISPLAY_SCALES.get(display, 1),
        display_decimals=_get(code, entry, "display_decimals", int, decimals),
        decimals=decimals,
        measure=measure,
        whole=whole if colon else "",
        by=_get(code, entry, "by", str, ""),
        numerator=numerator,
        denominator=denominator,
        basis=_word(Basis, _get(code, entry, "basis", str), code),
        date_name=_get(code, entry, "date", str, ""),
        group=_get(code, entry, "group", str, ""),
        evaluation=_get(code, entry, "evaluation", str, ""),
        department=_get(code, entry, "department", str, ""),
        versions=_versions(code, entry),
    )


def _versions(code: str, entry: dict[str, Any]) -> tuple[Version, ...]:
    versions = [
        Version(
            number=1,
            valid_from=_get(code, entry, "valid_from", date, SINCE_EVER),
            definition=_get(code, entry, "definition", str),
            excludes=_get(code, entry, "excludes", str, ""),
        )
    ]
    for later in _get(code, entry, "versions", list, []):
        if not isinstance(later, dict) or later.keys() - {"from", "definition", "excludes"}:
            raise CatalogueError(f"{code}: a version has from, definition and excludes")
        last = versions[-1]
        valid_from = _get(code, later, "from", date)
        if valid_from <= last.valid_from:
            raise CatalogueError(f"{code}: versions stand in order of their dates")
        versions.append(
            Version(
                number=last.number + 1,
                valid_from=valid_from,
                definition=_get(code, later, "definition", str, last.definition),
                excludes=_get(code, later, "excludes", str, last.excludes),
            )
        )
    return tuple(versions)


def _get(
    code: str, entry: Mapping[str, Any], key: str, kind: type[T], default: T | None = None
) -> T:
    value = entry.get(key, default)
    if value is None:
        raise CatalogueError(f"{code}: {key} is missing")
    if not isinstance(value, kind) or isinstance(value, bool):
        raise CatalogueError(f"{code}: {key} is not {kind.__name__}: {value!r}")
    return value


def _texts(code: str, values: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(value, str) and value for value in values):
        raise CatalogueError(f"{code}: aliases are texts")
    return tuple(values)


def _word(kind: type[E], word: str, where: str) -> E:
    try:
        return kind(word)
    except ValueError:
        words = ", ".join(kind)
        raise CatalogueError(f"{where}: {word!r} is none of {words}") from None


def _check_ratios(found: Mapping[str, Indicator]) -> None:
    for indicator in found.values():
        for code in filter(None, (indicator.numerator, indicator.denominator)):
            if code not in found or not found[code].measure.adds_up:
                raise CatalogueError(f"{indicator.code}: {code} is no flow or stock")


def _check_names(found: Mapping[str, Indicator]) -> None:
    owners: dict[str, str] = {}
    for indicator in found.values():
        for name in (indicator.code, indicator.name, *indicator.aliases):
            if owners.setdefault(name, indicator.code) != indicator.code or not name:
                raise CatalogueError(f"{indicator.code}: {name!r} already means {owners[name]}")
