"""What the ledger already has where a row would be declared, and what will happen (decision 0001)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from jiedui.figures import formats
from jiedui.figures.answers import Answer, ask_many
from jiedui.figures.questions import Question
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.ledger import indicators
from jiedui.ledger.facts import Declaration
from jiedui.ledger.moments import Moment
from jiedui.ledger.pending import AFTER
from jiedui.ledger.rows import DeclarationRow, day_or_open, declaration_row
from jiedui.ledger.standing import Extent
from jiedui.lib import money
from jiedui.lib.bounds import LESS, MORE, Bound
from jiedui.lib.periods import Window, day_of
from jiedui.regions import places

SHOWN = 3
"""How many declarations of a sort one sentence names."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """One sentence about a row. ``stops`` when the row cannot be declared; ``href`` is the figure's page."""

    sentence: str
    href: str = ""
    stops: bool = False


class _Known(NamedTuple):
    """A declaration of the ledger, or one that waits for approval."""

    row: DeclarationRow
    extent: Extent
    waits: bool


MayRead = Callable[[Question], bool]


def overlaps(planned: Sequence[Declaration | None], may_read: MayRead) -> list[list[Overlap]]:
    """For each planned declaration what stands there already, in order; [] for None and for nothing.

    Two statements for all declarations and those of ``ask_many`` for all figures. Says nothing of what
    the person may not read, except that a slice is taken.
    """
    wanted = [stated for stated in planned if stated is not None]
    if not wanted:
        return [[] for _one in planned]
    ids = indicators.known({stated.indicator for stated in wanted})
    there: dict[int, list[_Known]] = {}
    for row in Moment(None, pending=True).declarations({one.id for one in ids.values()}):
        there.setdefault(row.indicator, []).append(_Known(row, extent_of(row), row.posting > AFTER))
    questions = [_question(stated) for stated in wanted]
    asked = [question for question in dict.fromkeys(questions) if may_read(question)]
    answers = {answer.question: answer for answer in ask_many(asked)} if asked else {}
    found: list[list[Overlap]] = []
    for stated in planned:
        if stated is None:
            found.append([])
            continue
        id_ = ids[stated.indicator].id
        answer = answers.get(_question(stated))
        found.append(_of(stated, row_of(stated, id_), there.get(id_, []), answer, may_read))
    return found


def row_of(stated: Declaration, indicator: int = 0) -> DeclarationRow:
    """A planned declaration as the ledger would write it: a stock has no start."""
    row = declaration_row(0, 0, indicator, stated, None)
    stock = catalogue.get(stated.indicator).measure is Measure.STOCK
    return row._replace(start_day=0) if stock else row


def extent_of(row: DeclarationRow) -> Extent:
    """Place, pairings and window of a declaration."""
    return Extent(row.places(), row.pairings(), row.start_day, row.stop_day)


def _question(stated: Declaration) -> Question:
    stock = catalogue.get(stated.indicator).measure is Measure.STOCK
    return Question(
        stated.indicator,
        stated.region,
        Window(None if stock else stated.start, stated.end),
        stated.own,
        stated.pairing,
    )


def _of(
    stated: Declaration,
    mine: DeclarationRow,
    there: Sequence[_Known],
    answer: Answer | None,
    may_read: MayRead,
) -> list[Overlap]:
    indicator = catalogue.get(stated.indicator)
    for known in there:
        if mine.same_slice(known.row):
            return [_same(stated, indicator, known, answer)]
    if indicator.measure is Measure.STOCK:
        return _level(stated, indicator, answer)
    extent = extent_of(mine)
    readable = [k for k in there if not k.waits and may_read(_asked(stated.indicator, k.row))]
    inside = [k for k in readable if extent.holds(k.extent)]
    around = [k for k in readable if k.extent.holds(extent)]
    across = [k for k in readable if k.extent.meets(extent) and k not in inside and k not in around]
    found = _inside(stated, indicator, inside, answer)
    smaller = [k for k in around if k.row.value < stated.value and not k.row.bound & MORE]
    around = [k for k in around if k not in smaller]
    found += _named(indicator, smaller, _("大于包含它的汇总数%s，请核对"))
    found += _named(
        indicator, around, _("已含在汇总数%s之内：那个总数不变，只是其中这一块从此单列")
    )
    found += _named(
        indicator, across, _("与汇总数%s交叉：都在内的问数里只计先入账的，其余列为未计入")
    )
    return found


