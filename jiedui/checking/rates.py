"""Rates: a percent, and the part and the whole it was worked out from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from .links import Block, Link, group, one_digit_apart, told
from .model import Quantity, Relation, Severity
from .numerals import plain

_GROWTH = re.compile(r"同比|环比|增长|增幅|提高|下降|较|比上年|比去年|降低|上升|回落|由|从")
_SHARE = re.compile(r"占")
_ABOUT = ("约", "大约", "左右", "差不多", "大概")
_OF = re.compile(r"占|完成|达到?|相当于|为|是")
_RATE_NOUN = re.compile(
    r"(?:率|占比|比例|比重|进度|占[\u4e00-\u9fff]{0,10}的?|完成[\u4e00-\u9fff]{0,8}的?)(?:达到|达|为|是)?(?:了)?$"
)
_PLAIN_RATE = re.compile(
    r"(?:开工|完工|竣工|完成|到会|出勤|参会|支付|支出|使用|到位|拨付|就业|投产|入园|达标|覆盖|合格|签约|履约|办结|整改|参训)率|(?:支出|支付|投资|拨付|完成)进度"
)


def rates(
    block: Block, subsets: dict[str, str], before: Block | None, told_before: Sequence[Quantity]
) -> Iterator[Link]:
    """The rates of one block. ``subsets`` maps a part to its whole, by ids.

    A share may be one of a total that the block ``before`` gives, and a rate of what was used one
    of the money ``told_before``."""
    figures = block.figures
    for index, told_rate in enumerate(figures):
        rate = _as_percent(told_rate)
        if rate is None or rate.number is None:
            continue
        if rate.approx in _ABOUT:
            # 约占45% may be off by two.
            rate = replace(rate, approx=None, step=max(rate.step, Decimal(4)))
        if not rate.exact:
            link = _that_is(block, index, rate, before)
            if link:
                yield link
            continue
        left = block.text[max(block.start, rate.start - 18) : rate.start]
        clause = re.split(r"[，,；;：:、]", left)[-1]
        if _GROWTH.search(clause):
            continue
        link = _explicit(block, index, rate, subsets, before) or _by_number(
            block, index, rate, clause, before
        )
        link = link or _of_earlier(block, index, rate, clause, before)
        link = link or _of_what_was_told(block, index, rate, clause, told_before)
        if link:
            yield link


def _as_percent(quantity: Quantity) -> Quantity | None:
    """A percent, and 七成五 or 三分之二 as one: what people round when they talk."""
    if quantity.number is None:
        return None
    if quantity.kind == "percent":
        return quantity if quantity.unit == "%" else None
    if quantity.kind != "ratio" or quantity.unit not in (None, "成"):
        return None
    if quantity.unit == "成":
        # 四成 is said of 36 to 44 percent.
        wide = Decimal(4) if quantity.number % 1 else Decimal(8)
        return replace(quantity, number=quantity.number * 10, step=wide, approx=None)
    return replace(quantity, number=quantity.number * 100, step=Decimal(6), approx=None)


def _that_is(block: Block, index: int, rate: Quantity, before: Block | None) -> Link | None:
    """占比不低于60%，即不少于3900万元: the part stands behind the rate, the whole before."""
    figures = block.figures
    part = figures[index + 1] if index + 1 < len(figures) else None
    if part is None or part.number is None or not re.match("[，,]?即", block.between(rate, part)):
        return None
    near = [*(before.figures if before else ()), *figures[:index]]
    earlier = [q for q in near if group(q) == group(part) and q.number]
    for whole in reversed(earlier[-4:]):
        if _works_out(rate, part, whole) is None:
            return _link(rate, part, whole, None)
    return _link(rate, part, earlier[-1], "warn") if len(earlier) == 1 else None


def _works_out(rate: Quantity, part: Quantity, whole: Quantity) -> Severity | str | None:
    """None where the rate is right, "note" where it was cut off, "no" where it is wrong."""
    assert rate.number is not None
    assert part.number is not None
    assert whole.number is not None
    if not whole.number:
        return "no"
    share = part.number / whole.number * 100
    wide = share * (part.step / 2 / part.number if part.step != 1 else Decimal(0))
    wide += share * (whole.step / 2 / whole.number if whole.step != 1 else Decimal(0))
    off = abs(share - rate.number)
    if off <= rate.step / 2 + wide:
        return None
    return "note" if off <= rate.step + wide else "no"


def _explicit(
    block: Block, index: int, rate: Quantity, subsets: dict[str, str], before: Block | None
) -> Link | None:
    """60口，占计划80口的75%; 其中960人，占比40%."""
    figures = block.figures
    previous = figures[index - 1] if index else None
    if previous is None or not _countable(previous):
        return None
    gap = block.between(previous, rate)
    if len(gap) <= 14 and gap.startswith(("的", "人的", "总")) or gap in ("的", ""):
        part = next(
            (
                q
                for q in reversed(figures[: index - 1])
                if _countable(q) and group(q) == group(previous)
            ),
            None,
        )
        if (
            part
            and _OF.search(block.between(part, previous))
            and len(block.between(part, previous)) <= 24
        ):
            return _link(rate, part, previous, "error")
        return None
    if _SHARE.search(gap) and len(gap) <= 16 and previous.id in subsets:
        if any(
            q.kind == "percent" and q.start < previous.start and q.id != rate.id for q in figures
        ):
            # 甲183人，占24%，其中乙176人，占23%: both are shares of a greater whole.
            return None
        known = (*(before.figures if before else ()), *figures)
        whole = next((q for q in known if q.id == subsets[previous.id]), None)
        if whole and _countable(whole):
            return _link(rate, previous, whole, "error" if len(gap) <= 6 else "warn")
    return None


def _countable(quantity: Quantity) -> bool:
    return (
        quantity.kind in ("amount", "count", "people", "person_times", "measure")
        and quantity.exact and bool(quantity.number)
    )  # fmt: skip


def _by_number(
    block: Block, index: int, rate: Quantity, clause: str, earlier: Block | None
) -> Link | None:
    """A rate whose part and whole stand before it: taken where the numbers say so."""
    if not _RATE_NOUN.search(clause):
        return None
    before = [q for q in block.figures[max(index - 6, 0) : index] if _countable(q)]
    for part, whole in _candidates(before, rate, earlier):
        if group(part) == group(whole) and _works_out(rate, part, whole) is None:
            return _link(rate, part, whole, None)
    if len(before) < 2 or group(before[-1]) != group(before[-2]):
        return None
    one, two = before[-2:]
    if len(block.between(two, rate)) > 16 or len(block.between(one, two)) > 16:
        return None
    if block.figures[index - 1] is not two or block.figures[index - 2] is not one:
        return None
    part, whole = (two, one) if (two.number or 0) <= (one.number or 0) else (one, two)
    if part is one and re.search("应", block.text[max(block.start, one.start - 4) : one.start]):
        # 应到320人，实到340人: more than were to come.
        part, whole = two, one
    plain_rate = _PLAIN_RATE.search(clause)
    generic = "率" in clause[-5:] and (
        _off_by_a_digit(rate, part, whole) or _named_by(block, clause, one, two)
    )
    return _link(rate, part, whole, "warn") if plain_rate or generic else None


def _candidates(
    before: list[Quantity], rate: Quantity, earlier: Block | None
) -> Iterator[tuple[Quantity, Quantity]]:
    """Parts and wholes to try, the nearest first; wholes of the block before come last."""
    for last in range(len(before) - 1, 0, -1):
        for first in range(last - 1, -1, -1):
            yield before[last], before[first]
            yield before[first], before[last]
    if earlier and rate.step < 1:
        for part in reversed(before[-2:]):
            for whole in reversed(earlier.figures[:6]):
                if _countable(whole):
                    yield part, whole


def _off_by_a_digit(rate: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Of 取证率 and the like only a slip is told: the words do not say what it is a rate of."""
    assert rate.number is not None
    assert part.number is not None
    assert whole.number is not None
    share = (part.number / whole.number * 100).quantize(rate.step)
    return one_digit_apart(share, rate.number)


