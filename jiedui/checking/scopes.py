"""The scope of a quantity: the nearest place, body or person it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from .document import Document
from .lexicon import PLACE_SUFFIXES, Lexicon, short_place
from .tokens import Token

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NAMED_PLACE = re.compile(
    r"(?:自治[区州县旗]|地区|新区|街道|社区|市|州|县|区|旗|镇|乡|村)"
    r"(?![\u4e00-\u9fff]?(?:长|委书记)|委|政府|人民政府|人大|政协|协|纪委|域|级|直|城|财政|书记|民)"
)
_VISIT = re.compile("考察|调研|参观|观摩|洽谈|投资")
_NEW_POINT = re.compile(
    r"[\s——■●]*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]|[（(]?[一二三四五六七八九十\d]{1,2}[)）、.])"
)
_HE = re.compile(r"[，,](?:他|她)(?!们)")
_NOT_IN_BODY = frozenset("的了在由与和及为是有将把被让使、")
_MOST_STEMS = 60
_SELF = re.compile(r"我(?![市县省区州国镇村们])")
_OWN_SUBJECT = (
    "全市",
    "全县",
    "全省",
    "全区",
    "全州",
    "全镇",
    "全村",
    "我市",
    "我县",
    "我省",
    "我区",
    "我州",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place, body or person named in the text; ``rank`` 2 for bodies, 1 places, 3 persons."""

    start: int
    end: int
    name: str
    rank: int


def find_mentions(doc: Document, lexicon: Lexicon) -> list[Mention]:
    """Every mention in order, longest first where they overlap; linear in the text."""
    text = doc.text
    found: list[Mention] = []
    for match in lexicon.region_pattern.finditer(text):
        end = _with_suffix(text, match.end())
        found.append(Mention(match.start(), end, text[match.start() : end], 1))
    known = {mention.end for mention in found}
    stems: dict[str, int] = {}
    for match in _NAMED_PLACE.finditer(text):
        if match.end() in known or text.startswith(("本级", "直", "级"), match.end()):
            continue
        edge = _left_edge(text, match.start(), 4, known, lexicon.words.place_stop)
        if match.start() - edge == 4:
            # No boundary was found: most names of counties and villages have two characters.
            edge = match.start() - 2
        start = _without_verb(text, edge, match.start(), lexicon)
        name = text[start : match.end()]
        if len(name) >= 3 - (match[0] in "县") and not _common(name, lexicon):
            if _is_half(text, start, name, known, lexicon):
                # 从江县, 同心县: what looks like a preposition begins the name of a county.
                start, name = start - 1, text[start - 1] + name
            found.append(Mention(start, match.end(), name, 1))
            known.add(match.end())
            if match[0] in "市县区" and len(name) == 3:
                stems[name[:2]] = stems.get(name[:2], 0) + 1
    found += _short_names(text, list(stems)[:_MOST_STEMS])
    found += _bodies(text, lexicon, sorted(mention.start for mention in found))
    for word in lexicon.words.own:
        pos = text.find(word)
        while pos >= 0:
            found.append(Mention(pos, pos + len(word), word, 1))
            pos = text.find(word, pos + len(word))
    found += _persons(text, lexicon)
    return [mention for mention in _outermost(found) if not _quoted(text, mention)]


def _is_half(text: str, start: int, name: str, known: set[int], lexicon: Lexicon) -> bool:
    """江县 in 从江县: two characters that are no county by themselves."""
    if len(name) != 2 or name in lexicon.words.short_counties or start in known:
        return False
    return start > 0 and bool(_HAN.match(text[start - 1]))


def _short_names(text: str, stems: list[str]) -> list[Mention]:
    """Once a text has said 某某县, 某某 alone is that county."""
    if not stems:
        return []
    pattern = re.compile("|".join(map(re.escape, stems)))
    return [Mention(m.start(), m.end(), m[0], 1) for m in pattern.finditer(text)]


def _bodies(text: str, lexicon: Lexicon, places: list[int]) -> list[Mention]:
    """Bodies named with a place: what stands before the place is no part of the name."""
    found = []
    for match in lexicon.words.body_pattern.finditer(text):
        edge = _left_edge(text, match.start(), 20, set(), _NOT_IN_BODY)
        index = bisect_left(places, edge)
        if index < len(places) and places[index] < match.start():
            found.append(Mention(places[index], match.end(), text[places[index] : match.end()], 2))
    return found


