"""The picker of indicators (选择指标): by name, alias, pinyin or its initials."""

from __future__ import annotations

from functools import cache

from pypinyin import Style, lazy_pinyin

from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator

LIMIT = 12


def find(text: str) -> list[Indicator]:
    """Indicators by what was typed, the best first; blank finds none, the number is not limited.

    到位投资, daowei and dwtz all find 实际到位投资额; a whole name comes before a beginning.
    """
    word = "".join(text.split()).lower()
    if not word:
        return []
    found = []
    for order, indicator in enumerate(catalogue.all()):
        rank = min(_rank(word, name) for name in (indicator.name, *indicator.aliases))
        if rank < _NONE:
            found.append((rank, len(indicator.name), order, indicator))
    return [one[-1] for one in sorted(found, key=lambda one: one[:3])]


_NONE = 9


def _rank(word: str, name: str) -> int:
    if word == name.lower():
        return 0
    if word.isascii():
        whole, initials = _spelt(name)
        if initials.startswith(word) or whole.startswith(word):
            return 1
        # One or two letters would be found inside nearly every name.
        return 3 if len(word) > 2 and (word in initials or word in whole) else _NONE
    if word in name.lower():
        return 1 if name.lower().startswith(word) else 2
    return _NONE


@cache
def _spelt(name: str) -> tuple[str, str]:
    """The pinyin of a name, and its initials."""
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    return "".join(syllables).lower(), "".join(one[:1] for one in syllables).lower()
