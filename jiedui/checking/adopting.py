"""从旧材料建账: the figures of a text as rows of declarations (汇总数) that a person may edit and take."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.lib import money
from jiedui.lib.bounds import Bound
from jiedui.lib.periods import Window
from jiedui.lib.places import range_of
from jiedui.regions import places

from . import naming, windows
from .checks import Said
from .reader.model import Quantity
from .repeats import Repeats, slice_of
from .scoping import Gazetteer, Where

COLUMNS = ("indicator", "region", "start_on", "end_on", "value", "unit", "bound", "wording")
"""The cells of a row, by the names of 汇总数; 数值 and its unit are two cells here."""

SENTENCE_LONGEST = 160
_END = re.compile(r"[。；;！!？?\n]")
_PLAN = re.compile(r"计划|力争|目标|预计|拟|将(?:完成|实现|引进|继续)|确保")
_SO_FAR = re.compile(r"累计|以来|总共已")
_COMPARED = ("同比", "环比", "增长", "下降", "提高", "较上年")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a text: its cells as text, where it stands, and whether it is taken at first.

    ``key`` is "text:start:end" in code points; ``why`` says in Chinese why a row is not taken, or
    what to look at; ``paragraph`` counts from 1. ``before`` and ``after`` are its sentence around it.
    """

    key: str
    surface: str
    cells: dict[str, str]
    paragraph: int
    before: str
    after: str
    ticked: bool
    why: tuple[str, ...] = ()


MayEnter = Callable[[int, int, str], bool]
"""Whether the person may enter at (region, pairing, line of work)."""


def draw_up(number: int, said: Said, may_enter: MayEnter) -> list[Row]:
    """A row for every figure a ledger could know, by order in the text; [] for none.

    Ticked are those with indicator, place and window that the person may enter, that repeat no
    earlier row and are no plan. ``number`` tells several texts apart.
    """
    figures = [q for q in said.reading.quantities if naming.is_countable(said.text, q)]
    gazetteer = Gazetteer(said.register, said.pairing, said.reading)
    wheres = [_where(said, figure, gazetteer) for figure in figures]
    names = places.names({where.region for where in wheres if where})
    rows: list[Row] = []
    repeats = Repeats(said.reading)
    doubts = {(one.start, one.end): one for one in said.reading.findings if one.severity != "note"}
    for figure, where in zip(figures, wheres, strict=True):
        indicator = catalogue.get(figure.indicator) if figure.indicator else None
        window, known = _window(said, figure, indicator)
        why = _refusals(said, figure, indicator, where, window if known else None, may_enter)
        if not why and indicator is not None and where is not None:
            order = len(rows) + 1
            same = repeats.of(order, figure, slice_of(indicator, where, window))
            why = [same] if same else []
        ticked = not why
        doubt = doubts.get((figure.start, figure.end))
        if doubt is not None:
            # What does not add up is not taken as it stands; what is only unlikely is looked at.
            ticked = ticked and doubt.severity != "error"
            why.append(
                f"{doubt.message}：{doubt.arithmetic}" if doubt.arithmetic else doubt.message
            )
        paragraph, before, after = place_in(said.text, figure.start, figure.end)
        rows.append(
            Row(
                key=f"{number}:{figure.start}:{figure.end}",
                surface=figure.surface,
                cells=_cells(said, figure, indicator, where, window, names),
                ticked=ticked,
                why=tuple(why),
                paragraph=paragraph,
                before=before,
                after=after,
            )
        )
    unticked = repeats.superseded
    return [
        replace(row, ticked=False, why=(unticked[order],)) if order in unticked else row
        for order, row in enumerate(rows, 1)
    ]


def _where(said: Said, figure: Quantity, gazetteer: Gazetteer) -> Where | None:
    given = said.by_hand.get(figure.id)
    if given is None or given.region is None:
        return gazetteer.where(figure.scope)
    inside = gazetteer.west and range_of(gazetteer.west).holds(range_of(given.region))
    return Where(given.region, given.own, said.pairing if inside else None)


def _window(said: Said, figure: Quantity, indicator: Indicator | None) -> tuple[Window, bool]:
    """The window of a figure, and whether the text says it; a stock has only its day."""
    given = said.by_hand.get(figure.id)
    asked = windows.asked(figure.period, said.day, said.own)
    window, known = asked.window, asked.stated or said.own is not None
    if given is not None and given.window is not None:
        return given.window, True
    stands = indicator is not None and indicator.measure in {Measure.STOCK, Measure.READING}
    if stands:
        return Window(None, window.end), known
    so_far = "累计" in figure.qual or _SO_FAR.search(_clause(said.text, figure))
    if said.own is not None and so_far and not figure.period:
        return Window(None, window.end), known
    inside = said.own is not None and window.start is None and not so_far
    if inside and said.own is not None and (said.own.start or window.end) <= window.end:
        # 截至12月底 in a report of the year counts from its January.
        window = Window(said.own.start, min(window.end, said.own.end))
    return window, known