def _same(
    stated: Declaration, indicator: Indicator, known: _Known, answer: Answer | None
) -> Overlap:
    said = _value(indicator, known.row)
    if known.waits:
        return Overlap(_("同一口径的汇总数 %s 正在等待审核，不能再报") % said, "", stops=True)
    equal = (known.row.value, known.row.bound) == (stated.value, stated.bound.flags)
    end = _("数相同，不必再报") if equal else _("数不同：请到原记录更正，不能另报")
    href = answer.question.address if answer else ""
    return Overlap(_("已有同期汇总数 %(said)s，%(end)s") % {"said": said, "end": end}, href, True)


def _inside(
    stated: Declaration, indicator: Indicator, inside: Sequence[_Known], answer: Answer | None
) -> list[Overlap]:
    """What the window holds already; the declaration adds only what that does not reach."""
    if answer is None or not answer.approved.is_recorded or answer.amount is None:
        return []
    figure = answer.approved
    parts = []
    if figure.entries:
        parts.append(_("%d 笔记录") % figure.entries)
    if inside:
        parts.append(_("%d 个汇总数") % len(inside))
    if not parts:
        return []
    rest = stated.value - answer.amount
    said = _("其中已记录 %(value)s（%(parts)s）") % {
        "value": formats.WORDS[figure.bound] + _text(indicator, answer.amount),
        "parts": "、".join(parts),
    }
    if indicator.measure is not Measure.FLOW:
        end = _("不重复计")
    elif rest > 0:
        end = _("将只补差额 %s") % _text(indicator, rest)
    elif rest == 0:
        end = _("与此数相等，不再增加")
    elif stated.bound.flags & ~LESS:
        end = _("已超过此数，审核后仍以已记录的为准")
    else:
        end = _("已大于此数：请核对，审核后以已记录的为准，不会减少")
    return [Overlap(f"{said}，{end}", answer.question.address)]


def _level(stated: Declaration, indicator: Indicator, answer: Answer | None) -> list[Overlap]:
    """A stock: its day gets the declared level, whatever the records say."""
    if answer is None or not answer.approved.is_recorded or answer.amount is None:
        return []
    known = formats.WORDS[answer.bound] + _text(indicator, answer.amount)
    if answer.amount == stated.value:
        said = _("账上这一天已是 %s，数相同") % known
    else:
        said = _("账上这一天是 %s，审核后以此数为准") % known
    return [Overlap(said, answer.question.address)]


def _named(indicator: Indicator, some: Sequence[_Known], sentence: str) -> list[Overlap]:
    """One sentence about all of them, the first few by name."""
    if not some:
        return []
    names = places.names({known.row.region for known in some[:SHOWN]})
    listed = "、".join(_description(indicator, known.row, names) for known in some[:SHOWN])
    if len(some) > SHOWN:
        listed += _("等 %d 个") % len(some)
    return [Overlap(sentence % listed, _asked(indicator.code, some[0].row).address)]


def _description(indicator: Indicator, row: DeclarationRow, names: dict[int, str]) -> str:
    place = names.get(row.region, "") + (places.OWN if row.own else "")
    start, end = day_or_open(row.start_day), day_of(row.stop_day)
    window = _("截至 %s") % end if start is None else _("%(a)s 至 %(b)s") % {"a": start, "b": end}
    return f"（{place}，{window}，{_value(indicator, row)}）"


def _asked(code: str, row: DeclarationRow) -> Question:
    window = Window(day_or_open(row.start_day), day_of(row.stop_day))
    return Question(code, row.region, window, bool(row.own), row.pairing or None)


def _value(indicator: Indicator, row: DeclarationRow) -> str:
    return formats.WORDS[Bound.from_flags(row.bound)] + _text(indicator, row.value)


def _text(indicator: Indicator, amount: int) -> str:
    if indicator.is_money:
        return money.text_of(amount)
    return f"{formats.part_digits(indicator, amount).replace(',', '')}{indicator.display_unit}"
