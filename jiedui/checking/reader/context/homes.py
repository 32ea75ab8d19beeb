"""The place a whole text is about: that of its title, its letterhead, or the one it names most."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from jiedui.checking.reader.lexicon import Lexicon, short_place
from jiedui.checking.reader.outline import Outline

from .mentions import Mention, place_within

_TITLE, _TITLE_BODY, _LETTERHEAD = 3, 100, 4
_LETTERHEAD_LONGEST = 40
_TAIL = 160
"""The last characters of a text, where its signature stands."""
_MARKS = re.compile("[，。；：！？,;:!?]")
_SIGNATURE = re.compile(
    r"^[ \t\u3000]*(?:中共)?([\u4e00-\u9fff]{2,8}?(?:自治[县州旗]|[市州县区旗]))[\u4e00-\u9fff]{2,18}"
    r"(?:局|办公室|政府|委员会|专班|领导小组|中心)[ \t\u3000\d年月日-]{0,24}$",
    re.MULTILINE,
)
_UNDER = re.compile(r"的?[\u4e00-\u9fff]{0,4}(?:帮扶|支援|援助|支持|帮助)下")
_OPENING = 160
_AIDS = re.compile("援[疆藏青]|对口支援(?:新疆|西藏|青海)")
_WE_WHO_AID = re.compile("我省(?:安排|选派|投入|援)|前方指挥部|前指|工作队|我们")
_THE_WHOLE_OF_IT = re.compile("全院|我院|全校|我校")
_OFFICE = re.compile(r"局|委|办|府|队|组|中心|部|院|协会|总工会")


@dataclass(frozen=True, slots=True)
class Home:
    """``name`` is what the text is about; ``donors`` are the names of places that help it."""

    name: str | None
    donors: frozenset[str]
    shorts: frozenset[str]
    """The donors' names without their suffix."""

    def helps(self, name: str) -> bool:
        return name in self.donors or short_place(name) in self.shorts


def home_of(outline: Outline, mentions: list[Mention], lexicon: Lexicon) -> Home:
    """A body in the title, or else the place the text names most; helping places weigh half.

    A place that only its suffix tells counts from its second mention on.
    """
    tally = _Tally(outline, lexicon, _donors(outline, mentions, lexicon))
    for index, mention in enumerate(mentions):
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        within = after is not None and after.start == mention.end and after.rank == 1
        if mention.rank == 2:
            tally.body(mention)
        elif mention.rank == 1 and not within and mention.name not in lexicon.words.home_words:
            tally.place(mention)
    tally.signature()
    name = _sender(outline, mentions) or _institution(outline, mentions) or tally.heaviest()
    if name in tally.donors and name not in outline.title:
        # A text that names the helping side most still is about the other, which 全县 may mean.
        others = tally.others()
        if others or any(mention.name in lexicon.words.home_words for mention in mentions):
            name = others[0] if others else None
    donors = frozenset(donor for donor in tally.donors if donor != name)
    own = short_place(name) if name else ""
    return Home(name, donors, frozenset(short_place(donor) for donor in donors) - {own})


def _sender(outline: Outline, mentions: list[Mention]) -> str | None:
    """The helping place where it speaks of its own aid: 我省, 我们 in a text on 河南援疆."""
    text = outline.doc.text
    for mention in mentions:
        if mention.start >= _OPENING:
            break
        if mention.rank == 1 and _AIDS.match(text, mention.end):
            return mention.name if _WE_WHO_AID.search(text) else None
    return None


def _institution(outline: Outline, mentions: list[Mention]) -> str | None:
    """The hospital or school that a text calls 全院, 我校: the one it names most."""
    said = _THE_WHOLE_OF_IT.findall(outline.doc.text)
    if not said:
        return None
    kind = "医院" if said[0][-1] == "院" else ("学校", "中学", "小学", "职校")
    names = [m.name for m in mentions if m.rank == 2 and m.name.endswith(kind)]
    return Counter(names).most_common(1)[0][0] if names else None