def _refusals(
    said: Said,
    figure: Quantity,
    indicator: Indicator | None,
    where: Where | None,
    window: Window | None,
    may_enter: MayEnter,
) -> list[str]:
    """Why a row is not taken as it is; [] when nothing is against it."""
    if figure.kind == "percent" and _is_compared(said.text, figure):
        return [_("是与上年等相比的幅度，不是汇总数")]
    if _is_plan(said, figure):
        return [_("像是计划数，不是已发生的数")]
    why = []
    if indicator is None:
        why.append(_("没有认出指标"))
    elif indicator.measure is Measure.RATIO:
        return [_("比率由分子分母算出，不用填报")]
    if figure.number is None:
        why.append(_("文中不是一个确切的数"))
    if where is None:
        why.append(_("没有认出是哪里的数"))
    elif where.pairing is None:
        why.append(_("这个地方不在本结对之内"))
    elif indicator and not may_enter(where.region, where.pairing, indicator.line):
        why.append(_("您在这个地区没有填报权限"))
    if window is None:
        why.append(_("文中没有写明期间"))
    return why


def _clause(text: str, figure: Quantity) -> str:
    return re.split(r"[，,。；;：:\n]", text[max(figure.start - 40, 0) : figure.start])[-1]


def _is_compared(text: str, figure: Quantity) -> bool:
    return bool({"同比", "环比"} & set(figure.qual)) or any(
        word in _clause(text, figure) for word in _COMPARED
    )


def _is_plan(said: Said, figure: Quantity) -> bool:
    period = windows.asked(figure.period, said.day).window if figure.period else None
    if said.own and period and period.start and period.start > said.own.end:
        return True
    sentence = _END.split(said.text[max(figure.start - 120, 0) : figure.start])[-1]
    return bool(_PLAN.search(sentence))


def _cells(
    said: Said,
    figure: Quantity,
    indicator: Indicator | None,
    where: Where | None,
    window: Window,
    names: dict[int, str],
) -> dict[str, str]:
    value, unit = _amount(figure, indicator)
    place = names.get(where.region, "") + (places.OWN if where.own else "") if where else ""
    return {
        "indicator": indicator.name if indicator else "",
        "region": place,
        "start_on": window.start.isoformat() if window.start else "",
        "end_on": window.end.isoformat(),
        "value": value,
        "unit": unit,
        "bound": bound_of(figure).value,
        "wording": worded(said.text, figure),
    }


def _amount(figure: Quantity, indicator: Indicator | None) -> tuple[str, str]:
    """Digits and unit: money in the unit of the text, all else in the indicator's own."""
    number = figure.number
    unit = figure.orig_unit or figure.unit or ""
    if figure.kind == "amount" and unit in money.UNITS:
        per = Decimal(money.UNITS[unit]) / money.UNITS["元"]
        return ("" if number is None else _digits(number / per)), unit
    unit = indicator.unit if indicator else (figure.unit or "")
    return ("" if number is None else _digits(number)), unit


def _digits(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def bound_of(figure: Quantity) -> Bound:
    """How far the wording lets the true number be: 超过 and 余 at_least, 近 at_most, 约 about."""
    if figure.approx is None or figure.number is None:
        return Bound.EXACT
    low, high = figure.interval.low, figure.interval.high
    if low == figure.number and high != figure.number:
        return Bound.AT_LEAST
    if high == figure.number and low != figure.number:
        return Bound.AT_MOST
    return Bound.EXACT if low == high else Bound.ABOUT


def worded(text: str, figure: Quantity) -> str:
    """The figure with the word that bounds it: 超过1200万元, 4000人以上."""
    approx = figure.approx or ""
    left = text[max(figure.start - len(approx) - 2, 0) : figure.start]
    if approx and approx in left:
        return left[left.rindex(approx) :] + figure.surface
    if approx and text.startswith(approx, figure.end):
        return figure.surface + approx
    return figure.surface


def place_in(text: str, start: int, end: int) -> tuple[int, str, str]:
    """The paragraph of a span (from 1) and its sentence before and after it, cut at both ends where it is long."""
    room = SENTENCE_LONGEST // 2
    before = _END.split(text[max(start - 400, 0) : start])[-1].lstrip()
    after = _END.split(text[end : end + 400])[0].rstrip()
    lines = text[:start].split("\n")
    return (
        sum(1 for line in lines[:-1] if line.strip()) + 1,
        before if len(before) <= room else "…" + before[-room:],
        after if len(after) <= room else after[:room] + "…",
    )


def sentence(row: Row) -> str:
    """The sentence a row came from."""
    return f"{row.before}{row.surface}{row.after}"


def all_rows(texts: Sequence[Said], may_enter: MayEnter) -> list[Row]:
    """The rows of several texts, one after another."""
    return [row for number, said in enumerate(texts) for row in draw_up(number, said, may_enter)]
