"""Heads a figure takes from elsewhere: 项目21个，已开工20个; 每座8000元，260座; 四、消费帮扶。当月销售…"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.outline import Outline
from jiedui.checking.reader.tokens import Token

ITEMS = ("", "其他", "其余", "另外")
"""Items of a list that name nothing else."""
_BACK = 12
_NEAR = 30
"""How far a state looks back beyond its line: 项目22个 / 完工9个 on two lines."""
_BESIDE = re.compile(r"[、，,和及与]?\s?(?:约|近|超过|超)?")
_TOTAL = re.compile(
    r"(?:共|合计|共计|总计|一共|加起来|合起来|(?<![\u4e00-\u9fff])计)(?:有|支出)?\s?$"
)
_SAME = re.compile(r"(?:即|也就是|折合|约合|相当于)(?:约|近|超过|不少于|不低于|至少|为)?\s?$")
_DOING = re.compile(
    r"[到赴在前往外出\u4e00-\u9fff]{0,8}?(务工|就业|打工|创业|挂职|跟岗|参训|受训|受益|就医|就读)"
)
_PRICE = re.compile(r"每([\u4e00-\u9fff]{1,2}?)(均价|单价|价格)[为约]?$")
_TOPIC_REACH = 60
_HEAD_MARK = re.compile(r"^[\s（(]*[一二三四五六七八九十\d]{0,3}[)）、.．是——■●【]*\s*")
_LABEL = re.compile(r"[\u4e00-\u9fff、（）“”]{2,20}")
_TOPIC = re.compile(r"[\u4e00-\u9fff]{2,8}")
_EACH = re.compile(r"每([\u4e00-\u9fff]{1,2}?)(?:约|近|平均)?$")
_MEAN = re.compile(
    r"(?<![\u4e00-\u9fff])((?:人|户|县|村|镇|乡|场|亩|校|队|家|项目|个均|平)均)(?:约|近|达|为)?$"
)
_DID = re.compile(
    r"(?:还|已经?|均|都|全部)?[能可]?((?:当场|现场|超额|全部|独立|顺利|正式|按期|如期|提前|未|建成|签约|投产|达产|开业|完成|完工|上岗|就业|获奖|结业|返乡|留任|晋)[\u4e00-\u9fff]{0,6})(?=[，,。；;、）)\n]|$)"
)
_OF_EACH = re.compile(r"(?<=..)每[\u4e00-\u9fff]{1,2}\Z")
_AVERAGE = re.compile(r"\A(?:人均|户均|亩均|县均|村均|场均|校均|平均)(?=..)")
_PLANNED = re.compile(
    r"\A(?:协议|计划|签约|合同)(?=(?:总)?投资)|(?<=..)(?:年度|全年)?(?:计划|任务|目标)\Z"
)
_SAID_AGAIN = 20
"""A smaller number of things is too common to be the same things again."""
_NOT_COUNTED = frozenset(("date", "duration", "ordinal", "age", "percent", "ratio", ""))


@dataclass
class Borrowing:
    """The heads named so far, for those figures that have none of their own."""

    doc: Document
    outline: Outline
    lexicon: Lexicon
    values: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    lefts: dict[int, str] = field(default_factory=dict)
    """The nouns right before the figures, by their index."""

    def keep(self, token: Token) -> None:
        """Remember what a number counted, for when it is said again without its noun."""
        if token.head and token.kind not in _NOT_COUNTED:
            self.values.setdefault((token.value, token.unit), token.head)

    def beside(self, tokens: list[Token], index: int) -> str | None:
        """4期164人, 6.3万户农户、近26万人, …即3900万元: what the figure right before counts."""
        if not index:
            return None
        token, before = tokens[index], tokens[index - 1]
        gap = self.doc.text[before.end : token.start]
        if before.kind in ("date", "ordinal", "duration"):
            return None
        if _SAME.search(gap) and len(gap) <= 12:
            return before.head
        people = token.kind in ("people", "person_times")
        if not gap and (people or before.kind == token.kind == "count"):
            return before.head
        rest = gap.removeprefix(before.head or "\0")
        if people and before.kind in ("count", "people") and _BESIDE.fullmatch(rest):
            return before.head
        return None

    def money_of(self, tokens: list[Token], index: int, *, joined: str) -> str | None:
        """茶叶产业项目6个、1280万元, 就业类4个项目396万元: the money of what was counted right before."""
        before = tokens[index - 1] if index else None
        if before is None or tokens[index].kind != "amount" or before.kind != "count":
            return None
        gap = self.doc.text[before.end : tokens[index].start]
        noun = self.lefts.get(index - 1) or (before.head if joined else "")
        if not noun:
            return None
        is_kind = noun in ITEMS or noun.endswith(("类", "级"))
        if not (gap in joined if gap else not joined) and gap not in (before.head, "、" * is_kind):
            return None
        return f"{noun}资金" if is_kind else noun

    def union(self, tokens: list[Token], index: int) -> str | None:
        """10名党政干部和96名专技人才共106人 are 党政干部 and 专技人才."""
        token = tokens[index]
        start = self.doc.clause(token.start)[0]
        if token.kind not in ("people", "count"):
            return None
        if not _TOTAL.search(self.doc.text, max(start, token.start - 4), token.start):
            return None
        heads = [
            earlier.head
            for earlier in tokens[max(index - 6, 0) : index]
            if earlier.start >= start and earlier.kind == token.kind and earlier.head
        ]
        return "、".join(dict.fromkeys(heads)) if len(set(heads)) > 1 else None

    def taken_over(self, tokens: list[Token], index: int, state: str | None = None) -> str | None:
        """The head of the nearest earlier quantity of the same unit in the sentence.

        A ``state`` (开工, 支出, or "") reaches back to the beginning of the paragraph and goes with it.
        """
        token = tokens[index]
        start = self.doc.sentence(token.start)[0]
        if state is not None:
            start = min(self.doc.line(token.start)[0], token.start - _NEAR)
        loose = token.kind in ("percent", "ratio")
        for earlier in reversed(tokens[max(index - _BACK, 0) : index]):
            if earlier.start < start:
                return None
            if earlier.head is None or earlier.kind in ("date", "duration", "ordinal"):
                continue
            if earlier.optional or earlier.head in ITEMS:
                continue
            if state is not None and earlier.head.endswith(("类", "级")):
                # 项目23个，其中产业类11个，已完工21个: the whole, not the last of its parts.
                continue
            if loose or (earlier.kind, earlier.unit) == (token.kind, token.unit):
                head = _OF_EACH.sub("", earlier.head)
                if _TOTAL.search(self.doc.text, max(token.start - 4, 0), token.start):
                    head = _AVERAGE.sub("", head)
                return self.with_state(head, None if loose else state)
        return None

    def with_state(self, head: str, state: str | None) -> str:
        """A head with what happens to it now: 开工项目 and 完工 make 完工项目, 剩3个 is 项目."""
        if state is None:
            return head
        bare = self.lexicon.words.heads.behind.sub("", head)
        bare = self.lexicon.words.heads.before.sub("", bare)
        bare = _PLANNED.sub("", _AVERAGE.sub("", bare)) if state else bare
        return bare if bare.startswith(state) else f"{state}{bare}"

    def of_the_unit(self, tokens: list[Token], index: int) -> str | None:
        """能繁母牛按每头5000元补助，共补助1250头: what each 头 was."""
        token = tokens[index]
        if token.kind != "count" or not token.unit:
            return None
        start = self.doc.line(token.start)[0]
        each = self.doc.text.rfind(f"每{token.unit}", max(start, token.start - 60), token.start)
        if each < 0:
            return None
        for earlier in tokens[max(index - _BACK, 0) : index]:
            if earlier.start > each and earlier.head and earlier.kind == "amount":
                return earlier.head
        return None

    def price(self, tokens: list[Token], index: int) -> str | None:
        """采购基础母牛725头，每头均价2万元 is the price of 基础母牛."""
        token = tokens[index]
        near = self.doc.text[max(token.start - 8, 0) : token.start]
        found = _PRICE.search(near) if token.kind == "amount" else None
        if found is None:
            return None
        for earlier in reversed(tokens[max(index - _BACK, 0) : index]):
            if earlier.unit == found[1] and earlier.head:
                return _joined(earlier.head, found[2])
        return None

    def topic(self, token: Token, state: str) -> str | None:
        """四、消费帮扶。当月销售385.6万元 is 消费帮扶销售."""
        at = self.outline.section(token.start)
        if at < 0:
            return None
        section = self.outline.sections[at]
        if token.start - section.head_end > _TOPIC_REACH or token.start <= section.head_end:
            return None
        head = self.doc.text[section.start : section.head_end]
        head = head[_HEAD_MARK.match(head).end() :]  # type: ignore[union-attr]  # it may match nothing
        return _joined(head, state) if _TOPIC.fullmatch(head) else None

    def doing(self, token: Token) -> str | None:
        """2156人到绍兴务工: what the people counted do."""
        found = _DOING.match(self.doc.text, token.end)
        return found[1] if found else None

    def label(self, tokens: list[Token], index: int) -> str | None:
        """引进企业：5家: what stands before the colon, for the first figure behind it."""
        token, text = tokens[index], self.doc.text
        start = self.doc.clause(token.start)[0]
        if text[start - 1 : start] not in ("：", ":") or (index and tokens[index - 1].end > start):
            return None
        line = self.doc.line(token.start)[0]
        said = text[max(self.doc.clause(start - 1)[0], line) : start - 1]
        said = said[_HEAD_MARK.match(said).end() :]  # type: ignore[union-attr]  # it may match nothing
        return said if _LABEL.fullmatch(said) else None

    def people_named(self, token: Token) -> str | None:
        """2156人到绍兴务工; 这批返岗人员来自甲、乙两县，分别有136人: what they do, or are called."""
        if token.kind != "people":
            return None
        start = max(self.doc.sentence(token.start)[0], token.start - 60)
        doing = self.doing(token)
        if doing:
            return doing
        named = self.lexicon.words.people_named.findall(self.doc.text, start, token.start)
        return str(named[-1]) if named else None

    def each(self, tokens: list[Token], index: int) -> str | None:
        """大棚30座，每座900立方米: what each of the things counted before has."""
        token = tokens[index]
        found = _EACH.search(self.doc.text, max(token.start - 8, 0), token.start)
        if found is None or found[1] not in self.lexicon.unit_words:
            return None
        start = max(self.doc.line(token.start)[0], token.start - _TOPIC_REACH)
        for earlier in reversed(tokens[max(index - _BACK, 0) : index]):
            if earlier.start < start:
                return None
            if found[1] in (earlier.unit, earlier.orig_unit) and earlier.head:
                return f"{earlier.head}每{found[1]}"
        return None

    def average(self, tokens: list[Token], index: int) -> str | None:
        """援助资金1.5亿元（县均5000万元）: the average of what was told before."""
        token = tokens[index]
        found = _MEAN.search(self.doc.text, max(token.start - 8, 0), token.start)
        if found is None or token.kind not in ("amount", "measure"):
            return None
        before = self.taken_over(tokens, index)
        return f"{before}{found[1]}" if before else None

    def elsewhere(self, tokens: list[Token], index: int, raw: str) -> str | None:
        """省内就业80人，其他地区20人: the rest of what the others of the list do."""
        if not raw.startswith(("其他", "其余")) or len(raw) < 4:
            return None
        before = self.taken_over(tokens, index)
        if not before:
            return None
        bare = self.lexicon.words.heads.away.sub("", before)
        return f"{raw}{bare}" if bare and not raw.endswith(bare) else raw

    def did(self, tokens: list[Token], index: int) -> str | None:
        """企业12家来访，4家当场签约: what these of the things counted before did."""
        token = tokens[index]
        if token.kind not in ("count", "people"):
            return None
        found = _DID.match(self.doc.text, token.end, self.doc.clause(token.end)[1])
        before = self.taken_over(tokens, index) if found else None
        if not found or not before or found[1].endswith(before):
            return None
        return f"{found[1]}{before}"

    def said_before(self, token: Token) -> str | None:
        """260座 once more is the same 260座."""
        if token.kind not in ("count", "people") or (token.number or 0) < _SAID_AGAIN:
            return None
        return self.values.get((token.value, token.unit))


def _joined(head: str, state: str) -> str:
    return head if not state or head.endswith(state) else f"{head}{state}"
