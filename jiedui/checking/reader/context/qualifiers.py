"""The qualifiers of a quantity: 其中, 累计, 新增, 共, 同比, 达, 每 … as written."""

from __future__ import annotations

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.tokens import Token


def set_qualifiers(doc: Document, tokens: list[Token], lexicon: Lexicon) -> None:
    """Set ``qual`` from the words between the clause's start, or the figure before, and the span."""
    before = 0
    for token in tokens:
        start = max(doc.clause(token.start)[0], before, token.start - 40)
        words = [m[0] for m in lexicon.words.qual_pattern.finditer(doc.text, start, token.start)]
        token.qual = tuple(dict.fromkeys(words))
        before = token.end
