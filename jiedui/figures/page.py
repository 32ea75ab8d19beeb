"""What the page of a figure shows, as plain values; the template only places them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jiedui.accounts.scope import Anyone
from jiedui.figures import checks, formats, known, permissions, pictures, sources
from jiedui.figures.answers import Answer, ask, ask_many, slice_of
from jiedui.figures.breakdown import Places, by_place
from jiedui.figures.explain import Explanation, Source, Step, explain
from jiedui.figures.known import Differences, Moment
from jiedui.figures.questions import Question, short_code
from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import Indicator, Measure
from jiedui.ledger import heads, left_out
from jiedui.lib.clock import today
from jiedui.lib.places import level_of, pairing_key
from jiedui.regions import places
from jiedui.ui.numbers import Number

RELATED = 6
BOOKS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """A name with its figure beside it, and where it leads."""

    name: str
    text: str
    href: str


def context(question: Question, *, user: Anyone, since: int | None) -> dict[str, Any]:
    """Everything on the page of one question; ``since`` is the head to compare with.

    The user is known to may read the question; a book's hash is shown to who may read the whole book.
    """
    answer = ask(question)
    explained = explain(question, answer=answer, reader=user)
    indicator = answer.indicator
    return {
        "question": question,
        "answer": answer,
        "indicator": indicator,
        "explained": explained,
        "approved": answer.approved,
        "table_unit": indicator.display_unit,
        "adds_up": indicator.measure.adds_up,
        "value_number": formats.shown(indicator, answer.approved),
        **_heading(question, answer),
        **_value(answer, explained),
        **_sum(answer, explained),
        "months": pictures.months(answer),
        **_places(answer),
        **_definition(answer),
        "known": _known(answer, since, user),
        **_omissions(answer, explained),
        "findings": _findings(answer, explained, user),
        **_behind(answer, explained, user),
    }


# What is asked.


def _heading(question: Question, answer: Answer) -> dict[str, Any]:
    pairing = _("全部结对")
    if question.pairing is not None:
        pairing = places.pairing_names([question.pairing])[question.pairing].replace("—", " ⇄ ")
    whole = catalogue.get(answer.indicator.whole) if answer.indicator.whole else None
    return {
        "place": formats.place_name(question),
        "scope_note": _scope_note(question),
        "pairing": pairing,
        "pairing_key": "" if question.pairing is None else pairing_key(question.pairing),
        "known_at": _known_at(question.known_at),
        "whole": whole and Link(whole.name, "", question.about(whole.code).address),
        "index_href": index_href(question),
        "export_href": _export_href(question),
        "quote": formats.sentence(answer),
    }


def _scope_note(question: Question) -> str:
    if question.own or level_of(question.region) >= 6:
        return ""
    return _("，含所辖县区与本级") if level_of(question.region) == 4 else _("，含所辖各地与本级")


def _known_at(head: int | None) -> str:
    if head is None:
        return ""
    day = known.day_of(head)
    return _("按 %(day)s 所知（#%(head)d）") % {"day": day or _("建账前"), "head": head}


def index_href(question: Question) -> str:
    """The list of all indicators for the same place, pairing and window."""
    start, end = question.window
    asked = {"region": short_code(question.region), "to": end.isoformat()}
    if start is not None:
        asked["from"] = start.isoformat()
    if question.pairing is not None:
        asked["pairing"] = pairing_key(question.pairing)
    return f"{reverse('figures:index')}?{urlencode(asked)}"


def _export_href(question: Question) -> str:
    path, _mark, query = question.address.removeprefix("/f/").partition("?")
    href = reverse("figures:export", args=path.split("/"))
    return f"{href}?{query}" if query else href


# The value.


def _value(answer: Answer, explained: Explanation) -> dict[str, Any]:
    digits, unit = formats.alone(answer.indicator, answer.approved)
    notes = ""
    if len(answer.versions) > 1:
        notes = _("跨 %d 版口径") % len(answer.versions)
    standing = explained.standing
    return {
        "digits": digits,
        "unit": unit,
        "forms": formats.other_forms(answer.indicator, answer.approved),
        "nature": formats.nature(answer),
        "version_note": notes,
        "pending_note": _pending_note(answer, explained),
        "wording": explained.wording,
        "people": standing.reviewed if standing else "",
    }


def _pending_note(answer: Answer, explained: Explanation) -> str:
    waiting = next((group for group in explained.left_out if group.reason == "not_approved"), None)
    if answer.with_pending is None or waiting is None or not waiting.count:
        return ""
    digits, unit = formats.alone(answer.indicator, answer.with_pending)
    said = f"{answer.with_pending.bound.sign}{digits} {unit}".strip()
    word = _("含待审核为 %s") if answer.has_pending else _("含待审核仍为 %s")
    return (word + _("（%d 件）")) % (said, waiting.count)


def _sum(answer: Answer, explained: Explanation) -> dict[str, Any]:
    indicator = answer.indicator
    steps = [
        {
            "label": step.label,
            "note": step.note,
            "number": Number(formats.part_digits(indicator, step.amount), href=_step_href(step)),
        }
        for step in explained.steps
    ]
    note = _left_out_note(answer) or _stated_note(explained)
    if indicator.measure is Measure.RATIO:
        steps = [_side(answer, code) for code in (indicator.numerator, indicator.denominator)]
        note = _("分子 ÷ 分母，四舍五入")
    return {"steps": steps, "sum_note": note}


def _step_href(step: Step) -> str:
    """Where a line of the sum leads: its declaration, or the records below."""
    if step.declaration is not None:
        return sources.record_href(step.declaration.record)
    return "#sources"


def _left_out_note(answer: Answer) -> str:
    """Why the sum is not exact, when something lies across the window's edge."""
    figure = answer.approved
    said = []
    if figure.cut_declarations:
        said.append(_("%d 个跨窗口的汇总数未分解") % figure.cut_declarations)
    if figure.crossing:
        said.append(_("%d 个交叉的汇总数未计") % figure.crossing)
    if figure.cut_entries:
        said.append(_("%d 笔跨窗口的记录未计") % figure.cut_entries)
    return "，".join(said)


