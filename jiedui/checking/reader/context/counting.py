"""The last word of a head: 接诊 counted in 人次, 上岗 in 人, what was sold in 元."""

from __future__ import annotations

import re

from jiedui.checking.reader.document import Document
from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.tokens import Token

_TRADED = re.compile(r"(销售|帮销|售出|卖出|采购|购买)[^，,。；;：:\d\n]{0,24}$")
_PLACES = ("村", "县", "镇", "乡", "区", "市")
_PERSONS = (
    "人",
    "员",
    "者",
    "户",
    "工",
    "师",
    "生",
    "名",
    "手",
    "家",
    "客",
    "才",
    "口",
    "队",
    "数",
    "就业",
)
_DOES = re.compile(
    r"(?:取得|获得|参加|报名|上岗|求职|务工|受训|参训|结业|返乡|返岗|受益|增收|脱贫|培训|接诊|服务|输送|转移|意向|签约|就诊|就读|毕业|创业)(?:证书|高考|意向)?$"
)


def activity(phrase: str) -> str | None:
    """What was done, of a phrase that says who did it: 医生们累计接诊."""
    found = _DOES.search(phrase)
    return phrase[found.start() :] if found else None


def finished(doc: Document, token: Token, head: str | None, lexicon: Lexicon) -> str | None:
    """A head as one would write it over a column of such figures."""
    if token.unit == "户" and (not head or head.endswith(_PLACES)):
        return "农户"
    if not head:
        return head
    if token.kind == "person_times":
        ended = head.endswith(("人次", *lexicon.words.people))
        return head if ended else f"{head}人次"
    if token.kind == "people" and not head.endswith((*_PERSONS, *lexicon.words.people)):
        return f"{head}人员" if _DOES.search(head) else head
    if token.kind == "amount":
        return _of_money(doc, token, head, lexicon)
    return head


def _of_money(doc: Document, token: Token, head: str, lexicon: Lexicon) -> str:
    """采购农特产品2亿元 is 农特产品采购额, 每月能拿3500元 收入."""
    for said, noun in lexicon.words.heads.said_for.items():
        if head.endswith(said):
            return f"{head[: -len(said)]}{noun}"
    alone = lexicon.words.heads.alone.get(head.removeprefix("分别"))
    if alone or head.endswith(lexicon.words.money):
        return alone or head
    traded = _TRADED.search(
        doc.text, max(doc.clause(token.start)[0], token.start - 30), token.start
    )
    if traded is None or head not in traded[0]:
        return head
    return f"{head}{'采购额' if traded[1] in ('采购', '购买') else '销售额'}"
