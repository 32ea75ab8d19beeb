"""``read`` and ``read_many``: from a text to its quantities, relations and findings."""

from __future__ import annotations

from collections.abc import Sequence

from .across import compare
from .context.heads import name_heads
from .context.mentions import find_mentions
from .context.periods import set_periods
from .context.qualifiers import set_qualifiers
from .context.respective import assign
from .context.scopes import set_scopes
from .context.years import resolve_dates, year_in_force
from .document import open_document
from .findings import findings_of
from .lexicon import DEFAULT, Lexicon
from .model import Quantity, Reading
from .outline import outline_of
from .quantity.bounds import interval
from .quantity.scan import Scan
from .relations.relations import relate
from .tokens import Token

LONGEST = 2_000_000
"""Code points of a text that are read: a book of a thousand pages."""


def read(text: str, *, published_on: str | None = None, lexicon: Lexicon = DEFAULT) -> Reading:
    """Every quantity of ``text``, how they relate, and what does not add up.

    ``published_on`` is an ISO date; without one the reader looks for it in the head of the text.
    Spans count code points of ``text`` as given. An empty text is an empty Reading. Never raises
    for any text; takes time linear in its length.
    """
    doc = open_document(text[:LONGEST], lexicon, published_on)
    scan = Scan(doc, lexicon, (doc.published or "")[:4])
    scan.run()
    tokens = scan.tokens
    outline = outline_of(doc)
    year = year_in_force(outline, tokens, doc.published)
    resolve_dates(outline, tokens, year)
    mentions = find_mentions(doc, lexicon)
    name_heads(outline, tokens, mentions, lexicon)
    set_scopes(outline, tokens, mentions, lexicon)
    assign(doc, tokens, mentions)
    set_periods(outline, tokens, lexicon, year)
    set_qualifiers(doc, tokens, lexicon)
    quantities = [_quantity(text, token, n, lexicon) for n, token in enumerate(tokens, 1)]
    links = relate(doc, quantities, lexicon)
    return Reading(
        tuple(quantities),
        tuple(link.relation for link in links if link.relation),
        tuple(findings_of(doc, quantities, links)),
        tuple(scan.passed),
        scan.truncated or len(text) > LONGEST,
        scan.work,
        {quantity.id: quantity for quantity in quantities},
    )


def _quantity(text: str, token: Token, number: int, lexicon: Lexicon) -> Quantity:
    head = token.head
    return Quantity(
        id=f"q{number}",
        start=token.start,
        end=token.end,
        surface=text[token.start : token.end],
        kind=token.kind,  # type: ignore[arg-type]  # the scanner writes only these words
        value=token.value,
        unit=token.unit,
        orig_unit=token.orig_unit,
        approx=token.approx,
        qual=token.qual,
        head=head,
        indicator=lexicon.indicator(head) if head and token.kind != "date" else None,
        scope=token.scope,
        period=token.period,
        number=token.number if token.high is None else None,
        interval=interval(token),
        step=token.step,
        resolved=token.resolved,
        optional=token.optional,
        missing_unit=token.missing_unit,
    )


def read_many(
    texts: Sequence[tuple[str, str]],
    *,
    published_on: str | None = None,
    lexicon: Lexicon = DEFAULT,
) -> list[Reading]:
    """The readings of several (name, text) of one check, in order.

    The last step compares the same figure across the texts; what differs is a finding of the
    later text, whose ``files`` name the text of each span.
    """
    readings = [read(text, published_on=published_on, lexicon=lexicon) for _, text in texts]
    return compare([name for name, _ in texts], readings)