def _stated_note(explained: Explanation) -> str:
    """Whether the parts reach what was stated for the whole."""
    stated = explained.stated
    if stated is None or stated.adds or stated.value != explained.answer.amount:
        return ""
    return _("与同一范围的汇总数相符")


def _side(answer: Answer, code: str) -> dict[str, Any]:
    side = ask(answer.question.about(code), pending=False)
    unit = side.indicator.display_unit
    word = _("分子") if code == answer.indicator.numerator else _("分母")
    return {"label": f"{word} {side.indicator.name}", "note": unit, "number": formats.cell(side)}


# The parts.


def _places(answer: Answer) -> dict[str, Any]:
    found = by_place(answer)
    title = _("按县") if level_of(answer.question.region) == 4 else _("按地区")
    rows = _place_rows(answer, found) if found.parts else []
    return {"places_title": title, "child_rows": rows}


def _place_rows(answer: Answer, found: Places) -> list[dict[str, Any]]:
    indicator, question = answer.indicator, answer.question
    if not indicator.measure.adds_up:
        return [
            _place_row(part.code, _("本级") if part.own else part.name, "un" if part.own else "")
            | {"total": formats.shown(indicator, part.figure, href=part.question.address)}
            for part in found.parts
        ]
    asked = [part.question for part in found.parts] + [question]
    held = left_out.held([slice_of(one) for one in asked], head=question.known_at)
    whole = answer.amount or 0
    rows = []
    for part, details in zip(found.parts, held, strict=False):
        amount = part.figure.amount or 0
        row = _place_row(part.code, part.name, "un" if part.own else "")
        total = formats.shown(indicator, part.figure, href=part.question.address)
        rows.append(row | _amounts(indicator, details, amount, whole) | {"total": total})
    if found.rest:
        details = held[-1] - sum(held[:-1])
        row = _place_row(0, _("未分县") if level_of(question.region) == 4 else _("未分地区"), "un")
        rows.append(row | _amounts(indicator, details, found.rest, whole))
    row = _place_row(question.region, formats.place_name(question), "sum")
    total = formats.shown(indicator, answer.approved)
    rows.append(row | _amounts(indicator, held[-1], whole, whole) | {"total": total})
    return rows