def _named_by(block: Block, clause: str, one: Quantity, two: Quantity) -> bool:
    """取证率 behind 取得证书1806人 is the rate of those: every character of it stands there."""
    stem = re.search(r"([\u4e00-\u9fff]{2,4})率", clause)
    words = block.between(one, two) + block.text[two.end : two.end + 6]
    return bool(stem) and all(char in words for char in stem[1]) if stem else False


def _of_earlier(
    block: Block, index: int, rate: Quantity, clause: str, before: Block | None
) -> Link | None:
    """568人，占75.6%: the whole stands further before, and only the numbers show which it is."""
    if not index or not clause.startswith("占") or rate.step > Decimal("0.1"):
        return None
    part = block.figures[index - 1]
    if not _countable(part) or len(block.between(part, rate)) > 6:
        return None
    earlier = [*(before.figures if before else ()), *block.figures[: index - 1]][-12:]
    for whole in reversed(earlier):
        if (
            _countable(whole)
            and group(whole) == group(part)
            and _works_out(rate, part, whole) is None
        ):
            return _link(rate, part, whole, None)
    return None


def _of_what_was_told(
    block: Block, index: int, rate: Quantity, clause: str, told_before: Sequence[Quantity]
) -> Link | None:
    """援建资金已支出2850万元，支出率89.1%: of the 援建资金 that some paragraph before names."""
    part = block.figures[index - 1] if index else None
    if part is None or not _countable(part) or not _PLAIN_RATE.search(clause):
        return None
    if len(block.between(part, rate)) > 10 or any(
        group(q) == group(part) for q in block.figures[: index - 1]
    ):
        return None
    words = block.text[max(block.start, part.start - 20) : part.start]
    wholes = [
        q for q in told_before
        if group(q) == group(part) and _countable(q) and q.head and q.head[-4:] in words
        and (q.number or 0) >= (part.number or 0)
    ]  # fmt: skip
    for whole in reversed(wholes):
        if _works_out(rate, part, whole) is None:
            return _link(rate, part, whole, None)
    firm = len(wholes) == 1 and rate.step < 1 and _off_by_a_digit(rate, part, wholes[0])
    return _link(rate, part, wholes[0], "warn") if firm else None


def _link(rate: Quantity, part: Quantity, whole: Quantity, wrong: Severity | None) -> Link | None:
    verdict = _works_out(rate, part, whole)
    assert part.number is not None
    assert whole.number is not None
    shown = plain((part.number / whole.number * 100).quantize(rate.step.min(Decimal("0.01"))))
    relation = Relation("rate", {"rate": rate.id, "part": part.id, "whole": whole.id})
    line = f"{told(part)} ÷ {told(whole, whole)} = {shown}%"
    if part.orig_unit != whole.orig_unit:
        line = f"{part.surface} ÷ {whole.surface} = {shown}%"
    if verdict is None:
        return Link(relation, rate, (part, whole), line)
    line += f" ≠ {rate.surface}"
    if verdict == "note":
        return Link(relation, rate, (part, whole), line, "note", "百分比是截去而不是四舍五入")
    if wrong is None:
        return None
    return Link(
        relation, rate, (part, whole), line, wrong, f"百分比应为{shown}%，文中为{rate.surface}"
    )
