"""The period of a quantity, from the dates and words of time before it."""

from __future__ import annotations

import re
from bisect import bisect_right

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.outline import Outline
from jiedui.checking.reader.tokens import Token

from .frames import frames, own_period
from .markers import CLAUSE, OPEN, PARAGRAPH, Marker, Now, find_markers, retrospect, time_words

_STANDING = ("县", "区", "镇", "乡", "村", "市", "省", "州", "季度", "街道", "社区", "字")
_REACHED = re.compile(
    r"(?:覆盖|惠及|涉及|辐射|走访|遍布|联系|新增|新建|新认定|新创建|实施|打造|创建|建设|建成|完成)[了到至全约近、\d个\u4e00-\u9fff]{0,8}$"
)
_LEVEL = re.compile(r"(?:现有|拥有|尚有|设有|下辖|辖)[\u4e00-\u9fff]{0,12}$")
_EXTENT = re.compile(r"(?:占地|总?面积|全长|海拔|距离|相距)[^，。；\d]{0,5}$")
_SO_FAR = re.compile(r"累计|历年|总计已")
_IN_ORDER = re.compile(r"(?:依次|分别)(?:为|是|达到|达|有|完成|实现)?[^，。；\n\d]{0,10}$")
_OF_A_TARGET = re.compile(r"[^，。；]{0,10}(?:任务|目标|计划)[^，。；]{0,4}的\s?$")
_FRONT = 3
_PAY = re.compile(
    r"月(?:薪|工资|收入)[^，。；、\d]{0,5}$|每月[^，。；、\d]{0,4}[拿挣赚][^，。；、\d]{0,3}$"
)
_YEAR_BEFORE = re.compile(
    r"(?:上年|[较比]去年)(?:末|底|度)?[的（(为是]{0,2}(?:约|近|超过)?$|(?:上年|去年)(同期)[^，。；;\d增降升减涨提上下]{0,6}$"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SETTLED = re.compile(r"整改|解决|排查|发现|化解|办结|销号")
_TOPICS = ("问题", "方面", "领域", "环节", "专业", "类别", "门类", "重点", "原则", "科室")
_LIST_GAP = re.compile(r"\s?[、，,和与及]\s?(?:约|近|超过)?")


def set_periods(outline: Outline, tokens: list[Token], lexicon: Lexicon, year: str) -> None:
    """Set ``period`` of every token; None where the text does not date it."""
    doc = outline.doc
    title = own_period(outline, tokens)
    month = title if title and len(title) == 7 and "H" not in title and "Q" not in title else None
    words = time_words(doc.text)
    now = Now(title[:4] if title else year, month, outline.issued)
    markers = find_markers(doc, tokens, words, now)
    known = frames(outline, tokens, markers, title)
    back = retrospect(words, doc.published, outline.title_end)
    starts = [frame.start for frame in known]
    positions = [marker.pos for marker in markers]
    cells = _dated_cells(doc)
    for token in tokens:
        if token.kind in ("date", "age", "code", ""):
            continue
        if token.kind == "duration":
            token.period = back
            continue
        if token.start in cells:
            token.period = cells[token.start] or None
            continue
        marker = _marker(outline, token, markers, positions)
        if _PAY.search(doc.text, max(token.start - 10, 0), token.start):
            token.period = "每月"
            continue
        if marker is not None:
            token.period = marker.period or None
            continue
        if _standing(doc, token):
            continue
        framed = known[bisect_right(starts, token.start) - 1].period
        token.period = framed or back
        if token.period and _is_running(doc, token, token.period):
            token.period = None
    _of_the_year_before(doc, tokens)
    _in_order(doc, tokens, markers, positions)


def _of_the_year_before(doc: Document, tokens: list[Token]) -> None:
    """较上年的4950万元, 上年同期57.6%: what this year is compared with."""
    for token in tokens:
        if not token.period or token.kind in ("date", "duration"):
            continue
        said = _YEAR_BEFORE.search(doc.text, max(token.start - 12, 0), token.start)
        year = _YEAR.search(token.period) if said else None
        if said is None or year is None:
            continue
        if said[1]:
            token.period = _YEAR.sub(lambda found: str(int(found[0]) - 1), token.period)
        else:
            token.period = str(int(year[0]) - 1)


def _marker(
    outline: Outline, token: Token, markers: list[Marker], positions: list[int]
) -> Marker | None:
    """The nearest word of time before a figure that reaches it."""
    doc = outline.doc
    clause, line = doc.clause(token.start)[0], doc.line(token.start)[0]
    sentence = doc.sentence(token.start)[0]
    stands = token.kind == "ordinal" or _standing(doc, token)
    floor = clause if stands else _paragraph_before(doc, line)
    section = outline.section(token.start)
    index = bisect_right(positions, token.start) - 1
    while index >= 0 and markers[index].pos >= floor:
        marker = markers[index]
        index -= 1
        if marker.closed and token.start > marker.closed:
            continue
        if token.kind == "percent" and _OF_A_TARGET.match(doc.text, marker.pos, token.start):
            # 完成年度任务的80%: the year is that of the task.
            continue
        if marker.pos >= clause or (marker.reach > CLAUSE and marker.pos >= sentence):
            return marker
        if marker.reach >= PARAGRAPH and marker.pos >= line:
            return marker
        if marker.reach == PARAGRAPH:
            # It was the last word of the paragraph before; what held earlier is over.
            return None
        if marker.reach == OPEN and marker.pos < line and _goes_on(outline, marker, section):
            return marker
    return None


def _goes_on(outline: Outline, marker: Marker, section: int) -> bool:
    """以来 and 截至 hold for the next paragraph too, unless another section begins there."""
    own, doc = outline.section(marker.pos), outline.doc
    opens = doc.sentence(marker.pos)[0] <= doc.line(marker.pos)[0] + _FRONT
    return opens and own in (section, -1)


def _paragraph_before(doc: Document, line: int) -> int:
    """The start of the last line with text before the one at ``line``."""
    while line > 0:
        line, end = doc.line(line - 1)
        if doc.text[line:end].strip():
            return line
    return 0


def _standing(doc: Document, token: Token) -> bool:
    """N个县 and the like stand for longer than any date near them; so do ages and floors."""
    if token.kind in ("age",) or token.unit == "楼":
        return True
    if token.kind == "measure":
        return bool(_EXTENT.search(doc.text, max(token.start - 12, 0), token.start))
    if token.kind != "count":
        return False
    head = token.head or ""
    start = max(doc.clause(token.start)[0], token.start - 24)
    if head.endswith(_TOPICS) or token.unit in ("类", "大", "样", "方面"):
        return not _SETTLED.search(doc.text, start, token.start)
    if head.endswith(_STANDING) or (token.unit or "") in _STANDING:
        if head.endswith(("示范村", "示范县")):
            return False
        return not _REACHED.search(doc.text, start, token.start)
    return bool(_LEVEL.search(doc.text, start, token.start)) or _is_subject(doc, token)


def _is_subject(doc: Document, token: Token) -> bool:
    """20家帮扶车间每家吸纳26人: what a sentence begins with is there already."""
    sentence = doc.sentence(token.start)[0]
    return token.start == sentence and "每" in doc.text[token.end : token.end + 16]


def _is_running(doc: Document, token: Token, period: str) -> bool:
    """累计 in a text about one year counts from earlier; the frame does not say since when."""
    if period.startswith("截至") or period.endswith("以来") or "~" in period:
        return False
    start = max(doc.clause(token.start)[0], token.start - 30)
    return bool(_SO_FAR.search(doc.text, start, token.start))


def _dated_cells(doc: Document) -> dict[int, str]:
    """Cells of columns or rows that are called after a year: 2022年 | 2023年."""
    found: dict[int, str] = {}
    for table in doc.tables:
        for row in table.rows:
            label = re.match(r"((?:19|20)\d\d)年?度?$", row.label)
            for cell in row.cells:
                year = re.match(r"((?:19|20)\d\d)年", cell.noun) if cell else None
                if cell and (year or label):
                    found[cell.start] = (year or label or [""])[1]
                elif cell and "累计" in cell.noun:
                    found[cell.start] = ""
    return found


def _in_order(
    doc: Document, tokens: list[Token], markers: list[Marker], positions: list[int]
) -> None:
    """2021年、2022年分别为3个、5个; 2019年至2023年依次为…: each figure has its own year."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.kind in ("date", "ordinal", "duration", ""):
            continue
        clause = max(doc.clause(token.start)[0], token.start - 30)
        if not _IN_ORDER.search(doc.text, clause, token.start):
            continue
        run = [token]
        while index < len(tokens) and _follows(doc, run[-1], tokens[index]):
            run.append(tokens[index])
            index += 1
        years = _years(doc, token, markers, positions)
        if len(run) > 1 and len(years) == len(run):
            for one, year in zip(run, years, strict=True):
                one.period = year


def _follows(doc: Document, one: Token, two: Token) -> bool:
    gap = doc.text[one.end : two.start]
    return (one.kind, one.unit) == (two.kind, two.unit) and bool(_LIST_GAP.fullmatch(gap))


def _years(doc: Document, token: Token, markers: list[Marker], positions: list[int]) -> list[str]:
    sentence = doc.sentence(token.start)[0]
    index = bisect_right(positions, token.start)
    near = [marker for marker in markers[max(index - 12, 0) : index] if marker.pos >= sentence]
    if not near:
        return []
    span = re.fullmatch(r"(\d{4})~(\d{4})", near[-1].period)
    if span and int(span[2]) - int(span[1]) < 12:
        return [str(year) for year in range(int(span[1]), int(span[2]) + 1)]
    years = [marker.period for marker in near if re.fullmatch(r"\d{4}(?:-[HQ]\d)?", marker.period)]
    return years if len(years) == len(near) else []
