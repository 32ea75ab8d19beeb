"""From a numeral to a quantity: unit, range, fraction, and the words that bound it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import PLACE_SUFFIXES, Lexicon, Unit
from jiedui.checking.reader.tokens import Token

from .numerals import CHINESE, Numeral, plain, read_arabic, read_vague, read_words

_TO = re.compile(r"\s?(?:[-—–~]{1,2}|至|到)\s?")
_FRACTION = re.compile(rf"([{CHINESE}]{{1,4}})分之([{CHINESE}]{{1,6}}(?:点[{CHINESE}]+)?)")
_FRACTION_DIGITS = re.compile(r"(\d{1,3})分之(\d{1,3})(?!\d)")
_PERCENT_DIGITS = re.compile(r"百分之(\d{1,3}(?:\.\d+)?)(?!\d)")
_TURN = re.compile(r"翻了?([一两二三四]|\d)?(?:番|倍)")
_ABOUT_MONTHS = re.compile(r"个(多|半)(月|小时|星期|钟头)")
_YEARS_AND_MONTHS = re.compile(
    rf"([{CHINESE}]{{1,3}}|\d{{1,2}})年(?:零|又)?([{CHINESE}]{{1,3}}|\d{{1,2}})个月"
)
_HALF = re.compile(r"(一半|半数|半)(个?多?(?:年|天|小时|个月|个小时|个多月|个多小时|日(?![游])))?")
_COLUMN_UNIT = re.compile(r"[（(/].*$|数$")
_HALF_UNITS = {"年": "P{}Y", "天": "P{}D", "日": "P{}D", "小时": "PT{}H", "月": "P{}M"}
_PLAIN_KINDS = frozenset(("amount", "count", "people", "person_times", "percent", "measure"))
# 级 and 块 ask what stands around them; these say their unit in another way.
_NEVER_PLAIN = frozenset(("级", "块", "季度", "个季度", "个百分点", "分", "号"))
_PLAIN_FACTORS = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
_HALVED = frozenset(("公里", "里", "亩", "斤", "吨"))
TENTHS = "一二三四五六七八九半"
_SPACE = " \u3000\xa0"


def read_numeral(text: str, pos: int) -> Numeral | None:
    """The numeral of any writing at ``pos``."""
    if text[pos].isdigit():
        return read_arabic(text, pos)
    if text[pos] in CHINESE:
        return read_words(text, pos)
    return read_vague(text, pos)


def read_quantity(doc: Document, pos: int, lexicon: Lexicon) -> Token | None:
    """The quantity that begins at ``pos``, or None. Bare numbers come back with kind ""."""
    text = doc.text
    special = _special(text, pos)
    if special:
        return special
    numeral = read_numeral(text, pos)
    if numeral is None:
        return None
    follows = text[numeral.end : numeral.end + 1]
    if follows == "年" and (both := _YEARS_AND_MONTHS.match(text, pos)):
        return _years_and_months(both)
    if follows == "个" and (months := _ABOUT_MONTHS.match(text, numeral.end)):
        return _half_more(numeral, months)
    unit, end = _unit_after(text, numeral, lexicon)
    ranged = _range(text, numeral, unit, end, lexicon)
    if ranged:
        return ranged
    if unit is None:
        return _without_unit(doc, numeral, lexicon)
    if numeral.bare and not _bare_is_counted(text, numeral, unit, end):
        return None
    return _token(text, numeral, unit, end)


def read_plain(text: str, pos: int, lexicon: Lexicon) -> Token | None:
    """What ``read_quantity`` makes of plain digits with a unit, 80个 or 4.2亿元, at a third of its price."""
    match = lexicon.plain_figure.match(text, pos)
    if match is None:
        return None
    whole, decimals, word, infix, unit_word = match.groups()
    unit = lexicon.unit_words[unit_word]
    if unit.kind not in _PLAIN_KINDS or unit_word in _NEVER_PLAIN:
        return None
    factor = _PLAIN_FACTORS[word]
    if decimals:
        number = Decimal(f"{whole}.{decimals}") * factor * unit.factor
        step = factor.scaleb(-len(decimals)) * unit.factor
    else:
        number, step = int(whole) * factor * unit.factor, factor * unit.factor
    return Token(
        pos, match.end(), unit.kind, plain(number), unit.unit, word + unit_word,
        infix or None, "more" if infix else "exact", number, None, step,
    )  # fmt: skip


def cell_tokens(doc: Document, lexicon: Lexicon) -> Iterator[tuple[int, Token]]:
    """The numbers of the tables by where they begin: read with the unit of their column."""
    for table in doc.tables:
        for row in table.rows:
            place = len(row.label) > 2 and row.label.endswith(PLACE_SUFFIXES)
            for cell in row.cells:
                if cell is None or not cell.unit:
                    continue
                shown = doc.text[cell.start : cell.end].lstrip("-") + cell.unit
                numeral = read_arabic(shown, 0)
                unit = lexicon.unit_at(shown, numeral.end) if numeral else None
                token = _token(shown, numeral, unit, len(shown)) if numeral and unit else None
                if token is None:
                    continue
                token.start, token.end, token.missing_unit = cell.start, cell.end, True
                noun = _COLUMN_UNIT.sub("", cell.noun)
                token.head = (noun if row.is_total or place else row.label) or None
                token.scope = row.label if place and not row.is_total else None
                yield cell.start, token


def _special(text: str, pos: int) -> Token | None:
    # Each pattern is tried where its first or its telling character stands: most figures have none.
    char = text[pos]
    digits = _PERCENT_DIGITS.match(text, pos) if char == "百" else None
    if digits:
        number = Decimal(digits[1])
        step = Decimal(1).scaleb(int(number.as_tuple().exponent))
        return Token(pos, digits.end(), "percent", plain(number), "%", number=number, step=step)
    if text.find("分之", pos + 1, pos + 6) > 0:
        fraction = _FRACTION.match(text, pos) or _FRACTION_DIGITS.match(text, pos)
        if fraction:
            return _fraction(fraction)
    turn = _TURN.match(text, pos) if char == "翻" else None
    if turn and text[turn.end() - 1] == "番":
        turned = read_numeral(turn[1], 0) if turn[1] else None
        times = Decimal(2) ** int(turned.number if turned and turned.number else 1)
        return Token(pos, turn.end(), "ratio", plain(times), "倍", "番", number=times)
    if char == "半" or text.startswith("一半", pos):
        return _half(text, pos)
    return None


def _years_and_months(match: re.Match[str]) -> Token | None:
    """一年零四个月: one duration."""
    years, months = read_numeral(match[1].rstrip("零"), 0), read_numeral(match[2], 0)
    if years is None or months is None or years.number is None or months.number is None:
        return None
    value = f"P{plain(years.number)}Y{plain(months.number)}M"
    number = years.number * 12 + months.number
    return Token(match.start(), match.end(), "duration", value, None, "个月", number=number)


def _fraction(match: re.Match[str]) -> Token | None:
    low, high = read_numeral(match[1], 0), read_numeral(match[2], 0)
    if low is None or high is None or not low.number or high.number is None:
        return None
    if match[1] in ("百", "一百", "100"):
        number = high.number
        return Token(match.start(), match.end(), "percent", plain(number), "%", number=number)
    number = (high.number / low.number).quantize(Decimal("0.0001"))
    step = Decimal("0.0001")
    return Token(match.start(), match.end(), "ratio", plain(number), None, number=number, step=step)


def _half(text: str, pos: int) -> Token | None:
    match = _HALF.match(text, pos)
    if match is None:
        return None
    word, span = match.groups()
    half = Decimal("0.5")
    if span and word == "半":
        bare = span.replace("个", "").replace("多", "")
        value = _HALF_UNITS[bare].format("0.5")
        more = text.startswith("多", match.end())
        approx = "多" if more or "多" in span else None
        return Token(
            pos, match.end() + more, "duration", value, None, bare, approx, number=half,
            bound="at_least" if approx else "exact",
        )  # fmt: skip
    if word == "半" and (pos == 0 or text[pos - 1] != "过"):
        return None
    return Token(pos, pos + len(word), "ratio", "0.5", None, number=half)


def _half_more(numeral: Numeral, match: re.Match[str]) -> Token | None:
    if numeral.number is None:
        return None
    more, word = match.groups()
    number = numeral.number + (Decimal("0.5") if more == "半" else 0)
    value = _HALF_UNITS.get(word, "P{}W").format(plain(number))
    approx = "多" if more == "多" else None
    return Token(
        numeral.start, match.end(), "duration", value, None, word, approx, number=number,
        bound="at_least" if approx else "exact",
    )  # fmt: skip


def _unit_after(text: str, numeral: Numeral, lexicon: Lexicon) -> tuple[Unit | None, int]:
    pos = numeral.end
    if pos < len(text) and text[pos] in _SPACE:
        pos += 1
    unit = lexicon.unit_at(text, pos)
    return unit, pos + len(unit.word) if unit else numeral.end


def _range(
    text: str, first: Numeral, unit: Unit | None, end: int, lexicon: Lexicon
) -> Token | None:
    """3—5个, 3-5万元, 30%至40%, 3万元至5万元: one quantity with two ends."""
    to = _TO.match(text, end)
    if to is None or to.end() >= len(text) or first.number is None:
        return None
    if text[to.end()] not in "0123456789" + CHINESE:
        return None
    second = read_numeral(text, to.end())
    if second is None or second.number is None:
        return None
    other, other_end = _unit_after(text, second, lexicon)
    if other is None or (unit is not None and unit.unit != other.unit):
        return None
    if text[first.start - 1 : first.start] in ("从", "由", "自"):
        return None
    low = first.number
    if first.word == "" and second.word and unit is None:
        low *= Decimal(_factor(second))
    if low >= second.number:
        return None
    token = _token(text, second, other, other_end)
    if token is None:
        return None
    token.start, token.high = first.start, second.number * other.factor
    token.number = low * other.factor
    if token.kind == "duration":
        token.value = other.unit.format(f"{plain(low)}~{plain(second.number)}")
    else:
        token.value = f"{plain(token.number)}~{plain(token.high)}"
    return token


def _factor(numeral: Numeral) -> int:
    factor = 1
    for char in numeral.word:
        factor *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[char]
    return factor


def _token(text: str, numeral: Numeral, unit: Unit, end: int) -> Token | None:
    number, high = numeral.number, numeral.high
    approx, bound = numeral.infix, "more" if numeral.infix else "exact"
    if numeral.vague:
        approx, bound = numeral.vague, "at_least" if numeral.vague in "上成" else "vague"
    elif numeral.bare and approx is None:
        approx, bound = "约数", "about"
    if approx is None and number is not None and _is_halved(text, numeral, unit, end):
        number, end = number + Decimal("0.5"), end + 1
    elif approx is None and unit.kind in ("duration", "ratio", "amount"):
        more = text[end : end + 1]
        if more in ("多", "余") and text[end + 1 : end + 2] not in ("元", "次", "个", "年", "样"):
            approx, bound, end = more, "more", end + 1
    if unit.word == "成" and number is not None and text[end : end + 1] in tuple(TENTHS):
        # 七成五 is 7.5 成.
        tenths = 5 if text[end] == "半" else TENTHS.index(text[end]) + 1
        number, end = number + Decimal(tenths) / 10, end + 1
    base = None if number is None else number * unit.factor
    top = None if high is None else high * unit.factor
    token = Token(
        numeral.start, end, unit.kind, None, unit.unit, numeral.word + unit.word,
        approx, bound, base, top, numeral.step * unit.factor,
    )  # fmt: skip
    if unit.kind == "duration":
        token.orig_unit, token.unit = unit.word.removeprefix("个"), None
        shown = None if number is None else plain(number)
        if shown is not None and top is not None:
            shown = f"{shown}~{plain(top)}"
        token.value = None if shown is None else unit.unit.format(shown)
    elif base is not None:
        token.value = plain(base) if top is None else f"{plain(base)}~{plain(top)}"
    if unit.word in ("个季度", "个百分点"):
        token.unit = token.orig_unit = unit.word.removeprefix("个")
    if numeral.vague in ("数", "几", "好几"):
        token.value = None
    return token


def _is_halved(text: str, numeral: Numeral, unit: Unit, end: int) -> bool:
    """两年半, 十一公里半: half a unit stands behind it."""
    if text[end : end + 1] != "半":
        return False
    whole = unit.word in _HALVED and numeral.step == 1
    return unit.kind == "duration" or (whole and text[end + 1 : end + 2] in "，。、；,;")


def _bare_is_counted(text: str, numeral: Numeral, unit: Unit, end: int) -> bool:
    """百人 counts; 单位：万元 and 万吨级 do not, nor does 万元 without 过 or 超 before it."""
    before = text[numeral.start - 1 : numeral.start]
    if before in ("：", ":", "（", "(", "/", "／") or text[end : end + 1] == "级":
        return False
    short = numeral.end - numeral.start == 1
    if numeral.vague or numeral.infix:
        return True
    if unit.kind == "amount" and short:
        return before in ("过", "超", "近", "逾", "破")
    return before not in "的一几数每" if before else True


def _without_unit(doc: Document, numeral: Numeral, lexicon: Lexicon) -> Token | None:
    """3.2万移民 are people, 投资3亿 is money; other bare digits may share a unit further on."""
    text, number, end = doc.text, numeral.number, numeral.end
    if numeral.word and number is not None and not (numeral.bare and not numeral.infix):
        kind = _kind_of_bare(text, numeral, lexicon)
        if kind:
            unit = "人" if kind == "people" else "元"
            return Token(
                numeral.start, end, kind, plain(number), unit, numeral.word, numeral.infix,
                "more" if numeral.infix else "exact", number, None, numeral.step,
            )  # fmt: skip
    if text[numeral.start].isdigit() and number is not None:
        return Token(
            numeral.start, end, "", plain(number), None, numeral.word, numeral.infix,
            "more" if numeral.infix else "exact", number, None, numeral.step,
        )  # fmt: skip
    return None


def _kind_of_bare(text: str, numeral: Numeral, lexicon: Lexicon) -> str | None:
    words, end = lexicon.words, numeral.end
    follows = text[end : end + 10]
    cut = re.match(r"[\u4e00-\u9fff]{0,10}", follows)
    noun = cut[0] if cut else ""
    if any(noun.startswith(word) or noun[2:].startswith(word) for word in words.people):
        return "people"
    if any(noun[4:].startswith(word) for word in words.people):
        return "people"
    before = re.split(r"[，,。；;：:、]", text[max(numeral.start - 16, 0) : numeral.start])[-1]
    if words.money_pattern.search(before) and "面积" not in before:
        return "amount"
    if "亿" in numeral.word and any(noun.startswith(word) for word in words.money):
        return "amount"
    return None
