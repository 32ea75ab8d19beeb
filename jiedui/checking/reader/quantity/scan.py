"""One pass over the text: every quantity with its span, kind, value and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.tokens import Token

from .bounds import bound_by_words
from .dates import Skip, read_date, read_period_word
from .numerals import CHINESE, plain, written_step
from .ordinals import read_ordinal
from .quantities import cell_tokens, read_numeral, read_plain, read_quantity

MOST = 20_000
"""A reading keeps no more quantities than this: a page has some dozens."""

# One set of characters finds the places quickly; what stands behind decides about the rarer ones.
_TRIGGER = re.compile(
    r"[0-9零〇一二两三四五六七八九十百千万亿半数几上下成第首今去前翻](?:(?<=[0-9零〇一二两三四五六七八九十百千万亿])"
    r"|(?<=半)(?:(?=[年天个小数日，。、的])|$)|(?<=[数几])(?=[十百千万亿])|(?<=上)(?=[百千万亿]|半年)|(?<=下)(?=半年)"
    r"|(?<=成)(?=[百千万])|(?<=第)(?=[0-9一二三四五六七八九十百])|(?<=首)(?=[批次届])|(?<=[今去])(?=年)"
    r"|(?<=前)(?=年|[二三两2-9十1]\S)|(?<=翻)(?=了?[一两二三四\d]?番))"
)
_NUMERAL = frozenset("0123456789一二三四五六七八九十百千")
# Only earthquakes and winds are measured in 级; 两级, 三级 and 4A级 are ranks.
_FORCE = re.compile("地震|震级|里氏|风力|大风|阵风|烈度")
_SCHOOL_YEAR = re.compile(r"(?:19|20)\d\d(?=[届级版款])")
_SCHOOL_YEARS = frozenset("届级版款")
_READERS = re.compile("(?:阅读|浏览|点击|访问)[^，。]{0,3}$")
# 第十、十一批: the second is an ordinal too.
_LATER_ORDINAL = re.compile(r"第[\d一二三四五六七八九十]{1,3}[、和至]$")
_SPENT = re.compile(
    r"(?:省|花|赚|挣|卖|付|领|收入|工资|涨|降|贵|便宜|每斤|一斤|每天|一天|每月|车费|票价)[了到出约近超过]{0,2}$"
)
_PIECES = frozenset("地田石砖板屏牌菜茶果糖肉饼试荒")
# No numeral is as long as this; one step passes over the whole of it.
_LONG_WORDS = re.compile(f"[{CHINESE}]{{25,}}")
_WORD_CHARACTERS = frozenset(CHINESE)
_DIGITS = re.compile(r"\d+")
_LONGEST_RUN = 15
_ORDINAL_TAIL = re.compile(r"号楼|楼(?![盘市宇])|层楼")
_STAGE = re.compile(r"(?:工程|项目|建设|厂房|园区|扩建|改造|技改|投资)")
_CONGRESSES = frozenset(("十五", "十六", "十七", "十八", "十九", "二十", "二十一"))
_NAME_OPEN = re.compile(r"[“‘「『《][^“‘「『《”’」』》，。；：、\n]{0,12}$")
_NAME_CLOSE = re.compile(r"[^“‘「『《”’」』》，。；：\n]{0,12}[”’」』》]")
_DOCUMENT_NUMBER = re.compile(r"[〔\[【(（]\s?(?:19|20)\d\d\s?[〕\]】)）]\s?(?:第?\s?\d+\s?号)?")
_CODE_AFTER = re.compile(r"[A-Za-z]|[+＋×](?=[0-9A-Za-zN])|号(?!楼)")
_CODE_FRONT = frozenset("＋×号")
_LETTER = re.compile("[A-Za-z0-9]")
_LIST_GAP = re.compile(r"\s?[、，,和与]\s?")


@dataclass
class Scan:
    """The state of one pass. ``work`` counts the steps, for the test that they are linear."""

    doc: Document
    lexicon: Lexicon
    year: str
    tokens: list[Token] = field(default_factory=list)
    passed: list[tuple[int, int]] = field(default_factory=list)
    pending: list[Token] = field(default_factory=list)
    work: int = 0
    truncated: bool = False
    cells: dict[int, Token] = field(default_factory=dict)

    def run(self) -> None:
        """Read the whole text, or as far as the last quantity kept."""
        text, pos = self.doc.text, 0
        self.cells = dict(cell_tokens(self.doc, self.lexicon))
        while True:
            found = _TRIGGER.search(text, pos)
            if found is None:
                return
            self.work += 1
            pos = self._at(found.start())
            if len(self.tokens) >= MOST:
                self.truncated = True
                return

    def _at(self, pos: int) -> int:
        """Read what begins at ``pos``; the position to go on from, always beyond ``pos``."""
        text = self.doc.text
        cell = self.cells.get(pos) if self.cells else None
        if cell:
            self.pending.clear()
            self.tokens.append(cell)
            return cell.end
        end = self.doc.furniture_end(pos) if self.doc.furniture else 0
        if end:
            self.passed.append((pos, end))
            return end
        if text[pos].isdigit():
            skipped = self._not_a_figure(pos)
            if skipped:
                return skipped
        else:
            if text[pos + 24 : pos + 25] in _WORD_CHARACTERS:
                run = _LONG_WORDS.match(text, pos)
                if run:
                    return run.end()
            stop = self.lexicon.stop_at(text, pos)
            if stop:
                return max(stop, pos + 1)
        result = self._read(pos)
        if result is None:
            return self._after_nothing(pos)
        if isinstance(result, Skip):
            return max(result.end, pos + 1)
        self._keep(result)
        return max(result.end, pos + 1)

    def _read(self, pos: int) -> Token | Skip | None:
        text, char = self.doc.text, self.doc.text[pos]
        if "0" <= char <= "9" and (found := read_plain(text, pos, self.lexicon)):
            return self._floor_or_stage(found) if text[pos - 1] in "、和至" else found
        if char in "第首前":
            word = read_period_word(text, pos, self.year)
            return word or read_ordinal(text, pos, self.lexicon, self._in_a_name)
        if char in "上下今去" or char in "一二三四十123":
            word = read_period_word(text, pos, self.year)
            if word:
                return word
        if char.isdigit() or char in "一二三四五六七八九十〇":
            date = read_date(text, pos)
            if date:
                return date
        if self._in_a_name(pos):
            return None
        token = read_quantity(self.doc, pos, self.lexicon)
        if token is None or self._is_word(token):
            return None
        return self._floor_or_stage(token)

    def _after_nothing(self, pos: int) -> int:
        text = self.doc.text
        end = pos + 1
        if text[pos] == "第" and text[end : end + 1] not in ("", "第"):
            return self._after_nothing(end) if text[end] in _NUMERAL else end
        if text[pos].isdigit():
            while end < len(text) and text[end].isdigit():
                end += 1
        elif text[pos] in "一二两三四五六七八九十百千万亿零〇":
            numeral = read_numeral(text, pos)
            if numeral and numeral.end > end:
                end = numeral.end
        return end

    def _not_a_figure(self, pos: int) -> int:
        """The end of digits that name something instead of counting it; 0 for figures."""
        text = self.doc.text
        digits = _DIGITS.match(text, pos)
        end = digits.end() if digits else pos + 1
        if end - pos > _LONGEST_RUN:
            self.passed.append((pos, end))
            return end
        follows = text[end : end + 1]
        if follows in _SCHOOL_YEARS and _SCHOOL_YEAR.match(text, pos):
            return end
        before = text[pos - 1 : pos]
        if before and (before in "〔[【(（" or (before.isascii() and before.isalpha())):
            number = _DOCUMENT_NUMBER.match(text, pos - 1)
            if number:
                self.passed.append(number.span())
                return number.end()
            if before.isalpha():
                return end
        label = text[max(pos - 12, 0) : pos]
        if self.lexicon.furniture_before.search(label):
            if text.startswith(("次", "人次"), end) and _READERS.search(label):
                self.passed.append((pos, end))
                return end + 1
            if not self.lexicon.unit_at(text, end):
                self.passed.append((pos, end))
                return end
        if (follows.isascii() or follows in _CODE_FRONT) and end - pos <= 5:
            if _CODE_AFTER.match(text, end) and not _is_day(text, pos, end):
                unit = self.lexicon.unit_at(text, end)
                letters = unit is not None and unit.word[0].isascii() and unit.word[0].isalpha()
                if not letters or _LETTER.match(text, end + len(unit.word if unit else "")):
                    return end
        return 0

    def _in_a_name(self, pos: int) -> bool:
        """Chinese numerals inside short quotes or title marks belong to a name."""
        text = self.doc.text
        if text[pos].isdigit() or not _NAME_OPEN.search(text, max(pos - 13, 0), pos):
            return False
        return _NAME_CLOSE.match(text, pos) is not None

    def _is_word(self, token: Token) -> bool:
        """一家, 一次, 一支 count nothing unless they close a clause: 建成园区一个。"""
        text = self.doc.text
        surface = text[token.start : token.end]
        if token.unit == "级":
            return not _FORCE.search(text, max(token.start - 8, 0), token.end + 4)
        if token.unit in ("方", "企", "国") and not surface[0].isdigit() and surface[0] != "两":
            return True
        if token.kind == "ratio":
            return surface == "一成" and text[token.end : token.end + 1] not in "，。、；以左上的"
        if surface[0] == "二" and token.number == 2 and token.kind in ("count", "people"):
            return not _STAGE.match(text, token.end)
        if surface[0] != "一" or token.number != 1:
            return False
        if token.unit == "期" and _STAGE.match(text, token.end):
            return False
        if token.kind == "duration":
            before = text[token.start - 1 : token.start]
            later = text[token.end : token.end + 2]
            each = before in ("每", "这", "那", "某", "同", "有") and token.orig_unit == "天"
            return each or "一" in later
        if token.kind in ("amount", "percent", "measure", "age", "person_times"):
            return token.kind != "amount"
        before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
        closes = after in "，,。；;、" if after else True
        return not (
            closes
            and "\u4e00" <= before <= "\u9fff"
            and before not in "的了有第每另是在成为同这那又再年月日天周期度"
        )

    def _floor_or_stage(self, token: Token) -> Token:
        """2楼 and 三期工程 are ordinals, 两地 is said of a pair and not counted."""
        text = self.doc.text
        if token.kind == "":
            tail = _ORDINAL_TAIL.match(text, token.end)
            if tail:
                token.kind, token.unit, token.end = "ordinal", "楼", tail.end()
                token.orig_unit = "楼"
            return token
        surface = text[token.start : token.end]
        if token.unit == "块" and _SPENT.search(text, max(token.start - 10, 0), token.start):
            if text[token.end : token.end + 1] not in _PIECES:
                token.kind = "amount"
                token.unit = "元"
                return token
        if token.kind == "count" and _LATER_ORDINAL.search(
            text, max(token.start - 5, 0), token.start
        ):
            token.kind = "ordinal"
        if token.unit == "期" and len(surface) == 2 and surface[0] in "一二三四五":
            if _STAGE.match(text, token.end):
                token.kind = "ordinal"
        if token.unit in ("大", "届") and surface[:-1] in _CONGRESSES:
            token.kind, token.optional = "ordinal", True
        if surface[0] == "两" and token.unit in self.lexicon.places:
            token.optional = True
        if surface in ("一次", "一天", "一场", "一家", "一名", "一步", "一趟", "一日"):
            token.optional = True
        if (
            token.kind in ("amount",)
            and surface.startswith(("千万", "百万", "亿万"))
            and "元" not in surface
        ):
            token.optional = True
        return token

    def _keep(self, token: Token) -> None:
        if token.kind == "":
            self._pend(token)
            return
        if self.doc.text.startswith("大关", token.end):
            # 越过十亿元大关: a mark on the way, not what was reached.
            token.optional = True
        self._share_unit(token)
        floor = self.tokens[-1].end if self.tokens else 0
        bound_by_words(self.doc.text, token, self.lexicon, floor)
        self.tokens.append(token)
        self.pending.clear()

    def _pend(self, token: Token) -> None:
        if self.pending:
            gap = self.doc.text[self.pending[-1].end : token.start]
            if not _LIST_GAP.fullmatch(gap) or len(self.pending) >= 12:
                self.pending.clear()
        self.pending.append(token)

    def _share_unit(self, last: Token) -> None:
        """10、20、30万元: the bare numbers before take the unit of the one that has it."""
        if not self.pending or last.start < self.pending[-1].end:
            return
        gap = self.doc.text[self.pending[-1].end : last.start]
        if not re.fullmatch(r"\s?[、和与]\s?", gap):
            return
        year = last.kind == "date" and last.value is not None and len(last.value) == 4
        if last.kind in ("date", "ordinal", "duration", "code") and not year:
            return
        for token in self.pending:
            assert token.number is not None
            token.kind, token.unit, token.missing_unit = last.kind, last.unit, True
            if year:
                token.value = plain(token.number)
                if len(token.value) != 4:
                    return
            else:
                factor = (
                    (last.step / written_step(self.doc.text[last.start : last.end]))
                    if not token.orig_unit
                    else Decimal(1)
                )
                token.number *= factor
                token.step *= factor
                token.value, token.orig_unit = plain(token.number), last.orig_unit
            self.tokens.append(token)


def _is_day(text: str, pos: int, end: int) -> bool:
    return text[pos - 1 : pos] == "月" and text[end : end + 1] == "号"
