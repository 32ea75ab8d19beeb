"""The words of time of a text, what period each means, and how far it reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.tokens import Token

CLAUSE, SENTENCE, PARAGRAPH, OPEN = 1, 2, 3, 4
"""How far a marker reaches; OPEN goes on into the next paragraph of its section."""

_SINCE = re.compile(r"\s?(?:以来|起(?![草步来点源])|至今|以后)")
_FIVE_YEARS = re.compile("”(?:以来|期间|时期)")
_FIVE_YEARS_SINCE = re.compile("”?以来")
_SINCE_LATER = re.compile(
    r"[^，,。；;：:\n\d]{1,24}?(?:以来|至今|到现在|到今天|到目前|到如今)(?![的])"
)
_SETTLED = re.compile(r"[^，,。；;：:\n]{0,16}?(?:会议|审定|审议|印发|批准|批复|研究|备案|公示)")
_SINCE_THEN = re.compile(r"[^，,。；;：:\n\d]{1,24}?以来(?=[，,。；;\n])")
_FROM = re.compile(r"(?:自|从|自从)\s?$")
_COMPARED = re.compile(
    r"[较比与同]$|[好高低多少]于$|(?:\d年|今年|去年)(?:[^，。；\n]{0,6})?[是为]$"
)
_TIMES = re.compile(r"的(?:近|约|超)?[\d.一二两三四五六七八九十百]+(?:倍|成|%)")
_AS_OF = re.compile(r"(?:截至|截止|截止到|截至到|截止至)(?:目前|今年|去年|本年)?[，, ]?$")
_BEFORE = re.compile(r"(?:以前|之前|前)(?![后期往景三十五])")
_PLANNED = re.compile(r"预计|力争|确保|争取|计划|拟|须|务必|将(?![近军])")
_YEARLY = (
    r"(?<![\d今去前明当全本每同多近两三一四五六七八九十半青少成老往历度])年"
    r"(?=产|出栏|销售|收入|租金|增收|营业|加工|吞吐|发电|创收|分红|接待|供应|出货)"
)
_WORDS = re.compile(
    r"(?P<each>每年|年均|每月|月均|每天|日均|每季度|每周|一年能|一年可)"
    rf"|(?P<yearly>{_YEARLY})"
    r"|(?P<now>截至目前|截止目前|迄今|到目前为止)"
    r"|(?P<present>目前|现如今|如今|眼下|当前)(?=[，,]|[\u4e00-\u9fff])"
    r"|(?P<standing>现有|现已有|(?:建成|投产|达产|投用|竣工|运营)后)"
    r"|(?P<years>(?<!\d)(?:近|最近|过去|这)?[一两二三四五\d]{1,2}年(?:多)?(?:以)?来|这一年)"
    r"|(?P<event>(?<=[，,。；;：:\n])[\u4e00-\u9fff“”]{2,10}以来)"
    r"|(?P<year>本年度|本年(?!度)|(?P<task>(?:年度|全年)(?=计划|目标|任务|安排|预算))|全年(?!龄)|年内)"
    r"|(?P<first>前(?P<count>\d{1,2}|[二两三四五六七八九十]|十一)个月)"
    r"|(?P<month>当月|本月|这个月|该月)|(?P<last>上个月|上月)"
    r"|(?P<quarter>本季度|当季度?|该季度)|(?P<then>当年(?!的[^，。]{0,4}事))"
)
# What each of them begins with: one quick search finds where they may stand.
_MAY_BEGIN = re.compile(
    "[每年月日一截迄到目现如眼当近最过这两二三四五全本该上0-9][0-9]*|[建投达竣运](?=[成产用工营]后)|前(?=[0-9一二三四五六七八九十]{1,2}个月)"
)
_MAY_BE_SINCE = re.compile("[，,。；;：:\n](?=[\u4e00-\u9fff“”]{2,10}以来)")
_SILENT = {"standing": SENTENCE, "event": PARAGRAPH}
"""Words from which on no period is known: 现有, 建成后, 春节以来."""
_ENDS = ("底", "末", "年底")
_COUNTS = {"六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11}
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_OPENERS = re.compile(r"[^，,。；;：:\d]{0,12}[，,：:]?[^，,。；;：:\d]{0,8}$")
_ONE_YEAR = re.compile(r"(?:截至)?(\d{4})(?:-\d\d){0,2}$")
_MONTH = re.compile(r"(?:截至)?(\d{4})-(\d\d)(?:-\d\d)?$")


@dataclass(frozen=True, slots=True)
class Marker:
    """A word of time at ``pos``; an empty ``period`` says that none is known from here on."""

    pos: int
    period: str
    reach: int
    closed: int = 0
    """Where a bracket around the date ends; 0 outside brackets."""


@dataclass(frozen=True, slots=True)
class Now:
    """What 今年, 当月 and 一年来 are counted from: a year, a month, the day of the text."""

    year: str
    month: str | None
    day: str | None


def time_words(text: str) -> list[re.Match[str]]:
    """The words of time of a text in order, by the group of ``_WORDS`` they belong to."""
    starts = [match.start() for match in _MAY_BEGIN.finditer(text)]
    since = [match.end() for match in _MAY_BE_SINCE.finditer(text)]
    found: list[re.Match[str]] = []
    end = 0
    for start in sorted([*starts, *since]) if since else starts:
        match = _WORDS.match(text, start) if start >= end else None
        if match:
            found.append(match)
            end = match.end()
    return found


def find_markers(
    doc: Document, tokens: list[Token], words: list[re.Match[str]], now: Now
) -> list[Marker]:
    """Every marker of a text in order. Dates of names and those compared with are none."""
    markers = _of_dates(doc, tokens)
    positions = [marker.pos for marker in markers]
    dated = [token.start for token in tokens if token.kind == "date"]
    found: list[Marker] = []
    month = now.month
    seen = 0
    for match in words:
        index = bisect_right(positions, match.start())
        for marker in markers[seen:index]:
            known = _MONTH.match(marker.period)
            month = f"{known[1]}-{known[2]}" if known else month
        seen = index
        last = markers[index - 1] if index else None
        if doc.text[match.start() - 1 : match.start()] in ("比", "较"):
            continue
        said = _of_a_word(doc, match, now, month, last)
        if said is not None and not (match["event"] and _has_date(dated, match)):
            found.append(said)
    return sorted([*markers, *found], key=lambda marker: marker.pos)


def _has_date(dated: list[int], match: re.Match[str]) -> bool:
    index = bisect_right(dated, match.end())
    return index > 0 and dated[index - 1] >= match.start()


def _of_a_word(
    doc: Document, match: re.Match[str], now: Now, month: str | None, last: Marker | None
) -> Marker | None:
    pos = match.start()
    kind = match.lastgroup or ""
    if kind in ("each", "yearly"):
        return Marker(
            pos, _each(match[0]) if kind == "each" else _year_of(doc, last, pos), SENTENCE
        )
    if kind == "now":
        return Marker(pos, f"截至{now.year}", OPEN) if now.year else None
    if kind == "present":
        return Marker(pos, "", SENTENCE) if _opens(doc, pos) else None
    if kind in _SILENT:
        return Marker(pos, "", _SILENT[kind])
    if kind == "years":
        span = _years_back(match["years"], now.day) if now.day else None
        return Marker(pos, span, OPEN if now.day else SENTENCE) if span else None
    if kind == "month":
        return Marker(pos, month, SENTENCE) if month else None
    if kind == "last":
        day = now.day[:7] if now.day else month
        return Marker(pos, _month_before(day), SENTENCE) if day else None
    if kind == "quarter":
        return Marker(pos, f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}", SENTENCE) if month else None
    if kind == "first":
        return _first_months(doc, match, now, last)
    year = last.period if last and last.pos >= doc.line(pos)[0] else ""
    known = re.search(r"(?<!\d)\d{4}", year)
    if kind == "then":
        return Marker(pos, known[0], CLAUSE) if known else None
    if "以来" in year or "~" in year and year[:4] != year.split("~")[1][:4]:
        known = None
    said = known[0] if known else now.year
    # 年度计划1.56亿元，已到位…: the year is that of the plan only.
    return Marker(pos, said, CLAUSE if match["task"] else SENTENCE) if said else None


def _year_of(doc: Document, last: Marker | None, pos: int) -> str:
    """到2025年底，年产值突破10亿元: a sentence about one year means the output of that year."""
    if last is None or last.reach < PARAGRAPH or last.pos < doc.sentence(pos)[0]:
        return "每年"
    known = _ONE_YEAR.match(last.period)
    return known[1] if known else "每年"


def _each(word: str) -> str:
    return "每年" if word[0] == "一" else f"每{word[0]}" if word[1] == "均" else word


def _first_months(
    doc: Document, match: re.Match[str], now: Now, last: Marker | None
) -> Marker | None:
    """今年前4个月 is January to April."""
    near = last is not None and match.start() - last.pos <= 6
    year = last.period[:4] if last is not None and near else now.year
    count = match["count"]
    number = int(count) if count.isdigit() else _NUMBERS.get(count) or _COUNTS[count]
    if not year.isdigit() or not 1 < number < 12:
        return None
    pos = match.start()
    return Marker(pos, f"{year}-01~{year}-{number:02}", PARAGRAPH if _opens(doc, pos) else SENTENCE)


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"


def _of_dates(doc: Document, tokens: list[Token]) -> list[Marker]:
    text = doc.text
    markers: list[Marker] = []
    last: Token | None = None
    for index, token in enumerate(tokens):
        if token.kind != "date" or not token.value:
            continue
        if in_a_name(text, token.start) and not _FIVE_YEARS.match(text, token.end):
            continue
        if text.startswith(("同期", "同比", "底相比"), token.end) or _is_compared(text, token):
            continue
        period, reach = _said(doc, token)
        period = "" if period == "XXXX" else period
        joined = last is not None and text[last.end : token.start] in ("、", "和", "及", "，", ",")
        if joined and markers and reach <= SENTENCE and token.value.startswith("XXXX"):
            period, reach = f"{markers[-1].period},{period}", SENTENCE
        closed = _bracket(text, token)
        if text.startswith("的", token.end) and text[token.start - 1] in "由从" and token.start:
            # 从2020年的3.5万元增长到41万元: the year is that of the first figure only.
            closed = tokens[index + 1].start if index + 1 < len(tokens) else 0
        markers.append(Marker(token.start, period, reach, closed))
        last = token
    return markers


def _is_compared(text: str, token: Token) -> bool:
    if _COMPARED.search(text, max(token.start - 12, 0), token.start):
        return True
    return bool(_TIMES.match(text, token.end)) and text[token.start - 1] in "是为到于"


def _bracket(text: str, token: Token) -> int:
    """The end of the brackets a date stands in; 0 for none."""
    before = text[max(token.start - 12, 0) : token.start]
    if max(before.rfind("（"), before.rfind("(")) <= max(before.rfind("）"), before.rfind(")")):
        return 0
    for end in range(token.end, min(token.end + 20, len(text))):
        if text[end] in "）)":
            return end
    return 0


def in_a_name(text: str, pos: int) -> bool:
    """A year within 《…》 or short quotes belongs to a name; one within a speech does not."""
    before = text[max(pos - 30, 0) : pos]
    if any(before.rfind(a) > before.rfind(b) for a, b in ("《》", "<>")):
        return True
    opened = before.rfind("“")
    if opened <= before.rfind("”"):
        return False
    closed = text.find("”", pos, pos + 24)
    return closed >= 0 and not re.search("[，。！？；]", before[opened:] + text[pos:closed])


def _said(doc: Document, token: Token) -> tuple[str, int]:
    """The period a date stands for, and how far it reaches."""
    text = doc.text
    value = token.resolved or token.value or ""
    surface = text[token.start : token.end]
    lasting = PARAGRAPH if _opens(doc, token.start) else SENTENCE
    far = OPEN if lasting == PARAGRAPH else SENTENCE
    if _AS_OF.search(text[max(token.start - 7, 0) : token.start]):
        return f"截至{value}", far
    if token.approx in _ENDS and token.resolved and value[:2] in ("19", "20"):
        # 到2025年底达到60家: what stands at the end of a month or year stands as of that day.
        return f"截至{value}", far
    if surface.endswith("以来"):
        return ("" if value == "XXXX" else f"{value}年以来"), far
    stem = surface.rstrip("底初末") if surface[:2] in ("19", "20") else value
    if "~" in value and value[:2] in ("19", "20") and _FIVE_YEARS_SINCE.match(text, token.end):
        # “十四五”以来 is since its first year.
        return f"{value.split('~')[0]}年以来", far
    if _is_since(text, token, value):
        return f"{stem}以来", far
    if surface.startswith(("去年", "前年", "明年")):
        return value, SENTENCE
    if _BEFORE.match(text, token.end) or _PLANNED.search(
        text, max(token.start - 8, doc.clause(token.start)[0]), token.start
    ):
        return value, CLAUSE
    if text.startswith("的", token.end):
        return value, SENTENCE
    if len(value) == 10 and _SETTLED.match(text, token.end, doc.clause(token.end)[1]):
        # 经…3月11日会议审定，安排资金3000万元: the day is that of the meeting.
        return value, CLAUSE
    lasts = len(value) == 4 or "H" in value or "Q" in value or "~" in value
    return value, lasting if lasts else SENTENCE


def _is_since(text: str, token: Token, value: str) -> bool:
    """2021年以来, 自2021年结对至今, 2021年新一轮协作启动以来."""
    if _SINCE.match(text, token.end):
        return True
    if _FROM.search(text[max(token.start - 3, 0) : token.start]):
        if _SINCE_LATER.match(text, token.end):
            return True
    is_one = value[:2] in ("19", "20") and "~" not in value
    return is_one and bool(_SINCE_THEN.match(text, token.end))


def _opens(doc: Document, pos: int) -> bool:
    """Whether a word of time stands at the front of its sentence: 据统计，2023年，…"""
    start = doc.sentence(pos)[0]
    front = doc.text[start - 1 : start]
    if front in ("；", ";") or pos - start > 40:
        return False
    return not re.search(r"\d", doc.text[start:pos]) or bool(
        _OPENERS.match(doc.text[start:pos].lstrip(" \u3000（(0123456789.、)）"))
    )


def _years_back(word: str, published: str) -> str | None:
    if word == "这一年":
        count = 1
    else:
        found = re.search(r"[一两二三四五]|\d+", word)
        count = 0 if found is None else _NUMBERS.get(found[0]) or int(found[0])
    if not count or count > 30:
        return None
    return f"{int(published[:4]) - count}{published[4:7]}~{published[:7]}"


def retrospect(words: list[re.Match[str]], day: str | None, title_end: int) -> str | None:
    """The span a text looks back on, where it says 一年来 more than once or in its title."""
    if not day:
        return None
    found = [match for match in words if match.lastgroup == "years"]
    if len(found) < 2 and not any(match.start() < title_end for match in found):
        return None
    return _years_back(found[0]["years"], day) if found else None
