"""Checks on figures (核对): contradictions a reader should know of. A finding never changes a figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_low

from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer, slice_of
from jiedui.figures.kept import Kept
from jiedui.figures.questions import Question
from jiedui.figures.sources import place_of
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.ledger import drill
from jiedui.ledger.drill import DeclarationLine, EntryLine
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.lib.periods import Window
from jiedui.regions import places
from jiedui.ui import numbers

SLIP = 10_000
"""元 typed as 万元, or 万元 as 亿元."""

NEWEST = 500
"""How many entries the checks on single values look at."""

ENOUGH = 5
"""How many values a median needs before one of them may look odd."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: its kind, a Chinese sentence, and the postings it names."""

    kind: str
    sentence: str
    postings: tuple[int, ...] = ()


def findings(
    answer: Answer, declarations: Sequence[DeclarationLine], kept: Kept | None = None
) -> list[Finding]:
    """Everything found about one answer; [] when nothing is odd.

    ``declarations`` are those of the answer's explanation; ``kept`` are answers a page has already.
    """
    indicator, kept = answer.indicator, kept or Kept()
    found = parts_above_whole(answer.question, kept)
    if indicator.measure.adds_up:
        found += below_details(indicator, declarations, kept)
        found += falling(indicator, declarations)
        found += slips(indicator, declarations, ())
    if indicator.measure in {Measure.FLOW, Measure.DISTINCT}:
        slice_, head = slice_of(answer.question), answer.question.known_at
        entries = drill.entries(slice_, head=head, limit=NEWEST)
        back = {line.reverses for line in entries}
        live = [line for line in entries if line.reverses is None and line.id not in back]
        found += slips(indicator, (), live)
        found += claimed_twice(indicator, live)
    return found


def part_questions(question: Question) -> list[Question]:
    """What ``parts_above_whole`` asks: the whole, then its parts; nothing where there are no parts."""
    indicator = catalogue.get(question.indicator)
    whole = catalogue.get(indicator.whole) if indicator.whole else indicator
    parts = catalogue.parts(whole.code)
    if not parts or not whole.measure.adds_up:
        return []
    return [question.about(one.code) for one in (whole, *parts)]


def parts_above_whole(question: Question, kept: Kept) -> list[Finding]:
    """其中 ≤ 总: a part, or parts that do not overlap, that is surely greater than the whole."""
    asked = part_questions(question)
    if not asked:
        return []
    answers = kept.ask(asked)
    above, below = answers[0], answers[1:]
    if not above.approved.is_recorded or above.bound.flags & MORE:
        return []
    groups: list[list[Answer]] = [[part] for part in below]
    split = sorted((part for part in below if part.indicator.by), key=lambda p: p.indicator.by)
    groups += [list(group) for _by, group in groupby(split, key=lambda p: p.indicator.by)]
    return [
        Finding("parts", _part_sentence(group, above))
        for group in groups
        if _surely(group) > (above.amount or 0)
    ]


def _surely(parts: Iterable[Answer]) -> int:
    """What the parts hold at least; one that may be smaller counts nothing."""
    return sum(part.amount or 0 for part in parts if not part.bound.flags & LESS)


def _part_sentence(parts: Sequence[Answer], whole: Answer) -> str:
    names = parts[0].indicator.name
    if len(parts) > 1:
        names = _("按%s的各部分之和") % parts[0].indicator.by
    return _("%(part)s %(value)s 大于%(whole)s %(total)s %(unit)s") % {
        "part": names,
        "value": formats.part_digits(whole.indicator, _surely(parts)),
        "whole": whole.indicator.name,
        "total": formats.part_digits(whole.indicator, whole.amount or 0),
        "unit": whole.indicator.display_unit,
    }


def below_details(
    indicator: Indicator, declarations: Sequence[DeclarationLine], kept: Kept
) -> list[Finding]:
    """Declared totals (汇总数) that their own details exceed; those details then stand."""
    odd = [
        line
        for line in declarations
        if line.state != "cut" and line.adds == 0 and line.bound is not Bound.AT_LEAST
    ]
    if indicator.measure is Measure.STOCK or not odd:
        return []
    names = places.names({line.region for line in odd})
    found = []
    for line, inside in zip(odd, _inside(indicator, odd, kept), strict=True):
        if inside > line.value:
            sentence = _(
                "%(place)s至 %(end)s 的汇总数 %(value)s 小于其内的 %(inside)s %(unit)s"
            ) % {
                "place": place_of(line, names),
                "end": line.end.isoformat(),
                "value": formats.part_digits(indicator, line.value),
                "inside": formats.part_digits(indicator, inside),
                "unit": indicator.display_unit,
            }
            found.append(Finding("below_details", sentence, (line.posting,)))
    return found


