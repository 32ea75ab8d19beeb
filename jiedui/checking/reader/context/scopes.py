"""The scope of a quantity: the nearest place, body or person it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.lexicon import same_place as same_place
from jiedui.checking.reader.outline import Outline
from jiedui.checking.reader.tokens import Token

from .homes import Home, home_of
from .mentions import Mention

_VISIT = re.compile("考察|调研|参观|观摩|洽谈|投资")
_NEW_POINT = re.compile(
    r"[\s——■●]*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.])"
)
_COUNTED = re.compile(
    r"等?(?:这)?(?:\d{1,2}|[两二三四五六七八九十]{1,2})个?(?:乡镇|县区|县市|区县|[县市区旗州镇乡村])"
)
_NUMBER_OF_AN_ITEM = re.compile(r"[\s]*(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）]|[①-⑳])\s*\Z")
_HE = re.compile(r"[，,](?:他|她)(?!们)")
_SELF = re.compile(r"我(?![市县省区州国镇村们])")
_STEPS = 24
_GOES_ON = re.compile(r"[，,]?(?:其中|分别|包括|[（(])")
_PLACE_UNITS = frozenset("省市州县区镇乡村")
_FRONT = 8
_HELPED = ("支持", "帮助", "协助", "援助", "帮扶", "推动")
_BUILDS = re.compile("建设|建成|建起|发展|打造|新建|改造|实施|培育|引进|开展|修建")
_SAME_BODY = 1200
"""How far back 产业园 alone still means the 产业园 named in full."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What the choice of a scope looks at."""

    doc: Document
    mentions: list[Mention]
    starts: list[int]
    persons: list[Mention]
    home: Home
    lexicon: Lexicon


def set_scopes(
    outline: Outline, tokens: list[Token], mentions: list[Mention], lexicon: Lexicon
) -> None:
    """Set ``scope`` of every token: in its clause, its sentence, its paragraph, or the text."""
    doc = outline.doc
    text = _Text(
        doc,
        mentions,
        [mention.start for mention in mentions],
        [mention for mention in mentions if mention.rank == 3],
        home_of(outline, mentions, lexicon),
        lexicon,
    )
    landed: tuple[int, str] | None = None
    for index, token in enumerate(tokens):
        if token.scope is not None:
            continue
        sentence = doc.sentence(token.start)[0]
        landing = _landing(text, token)
        if landing:
            landed = (token.end, landing)
        elif (
            landed
            and landed[0] >= sentence
            and (bisect_left(text.starts, token.start) - bisect_left(text.starts, landed[0]) <= 1)
        ):
            landing = landed[1]
        if index and not landing and _coordinate(doc, tokens[index - 1], token):
            token.scope = tokens[index - 1].scope
            continue
        token.scope = landing or _person(text, token) or _nearest(text, token) or text.home.name


def _coordinate(doc: Document, one: Token, two: Token) -> bool:
    """7家机关和5个食堂: joined by 和 within a few characters."""
    gap = doc.text[one.end : two.start]
    return one.kind != "date" and len(gap) <= 8 and gap.endswith(("和", "及", "与"))


def _person(text: _Text, token: Token) -> str | None:
    """他 is the person named last; a speech with 我 is that of the one the text is about."""
    if not text.persons:
        return None
    doc = text.doc
    clause = doc.text[doc.clause(token.start)[0] : token.start]
    said = doc.text[doc.sentence(token.start)[0] : token.start]
    line = doc.line(token.start)[0]
    if clause.lstrip("”“ ").startswith(("他", "她")) or _HE.search(said):
        near = [person for person in text.persons if line - 400 <= person.start < token.start]
        return near[-1].name if near else None
    speech = doc.text[max(line, token.start - 80) : token.start]
    opened = speech.rfind("“")
    if opened >= 0 and "”" not in speech[opened:] and _SELF.search(speech, opened):
        return text.persons[0].name
    return None


def _landing(text: _Text, token: Token) -> str | None:
    """12个项目落地某县 is about that county."""
    doc, words = text.doc, text.lexicon.words
    index = bisect_left(text.starts, token.end)
    if index < len(text.mentions) and text.starts[index] < doc.clause(token.start)[1]:
        mention = text.mentions[index]
        between = doc.text[token.end : mention.start]
        if len(between) > 14 or mention.rank != 1:
            return None
        came = between.endswith(("到", "来", "赴")) and _VISIT.match(doc.text, mention.end)
        if came or between.endswith(words.landing):
            return _own(text, mention)
    return None


