"""The check sheet (核校单) as plain values: what HTML and PDF both write, in the same words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from jiedui.ledger import heads
from jiedui.lib.periods import CHINA
from jiedui.lib.places import pairing_key
from jiedui.lib.version import VERSION
from jiedui.regions import places

from . import checksheet_text
from .checks import Checked
from .checksheet_text import SIGNS, Piece
from .checksheet_words import asked, known, since
from .ledger import Verdict
from .reader.model import Finding
from .rules import fingerprint

SHOWN = 300_000
"""Code points of one text that a sheet prints; what was found is listed for the whole text."""
LISTED = 3000
"""Figures and troubles of one text that a sheet lists; the sheet says how many there are more."""
HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something to be dealt with: a difference (≠) or numbers that contradict one another (Σ).

    ``number`` is that of the mark in the text, 0 for none; ``lines`` are labelled sentences.
    """

    number: int
    sign: str
    title: str
    arithmetic: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the text beside what the ledger says."""

    number: int
    sign: str
    written: str
    name: str
    known: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class TextSheet:
    """One text: its head, its marks, what was found. ``remarks`` say what the sheet leaves out."""

    name: str
    title: str
    about: tuple[tuple[str, str], ...]
    conclusion: str
    counts: tuple[tuple[str, str, int], ...]
    troubles: tuple[Trouble, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    has_title: bool
    lines: tuple[Line, ...]
    notes: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """The sheet of one check, of one text or several; ``made_at`` is an aware instant."""

    title: str
    who: str
    made_at: datetime
    sheets: tuple[TextSheet, ...]

    @property
    def day(self) -> str:
        """The China day of the check."""
        return self.made_at.astimezone(CHINA).date().isoformat()


def check_sheet(
    checks: Sequence[Checked],
    *,
    who: str,
    made_at: datetime,
    may_read_book: Callable[[str], bool] = lambda _book: True,
) -> CheckSheet:
    """The sheet of the checks of one call.

    The same checks, person and instant are the same sheet. A book's hash is shown where
    ``may_read_book`` allows it, as on the page of a figure. No checks are a sheet without texts.
    """
    sheets = tuple(_text_sheet(one, who, made_at, may_read_book) for one in checks)
    title = sheets[0].title if len(sheets) == 1 else _("%d 篇文稿") % len(sheets)
    return CheckSheet(title, who, made_at, sheets)


def _text_sheet(
    checked: Checked, who: str, made_at: datetime, may_read_book: Callable[[str], bool]
) -> TextSheet:
    marks = checksheet_text.marks(checked)
    numbers = {(mark.start, mark.end): mark.number for mark in marks}
    paragraphs = checksheet_text.paragraphs(checked.text[:SHOWN], marks)
    title = checksheet_text.title(checked.text)
    troubles = _troubles(checked, numbers)
    verdicts = sorted(checked.verdicts, key=lambda one: one.quantity.start)
    lines = tuple(_line(checked, one, numbers) for one in verdicts[:LISTED])
    return TextSheet(
        name=checked.name,
        title=title,
        about=_about(checked, who, made_at, may_read_book),
        conclusion=_conclusion(len(troubles)),
        counts=_counts(checked),
        troubles=troubles[:LISTED],
        paragraphs=paragraphs,
        has_title=checksheet_text.has_title(paragraphs),
        lines=lines,
        notes=tuple(
            (finding.message, finding.arithmetic)
            for finding in checked.reading.findings
            if finding.severity == "note"
        )[:LISTED],
        remarks=_remarks(checked, len(troubles)),
    )


def _about(
    checked: Checked, who: str, made_at: datetime, may_read_book: Callable[[str], bool]
) -> tuple[tuple[str, str], ...]:
    """The head of the sheet as pairs of label and words."""
    pair = checked.pairing
    named = "" if pair is None else places.pairing_names([pair]).get(pair, pairing_key(pair))
    moment = made_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    rows = [
        (_("文稿"), checked.name),
        (_("核校人"), who),
        (_("结对"), named or _("文中没有认出")),
        (_("核校时间"), _("%s（北京时间）") % moment),
        (_("截至"), checked.day.isoformat()),
        (_("账头"), f"#{checked.head}"),
    ]
    books = [_book(key, checked.head, may_read_book) for key in _books(checked)]
    rows.append((_("所查账簿"), "；".join(books) or _("没有可查的账簿")))
    rows.append(
        (
            _("程序"),
            _("结对 %(version)s，核校规则 %(rules)s")
            % {"version": VERSION, "rules": fingerprint()},
        )
    )
    return tuple(rows)


def _books(checked: Checked) -> list[str]:
    """The books that answered, by key."""
    pairings = {
        one.answer.question.pairing or checked.pairing for one in checked.verdicts if one.answer
    }
    return sorted({places.book(pairing) for pairing in pairings if pairing is not None})


def _book(key: str, head: int, may_read_book: Callable[[str], bool]) -> str:
    seq, digest = heads.book_head(key, head)
    if not seq:
        return _("%s（空）") % key
    said = _("%(book)s 第 %(seq)d 笔") % {"book": key, "seq": seq}
    return f"{said} {digest[:HASH_SHOWN]}" if may_read_book(key) else said


def _conclusion(troubles: int) -> str:
    if troubles:
        return _("有 %d 处需要处理。") % troubles
    return _("没有发现与账不符或自相矛盾的数。")


def _counts(checked: Checked) -> tuple[tuple[str, str, int], ...]:
    """Sign, word and number of each verdict, and of the contradictions within the text."""
    results = [one.result for one in checked.verdicts]
    stated = sum(finding.severity == "error" for finding in checked.reading.findings)
    doubts = sum(finding.severity == "warn" for finding in checked.reading.findings)
    return (
        (SIGNS["ok"], _("相符"), results.count("agrees")),
        (SIGNS["ne"], _("不符"), results.count("differs")),
        (SIGNS["su"], _("自相矛盾"), stated),
        (SIGNS["su"], _("存疑"), doubts),
        (SIGNS["no"], _("账上没有"), results.count("absent")),
    )


def _troubles(checked: Checked, numbers: dict[tuple[int, int], int]) -> tuple[Trouble, ...]:
    found = [
        (one.quantity.start, 0, _difference(checked, one, numbers))
        for one in checked.verdicts
        if one.result == "differs"
    ]
    found += [
        (one.start, 1, _contradiction(checked, one, numbers))
        for one in checked.reading.findings
        if one.severity != "note"
    ]
    return tuple(trouble for *_place, trouble in sorted(found, key=lambda item: item[:2]))


def _difference(checked: Checked, one: Verdict, numbers: dict[tuple[int, int], int]) -> Trouble:
    answer = one.answer
    assert answer is not None
    lines = [
        (_("文中"), checksheet_text.written(checked.text, one.quantity)),
        (_("账上"), f"{known(answer, one.quantity.orig_unit)}（{since(answer)}）"),
    ]
    if one.quantity.id in checked.by_hand:
        lines.append((_("读法"), _("人工改认")))
    if one.reason:
        lines.append((_("可能的原因"), one.reason))
    lines.append((_("出处"), answer.question.address))
    return Trouble(
        number=numbers.get((one.quantity.start, one.quantity.end), 0),
        sign=SIGNS["ne"],
        title=_("与账不符：%s") % asked(answer),
        arithmetic="",
        lines=tuple(lines),
    )


def _contradiction(
    checked: Checked, finding: Finding, numbers: dict[tuple[int, int], int]
) -> Trouble:
    word = _("文中自相矛盾") if finding.severity == "error" else _("存疑，请核实")
    lines = [(_("判断"), word)]
    here = not finding.files or set(finding.files) == {checked.name}
    involved = [
        f"[{numbers[span]}] {checked.text[slice(*span)]}"
        for span in finding.spans
        if here and span in numbers
    ]
    if len(involved) > 1:
        lines.append((_("所涉"), "、".join(involved)))
    if finding.files and not here:
        lines.append((_("所涉文稿"), "、".join(dict.fromkeys(finding.files))))
    return Trouble(
        number=numbers.get((finding.start, finding.end), 0),
        sign=SIGNS["su"],
        title=finding.message,
        arithmetic=finding.arithmetic,
        lines=tuple(lines),
    )


def _line(checked: Checked, one: Verdict, numbers: dict[tuple[int, int], int]) -> Line:
    answer = one.answer
    kind = checksheet_text.KINDS[one.result]
    return Line(
        number=numbers.get((one.quantity.start, one.quantity.end), 0),
        sign=SIGNS[kind],
        written=checksheet_text.written(checked.text, one.quantity),
        name=asked(answer) if answer else (one.quantity.head or ""),
        known=known(answer, one.quantity.orig_unit) if answer else "",
        when=since(answer) if answer else "",
        reason=_reason(checked, one),
    )


def _reason(checked: Checked, one: Verdict) -> str:
    by_hand = _("人工改认") if one.quantity.id in checked.by_hand else ""
    return "；".join(part for part in (by_hand, one.reason) if part)


def _remarks(checked: Checked, troubles: int) -> tuple[str, ...]:
    """What the sheet does not show, and what a person set by hand, said."""
    said = []
    if checked.by_hand:
        said.append(_("其中 %d 个数的读法由人工改认。") % len(checked.by_hand))
    if len(checked.text) > SHOWN:
        said.append(_("文稿太长，只印出前 %d 字。") % SHOWN)
    if checked.reading.truncated:
        said.append(_("文中数字过多，只读到所列的最后一个。"))
    if max(len(checked.verdicts), troubles) > LISTED:
        said.append(_("各表只列前 %d 条。") % LISTED)
    return tuple(said)