@dataclass
class _Tally:
    outline: Outline
    lexicon: Lexicon
    donors: set[str]
    weight: Counter[str] = field(default_factory=Counter)
    guessed: Counter[str] = field(default_factory=Counter)
    longest: dict[str, str] = field(default_factory=dict)

    def heaviest(self) -> str | None:
        """The name of the key that weighs most, or was guessed most; None for no place at all."""
        found = (self.weight or self.guessed).most_common(1)
        return self.longest[found[0][0]] if found else None

    def others(self) -> list[str]:
        """The places that do not help, the most named first."""
        keys = [key for found in (self.weight, self.guessed) for key, _ in found.most_common()]
        return [self.longest[key] for key in keys if self.longest[key] not in self.donors]

    def _add(self, name: str, key: str, worth: int) -> None:
        self.weight[key] += worth if name in self.donors else 2 * worth
        if len(name) > len(self.longest.get(key, "")):
            self.longest[key] = name

    def body(self, mention: Mention) -> None:
        """A body is what the text is about in its title; elsewhere it tells its place."""
        in_title = mention.start < self.outline.title_end
        if in_title and _is_subject(self.outline, mention, self.lexicon):
            self._add(mention.name, mention.name, _TITLE_BODY)
            return
        name = place_within(mention.name, self.lexicon)
        if not name or name in self.donors or self.lexicon.is_east(name):
            return
        if in_title or _signs(self.outline, mention):
            self._add(name, short_place(name), _LETTERHEAD)
        else:
            self.guessed[short_place(name)] += 1
            self.longest.setdefault(short_place(name), name)

    def signature(self) -> None:
        """凤山县人民政府 alone in one of the last lines."""
        text = self.outline.doc.text
        for match in _SIGNATURE.finditer(text, max(len(text) - _TAIL, 0)):
            name = match[1]
            if name not in self.donors and not self.lexicon.is_east(name):
                self._add(name, short_place(name), _LETTERHEAD)

    def place(self, mention: Mention) -> None:
        """A place weighs more in the title and under the text."""
        key = short_place(mention.name)
        if self.outline.doc.text[mention.start - 1 : mention.start] == "驻":
            return
        if len(key) < 2 or mention.name.endswith(("本级", "直")):
            return
        in_title = mention.start < self.outline.title_end
        if mention.name not in self.donors and _signs(self.outline, mention):
            self._add(mention.name, key, _LETTERHEAD)
            return
        if not self.lexicon.knows(key):
            self.guessed[key] += 1
            self.longest.setdefault(key, mention.name)
            if self.guessed[key] == 1 and not in_title:
                return
        self._add(mention.name, key, _TITLE if in_title else 1)


def _signs(outline: Outline, mention: Mention) -> bool:
    """A body that stands alone in a line above or below the text."""
    doc = outline.doc
    start, end = doc.line(mention.start)
    if doc.text[start : mention.start].strip() or not (
        start < outline.title_end or end > len(doc.text) - _TAIL
    ):
        return False
    line = doc.text[start:end].strip()
    is_short = len(line) <= _LETTERHEAD_LONGEST and not _MARKS.search(line)
    return is_short and bool(_OFFICE.search(doc.text, mention.end, end)) | (mention.rank == 2)


def _is_subject(outline: Outline, mention: Mention, lexicon: Lexicon) -> bool:
    """A body a text is about: neither the office that issues it nor where a speaker works."""
    doc = outline.doc
    line = doc.line(mention.start)[0]
    if doc.text[: mention.start].strip() and line >= doc.line(0)[1]:
        if not doc.text.startswith("——", line):
            return False
    if mention.name.endswith(lexicon.words.issuers):
        return False
    return not lexicon.words.officer.match(doc.text, mention.end)


def _donors(outline: Outline, mentions: list[Mention], lexicon: Lexicon) -> set[str]:
    """The places of the helping provinces, and any that 帮扶, 援建, 援助 another."""
    text = outline.doc.text
    found: set[str] = set()
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        if mention.rank == 2:
            # 佛山市三水区人民政府: what lies in a helping city helps.
            inner = place_within(mention.name, lexicon)
            lies_east = lexicon.is_east(mention.name[:3]) or lexicon.is_east(mention.name[:2])
            if inner and lies_east and not lexicon.knows(short_place(inner)):
                found.add(inner)
            continue
        nested = (
            before is not None
            and before.end == mention.start
            and before.name in found
            and mention.name[-1] in "区县市"
            and not lexicon.knows(short_place(mention.name))
        )
        if mention.rank == 1 and (nested or lexicon.is_east(mention.name)):
            found.add(mention.name)
            continue
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if mention.rank != 1:
            continue
        if _UNDER.match(text, mention.end):
            found.add(mention.name)
        if after is None or after.rank != 1 or after.start - mention.end > 8:
            continue
        between = text[mention.end : after.start]
        if lexicon.words.giving.search(between) and not lexicon.is_east(after.name):
            found.add(mention.name)
    return found