def _nearest(text: _Text, token: Token) -> str | None:
    """The mention before a figure, in its clause or where it opens one, that the figure is about."""
    doc = text.doc
    line, clause = doc.line(token.start)[0], doc.clause(token.start)[0]
    sentence = doc.sentence(token.start)[0]
    body = _body_again(text, token, clause)
    index = bisect_left(text.starts, token.start)
    floor = max(index - _STEPS, 0)
    while index > floor and text.starts[index - 1] >= line:
        index -= 1
        mention = text.mentions[index]
        if mention.end > token.start:
            continue
        if body and mention.start < clause and not _opens(text, mention):
            return body
        close = mention.start >= clause and token.start - mention.end <= 1
        if _counts_places(text, token, index, close=close) or _counted(text, mention, close=close):
            return text.home.name
        if _is_aside(text, token, mention, close=close):
            continue
        if mention.start >= clause:
            if _is_an_item(text, token, mention):
                continue
            return _own(text, mention)
        if mention.start >= sentence:
            if _opens(text, mention) and _carries(text, token, mention, clause):
                return _own(text, _innermost(text, index))
        elif _opens(text, mention) and mention.rank != 2:
            return _from_before(text, mention, sentence)
    return body


def _innermost(text: _Text, index: int) -> Mention:
    """上海市静安区 is 静安区."""
    mention = text.mentions[index]
    for inner in text.mentions[index + 1 : index + 3]:
        if inner.start != mention.end or inner.rank != 1:
            break
        mention = inner
    return mention


def _is_an_item(text: _Text, token: Token, mention: Mention) -> bool:
    """其中马尾区4600万元、社会帮扶740万元: the place names its own figure of a list only."""
    doc, end = text.doc, mention.end
    index = bisect_left(text.starts, end)
    if index < len(text.starts) and text.starts[index] == end:
        end = text.mentions[index].end
    if not doc.text[end : end + 1].isdigit():
        return False
    items = doc.text[end : token.start].split("、")
    label = items[-1].lstrip("共约近超")
    return len(items) > 1 and len(label) > 1 and not label.startswith(("资金", "投资", "金额"))


def _from_before(text: _Text, mention: Mention, sentence: int) -> str | None:
    """What opened the sentence before holds on, but for a new point, a donor or a thing's name."""
    doc = text.doc
    if _NEW_POINT.match(doc.text, sentence) or doc.sentence(mention.start)[1] < sentence - 1:
        return None
    if mention.rank == 1 and _NUMBER_OF_AN_ITEM.match(
        doc.text[doc.line(mention.start)[0] : mention.start]
    ):
        # 3. 某镇冷库。新建两座…: an item of a list is about the place it begins with.
        return _own(text, mention)
    if _is_donor(text, mention) or text.lexicon.words.named_thing.match(doc.text, mention.end):
        return None
    if mention.start > doc.line(mention.start)[0] + _FRONT and text.home.name:
        # A town within a paragraph is spoken of in its sentence; one that begins it, all through.
        if mention.rank == 1 and not same_place(mention.name, text.home.name):
            return None
    return _own(text, mention)


def _is_aside(text: _Text, token: Token, mention: Mention, *, close: bool) -> bool:
    """A destination, a partner, an attribute of a noun, whose money it is, or who says so."""
    doc, words = text.doc, text.lexicon.words
    before = doc.text[max(mention.start - 4, 0) : mention.start]
    if close:
        return before.endswith(words.destinations)
    if before.endswith(words.adjunct) and not _is_topic(text, mention):
        # 支持某县建设茶园: the one helped is the one that builds.
        return not (before.endswith(_HELPED) and _BUILDS.match(doc.text, mention.end))
    if doc.text.startswith(words.attributes, mention.end):
        return True
    if words.speaker.match(doc.text, mention.end, token.start):
        return True
    if not _is_donor(text, mention):
        return False
    end = mention.end
    for other in text.mentions[bisect_left(text.starts, end) :][:3]:
        # 天津、山东帮扶资金: both describe the money.
        if other.start != end + 1 or doc.text[end] not in "、和与" or not _is_donor(text, other):
            break
        end = other.end
    funds = words.of_funds.match(doc.text, end, token.start)
    return bool(funds) and mention.rank == 1