def _without_verb(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """落户某县 names 某县: a verb or preposition at the front is no part of the name."""
    for match in lexicon.words.verb_front.finditer(text, start, end):
        if len(match[0]) > 1:
            start = match.end()
    for words in (lexicon.words.landing, lexicon.words.adjunct):
        for word in words:
            if text.startswith(word, start) and start + len(word) <= end:
                return start + len(word)
    if text[start - 1 : start + 1] == "其中":
        return start + 1
    return start


def _quoted(text: str, mention: Mention) -> bool:
    """Within short quotation marks a place belongs to the name of an event."""
    before = text[max(mention.start - 14, 0) : mention.start]
    opened = before.rfind("“")
    return opened >= 0 and "”" not in before[opened:] and "，" not in before[opened:]


def _common(name: str, lexicon: Lexicon) -> bool:
    ends = lexicon.words.place_ends
    return name.endswith(ends) or name[:1] in ("该", "各", "本", "此", "某")


def _with_suffix(text: str, end: int) -> int:
    if text[max(end - 2, 0)] in "全我" or text.startswith("地区生产", end):
        return end
    for suffix in PLACE_SUFFIXES:
        if text.startswith(suffix, end) and not text.startswith(
            ("级", "域", "长", "委书记", "民"), end + len(suffix)
        ):
            return end + len(suffix)
    return end


def _left_edge(text: str, pos: int, most: int, ends: set[int], stop: frozenset[str]) -> int:
    """How far left a name may reach: to a character no name holds, or the end of another name."""
    start = pos
    while start > 0 and pos - start < most and start not in ends:
        char = text[start - 1]
        if not _HAN.match(char) or char in stop:
            break
        start -= 1
    return start


def _persons(text: str, lexicon: Lexicon) -> list[Mention]:
    """People named often enough to be what the text is about."""
    names = Counter(m[1] for m in lexicon.words.person_pattern.finditer(text))
    found: list[Mention] = []
    for name, _ in names.most_common(3):
        places = [m.start() for m in re.finditer(re.escape(name), text)]
        if len(name) > 1 and len(places) >= 5:
            found += [Mention(at, at + len(name), name, 3) for at in places]
    return found


def _outermost(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(mention)
    return kept


def default_scope(doc: Document, mentions: list[Mention], lexicon: Lexicon) -> str | None:
    """What the whole text is about: a body in the title, or else what it names most often.

    A place that only its suffix tells counts from its second mention on."""
    title_end = doc.text.find("\n")
    title_end = title_end if 0 < title_end <= 60 else 0
    weight: Counter[str] = Counter()
    longest: dict[str, str] = {}
    guessed: Counter[str] = Counter()
    for mention in mentions:
        if mention.rank == 3 or mention.name in _OWN_SUBJECT:
            continue
        if mention.rank == 2 and mention.start >= title_end:
            continue
        key = short_place(mention.name) if mention.rank == 1 else mention.name
        if len(key) < 2 or mention.name.endswith("本级"):
            continue
        if mention.rank == 1 and key not in lexicon.regions:
            guessed[key] += 1
            longest.setdefault(key, mention.name)
            if guessed[key] == 1 and mention.start >= title_end:
                continue
        title = mention.start < title_end
        worth = (100 if mention.rank == 2 else 3) if title else 1
        weight[key] += worth if key in lexicon.words.east else 2 * worth
        known = longest.get(key)
        if known is None or len(mention.name) > len(known):
            longest[key] = mention.name
    weight = weight or guessed
    if not weight:
        return None
    return longest[weight.most_common(1)[0][0]]


def set_scopes(
    doc: Document, tokens: list[Token], mentions: list[Mention], lexicon: Lexicon
) -> None:
    """Set ``scope`` of every token: in its clause, its sentence, its paragraph, or the text."""
    default = default_scope(doc, mentions, lexicon)
    starts = [mention.start for mention in mentions]
    persons = [mention for mention in mentions if mention.rank == 3]
    landed: tuple[int, str] | None = None
    for index, token in enumerate(tokens):
        if token.scope is not None:
            continue
        sentence = doc.sentence(token.start)[0]
        landing = _landing(doc, token, mentions, starts, lexicon)
        if landing:
            landed = (token.end, landing)
        elif landed and landed[0] >= sentence and not _between(starts, landed[0], token.start):
            landing = landed[1]
        if index and not landing and _coordinate(doc, tokens[index - 1], token):
            token.scope = tokens[index - 1].scope
            continue
        token.scope = (
            landing
            or (_person(doc, token, persons) if persons else None)
            or _nearest(doc, token, mentions, starts, default, lexicon)
            or default
        )


def _coordinate(doc: Document, one: Token, two: Token) -> bool:
    """7家机关和5个食堂: joined by 和 within a few characters."""
    gap = doc.text[one.end : two.start]
    return one.kind != "date" and len(gap) <= 8 and gap.endswith(("和", "及", "与"))


def _between(starts: list[int], low: int, high: int) -> bool:
    """Whether a mention other than the landing place itself begins between the two."""
    return bisect_left(starts, high) - bisect_left(starts, low) > 1


def _person(doc: Document, token: Token, persons: list[Mention]) -> str | None:
    """他 is the person named last; a speech with 我 is that of the one the text is about."""
    clause = doc.text[doc.clause(token.start)[0] : token.start]
    said = doc.text[doc.sentence(token.start)[0] : token.start]
    line = doc.line(token.start)[0]
    if clause.lstrip("”“ ").startswith(("他", "她")) or _HE.search(said):
        near = [person for person in persons if line - 400 <= person.start < token.start]
        return near[-1].name if near else None
    speech = doc.text[max(line, token.start - 80) : token.start]
    opened = speech.rfind("“")
    if opened >= 0 and "”" not in speech[opened:] and _SELF.search(speech, opened):
        return persons[0].name
    return None


def _landing(
    doc: Document, token: Token, mentions: list[Mention], starts: list[int], lexicon: Lexicon
) -> str | None:
    """12个项目落地某县 is about that county."""
    clause_end = doc.clause(token.start)[1]
    index = bisect_left(starts, token.end)
    if index < len(mentions) and mentions[index].start < clause_end:
        mention = mentions[index]
        between = doc.text[token.end : mention.start]
        if len(between) > 14 or mention.rank != 1:
            return None
        came = between.endswith(("到", "来", "赴")) and _VISIT.match(doc.text, mention.end)
        if came or between.endswith(lexicon.words.landing):
            return mention.name
    return None


def _nearest(
    doc: Document,
    token: Token,
    mentions: list[Mention],
    starts: list[int],
    default: str | None,
    lexicon: Lexicon,
) -> str | None:
    text = doc.text
    line = doc.line(token.start)[0]
    clause = doc.clause(token.start)[0]
    sentence = doc.sentence(token.start)[0]
    index = bisect_left(starts, token.start) - 1
    steps = 0
    inner = None
    while index >= 0 and mentions[index].start >= line and steps < 24:
        mention = mentions[index]
        steps += 1
        index -= 1
        if mention.end > token.start:
            continue
        gap = text[mention.end : token.start]
        if mention.start >= clause and len(gap) <= 1:
            return _completed(mention, default)
        if _is_adjunct(text, mention, lexicon) or _is_attribute(text, mention):
            continue
        if mention.start >= clause:
            if mention.name in _OWN_SUBJECT and default:
                return default
            return _completed(mention, default)
        if mention.start >= sentence and _opens(text, mention):
            return (
                default
                if mention.name in _OWN_SUBJECT and default
                else _completed(mention, default)
            )
        if mention.start < sentence and _opens(text, mention) and mention.rank != 2:
            if _NEW_POINT.match(text, sentence) or doc.sentence(mention.start)[1] < sentence - 1:
                return None
            return (
                default
                if mention.name in _OWN_SUBJECT and default
                else _completed(mention, default)
            )
    return inner


def _completed(mention: Mention, default: str | None) -> str:
    """市本级 of the text's own place: 南平市 and 市本级 make 南平市本级."""
    if default and mention.name.endswith("本级") and len(mention.name) == 3:
        if default.endswith(mention.name[0]):
            return default[:-1] + mention.name
    return mention.name


def _is_adjunct(text: str, mention: Mention, lexicon: Lexicon) -> bool:
    return text[max(mention.start - 4, 0) : mention.start].endswith(lexicon.words.adjunct)


def _is_attribute(text: str, mention: Mention) -> bool:
    """福田企业, 广东市场: the place describes a noun and is not what is spoken of."""
    return text.startswith(
        (
            "企业",
            "市场",
            "籍",
            "等地",
            "方向",
            "之间",
            "等省",
            "等东部",
            "干部",
            "口味",
            "模式",
            "话",
        ),
        mention.end,
    )


def _opens(text: str, mention: Mention) -> bool:
    """Whether a mention begins its clause, or stands behind 其中, 截至… and the like."""
    before = text[mention.start - 1 : mention.start]
    return mention.start == 0 or before in "，,。；;：:\n 　“”】）)年月日来" or mention.rank == 3


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two scopes name one place, with or without its suffix."""
    if one is None or other is None:
        return one is other
    return one == other or short_place(one) == short_place(other)
