"""Which of the figures around a percent are its part and its whole.

The pair that works out is meant. Where none does, only what the words name, the one figure that can
be meant, or one wrong digit is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from jiedui.checking.reader.context.scopes import same_place
from jiedui.checking.reader.model import Quantity

from .asking import AIM, FOREIGN, Asked
from .calling import akin, bare, called, compared, covers
from .links import Block, Link, group
from .parts import are_all, label
from .working_out import countable, link_of, slipped, works_out

_MEAN = re.compile(r"(?:均|每[\u4e00-\u9fff]{1,2})[^，。；\d]{0,2}$")
_NARROW = re.compile(
    "第[一二三四五]批|首批|中央|[省市县区]级|本级|专项|上年|去年|结转|其中|今年|当年|新增"
)
_ITS_VERB = re.compile(
    r"(?:已|累计|共|实际|目前|均|全部|仅)*(?:支出|支付|拨付|使用|完成|到位|开工|完工|竣工|验收|投产|建成|兑现|报账|落地|整改|办结)(?:投资|资金|项目|到项目)?$"
)
_PLAIN_RATE = re.compile(
    r"(?:开工|完工|竣工|完成|到会|出勤|参会|支付|支出|使用|到位|拨付|就业|投产|入园|达标|覆盖|合格|签约|履约|办结|整改|参训|落地|上线|录取|转化|入住|报账|执行)率"
    r"|(?:支出|支付|投资|拨付|完成|资金|执行|^)进度"
)
_MOST = 12


class Around:
    """The figures around one percent that may be its part and its whole."""

    def __init__(
        self, block: Block, index: int, rate: Quantity, asked: Asked, told: Sequence[Quantity],
        ranks: Mapping[str, object],
    ) -> None:  # fmt: skip
        self.ranks = ranks
        self.block, self.rate, self.asked = block, rate, asked
        figures = block.figures
        before = [q for q in figures[max(index - 12, 0) : index] if self._counts(q)]
        self.near = list(reversed(before))
        behind = [q for q in figures[index + 1 : index + 3] if countable(q)]
        self.behind = [
            q for q in behind
            if q.start - rate.end <= 16 and not re.search("[；;]", block.between(rate, q))
        ]  # fmt: skip
        self.told = [q for q in told if self._counts(q)]
        self.noun = bare(asked.noun)
        last = next((q for q in reversed(figures[:index]) if q.kind != "duration"), None)
        self.own = self.near[0] if self.near and last is self.near[0] else None
        """The figure right before the percent, of no other percent."""
        if self.own and len(block.between(self.own, rate)) > 24:
            self.own = None

    def _counts(self, quantity: Quantity) -> bool:
        text = self.block.text
        if _MEAN.search(text, max(quantity.start - 6, 0), quantity.start):
            return False
        return countable(quantity) and not compared(text, quantity)

    def _words(self, quantity: Quantity) -> str:
        return called(self.block.text, quantity)

    def _named(self, quantity: Quantity) -> bool:
        return bool(self.noun) and covers(self._words(quantity), self.noun)

    def _parts(self) -> list[Quantity]:
        if self.asked.kind == "of":
            return [self.own] if self.own else []
        found = self.near[:4]
        if self.asked.kind in ("share", "rate") and len(self.noun) >= 2:
            named = [q for q in [*self.near[4:], *reversed(self.told)][:16] if self._named(q)]
            found = [*found, *named[:2]]
        return [*found, *self.behind]

    def _wholes(self, part: Quantity) -> list[Quantity]:
        alike = [q for q in (*self.near, *self.behind) if q is not part and group(q) == group(part)]
        earlier = [q for q in reversed(self.told) if group(q) == group(part) and q is not part]
        # What was told before is meant rather than a part of it.
        earlier = sorted(earlier[:_MOST], key=lambda q: q.id in self.ranks)
        found = [*alike, *earlier]
        rank = self.ranks.get(part.id)
        return [q for q in found if rank is None or self.ranks.get(q.id) != rank]

    def that_works_out(self, subsets: dict[str, str]) -> Link | None:
        """The nearest part and whole that make the percent, and are meant by the words."""
        for part in self._parts():
            for place, whole in enumerate(self._wholes(part)):
                if works_out(self.rate, part, whole) is not None:
                    continue
                if part.id in subsets and subsets[part.id] == whole.id:
                    return link_of(self.rate, part, whole, None)
                if self._meant(part, whole, place):
                    return link_of(self.rate, part, whole, None)
        return self._the_other_way()

    def _the_other_way(self) -> Link | None:
        """The whole stands right before the percent, its part further before."""
        if self.own is None and self.asked.kind == "done" and self.rate.step < 1:
            # 目标800人，已输送426人。目前已完成53.3%: both were told.
            for whole in [q for q in reversed(self.told) if AIM.search(self._words(q))][:2]:
                for part in [q for q in reversed(self.told) if group(q) == group(whole)][:4]:
                    if part is not whole and works_out(self.rate, part, whole) is None:
                        return link_of(self.rate, part, whole, None)
        if self.asked.kind == "done" and self.own and AIM.search(self._words(self.own)):
            # 目标800人，目前已完成53.3%: what was done was told before.
            told = [q for q in reversed(self.told) if group(q) == group(self.own)][:6]
            for part in told:
                if works_out(self.rate, part, self.own) is None:
                    return link_of(self.rate, part, self.own, None)
        if self.asked.kind == "share" and self.own and len(self.noun) >= 2:
            # 直播卖出294万元。…总额1.26亿元，直播只占2.3%: the whole stands before the share.
            for part in [q for q in (*self.near[1:], *reversed(self.told)) if q is not self.own][
                :8
            ]:
                if group(part) == group(self.own) and works_out(self.rate, part, self.own) is None:
                    if covers(self._line_before(part), self.noun):
                        return link_of(self.rate, part, self.own, None)
        return None

    def _meant(self, part: Quantity, whole: Quantity, place: int) -> bool:
        beside = part is self.own or part in self.behind
        asked = self.asked.kind
        if asked == "of":
            if self._named(whole):
                return True
            return (
                beside and not FOREIGN.search(self.asked.noun) and self._unlikely(part, whole, 40)
            )
        inside = whole in self.near or whole in self.behind
        if inside and (beside or asked in ("rate", "done") or self._named(part)):
            return True
        if not beside and not self._named(part):
            return False
        if self._unlikely(part, whole, 100):
            return True
        same_line = "\n" not in self.block.text[whole.end : part.start]
        one, two = part.head or "", whole.head or ""
        if beside and one and one[-2:] == two[-2:] and whole.id not in self.ranks:
            return self._unlikely(part, whole, 40)
        return same_line and place < 8 and akin(whole, part, self._words(part))

    def _unlikely(self, part: Quantity, whole: Quantity, odds: int) -> bool:
        """Whether so many digits do not agree by chance: 91.3% of 23, or exactly 94% of 5280."""
        rate = self.rate
        assert rate.number is not None
        assert part.number is not None
        assert whole.number is not None
        chance = rate.step / max(rate.number, Decimal(1))
        if whole.number * rate.number == part.number * 100:
            chance = min(chance, part.step / part.number)
        return chance * odds <= 1

    def that_words_say(self) -> Link | None:
        """No pair works out: the one the words name, or a slip of one digit."""
        asked, rate, block = self.asked, self.rate, self.block
        if FOREIGN.search(asked.noun):
            return None
        if asked.kind == "of":
            return self._of_the_named()
        if asked.kind == "beside":
            return None
        part = self.own
        if part is None and self.behind and asked.kind == "rate":
            # 支付率82%，支付4756万元.
            part = self.behind[0]
            plain = bool(_PLAIN_RATE.search(asked.clause))
            return self._told_before(part, plain=plain) if plain else None
        if asked.kind == "done" and part and AIM.search(self._words(part)):
            told = [q for q in reversed(self.told) if group(q) == group(part)][:3]
            wrong = [q for q in told if slipped(rate, q, part)]
            return link_of(rate, wrong[0], part, "warn") if wrong else None
        if part is None or (self._named_elsewhere() and not self._named(part)):
            return self._by_name()
        gap = block.between(part, rate)
        if len(gap) > 20 or re.search("[；;]", gap):
            return None
        return self._beside(part) or self._as_the_whole(part)

    def _of_the_named(self) -> Link | None:
        """占资金总量的60%: the one figure that bears the noun; 总量 only one that is a total."""
        part = self.own
        if part is None:
            return None
        wholes = [q for q in self._wholes(part) if self._named(q)]
        inside = [q for q in wholes if q in self.near]
        wholes = inside or [q for q in wholes if "\n" not in self.block.text[q.end : part.start]]
        if re.search("总[量数额]|全部", self.asked.noun):
            wholes = [q for q in wholes if re.search("[总共]|累计|合计", self._words(q))]
        if len({q.number for q in wholes}) == 1:
            return link_of(self.rate, part, wholes[0], "warn")
        total = re.search("总[量数额]|全部", self.asked.noun)
        for whole in () if wholes else self._wholes(part):
            if slipped(self.rate, part, whole) and (
                self._named(whole) or (total and akin(whole, part, self._words(part)))
            ):
                return link_of(self.rate, part, whole, "warn")
        return None

    def _named_elsewhere(self) -> bool:
        return len(self.noun) >= 2 and any(self._named(q) for q in self.near[1:])

    def _beside(self, part: Quantity) -> Link | None:
        """脱贫户860户，已就业731户，占85%; 项目60个，…，开工48个，开工率80%."""
        block, rate = self.block, self.rate
        plain = bool(_PLAIN_RATE.search(self.asked.clause))
        wholes = [q for q in self.near if q is not part and group(q) == group(part)]
        # 项目21个，已开工20个，完工14个: both are parts of the 21.
        wholes = [q for q in wholes if not self._is_done(q)] or wholes
        if wholes:
            found = self._of_the_nearest(part, wholes[0], plain=plain)
            if found or not re.search("[；;]", block.between(*_in_order_of_text(part, wholes[0]))):
                return found
        if self.behind and group(self.behind[0]) == group(part):
            first, second = sorted((part, self.behind[0]), key=lambda q: q.number or 0)
            if plain and (slipped(rate, first, second) or re.search("支|使用", self.asked.clause)):
                return link_of(rate, first, second, "warn")
            return None
        return self._told_before(part, plain=plain)

    def _is_done(self, quantity: Quantity) -> bool:
        return bool(_ITS_VERB.match(self._words(quantity).split("\0")[0]))

    def _told_before(self, part: Quantity, *, plain: bool) -> Link | None:
        """安排项目23个，…。已完工21个，完工率91.3%: the whole stands in a sentence before."""
        rate, text = self.rate, self.block.text
        earlier = [q for q in reversed(self.told) if group(q) == group(part)][:_MOST]
        words = self._words(part)
        bare_verb = self._is_done(part)
        named = [
            q for q in earlier
            if len(q.head or "") >= 4 and str(q.head)[-4:] in words.split("\0")[0]
            and (q.number or 0) >= (part.number or 0) / 2
        ]  # fmt: skip
        if (
            plain
            and not _NARROW.search(words)
            and len({q.number for q in named}) == 1
            and not has_its_share(self.block, named[0], part)
        ):
            # 援建资金已支出2850万元，支出率89.1%: the 援建资金 of some paragraph before.
            return link_of(rate, part, named[0], "warn")
        line = [q for q in earlier if "\n" not in text[q.end : part.start]]
        earlier = earlier[:6]
        others = earlier[:2] if plain and rate.step < 1 else []
        close = [q for q in (line or others) if bare_verb or akin(q, part, words)]
        wrong = [
            q for q in close if slipped(rate, part, q) and not has_its_share(self.block, q, part)
        ]
        if wrong and (plain or self.asked.kind == "share") and len(line) <= 4:
            return link_of(rate, part, wrong[0], "warn")
        main = [q for q in line if q.id not in self.ranks and q in close]
        if plain and len({q.number for q in main}) == 1 and not _NARROW.search(words):
            near = part.start - main[0].end <= 120 and same_place(main[0].scope, part.scope)
            # No other figure can be meant.
            return link_of(rate, part, main[0], "warn") if near else None
        return None

    def _as_the_whole(self, whole: Quantity) -> Link | None:
        """直播卖出294万元。…总额1.26亿元，直播只占3.3%: the figure before the percent is the whole."""
        if self.asked.kind != "share" or len(self.noun) < 2 or self._named(whole):
            return None
        for part in [q for q in (*self.near[1:], *reversed(self.told)) if q is not whole][:8]:
            if group(part) == group(whole) and slipped(self.rate, part, whole):
                if covers(self._line_before(part), self.noun):
                    return link_of(self.rate, part, whole, "warn")
        return None

    def _line_before(self, part: Quantity) -> str:
        text = self.block.text
        line = text.rfind("\n", 0, part.start) + 1
        return text[max(line, part.start - 60) : part.start]

    def _of_the_nearest(self, part: Quantity, whole: Quantity, *, plain: bool) -> Link | None:
        block, rate, clause = self.block, self.rate, self.asked.clause
        first, second = sorted((part, whole), key=lambda q: q.start)
        if are_all([label(block, first), label(block, second)]):
            # 线下3.13亿元，线上2.09亿元，线上占四成: of both together.
            return None
        between = block.between(first, second)
        if re.search("累计|今年|当年|[；;](?!已|实际)|另|其他", between) or len(between) > 40:
            # 新增47人，今年累计1336人，完成率89%: of an aim that is not told.
            return None
        if between.startswith("、") and not (plain or AIM.search(between)):
            # 优秀5个、良好7个，优良率85.7%: of one rank.
            return None
        if self.asked.kind == "share":
            bare_share = re.fullmatch("(?:约|仅)?占(?:比)?(?:约|达到?|为|仅|总数的)?", clause)
            sure = bool(bare_share) or (len(self.noun) >= 2 and self._named(part))
            close = len(between) <= 16 and "、" not in between and "%" not in between
            if self._named(part) and not self._named(whole) and len(self.noun) >= 2:
                close = len(between) <= 24
            return link_of(rate, part, whole, "warn") if sure and close else None
        if (part.number or 0) > (whole.number or 0) and "应" not in self._words(whole):
            if not AIM.search(self._words(whole)):
                part, whole = whole, part
        stem = re.search(r"([\u4e00-\u9fff]{2,4})率", clause)
        own = len(clause) if clause else 0
        words = between + block.text[second.end : min(second.end + 6, rate.start - own)]
        named = bool(stem) and all(char in words for char in stem[1]) if stem else False
        told_so = plain or ("率" in clause and (named or slipped(rate, part, whole)))
        return link_of(rate, part, whole, "warn") if told_so else None

    def _by_name(self) -> Link | None:
        """产业资金占比60%: the part bears the name, the whole is told near it."""
        if len(self.noun) < 2:
            return None
        named = [q for q in (*self.near, *reversed(self.told[-16:])) if self._named(q)]
        for part in named[:2]:
            for whole in self._wholes(part)[:6]:
                if whole.start < part.start and slipped(self.rate, part, whole):
                    if akin(whole, part, self._words(part)):
                        return link_of(self.rate, part, whole, "warn")
        return None


def has_its_share(block: Block, whole: Quantity, part: Quantity) -> bool:
    """甲183人，占24%，其中乙176人，占23%: both are shares of a greater whole."""
    share = re.match(
        "[^，。；\n]{0,4}[，,、（(]?占[^，。；\n]{0,12}?[\\d.]+%",
        block.text[whole.end : part.start],
    )
    return bool(share)


def _in_order_of_text(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    return (one, other) if one.start < other.start else (other, one)
