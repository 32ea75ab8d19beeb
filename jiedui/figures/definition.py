"""口径: how an indicator is defined, and the indicators worth a look beside it with their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer
from jiedui.figures.kept import Kept
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure

RELATED = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A name with its figure beside it, and where it leads."""

    name: str
    text: str
    href: str


def definition(answer: Answer, kept: Kept) -> dict[str, Any]:
    """The definition's words, a ratio's two sides and the related figures."""
    indicator = answer.indicator
    unit = _("账存%(unit)s，表列%(display)s，四舍五入") % {
        "unit": _("分") if indicator.is_money else indicator.unit,
        "display": indicator.display_unit,
    }
    sides: list[Link] = []
    if indicator.measure is Measure.RATIO:
        sides = _links(kept, answer.question, [indicator.numerator, indicator.denominator])
    return {
        "excludes": answer.versions[-1].excludes,
        "unit_note": unit if indicator.is_money else indicator.unit,
        "ratio_sides": sides,
        "related": _links(kept, answer.question, related(indicator)),
    }


def related(indicator: Indicator) -> list[str]:
    """Codes worth a look beside this one: its whole, its parts, ratios and what they are made of."""
    codes = [indicator.whole] if indicator.whole else []
    codes += [part.code for part in catalogue.parts(indicator.whole or indicator.code)]
    for other in catalogue.all():
        if indicator.code in {other.numerator, other.denominator}:
            codes += [other.code, other.numerator, other.denominator]
    if not codes:
        line = [one.code for one in catalogue.of_line(indicator.line) if not one.whole]
        here = line.index(indicator.code)
        codes = line[max(0, here - 2) : here + 3]
    return [code for code in dict.fromkeys(codes) if code != indicator.code][:RELATED]


def _links(kept: Kept, question: Question, codes: Sequence[str]) -> list[Link]:
    answers = kept.ask([question.about(code) for code in codes])
    return [
        Link(
            found.indicator.name,
            "".join((found.bound.sign, *formats.alone(found.indicator, found.approved))),
            found.question.address,
        )
        for found in answers
    ]
