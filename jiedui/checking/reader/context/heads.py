"""The head of a quantity: the noun it counts, before it (项目80个) or behind it (20位客商)."""

from __future__ import annotations

import re

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon, short_place
from jiedui.checking.reader.outline import Outline
from jiedui.checking.reader.tokens import Token

from .borrowing import ITEMS, Borrowing
from .comparing import compared
from .counting import activity, finished
from .mentions import Mention
from .occasions import event, of_a_date, of_a_length, profile
from .phrases import noun_after, noun_before, tidy

_SO_FAR = re.compile(r"多?(?:以来|来)")
_LEFT_FIRST = frozenset(("amount", "percent", "person_times", "ratio"))
_CONDITION = re.compile(r"(?:以上|以内|以下|左右)?的")


def name_heads(
    outline: Outline, tokens: list[Token], mentions: list[Mention], lexicon: Lexicon
) -> None:
    """Set ``head`` of every token, in order, so that later ones may take over earlier heads."""
    doc = outline.doc
    starts = {mention.start: mention.end for mention in mentions if mention.rank != 2}
    posting = profile(doc, mentions)
    known = Borrowing(doc, outline, lexicon)
    for index, token in enumerate(tokens):
        if token.head is None:
            if token.kind == "date":
                token.head = of_a_date(doc, token)
            elif token.kind == "duration" and posting and _SO_FAR.match(doc.text, token.end):
                token.head = posting
            elif token.kind == "duration" and of_a_length(doc, token):
                token.head = of_a_length(doc, token)
            else:
                token.head = finished(doc, token, _named(known, tokens, index, starts), lexicon)
        known.keep(token)


def _named(known: Borrowing, tokens: list[Token], index: int, starts: dict[int, int]) -> str | None:
    """The noun beside a figure; behind it what is borrowed, last the words beside it as they are."""
    doc, lexicon, token = known.doc, known.lexicon, tokens[index]
    of_another = compared(doc, tokens, index)
    if of_another:
        return of_another
    after = tokens[index + 1].start if index + 1 < len(tokens) else len(doc.text)
    left, raw = _left_of(doc, tokens, index, starts, lexicon)
    right = noun_after(doc, token, after, lexicon)
    known.lefts[index] = left
    of_others = _told_by_others(known, tokens, index, left, raw, right)
    if of_others:
        return of_others
    if right and index and left == tokens[index - 1].head and _is_joined(doc, tokens, index):
        left = ""
    is_state = raw not in ITEMS and bool(lexicon.words.heads.state.fullmatch(raw))
    is_place = bool(left) and left[-1] not in "人项" and lexicon.knows(short_place(left))
    if is_place:
        is_state, raw = True, ""
    if is_state or left in lexicon.words.heads.no_head:
        left = ""
    all_of_them = known.union(tokens, index) if left in ("", tokens[index - 1].head) else None
    head = all_of_them or known.price(tokens, index) or _choose(doc, token, left, right, lexicon)
    label = known.label(tokens, index) if head in (None, "到位") else None
    if label:
        return known.with_state(label, "" if head else lexicon.words.heads.last_state(raw))
    if head or (raw and not is_state and raw not in lexicon.words.heads.no_head):
        if head or token.kind not in ("ordinal", "duration"):
            return head or raw
    state = lexicon.words.heads.last_state(raw) if is_state else None
    sent = token.kind == "people" and raw in lexicon.words.heads.people_verbs
    if sent:
        earlier = known.taken_over(tokens, index, "") or ""
        return earlier if earlier.startswith(raw) else known.doing(token) or raw
    return (
        known.money_of(tokens, index, joined="")
        or known.beside(tokens, index)
        or _ahead(doc, tokens, index, lexicon)
        or known.elsewhere(tokens, index, raw)
        or known.did(tokens, index)
        or known.taken_over(tokens, index, state)
        or known.said_before(token)
        or known.of_the_unit(tokens, index)
        or (None if state is None else known.topic(token, state))
        or known.people_named(token)
        or (state or raw if token.kind not in ("ordinal", "duration") else None)
        or known.money_of(tokens, index, joined="、，,")
        or known.taken_over(tokens, index, "")
    )


