"""The places, bodies and persons a text names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import PLACE_SUFFIXES, Lexicon

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NAMED_PLACE = re.compile(
    r"(?:自治[区州县旗]|地区|新区|街道|社区|市|州|县|区|旗|镇|乡(?![村镇土亲贤情愁音])|村(?![级集企庄落容]|干部|两委))"
    r"(?![\u4e00-\u9fff]?(?:长|委书记)|委|政府|人民政府|人大|政协|协|纪委|域|级|直|城|财政|书记|民)"
)
_NOT_IN_BODY = frozenset("的了在由与和及为是有将把被让使、")
_NUMERALS = frozenset("三四五六七八九")
_HEADLINE = 50
_OFTEN = 3
"""A county named so often without its 县 is no chance meeting of two characters."""
_COUNTING = frozenset("0123456789一二两三四五六七八九十百千万余多几数各每这")
_APART = frozenset("，。、；：！？“（,;:(\n 　与和赴在到来向对从由给")
_MOST_STEMS = 60
_WITHIN = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治[县旗州区]|[省市州县区旗])")
_COUNTS = "一二三四五六七八九十"
_COUNTED = re.compile(
    r"(?<!\d)([\d二三四五六七八九十]\d?)个?(?:县|市|区|旗|州|乡镇|镇|乡|村)(?![级域民])"
)
_BEFORE_A_LIST = re.compile(
    r".*(?:来自|涉及|覆盖|包括|惠及|[在到赴向给对为：:，。；\n])", re.DOTALL
)
_LISTED_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}")
_CALLING = re.compile(
    r"(?P<party>[甲乙丙]方)(?:（[^）\n]{0,12}）)?[：:][ \t\u3000]*|^(?P<to>[\u4e00-\u9fff]{3,24})[：:][ \t]*$",
    re.MULTILINE,
)
_SPOKEN = re.compile(r"[甲乙丙]方|贵[省市州县区旗](?![\u4e00-\u9fff]?[省市州]阳)")
_MAY_SPEAK = re.compile("[甲乙丙贵][方省市州县区旗]")
_NO_SUFFIX = ("级", "域", "长", "委书记", "民", "政", "场", "间")
_SUFFIX = re.compile(f"(?:{'|'.join(PLACE_SUFFIXES)})(?!级|域|长|委书记|民)")


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
    for start, end in known_places(text, lexicon):
        found.append(Mention(start, end, text[start:end], 1))
    known = {mention.end for mention in found}
    covered = {pos for mention in found for pos in range(mention.start, mention.end)}
    stems: dict[str, int] = {}
    for match in _NAMED_PLACE.finditer(text):
        if (
            match.start() in covered
            or match.end() in known
            or text.startswith(("本级", "直", "级"), match.end())
        ):
            continue
        edge = _left_edge(text, match.start(), 4, known, lexicon.words.place_stop)
        if match.start() - edge == 4:
            # No boundary was found: most names of counties and villages have two characters.
            edge = match.start() - 2
        start = _without_verb(text, edge, match.start(), lexicon)
        if match.start() - start == 1 and text[start - 1 : start] in _NUMERALS:
            # 八寨镇, 九龙乡: a numeral that begins a name, and counts nothing there.
            start -= not _HAN.match(text[start - 2 : start - 1])
        if text[start] in "年月日" and text[start - 1 : start].isdigit():
            start += 1
        name = text[start : match.end()]
        if len(name) >= 3 - (match[0] in "县") and not _common(name, lexicon):
            if _is_half(text, start, name, known, lexicon):
                # 从江县, 同心县: what looks like a preposition begins the name of a county.
                start, name = start - 1, text[start - 1] + name
            found.append(Mention(start, match.end(), name, 1))
            known.add(match.end())
            if match[0] in "市县区" and len(name) == 3:
                stems[name[:2]] = stems.get(name[:2], 0) + 1
    found += _listed(text)
    found += _short_names(text, list(stems)[:_MOST_STEMS])
    found += _bodies(text, lexicon, sorted(mention.start for mention in found))
    for match in lexicon.words.own_pattern.finditer(text):
        found.append(Mention(match.start(), match.end(), match[0], 1))
    found += _persons(text, lexicon)
    kept = [mention for mention in _outermost(found) if not _quoted(text, mention)]
    called = _called(text, kept, lexicon)
    return _outermost([*called, *kept]) if called else kept


def place_within(name: str, lexicon: Lexicon) -> str:
    """The innermost place a body is called after: 贵州省沿河县人民政府 → 沿河县; "" for none."""
    found, at = "", 0
    for start, end in known_places(name, lexicon):
        found, at = name[start:end], end
    while inner := _WITHIN.match(name, at):
        found, at = inner[0], inner.end()
    return found


def _listed(text: str) -> list[Mention]:
    """大新、天等、龙州、宁明4个县: as many names as counted are places, known or not."""
    found: list[Mention] = []
    for match in _COUNTED.finditer(text):
        if len(match[1]) > 2:
            continue
        low = max(match.start() - 60, 0)
        front = _BEFORE_A_LIST.match(text, low, match.start())
        start = front.end() if front else low
        names = re.split("[、和及与]", text[start : match.start()])
        count = int(match[1]) if match[1].isdigit() else _COUNTS.find(match[1]) + 1
        if count == len(names) > 1 and all(_LISTED_NAME.fullmatch(name) for name in names):
            for name in names:
                found.append(Mention(start, start + len(name), name, 1))
                start += len(name) + 1
    return found


def _called(text: str, mentions: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """甲方 and 贵区 are the places that the head of the text says they are."""
    if not _MAY_SPEAK.search(text):
        return []
    names: dict[str, str] = {}
    starts = [mention.start for mention in mentions]
    for match in _CALLING.finditer(text):
        word = match["party"] or "贵"
        at = match.end() if match["party"] else match.start("to")
        index = bisect_left(starts, at)
        if word in names or index == len(starts) or starts[index] > at + 1:
            continue
        while index + 1 < len(starts) and starts[index + 1] == mentions[index].end:
            index += 1
        name = mentions[index].name
        names[word] = place_within(name, lexicon) or name
    if not names:
        return []
    spoken = _SPOKEN.finditer(text)
    return [
        Mention(m.start(), m.end(), names[word], 1)
        for m in spoken
        if (word := m[0] if m[0][0] != "贵" else "贵") in names
        and not text.startswith(("：", ":"), m.end())
    ]


def known_places(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The places of the gazetteer; a county needs its 县, its other name nearby or its city."""
    index = lexicon.place_index
    counties, bare = lexicon.places_known.counties, lexicon.words.not_bare
    found: list[tuple[int, int]] = []
    loose: list[tuple[int, int]] = []
    told: set[str] = set()
    end = 0
    for match in lexicon.place_front.finditer(text):
        pos = match.start()
        names = index.get(text[pos : pos + 2]) if pos >= end else None
        name = next((n for n in names if text.startswith(n, pos)), None) if names else None
        if name is None:
            continue
        end = pos + len(name)
        if name in lexicon.regions:
            if text.startswith("真金白银", max(pos - 2, 0)):
                continue
            end = _with_suffix(text, end)
            found.append((pos, end))
        else:
            full = _county_end(text, end, counties[name].endings, lexicon)
            if full:
                told.add(name)
                found.append((pos, full))
                end = full
            elif name not in bare and len(name) > 1:
                loose.append((pos, end))
            else:
                end = pos + 1
    cities = {
        city: city in text for city in {c for a, b in loose for c in counties[text[a:b]].above}
    }
    often = Counter(text[a:b] for a, b in loose if text[a - 1 : a] in _APART)
    for start, end in loose:
        name = text[start:end]
        in_title = start < _HEADLINE and not re.search(r"\n|[\u4e00-\u9fff]$", text[:start])
        near = name in told or in_title or often[name] >= _OFTEN
        if near or any(cities[city] for city in counties[name].above):
            found.append((start, end))
    return sorted(found)