def _inside(indicator: Indicator, lines: Sequence[DeclarationLine], kept: Kept) -> list[int]:
    """What stands inside each declaration's own slice."""
    questions = [
        Question(
            indicator.code,
            line.region,
            Window(line.start, line.end),
            own=line.own,
            pairing=line.pairing or None,
        )
        for line in lines
    ]
    return [answer.amount or 0 for answer in kept.ask(questions)]


def falling(indicator: Indicator, declarations: Sequence[DeclarationLine]) -> list[Finding]:
    """累计数不下降: a later total of the same place and start that is surely smaller."""
    if indicator.measure is Measure.STOCK:
        return []
    same: dict[object, list[DeclarationLine]] = defaultdict(list)
    for line in declarations:
        same[line.region, line.own, line.pairing, line.start].append(line)
    found = []
    for lines in same.values():
        lines.sort(key=lambda line: line.end)
        for earlier, later in pairwise(lines):
            sure = not earlier.bound.flags & LESS and not later.bound.flags & MORE
            if sure and later.value < earlier.value:
                sentence = _(
                    "累计数下降：至 %(first)s 为 %(before)s，至 %(last)s 为 %(after)s %(unit)s"
                ) % {
                    "first": earlier.end.isoformat(),
                    "before": formats.part_digits(indicator, earlier.value),
                    "last": later.end.isoformat(),
                    "after": formats.part_digits(indicator, later.value),
                    "unit": indicator.display_unit,
                }
                found.append(Finding("falling", sentence, (earlier.posting, later.posting)))
    return found


def slips(
    indicator: Indicator,
    declarations: Sequence[DeclarationLine],
    entries: Sequence[EntryLine],
) -> list[Finding]:
    """万元 for 元: money some ten thousand times what is usual here, or what was stated before."""
    if not indicator.is_money:
        return []
    values = [abs(line.value) for line in entries if line.value]
    found = []
    if len(values) >= ENOUGH:
        usual = median_low(values)
        found += [
            _slip(line.value, usual, line.posting)
            for line in entries
            if abs(line.value) * 2 >= usual * SLIP
        ]
    same: dict[object, list[DeclarationLine]] = defaultdict(list)
    for declared in declarations:
        same[declared.region, declared.own, declared.pairing, declared.start].append(declared)
    for lines in same.values():
        least = min(lines, key=lambda line: line.value)
        found += [
            _slip(declared.value, least.value, declared.posting)
            for declared in lines
            if least.value and declared.value * 2 >= least.value * SLIP
        ]
    return found


def _slip(value: int, usual: int, posting: int) -> Finding:
    sentence = _("%(value)s 约为通常 %(usual)s 的一万倍，是否把元写成了万元") % {
        "value": " ".join(numbers.money(value)),
        "usual": " ".join(numbers.money(usual)),
    }
    return Finding("slip", sentence, (posting,))


def claimed_twice(indicator: Indicator, entries: Sequence[EntryLine]) -> list[Finding]:
    """一企两报: one enterprise counted for two places in one year; money may come to several places."""
    if indicator.measure is not Measure.FLOW or indicator.is_money:
        return []
    claims: dict[tuple[str, int], list[EntryLine]] = defaultdict(list)
    for line in entries:
        if line.subject and line.value > 0:
            claims[line.subject, line.last.year].append(line)
    found = []
    twice = {key: lines for key, lines in claims.items() if len(lines) > 1}
    names = places.names({line.region for lines in twice.values() for line in lines})
    for (_subject, year), lines in sorted(twice.items()):
        where = "、".join(dict.fromkeys(names.get(line.region, "") for line in lines))
        sentence = _("同一主体 %(year)s 年计了 %(count)d 次（%(where)s）") % {
            "year": year,
            "count": len(lines),
            "where": where,
        }
        postings = tuple(line.posting for line in lines)
        found.append(Finding("claimed_twice", sentence, postings))
    return found