def _place_row(code: int, name: str, kind: str) -> dict[str, Any]:
    return {"code": short_code(code) if code else "", "name": name, "kind": kind}


def _amounts(indicator: Indicator, details: int, amount: int, whole: int) -> dict[str, Any]:
    share = formats.share(amount, whole) if amount else "—"
    return {
        "details": pictures.part(indicator, details, _("没有逐笔记录")),
        "adds": pictures.part(indicator, amount - details, _("没有汇总数补差")),
        "total": pictures.part(indicator, amount, _("没有记录")),
        "share": share,
    }


# The definition.


def _definition(answer: Answer) -> dict[str, Any]:
    indicator = answer.indicator
    unit = _("账存%(unit)s，表列%(display)s，四舍五入") % {
        "unit": _("分") if indicator.is_money else indicator.unit,
        "display": indicator.display_unit,
    }
    sides: list[Link] = []
    if indicator.measure is Measure.RATIO:
        sides = _links(answer.question, [indicator.numerator, indicator.denominator])
    return {
        "excludes": answer.versions[-1].excludes,
        "unit_note": unit if indicator.is_money else indicator.unit,
        "ratio_sides": sides,
        "related": _links(answer.question, related(indicator)),
    }


def related(indicator: Indicator) -> list[str]:
    """Codes worth a look beside this one: its whole, its parts, ratios and what they are made of."""
    codes = [indicator.whole] if indicator.whole else []
    codes += [part.code for part in catalogue.parts(indicator.whole or indicator.code)]
    for other in catalogue.all():
        if indicator.code in {other.numerator, other.denominator}:
            codes += [other.code, other.numerator, other.denominator]
    if not codes:
        line = [one.code for one in catalogue.of_line(indicator.line) if not one.whole]
        here = line.index(indicator.code)
        codes = line[max(0, here - 2) : here + 3]
    return [code for code in dict.fromkeys(codes) if code != indicator.code][:RELATED]


def _links(question: Question, codes: Sequence[str]) -> list[Link]:
    answers = ask_many([question.about(code) for code in codes], pending=False)
    return [
        Link(
            found.indicator.name,
            "".join((found.bound.sign, *formats.alone(found.indicator, found.approved))),
            found.question.address,
        )
        for found in answers
    ]


# What was known, what is left out, what stands behind.


def _known(answer: Answer, since: int | None, user: Anyone) -> dict[str, Any]:
    options = known.moments(today())
    head = known.chosen(options, answer.head, since)
    found = known.differences(answer, head, reader=user)
    return {
        "options": _options(options, head),
        "since": head,
        "until_options": _until(options, answer.question.known_at),
        "before_label": _("%s 所知") % _moment_label(options, head),
        "after_label": _("现在所知 #%d") % answer.head
        if answer.question.known_at is None
        else _("%s 所知") % _moment_label(options, answer.head),
        "before": formats.shown(
            answer.indicator,
            found.before.approved,
            href=found.before.question.address,
        ),
        "after": formats.shown(answer.indicator, answer.approved),
        "changes": _changes(answer, found),
        "more": found.more,
        "more_text": known.amount_text(answer, found.rest),
    }


def _changes(answer: Answer, found: Differences) -> list[dict[str, str]]:
    return [
        {
            "label": row.label,
            "note": row.note,
            "href": row.href,
            "text": known.amount_text(answer, row.amount),
        }
        for row in found.shown
    ]


def _head_label(head: int) -> str:
    day = known.day_of(head)
    return f"{day.isoformat()} #{head}" if day else _("建账前")