def _county_end(text: str, end: int, endings: frozenset[str], lexicon: Lexicon) -> int:
    """Where 互助县 or 互助土族自治县 ends, behind the short name; 0 for the short name alone."""
    full = lexicon.words.self_governing.match(text, end)
    if full:
        return full.end()
    for suffix in endings:
        if text.startswith(suffix, end) and not text.startswith(_NO_SUFFIX, end + 1):
            return end + 1
    return 0


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
            name = text[places[index] : match.end()]
            if name.startswith(tuple(lexicon.words.home_words)) or lexicon.words.founding.search(
                name, 0, len(name) - 3
            ):
                continue
            found.append(Mention(places[index], match.end(), text[places[index] : match.end()], 2))
    return found


def _without_verb(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """落户某县 names 某县: a verb or preposition at the front is no part of the name."""
    for match in lexicon.words.verb_front.finditer(text, start, end):
        if len(match[0]) > 1:
            start = match.end()
    arrival = lexicon.words.arrival.match(text, start, end)
    if arrival:
        return arrival.end()
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
    return name.endswith(ends) or name[:1] in ("该", "各", "本", "此", "某", "月", "年")


def _with_suffix(text: str, end: int) -> int:
    if text[max(end - 2, 0)] in "全我" or text.startswith("地区生产", end):
        return end
    suffix = _SUFFIX.match(text, end)
    return suffix.end() if suffix else end


def _left_edge(text: str, pos: int, most: int, ends: set[int], stop: frozenset[str]) -> int:
    """How far left a name may reach: to a character no name holds, or the end of another name."""
    start = pos
    while start > 0 and pos - start < most and start not in ends:
        char = text[start - 1]
        if not "\u4e00" <= char <= "\u9fff" or char in stop:
            break
        if char in "家场" and text[start - 2 : start - 1] in _COUNTING:
            # 5家, 三场 count; 张家滩镇 and 羊场镇 are called so.
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