def _is_topic(text: _Text, mention: Mention) -> bool:
    """在某产业园，30多名工人…: a body the sentence begins with is what it is about."""
    doc = text.doc
    sentence = doc.sentence(mention.start)[0]
    front = doc.text[sentence : mention.start].strip("“ 　")
    return mention.rank == 2 and front == "在" and doc.text.startswith(("，", ","), mention.end)


def _is_donor(text: _Text, mention: Mention) -> bool:
    return mention.rank == 1 and text.home.helps(mention.name)


def _carries(text: _Text, token: Token, mention: Mention, clause: int) -> bool:
    """Whether what opened an earlier clause is still spoken of; a helping place soon is not."""
    if not _is_donor(text, mention):
        return True
    if mention.rank == 1 and _GOES_ON.match(text.doc.text, clause):
        return True
    return token.kind == "people" and not re.search(
        "就业|务工|带动|吸纳|受益|劳动力|群众|学生|培训|学员|农户|村民",
        text.doc.text[clause : token.end + 8],
    )


def _counts_places(text: _Text, token: Token, index: int, *, close: bool) -> bool:
    """大新、天等、龙州、宁明4个县, 四县共…: the four are of the place above them."""
    if token.kind != "count":
        return False
    if not close:
        return token.unit in _PLACE_UNITS
    if (token.unit or "")[-1:] not in _PLACE_UNITS and (token.head or "")[-1:] not in _PLACE_UNITS:
        return False
    mention, before = text.mentions[index], text.mentions[max(index - 1, 0)]
    between = text.doc.text[before.end : mention.start]
    return before is not mention and between.strip() in ("、", "和", "与", "及")


def _counted(text: _Text, mention: Mention, *, close: bool) -> bool:
    """甲镇、乙镇、丙镇3个乡镇新增…: about the three, not about the last of them."""
    before = text.doc.text[mention.start - 1 : mention.start]
    return before in tuple("、和及与") and not close and bool(
        _COUNTED.match(text.doc.text, mention.end)
    )  # fmt: skip


def _body_again(text: _Text, token: Token, clause: int) -> str | None:
    """产业园由某地援建，总投资…: the bare noun means the body named in full before."""
    doc = text.doc
    sentence = doc.sentence(token.start)[0]
    for start in (clause, sentence, doc.line(token.start)[0]):
        bare = text.lexicon.words.bare_body.match(doc.text, start, token.start)
        if not bare:
            continue
        index = bisect_left(text.starts, start) - 1
        while index >= 0 and text.starts[index] >= start - _SAME_BODY:
            mention = text.mentions[index]
            if mention.rank == 2 and mention.name.endswith(bare[1]):
                return mention.name
            index -= 1
    return None


def _own(text: _Text, mention: Mention) -> str:
    """全县 is the text's own place; 市本级 of 南平市 is 南平市本级."""
    name = text.home.name
    if mention.name in text.lexicon.words.home_words:
        return _meant(text, mention) or name or mention.name
    if name and mention.name.endswith("本级") and len(mention.name) == 3:
        if name.endswith(mention.name[0]):
            return name[:-1] + mention.name
    return mention.name


def _meant(text: _Text, mention: Mention) -> str | None:
    """该村, and 全镇 in a text about a county: the village or town named last."""
    kind = mention.name[-1]
    name = text.home.name or ""
    if kind not in _PLACE_UNITS or name.endswith(kind) or mention.name[0] == "我":
        return None
    if mention.name[0] != "该" and kind not in "镇乡村":
        return None
    words = text.lexicon.words.home_words
    index = bisect_left(text.starts, mention.start)
    for earlier in reversed(text.mentions[max(index - _STEPS, 0) : index]):
        if earlier.rank == 1 and earlier.name.endswith(kind) and earlier.name not in words:
            return earlier.name
    return None


def _opens(text: _Text, mention: Mention) -> bool:
    """Whether a mention begins its clause, or stands behind 其中, 截至… and the like."""
    before = text.doc.text[mention.start - 1 : mention.start]
    return (
        mention.start == 0 or before in "，,。；;：:？?！!\n 　“”【】）)年月日来①②③④⑤⑥⑦⑧⑨⑩●■◆▪" or mention.rank == 3
        or _is_topic(text, mention)
    )  # fmt: skip