def _moment_label(options: Sequence[Moment], head: int) -> str:
    """The day that was chosen, not that of the last posting before it: "2023-12-14 日终 #19753"."""
    day = next((option.label.split()[0] for option in options if option.head == head), "")
    return f"{day} {_('日终')} #{head}" if day and head else _head_label(head)


def _options(options: Sequence[Moment], head: int) -> list[Moment]:
    if any(option.head == head for option in options):
        return list(options)
    return [Moment(head, _head_label(head)), *options]


def _until(options: Sequence[Moment], known_at: int | None) -> list[dict[str, Any]]:
    listed = [{"value": "", "label": _("现在"), "chosen": known_at is None}]
    shown = list(options) if known_at is None else _options(options, known_at)
    listed += [
        {"value": str(one.head), "label": one.label, "chosen": one.head == known_at}
        for one in shown
    ]
    return listed


def _omissions(answer: Answer, explained: Explanation) -> dict[str, Any]:
    groups = [
        {
            "label": group.label,
            "count": group.count,
            "number": pictures.part(answer.indicator, group.amount or 0, _("没有"))
            if answer.indicator.measure is not Measure.RATIO
            else Number(None, reason=_("比率不列数量")),
            "items": [
                {"title": title, "note": note, "href": href} for title, note, href in group.items
            ],
            "more": group.count - len(group.items),
        }
        for group in explained.left_out
    ]
    return {"left_out": groups, "left_out_count": sum(g.count for g in explained.left_out)}


def _findings(answer: Answer, explained: Explanation, user: Anyone) -> list[dict[str, Any]]:
    found = checks.findings(answer, explained.declarations)
    named = (posting for finding in found for posting in finding.postings)
    faces = sources.faces(named, reader=user)
    return [
        {
            "sentence": finding.sentence,
            "links": [
                {"name": faces[posting].number, "href": faces[posting].href}
                for posting in finding.postings
                if posting in faces and faces[posting].href
            ],
        }
        for finding in found
    ]


def _behind(answer: Answer, explained: Explanation, user: Anyone) -> dict[str, Any]:
    seqs = left_out.seqs(source.posting for source in explained.sources)
    books = list(dict.fromkeys(book for book, _seq in seqs.values()))
    if answer.question.pairing is not None and not books:
        books = [places.book(answer.question.pairing)]
    listed = []
    for key in books[:BOOKS]:
        seq, digest = heads.book_head(key, answer.head)
        if seq:
            # Length and hash of a chain tell of everything in it: they are for who may read it all.
            is_whole = permissions.may_read_book(user, key)
            listed.append({"key": key, "seq": seq, "hash": digest} if is_whole else {"key": key})
    names = places.names(
        {source.face.region for source in explained.sources if source.face}
        | {source.declaration.region for source in explained.sources if source.declaration}
    )
    return {
        "books": listed,
        "sources": [
            _source(answer.indicator, one, names, seqs[one.posting][1]) for one in explained.sources
        ],
        "source_count": explained.records + explained.declared,
    }


def _source(
    indicator: Indicator, source: Source, names: dict[int, str], seq: int
) -> dict[str, Any]:
    face, line = source.face, source.declaration
    region = line.region if line else face.region if face else 0
    return {
        "kind": face.kind if face else _("汇总数") if line else _("分录"),
        "number": face.number if face else str(source.record)[:8],
        "when": _when(source),
        "place": sources.place_of(line, names) if line else names.get(region, ""),
        "title": face.title if face else line.wording if line else str(source.record),
        "href": face.href if face else "",
        "text": formats.part_digits(indicator, source.amount),
        "evidence": face.evidence if face else (),
        "people": face.people if face else "",
        "seq": seq,
    }


def _when(source: Source) -> str:
    line, face = source.declaration, source.face
    if line is not None:
        return sources.span_text(line.start, line.end)
    if face is None or face.last is None:
        return ""
    return sources.span_text(face.first or face.last, face.last)
