"""The place a whole text is about: that of its title, its letterhead, or the one it names most."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .lexicon import Lexicon, short_place
from .mentions import Mention
from .outline import Outline

_TITLE, _TITLE_BODY, _LETTERHEAD = 3, 100, 4
_LETTERHEAD_LONGEST = 40
_MOST = 200
_FRONT_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?[省市州县区旗]")


@dataclass(frozen=True, slots=True)
class Home:
    """``name`` is what the text is about; ``donors`` are the names of places that help it."""

    name: str | None
    donors: frozenset[str]

    def helps(self, name: str) -> bool:
        return name in self.donors


def home_of(outline: Outline, mentions: list[Mention], lexicon: Lexicon) -> Home:
    """A body in the title, or else the place the text names most; helping places weigh half.

    A place that only its suffix tells counts from its second mention on.
    """
    donors = _donors(outline, mentions, lexicon)
    weight: Counter[str] = Counter()
    longest: dict[str, str] = {}
    guessed: Counter[str] = Counter()
    places = sorted({m.name for m in mentions if m.rank == 1}, key=len, reverse=True)[:_MOST]
    for mention in mentions:
        if mention.rank == 3 or mention.name in lexicon.words.home_words:
            continue
        in_title = mention.start < outline.title_end
        if mention.rank == 2 and not (in_title and _is_subject(outline, mention, lexicon)):
            if in_title or _signs(outline, mention):
                _weigh_signature(mention, places, donors, weight, longest)
            continue
        key = short_place(mention.name) if mention.rank == 1 else mention.name
        if len(key) < 2 or mention.name.endswith("本级"):
            continue
        if mention.rank == 1 and not lexicon.knows(key):
            guessed[key] += 1
            longest.setdefault(key, mention.name)
            if guessed[key] == 1 and not in_title:
                continue
        worth = (_TITLE_BODY if mention.rank == 2 else _TITLE) if in_title else 1
        weight[key] += worth if mention.name in donors else 2 * worth
        known = longest.get(key)
        if known is None or len(mention.name) > len(known):
            longest[key] = mention.name
    weight = weight or guessed
    name = longest[weight.most_common(1)[0][0]] if weight else None
    if name in donors and name not in outline.title and _speaks_of_us(mentions, lexicon):
        # 全县 and 我县 are the other side's, which the text does not name.
        name = None
    return Home(name, frozenset(donor for donor in donors if donor != name))


def _speaks_of_us(mentions: list[Mention], lexicon: Lexicon) -> bool:
    return any(mention.name in lexicon.words.home_words for mention in mentions)


def _signs(outline: Outline, mention: Mention) -> bool:
    """A body that stands alone in a line above or below the text."""
    doc = outline.doc
    start, end = doc.line(mention.start)
    line = doc.text[start:end].strip()
    return len(line) <= _LETTERHEAD_LONGEST and line[-1:] not in "。：:；，" and "，" not in line


def _weigh_signature(
    mention: Mention,
    places: list[str],
    donors: set[str],
    weight: Counter[str],
    longest: dict[str, str],
) -> None:
    """镇原县乡村振兴局 under a text: it is about 镇原县."""
    place = next((name for name in places if mention.name.startswith(name)), None)
    if place is None:
        named = _FRONT_PLACE.match(mention.name)
        place = named[0] if named else None
    if place is not None and place not in donors:
        key = short_place(place)
        weight[key] += 2 * _LETTERHEAD
        longest.setdefault(key, place)


def _is_subject(outline: Outline, mention: Mention, lexicon: Lexicon) -> bool:
    """A body a text is about: neither the office that issues it nor where a speaker works."""
    doc = outline.doc
    if doc.text[: mention.start].strip() and doc.line(mention.start)[0] >= doc.line(0)[1]:
        return False
    if mention.name.endswith(lexicon.words.issuers):
        return False
    return not lexicon.words.officer.match(doc.text, mention.end)


def _donors(outline: Outline, mentions: list[Mention], lexicon: Lexicon) -> set[str]:
    """The places of the helping provinces, and any that 帮扶, 援建, 援助 another."""
    text = outline.doc.text
    found: set[str] = set()
    for index, mention in enumerate(mentions):
        if mention.rank != 1:
            continue
        if lexicon.is_east(mention.name):
            found.add(mention.name)
            continue
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if after is None or after.rank != 1 or after.start - mention.end > 8:
            continue
        between = text[mention.end : after.start]
        if lexicon.words.giving.search(between) and not lexicon.is_east(after.name):
            found.add(mention.name)
    return found