def _told_by_others(
    known: Borrowing, tokens: list[Token], index: int, left: str, raw: str, right: str
) -> str | None:
    """就业类4个项目396万元, 每座900立方米, 其他支出426万元, 接诊80人次: no noun of their own, yet named."""
    token = tokens[index]
    if token.kind == "amount":
        if index and left == known.doc.text[tokens[index - 1].end : token.start]:
            money = known.money_of(tokens, index, joined="")
            if money:
                return money
        if raw[:2] in ITEMS and len(raw) > 3:
            return raw
    if right:
        return None
    doing = activity(raw) if token.kind == "person_times" else None
    return known.each(tokens, index) or known.average(tokens, index) or doing


def _left_of(
    doc: Document, tokens: list[Token], index: int, starts: dict[int, int], lexicon: Lexicon
) -> tuple[str, str]:
    """What stands before a figure, or before the condition on it: 稳定就业6个月以上的2715人."""
    token = tokens[index]
    before = tokens[index - 1].end if index else 0
    left, raw = noun_before(doc, token, before, starts, lexicon)
    if not left and index and _CONDITION.fullmatch(doc.text, before, token.start):
        before = tokens[index - 2].end if index > 1 else 0
        return noun_before(doc, tokens[index - 1], before, starts, lexicon)
    return left, raw


def _is_joined(doc: Document, tokens: list[Token], index: int) -> bool:
    """10名党政干部和96名专技人才: the noun before is that of the figure before."""
    gap = doc.text[tokens[index - 1].end : tokens[index].start]
    return gap.endswith(("和", "及", "与", "、"))


def _choose(doc: Document, token: Token, left: str, right: str, lexicon: Lexicon) -> str | None:
    if token.kind == "percent":
        return left or None
    if token.unit == "楼":
        return "楼层"
    if token.kind == "count" and (token.unit in lexicon.places or token.unit in ("季度", "部门")):
        return token.unit
    if token.kind == "people":
        right = _person(right, lexicon)
        if token.approx == "约数":
            return right or left or None
    counted_left = bool(left) and left.endswith(lexicon.words.tails)
    if counted_left and right and _closes_a_list(doc, token):
        counted_left = False
    if token.kind in _LEFT_FIRST or doc.text[token.end - 1 : token.end] == "人":
        return left or right or None
    if token.kind in ("ordinal", "duration", "age"):
        return right or left or None
    return (left if counted_left else right or left) or None


def _person(phrase: str, lexicon: Lexicon) -> str:
    """26名干部挂职单位和区域 are 25 cadres: a long tail behind the noun of persons is cut off."""
    for size in range(2, min(len(phrase) - 3, 9)):
        if phrase[:size].endswith(lexicon.words.people):
            return phrase[:size]
    return phrase


def _closes_a_list(doc: Document, token: Token) -> bool:
    """产业、就业、人才四个专班: the words before are the list, the noun follows."""
    start = doc.clause(token.start)[0]
    return "、" in doc.text[max(start, token.start - 24) : token.start]


def _ahead(doc: Document, tokens: list[Token], index: int, lexicon: Lexicon) -> str | None:
    """Ordinals and durations look further on: 第6批26名干部, 一年来，工作机制不断完善."""
    token = tokens[index]
    if token.kind == "ordinal":
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following and following.start == token.end:
            return noun_after(doc, following, len(doc.text), lexicon) or None
        rest = doc.text[token.end : min(doc.clause(token.end)[1], token.end + 14)]
        return tidy(rest.rstrip("，,。；;：:、\n")) or None
    if token.kind == "duration":
        return event(doc, token)
    return None
