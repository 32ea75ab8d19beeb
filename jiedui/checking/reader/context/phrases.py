"""The noun phrases before and behind a quantity, without verbs, links and places."""

from __future__ import annotations

import re

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.tokens import Token
from jiedui.checking.reader.words import HeadWords

_PUNCTUATION = re.compile(r"[，,。；;：:！？!?\n（()）…—]")
_LAST_CUT = re.compile(r"[、，,。；;：:！？!?\n（(】]|(?<=.)[）)”」》]$")
_FRONT = re.compile(
    r"^(?:[的了等与和及或是将还又再也从使让按把且而并](?!网|购)|有(?![限机效])|为(?!民)|对(?![口接象])|在(?![建校岗读职线])|向(?!导)"
    r"|共(?![建同享青])|均(?!价)|由(?!来)|多(?![元式])|就(?![近业地读])|于|办(?![公学法理事件案])|到(?![位账达期底岗校])|后(?![勤备期续台])|约占|仅占|只占|已(?!经)|(?:年|月)?底前?|前(?![期沿台置往来三])|这[个家座条名位]|占|每[人户亩头只座个家村校年月天名]?|各类|各项|各|里[头面](?!的)|其中|以及|这些|那些|该[县市区镇乡村州旗]?|年(?![均度货产轻龄级画])|间(?!接就|歇|伐|作|隔|距)|月(?![薪工收均供租末嫂饼])|日(?![产常均报化])|以来"
    r"|我们|他们|他(?!乡)|她|它)+"
)
_INNER = re.compile(r"(?:[的了]|等(?!级)|(?<![成共饱])和|与(?!会)|以及)(?=[\u4e00-\u9fff]{2})")
_OUTER = re.compile(
    r"^[\s”“’‘」「』《》、—\-·｜|]+|(?:[\s“”‘’「」『《》、—\-·]|(?<=.{2})(?:[与及]|(?<![成共饱])和))+$"
)
_PLACE_NOUN = re.compile(
    r"^[\u4e00-\u9fff]{0,4}?(?:省区市|省市|市州|县市区|县区|县市|乡镇|县|镇|村|乡|区)(?![级域民城集干直医校委长企园位块划村镇]|中(?:心|学|医|小|专|药))"
)
_QUOTED_NAME = re.compile(r"[“《‘][^”》’\n]{1,40}[”》’]")
_FOOTNOTE = re.compile(r"\[\d+\]|^(?:及?以上|及?以下)")
_FIRM = ("开展", "实施", "建成", "新建", "参与", "参加", "派出", "选派", "提供", "投入", "用于")
_ONE_CHARACTER = frozenset(
    "事班库县村镇字省市区州乡旗房地楼车牛羊猪鸡茶果药粮菜书船井桥路树田水电气煤油布鞋衣"
)
# 318个 实施协作项目: a figure set apart before its noun, on a line of its own.
_CARD = re.compile(r" +([\u4e00-\u9fff“”、]{2,24})[ \t]*(?=\n|\Z)")
_BALANCES = ("结余", "盈余", "节余", "剩余")
_ENUMERATOR = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]|[①-⑳◆●■▪•·★☆※*>-]+\s?)"
)
_POINT = re.compile(r"\d{1,2}[.．、)）](?!\d)\s*|[⑴-⒇①-⑳]")
_EACH = re.compile(r"(?<=..)(?:按照?)?每[\u4e00-\u9fff]$")
_ABROAD = re.compile(
    r"(?:赴|来|到|在|去|返|入|进)[京津沪苏浙闽鲁粤渝宁蒙甘青藏疆桂黔滇川陕豫鄂湘皖赣晋冀琼](?![\u4e00-\u9fff]?[市省区县])"
)
_DONE = frozenset("建修开办养种卖收栽铺装打挖买")
_DIVIDED = frozenset(("批", "期", "类", "组", "次", "步", "段", "档", "片", "路", "轮", "阶段"))
_THERE = re.compile(r"(?:其中)?(?:输往|销往|前往|转移到|去|输送到|[到赴在向往从来])?")
_WORDY = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def noun_before(
    doc: Document, token: Token, before: int, starts: dict[int, int], lexicon: Lexicon
) -> tuple[str, str]:
    """The noun phrase that ends where the quantity begins, without links, verbs and places.

    Second comes the phrase with its verbs, for when nothing is left without them.
    """
    text = doc.text
    start = max(doc.clause(token.start)[0], before, token.start - 40)
    shown = _before_brackets(text, start, token.start)
    chunk = text[start:shown]
    cuts = [match.end() for match in _LAST_CUT.finditer(chunk) if match.end() < len(chunk)]
    if cuts:
        start += cuts[-1]
    mark = _ENUMERATOR.match(text, doc.line(token.start)[0], token.start)
    start = max(start, mark.end()) if mark else start
    point = _POINT.match(text, start, token.start)
    start = point.end() if point else start
    end = _without_links(text, start, shown, lexicon)
    end = _without_verb(text, start, end, token)
    start = _from_abroad(text, _after_places(text, start, end, starts), end, token)
    phrase = _EACH.sub("", text[start:end])
    if token.kind in ("percent", "ratio") and "占" in phrase:
        phrase = phrase[: phrase.index("占")]
        return tidy(phrase), ""
    raw = tidy(phrase)
    done = lexicon.words.heads.done.search(phrase)
    if done and done.start() > 1:
        phrase = phrase[: done.start()]
    cut, people = 0, token.kind in ("people", "person_times")
    for match in lexicon.words.verb_front.finditer(phrase):
        if len(match[0]) > 1 and len(phrase) - match.end() != 1:
            arrived = match[0].endswith("到") and phrase[match.end() : match.end() + 1] == "位"
            arrived |= _within(phrase, match.start(), match.end(), cut, lexicon)
            if not arrived and not (people and match[0] in lexicon.words.heads.people_verbs):
                cut = match.end()
    phrase = phrase[cut:]
    for match in _INNER.finditer(phrase):
        cut_at = match.end()
        if len(phrase) - cut_at >= 2:
            phrase = phrase[cut_at:]
            break
    clean = tidy(phrase)
    return ("" if clean in lexicon.words.heads.no_head else clean), raw


