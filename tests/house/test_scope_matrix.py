"""Who sees what, for every page of the house: generated from the URLconf, nothing listed by hand.

A1, A3–A5, A7, A15 of the threat list. What lies outside a viewer's grants answers like what does not exist,
leaves no word and no sum in any page or export, and may change without a single byte changing for them.
"""

from __future__ import annotations

import itertools
import logging
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

import pytest
from django.db.models import Q

from jiedui.accounts import scope
from jiedui.lib import clock
from jiedui.lib.places import range_of
from tests.house import scope_world as country
from tests.house.survey import Answer, Step, every_page, survey

# The door asks the same questions of either engine, and walking every page once is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_engine]

Sees = Callable[[int, str], bool]
"""Whether somebody may see a place in a line of work; "" asks for what has no line."""


def inside(region: int) -> Sees:
    return lambda place, _line: range_of(region).holds(range_of(place))


def labour_only(place: int, line: str) -> bool:
    return inside(country.CITY)(place, line) and line in {"", "labour"}


GROUPS: dict[str, tuple[Sees, list[str]]] = {
    "county": (inside(country.COUNTY), ["county"]),
    "city": (inside(country.CITY), ["city", "east"]),
    "province": (inside(country.PROVINCE), ["province-read"]),
    "line": (labour_only, ["line-read"]),
    "nothing": (lambda _place, _line: False, ["nobody", "admin-security"]),
}
"""Viewers who see the same; the matrix knows it from the grants' meaning, not from the code."""

MARK = re.compile(r"(?:¤|%C2%A4)([rs])(\d{3})")


REGISTER = {"web:region", "web:pairing"}
"""Pages of the register: whoever sees a county may open those of the places and pairings around it."""

SAMPLES = {"web:components"}
"""Pages whose figures are made up and the same for everybody."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are what is wanted here, and not news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock of the house, and draw the same salts in every world."""

    def now() -> datetime:
        return country.NOW

    def today() -> date:
        return country.NOW.date()

    for name, module in list(sys.modules.items()):
        if name.startswith("jiedui."):
            for stopped, real in ((now, clock.now), (today, clock.today)):
                if getattr(module, stopped.__name__, None) is real and module is not clock:
                    monkeypatch.setattr(module, stopped.__name__, stopped)
    monkeypatch.setattr(clock, "now", now)
    monkeypatch.setattr(clock, "today", today)


@pytest.fixture
def same_salts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def restart() -> None:
        numbers = itertools.count()
        monkeypatch.setattr(
            secrets, "token_bytes", lambda size=32: next(numbers).to_bytes(size, "big")
        )

    return restart


def answers_of(group: str) -> dict[tuple[str, Step], Answer]:
    _sees, viewers = GROUPS[group]
    return survey(lambda _place, _line: False, viewers, every_page())


def marks_in(answers: dict[tuple[str, Step], Answer]) -> set[str]:
    """The places whose words were seen: a walk that reaches nothing would find no leak either."""
    return {number for a in answers.values() for _letter, number in MARK.findall(a.text)}


def leaks(group: str, answers: dict[tuple[str, Step], Answer]) -> Iterator[str]:
    """Marks of places the group may not see, and sums too great to come from those it may."""
    sees, _viewers = GROUPS[group]
    marks = {f"{i:03d}" for i, place in enumerate(country.WEST) if sees(place, "")}
    own = sum(country.amount_wan(place) for place in country.WEST if sees(place, ""))
    for (viewer, step), answer in answers.items():
        if found := {number for _letter, number in MARK.findall(answer.text)} - marks:
            yield f"{viewer} {step.method} {step.path} {step.data}: marks of {sorted(found)}"
        # Every kind posts at most once more to a figure; a foreign province alone is greater.
        if step.page not in SAMPLES and (
            large := [n for n in answer.numbers if n > max(own, 1) * len(country.kinds())]
        ):
            yield f"{viewer} {step.method} {step.path} {step.data}: sums {large}"


def foreign(group: str, step: Step) -> bool:
    """Whether the path of a step names something the group may not see."""
    sees, _viewers = GROUPS[group]
    place = step.place
    if place is None:
        return False
    if step.page in REGISTER:
        return not any(
            sees(one, "") and range_of(place).holds(range_of(one)) for one in country.WEST
        )
    return not sees(place, step.line)


def distinguishable(group: str, answers: dict[tuple[str, Step], Answer]) -> Iterator[str]:
    """Foreign things that do not answer exactly like what does not exist."""
    nothing = {
        (viewer, step.page, step.kind, step.method, tuple(name for name, _v in step.data)): answer
        for (viewer, step), answer in answers.items()
        if step.target == "nothing"
    }
    for (viewer, step), answer in answers.items():
        names = tuple(name for name, _value in step.data)
        missing = nothing.get((viewer, step.page, step.kind, step.method, names))
        if missing is None or step.target == "nothing" or not foreign(group, step):
            continue
        if (answer.status, answer.text) != (missing.status, missing.text):
            yield f"{viewer} {step.method} {step.path}: {answer.status}, nothing gives {missing.status}"


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_foreign_shows_nowhere_and_may_change_unseen(
    group: str, same_salts: Callable[[], None]
) -> None:
    sees, viewers = GROUPS[group]
    same_salts()
    told = answers_of(group)
    assert none_of(leaks(group, told))
    assert marks_in(told) == {f"{i:03d}" for i, place in enumerate(country.WEST) if sees(place, "")}
    assert none_of(distinguishable(group, told))
    same_salts()
    otherwise = survey(lambda place, line: not sees(place, line), viewers, every_page())
    assert none_of(
        f"{viewer} {step.method} {step.path} {step.data}: {difference(answer, otherwise[viewer, step])}"
        for (viewer, step), answer in told.items()
        if otherwise[viewer, step] != answer
    )


PLANTED: dict[str, Callable[..., object]] = {
    "region_q": lambda *_args, **_kwargs: Q(),
    "covers": lambda *_args, **_kwargs: True,
}
"""Faults that open the doors of lists and of figures."""


@pytest.mark.parametrize("door", PLANTED)
def test_a_door_left_open_is_found(
    door: str, same_salts: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [page for page in every_page() if page.name in {"records:list", "figures:figure"}]
    same_salts()
    assert none_of(leaks("county", survey(lambda _place, _line: False, ["county"], few)))
    monkeypatch.setattr(scope, door, PLANTED[door])
    same_salts()
    told = survey(lambda _place, _line: False, ["county"], few)
    assert list(leaks("county", told)) or list(distinguishable("county", told))


def none_of(found: Iterable[str]) -> bool:
    """Whether there is nothing; the first of what there is stands in the report."""
    listed = list(found)
    if listed:
        sys.stderr.write("\n".join([f"{len(listed)} found", *listed[:30], ""]))
    return not listed


def difference(one: Answer, other: Answer) -> str:
    """Where two answers part."""
    if one.status != other.status:
        return f"{one.status} and {other.status}"
    at = next((i for i, (a, b) in enumerate(zip(one.text, other.text, strict=False)) if a != b), 0)
    return f"{one.text[at - 40 : at + 40]!r} and {other.text[at - 40 : at + 40]!r}"
