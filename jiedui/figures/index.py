"""The list of all indicators, each asked at one place, pairing and window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiedui.accounts.scope import Anyone
from jiedui.figures import formats, permissions
from jiedui.figures.answers import Answer, ask_many
from jiedui.figures.naming import BadQuestion, question_of
from jiedui.figures.questions import Question, short_code
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Line
from jiedui.lib.clock import today
from jiedui.lib.periods import Window
from jiedui.lib.places import pairing_key
from jiedui.regions import places
from jiedui.ui.numbers import Number

ANY = "industry.investment"
"""An indicator that lends its code to a question about a place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with its figure."""

    indicator: Indicator
    answer: Answer

    @property
    def number(self) -> Number:
        return formats.cell(self.answer)

    @property
    def is_recorded(self) -> bool:
        return self.answer.approved.is_recorded

    @property
    def href(self) -> str:
        return self.answer.question.address


@dataclass(frozen=True, slots=True)
class Group:
    """One line of work."""

    line: Line
    rows: list[Row]

    @property
    def recorded(self) -> int:
        """How many of the rows have a figure."""
        return sum(row.is_recorded for row in self.rows)


@dataclass(frozen=True, slots=True)
class Choice:
    """A place and pairing one may choose."""

    region: str
    pairing: str
    label: str
    chosen: bool

    @property
    def value(self) -> str:
        return f"{self.region}/{self.pairing}"


@dataclass(frozen=True, slots=True)
class Index:
    """What the page shows; ``start`` and ``end`` as the form writes them."""

    question: Question
    place: str
    pairing: str
    groups: list[Group]
    choices: list[Choice]
    start: str
    end: str


def chosen(user: Anyone, query: Mapping[str, Any]) -> Question | None:
    """The place, pairing and window asked for; the widest the user may read for none or nonsense.

    None when the user may read nothing at all.
    """
    region, pairing = str(query.get("region", "")), str(query.get("pairing", ""))
    if "/" in (both := str(query.get("at", ""))):
        region, _slash, pairing = both.partition("/")
    end = str(query.get("to") or today().isoformat())
    start = str(query.get("from", ""))
    if region:
        try:
            question = question_of(ANY, region=region, pairing=pairing, start=start, to=end)
        except BadQuestion:
            pass
        else:
            if permissions.lines_of(user, question.region, question.pairing):
                return question
    found = permissions.places_of(user, today())
    if not found:
        return None
    window = _window(start, end)
    return Question(ANY, found[0][0], window, pairing=found[0][1])


def _window(start: str, end: str) -> Window:
    try:
        until = date.fromisoformat(end)
        since = date.fromisoformat(start) if start else None
    except ValueError:
        return Window(None, today())
    return Window(since if since is None or since <= until else None, until)


def read(user: Anyone, question: Question) -> Index:
    """Every indicator of the lines the user may read there, parts under their whole."""
    lines = permissions.lines_of(user, question.region, question.pairing)
    listed = [indicator for indicator in catalogue.all() if indicator.line in lines]
    answers = ask_many([question.about(indicator.code) for indicator in listed], pending=False)
    rows = [Row(indicator, answer) for indicator, answer in zip(listed, answers, strict=True)]
    groups = [Group(line, [row for row in rows if row.indicator.line == line]) for line in lines]
    start, end = question.window
    return Index(
        question,
        formats.place_name(question),
        "" if question.pairing is None else pairing_key(question.pairing),
        groups,
        _choices(user, question),
        "" if start is None else start.isoformat(),
        end.isoformat(),
    )


def _choices(user: Anyone, question: Question) -> list[Choice]:
    found = permissions.places_of(user, today())
    here = (question.region, question.pairing)
    if question.pairing is not None and here not in found:
        found.insert(0, (question.region, question.pairing))
    names = places.names(region for region, _pairing in found)
    pairs = places.pairing_names(pairing for _region, pairing in found)
    return [
        Choice(
            short_code(region),
            pairing_key(pairing),
            f"{names.get(region, short_code(region))}（{pairs[pairing].replace('—', ' ⇄ ')}）",
            (region, pairing) == here,
        )
        for region, pairing in found
    ]