def _before_brackets(text: str, start: int, end: int) -> int:
    """脱贫人口（含监测对象）1029人: what explains the noun stands between it and its figure."""
    if text[end - 1 : end] not in ("）", ")"):
        return end
    opened = max(text.rfind("（", start, end), text.rfind("(", start, end))
    return opened if opened > start else end


def _without_verb(text: str, start: int, end: int, token: Token) -> int:
    """路修了十一公里, 医疗队分2批: the noun is what was done to, or divided."""
    if end - 1 > start and text[end - 1] in _DONE and text[end : end + 1] in ("了", "成", "起"):
        return end - 1
    if token.unit in _DIVIDED and text[end - 1 : end] == "分" and end - 1 > start:
        return end - 1
    return end


def _within(phrase: str, start: int, end: int, cut: int, lexicon: Lexicon) -> bool:
    """藏鸡养殖基地: a verb within the name of a thing takes nothing off its front."""
    return start > cut and phrase[end : end + 2] in lexicon.words.heads.noun_ends


def tidy(phrase: str) -> str:
    """A phrase without the function words and marks at its ends; "" where nothing is left."""
    phrase = _FOOTNOTE.sub("", phrase)
    phrase = _OUTER.sub("", phrase)
    front = _FRONT.match(phrase)
    if front and len(phrase) - front.end() >= 2:
        phrase = phrase[front.end() :]
    phrase = _OUTER.sub("", phrase)
    if len(phrase) < 2 and phrase not in _ONE_CHARACTER:
        return ""
    if "”" in phrase and "“" not in phrase:
        phrase = f"“{phrase}"
    return phrase if _WORDY.search(phrase) else ""


