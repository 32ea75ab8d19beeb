"""Rates: a percent, and the part and the whole it was worked out from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from .links import Block, Link, group
from .model import Quantity
from .working_out import as_percent, countable, link_of, off_by_a_digit, works_out

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
        rate = as_percent(told_rate)
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
        link = link or _of_the_two_before(block, index, rate, clause)
        link = link or _of_what_was_told(block, index, rate, clause, told_before)
        link = link or _told_behind(block, index, rate, clause)
        if link:
            yield link


def _that_is(block: Block, index: int, rate: Quantity, before: Block | None) -> Link | None:
    """占比不低于60%，即不少于3900万元: the part stands behind the rate, the whole before."""
    figures = block.figures
    part = figures[index + 1] if index + 1 < len(figures) else None
    if part is None or part.number is None or not re.match("[，,]?即", block.between(rate, part)):
        return None
    near = [*(before.figures if before else ()), *figures[:index]]
    earlier = [q for q in near if group(q) == group(part) and q.number]
    for whole in reversed(earlier[-4:]):
        if works_out(rate, part, whole) is None:
            return link_of(rate, part, whole, None)
    return link_of(rate, part, earlier[-1], "warn") if len(earlier) == 1 else None


_CLOSES = re.compile("[^（(]*[）)]")
"""After a figure that stands in brackets: what they hold is told by the way, and the share is not of it."""


def _explicit(
    block: Block, index: int, rate: Quantity, subsets: dict[str, str], before: Block | None
) -> Link | None:
    """60口，占计划80口的75%; 其中960人，占比40%."""
    figures = block.figures
    previous = figures[index - 1] if index else None
    if previous is None or not countable(previous):
        return None
    gap = block.between(previous, rate)
    if len(gap) <= 14 and gap.startswith(("的", "人的", "总")) or gap in ("的", ""):
        part = next(
            (
                q
                for q in reversed(figures[: index - 1])
                if countable(q)
                and group(q) == group(previous)
                and not _CLOSES.match(block.between(q, previous))
            ),
            None,
        )
        if (
            part
            and _OF.search(block.between(part, previous))
            and len(block.between(part, previous)) <= 24
        ):
            return link_of(rate, part, previous, "error")
        later = figures[index + 1] if index + 1 < len(figures) else None
        if later and countable(later) and group(later) == group(previous):
            if re.fullmatch("[，,](?:达到?|为|即|完成)", block.between(rate, later)):
                # 完成目标2000人的115%，达2300人.
                return link_of(rate, later, previous, "error")
        return None
    if _SHARE.search(gap) and len(gap) <= 16 and previous.id in subsets:
        if any(
            q.kind == "percent" and q.start < previous.start and q.id != rate.id for q in figures
        ):
            # 甲183人，占24%，其中乙176人，占23%: both are shares of a greater whole.
            return None
        known = (*(before.figures if before else ()), *figures)
        whole = next((q for q in known if q.id == subsets[previous.id]), None)
        if whole and countable(whole):
            return link_of(rate, previous, whole, "error" if len(gap) <= 6 else "warn")
    return None


def _by_number(
    block: Block, index: int, rate: Quantity, clause: str, earlier: Block | None
) -> Link | None:
    """A rate whose part and whole stand before it: taken where the numbers say so."""
    if not _RATE_NOUN.search(clause):
        return None
    before = [q for q in block.figures[max(index - 6, 0) : index] if countable(q)]
    for part, whole in _candidates(before, rate, earlier):
        if group(part) == group(whole) and works_out(rate, part, whole) is None:
            return link_of(rate, part, whole, None)
    if len(before) < 2 or group(before[-1]) != group(before[-2]):
        return None
    one, two = before[-2:]
    if len(block.between(two, rate)) > 16 or len(block.between(one, two)) > 16:
        return None
    if block.figures[index - 1] is not two or block.figures[index - 2] is not one:
        return None
    if re.search("累计|今年|当年", block.between(one, two)):
        # 新增47人，今年累计1336人，完成率89%: of an aim that is not told.
        return None
    part, whole = (two, one) if (two.number or 0) <= (one.number or 0) else (one, two)
    if part is one and re.search("应", block.text[max(block.start, one.start - 4) : one.start]):
        # 应到320人，实到340人: more than were to come.
        part, whole = two, one
    plain_rate = _PLAIN_RATE.search(clause)
    generic = "率" in clause[-5:] and (
        off_by_a_digit(rate, part, whole) or _named_by(block, clause, one, two)
    )
    return link_of(rate, part, whole, "warn") if plain_rate or generic else None


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
                if countable(whole):
                    yield part, whole


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
    if not countable(part) or len(block.between(part, rate)) > 6:
        return None
    earlier = [*(before.figures if before else ()), *block.figures[: index - 1]][-12:]
    for whole in reversed(earlier):
        if (
            countable(whole)
            and group(whole) == group(part)
            and works_out(rate, part, whole) is None
        ):
            return link_of(rate, part, whole, None)
    return None


def _of_the_two_before(block: Block, index: int, rate: Quantity, clause: str) -> Link | None:
    """脱贫户860户，已就业731户，占85%: bare 占 behind a part that stands right behind its whole."""
    if index < 2 or clause not in ("占", "占比", "占比为", "占比达", "约占"):
        return None
    whole, part = block.figures[index - 2], block.figures[index - 1]
    if not (countable(whole) and countable(part)) or group(whole) != group(part):
        return None
    if len(block.between(whole, part)) > 16 or len(block.between(part, rate)) > 6:
        return None
    if re.search("[、；;]|另|其他", block.between(whole, part)):
        return None
    return link_of(rate, part, whole, "warn")


def _told_behind(block: Block, index: int, rate: Quantity, clause: str) -> Link | None:
    """支出进度92%，已支出4600万元: the part, or both numbers, stand behind the rate."""
    if not (_RATE_NOUN.search(clause) or _PLAIN_RATE.search(clause)):
        return None
    behind = [q for q in block.figures[index + 1 : index + 3] if countable(q)]
    before = [q for q in block.figures[max(index - 2, 0) : index] if countable(q)]
    if not behind or behind[0].start - rate.end > 16:
        return None
    pairs = [(one, two) for one in (*behind, *before) for two in (*before, *behind)]
    pairs = [
        (part, whole) for part, whole in pairs
        if part is not whole and group(part) == group(whole) and behind[0] in (part, whole)
        and (part.number or 0) <= (whole.number or 0)
    ]  # fmt: skip
    for part, whole in pairs:
        if works_out(rate, part, whole) is None:
            return link_of(rate, part, whole, None)
    plain_rate = _PLAIN_RATE.search(clause)
    slipped = [pair for pair in pairs if off_by_a_digit(rate, *pair)]
    if plain_rate and len(pairs) == 1 and (slipped or "支" in clause or "使用" in clause):
        return link_of(rate, *pairs[0], "warn")
    return None


def _of_what_was_told(
    block: Block, index: int, rate: Quantity, clause: str, told_before: Sequence[Quantity]
) -> Link | None:
    """援建资金已支出2850万元，支出率89.1%: of the 援建资金 that some paragraph before names."""
    part = block.figures[index - 1] if index else None
    if part is None or not countable(part) or not _PLAIN_RATE.search(clause):
        return None
    if len(block.between(part, rate)) > 10 or any(
        group(q) == group(part) for q in block.figures[: index - 1]
    ):
        return None
    words = block.text[max(block.start, part.start - 20) : part.start]
    wholes = [
        q for q in told_before
        if group(q) == group(part) and countable(q) and q.head and q.head[-4:] in words
        and (q.number or 0) >= (part.number or 0)
    ]  # fmt: skip
    for whole in reversed(wholes):
        if works_out(rate, part, whole) is None:
            return link_of(rate, part, whole, None)
    firm = len(wholes) == 1 and rate.step < 1 and off_by_a_digit(rate, part, wholes[0])
    return link_of(rate, part, wholes[0], "warn") if firm else None
