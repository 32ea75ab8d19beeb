"""The words around quantities, as one value built from ``words.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class HeadWords:
    """Words that decide where a noun phrase begins and ends."""

    noun_pairs: frozenset[str]
    noun_ends: frozenset[str]
    not_at_start: frozenset[str]
    people_verbs: frozenset[str]
    no_head: frozenset[str]
    organised: frozenset[str]
    said_for: Mapping[str, str]
    """What is spoken where a report has a noun: 花出去 is 支出资金."""
    alone: Mapping[str, str]
    """What money is called of which only is said what was done with it: 到位 is 到位资金."""
    state: re.Pattern[str]
    """Verbs alone, and where to: 已开工, 累计拨付, 到其他省份 name nothing."""
    done: re.Pattern[str]
    """资金已支出: what has happened to a noun, behind it."""
    states: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    away: re.Pattern[str]
    """省内就近 of 省内就近就业: where to, before what is done there."""

    def last_state(self, phrase: str) -> str:
        """What has happened to the things counted, 开工 of 已正常开工; "" for nothing known."""
        found = self.states.findall(phrase)
        return str(found[-1]) if found else ""


@dataclass(frozen=True)
class Words:
    """The words around quantities, as read from ``words.toml``."""

    prefixes: Mapping[str, str]
    prefix_pattern: re.Pattern[str]
    prefix_ends: frozenset[str]
    """The characters that ``prefix_pattern`` may end with."""
    not_after: Mapping[str, tuple[str, ...]]
    suffixes: Mapping[str, str]
    suffix_pattern: re.Pattern[str]
    quals: tuple[str, ...]
    qual_pattern: re.Pattern[str]
    link_tail: re.Pattern[str]
    breaks: re.Pattern[str]
    verb_front: re.Pattern[str]
    tails: tuple[str, ...]
    people: tuple[str, ...]
    people_named: re.Pattern[str]
    money: tuple[str, ...]
    money_pattern: re.Pattern[str]
    person_pattern: re.Pattern[str]
    growth_tail: re.Pattern[str]
    growth: re.Pattern[str]
    share: tuple[str, ...]
    adjunct: tuple[str, ...]
    landing: tuple[str, ...]
    arrival: re.Pattern[str]
    """落户, 位于: what leads to a place and is no part of its name."""
    body_pattern: re.Pattern[str]
    bare_body: re.Pattern[str]
    founding: re.Pattern[str]
    own_pattern: re.Pattern[str]
    heads: HeadWords
    place_stop: frozenset[str]
    not_place: frozenset[str]
    place_ends: tuple[str, ...]
    short_counties: frozenset[str]
    east: frozenset[str]
    helping: frozenset[str]
    """The provinces that help."""
    not_bare: frozenset[str]
    """Names of counties that are words too: they need their 县 or 区."""
    peoples: str
    self_governing: re.Pattern[str]
    giving: re.Pattern[str]
    of_funds: re.Pattern[str]
    named_thing: re.Pattern[str]
    home_words: frozenset[str]
    speaker: re.Pattern[str]
    officer: re.Pattern[str]
    issuers: tuple[str, ...]
    attributes: tuple[str, ...]
    destinations: tuple[str, ...]


def longest(words: Iterable[str]) -> tuple[str, ...]:
    """The words, each once, longest first."""
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def any_of(words: Iterable[str]) -> str:
    """An alternation of the words for a pattern, longest first."""
    return "|".join(re.escape(word) for word in longest(words))


def words_of(table: dict[str, Any]) -> Words:
    """The patterns and sets of the tables of ``words.toml``."""
    approx, function = table["approx"], table["function"]
    prefixes, suffixes = approx["prefix"], approx["suffix"]
    links, quals = any_of(function["links"]), table["qual"]["words"]
    money, person, scope = table["money"]["nouns"], table["person"], table["scope"]
    growth = table["growth"]
    return Words(
        prefixes=prefixes,
        prefix_pattern=re.compile(f"({any_of(prefixes)})(?:了)?$"),
        prefix_ends=frozenset({word[-1] for word in prefixes} | {"了"}),
        not_after={word: tuple(found) for word, found in approx["not_after"].items()},
        suffixes=suffixes,
        suffix_pattern=re.compile(any_of(suffixes)),
        quals=tuple(quals),
        qual_pattern=re.compile(any_of(quals)),
        link_tail=re.compile(f"(?:{links})$"),
        breaks=re.compile(any_of(function["breaks"])),
        verb_front=re.compile(f"(?:{any_of(function['verbs'])})"),
        tails=longest(function["tails"]),
        people=longest(table["people"]["nouns"]),
        people_named=re.compile(
            f"[\u4e00-\u9fff]{{0,2}}(?:{any_of(table['people']['called'])})(?!口)"
        ),
        money=longest(money),
        money_pattern=re.compile(any_of(money)),
        person_pattern=re.compile(
            f"(?:{any_of(person['roles'])})([{person['surnames']}][\u4e00-\u9fff]{{1,2}}?)"
            f"(?=[{person['after']}\\s])"
        ),
        growth_tail=re.compile(f"(?:{any_of(growth['words'])})$"),
        growth=re.compile(
            "同比|环比|较上年|比上年|较去年|比去年|增长|下降|增幅|降幅|提高|回落|上升"
        ),
        share=longest(growth["share"]),
        adjunct=longest(scope["adjunct"]),
        landing=longest(scope["landing"]),
        arrival=re.compile(f"{any_of(scope['landing'])}|{any_of(scope['adjunct'])}"),
        body_pattern=re.compile(f"(?:{any_of(scope['bodies'])})(?![区\\d])"),
        founding=re.compile(any_of(scope["founding"])),
        bare_body=re.compile(
            f"\\s*(?:该|这个|目前|如今)?({any_of(scope['bodies'])})(?![、和与及])"
        ),
        own_pattern=re.compile(any_of([*scope["own"], *scope["home_words"]])),
        heads=_head_words(table["heads"], function["verbs"]),
        place_stop=frozenset(scope["stop"]),
        not_place=frozenset(scope["not_place"]),
        place_ends=longest(scope["not_place"]),
        short_counties=frozenset(scope["short_counties"]),
        east=frozenset(scope["east"]),
        helping=frozenset(scope["helping"]),
        not_bare=frozenset(scope["not_bare"]),
        peoples=any_of(scope["peoples"]),
        self_governing=re.compile(f"(?:{any_of(scope['peoples'])}){{1,5}}自治[县旗州]"),
        home_words=frozenset(scope["home_words"]),
        speaker=re.compile(
            f"[^，。；\\d\n]{{0,10}}?(?:{any_of(scope['speakers'])})[^，。；\\d\n]{{0,8}}?(?:{any_of(scope['says'])})"
        ),
        officer=re.compile(f"[^，。；\\d\\s]{{0,3}}(?:{any_of(scope['speakers'])}|医生|教师|干部)"),
        issuers=longest(scope["issuers"]),
        attributes=longest(scope["attributes"]),
        destinations=longest(scope["destinations"]),
        giving=re.compile(f"(?:{any_of(scope['giving'])})"),
        of_funds=re.compile(f"(?:{any_of(scope['of_funds'])})"),
        named_thing=re.compile(f"[^，。；：、\\d\n]{{0,14}}?(?:{any_of(scope['named_thing'])})"),
    )


def _head_words(table: dict[str, Any], verbs: list[str]) -> HeadWords:
    nouns = {key: found for key, found in table.items() if isinstance(found, dict)}
    sets = {key: frozenset(found) for key, found in table.items() if key not in nouns}
    states, adverbs = sets.pop("states"), sets.pop("adverbs")
    whither = any_of(sets.pop("whither"))
    without_noun = f"{any_of([*states, *adverbs, *verbs])}|{whither}"
    return HeadWords(
        **sets,
        said_for=nouns["said_for"],
        alone=nouns["alone"],
        state=re.compile(f"(?:{without_noun})+[了的]?"),
        done=re.compile(f"(?:已经?|均已|全部|累计)(?:{any_of(states)})[了的]?$"),
        states=re.compile(any_of(states)),
        behind=re.compile(f"(?<=..)(?:{any_of(states)})+\\Z"),
        away=re.compile(f"\\A(?:{whither})+(?=..)"),
        before=re.compile(f"\\A(?:{any_of(states)})+(?=..)"),
    )