def _without_links(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the noun ends, before 达到, 共, 超过 and the like."""
    while end > start:
        if text[end - 1] in " 　“”‘’、":
            end -= 1
            continue
        tail = lexicon.words.link_tail.search(text, max(start, end - 5), end)
        if tail is None:
            tail = lexicon.words.growth_tail.search(text, max(start, end - 6), end)
        if tail is None or tail.start() == end or text.endswith(_BALANCES, start, end):
            return end
        if text[tail.start() - 1 : tail.start()] in lexicon.words.not_after.get(tail[0], ()):
            return end
        end = tail.start()
    return end


def _after_places(text: str, start: int, end: int, starts: dict[int, int]) -> int:
    aside = _THERE.match(text, start, end)
    start = aside.end() if aside and aside.end() in starts else start
    found = True
    while found:
        found = False
        for offset in range(start, min(start + 3, end)):
            stop = starts.get(offset)
            if stop is not None and stop <= end:
                start, found = stop, stop < end
                break
    for offset in range(start + 1, end) if "的" in text[start:end] else ():
        # 邻近的大通县同期签约: what comes before the place only tells which it is.
        stop = starts.get(offset)
        if stop is not None and stop < end and text[offset - 1] == "的":
            return stop
    return start


def _from_abroad(text: str, start: int, end: int, token: Token) -> int:
    """我县赴津4人, 赴宁招商9次: where to is no part of the noun, but for what people do there."""
    abroad = _ABROAD.match(text, start, end)
    if abroad and (abroad.end() >= end or token.kind not in ("people", "person_times")):
        return abroad.end()
    return start


def noun_after(doc: Document, token: Token, after: int, lexicon: Lexicon) -> str:
    """The noun phrase behind the quantity, up to a verb, punctuation or the next quantity."""
    text, start = doc.text, token.end
    suffix = lexicon.words.suffix_pattern.match(text, start)
    if suffix:
        start = suffix.end()
    if text.startswith("的", start):
        start += 1
    card = _CARD.match(text, start) if token.start == doc.line(token.start)[0] else None
    if card:
        return tidy(card[1])
    quoted = _QUOTED_NAME.match(text, start)
    if quoted and quoted.end() < after:
        behind = _right_phrase(doc, token, after, quoted.end(), lexicon)
        return behind or tidy(quoted[0])
    return _right_phrase(doc, token, after, start, lexicon)


def _right_phrase(doc: Document, token: Token, after: int, start: int, lexicon: Lexicon) -> str:
    text = doc.text
    limit = min(after, doc.clause(start)[1], start + 40)
    if token.unit == "个":
        place = _PLACE_NOUN.match(text[start:limit])
        if place:
            return place[0]
    stop = _PUNCTUATION.search(text, start, limit)
    limit = stop.start() if stop else limit
    cut = lexicon.words.breaks.search(text, start, limit)
    while cut and (
        (cut.start() == start and cut[0] in lexicon.words.heads.not_at_start)
        or _inside_noun(text, cut.start(), cut.end(), lexicon.words.heads)
    ):
        cut = lexicon.words.breaks.search(text, cut.start() + 1, limit)
    phrase = text[start : cut.start() if cut else limit]
    if limit == after and phrase.endswith("投资") and len(phrase) > 3:
        phrase = phrase[:-2]
    if "、" in phrase:
        phrase = _of_a_list(phrase, closed=after > limit)
    return tidy(phrase) if phrase[:1] not in ("、", " ", "的") else ""


def _inside_noun(text: str, start: int, end: int, words: HeadWords) -> bool:
    """集中, 对口支援, 就业岗位, 社会组织: a word that only looks like the end of a noun."""
    if end - start > 1:
        if text[start:end] == "组织":
            return text[start - 2 : start] in words.organised
        return text[end : end + 2] in words.noun_ends and text[start:end] not in _FIRM
    return text[start - 1 : end] in words.noun_pairs or text[start : start + 2] in words.noun_pairs


def _of_a_list(phrase: str, *, closed: bool) -> str:
    """A、B和C活动 is about the last noun; A、B alone about the first."""
    last = max(phrase.rfind("和"), phrase.rfind("等"), phrase.rfind("及"))
    if last > 0 and len(phrase) - last > 2:
        return phrase[last + 1 :]
    return phrase.split("、")[0]
