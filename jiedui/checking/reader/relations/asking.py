"""What the words before a percent ask for: a share, a rate, or the percent of a thing that is named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jiedui.checking.reader.model import Quantity

from .links import Block

GROWTH = re.compile(
    r"同比|环比|增长|增幅|增速|提高|提升|下降|较|比[上去前]|降低|上升|回落|由|从|高于|低于|利率|税率|折扣"
)
_OF = re.compile(
    r"(?:占|为|是|达|完成|达到|相当于|实现|的)(?P<noun>[^，,。；;：:、（(\n]{1,18}?)的(?:比例|比重)?(?:约|近|仅|达|为)?$"
)
_SHARE = re.compile(
    r"(?P<noun>[^，,。；;：:（(\n]{0,14}?)(?:占比|占|比重|比例)(?:[\u4e00-\u9fff]{0,3}?)(?:约|达到?|为|是|仅|近|超)?(?:了)?$"
)
_RATE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff“”]{0,10}?)(?P<stem>[\u4e00-\u9fff]{0,2})(?:率|进度)(?:已|仅|均|正好|刚好)?(?:达到?|为|是|约|只有|有)?(?:了)?$"
)
_DONE = re.compile(r"完成(?:了)?[\u4e00-\u9fff]{0,8}的?$")
FOREIGN = re.compile("全国|全省|全市|全自治区|全区|去年|上年|同期|平均|省均|县均")
AIM = re.compile(r"计划|目标|任务|协议|应|拟|预算|指标|预计")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words before a percent ask for, and by what noun."""

    kind: str
    noun: str
    clause: str


def asked_for(block: Block, rate: Quantity) -> Asked | None:
    left = block.text[max(block.start, rate.start - 30) : rate.start]
    clause = re.split(r"[，,；;：:。\n]", left)[-1]
    if GROWTH.search(re.split("[、（(]", clause)[-1]):
        return None
    if re.search("[占有]了?[^，。]{0,10}[，,]$", left) and not clause:
        # 产业项目占了13个，59%.
        return Asked("share", "", "占")
    if re.search(r"[（(]$", clause):
        return Asked("beside", "", "")
    for kind, pattern in (("of", _OF), ("share", _SHARE), ("rate", _RATE)):
        match = pattern.search(clause)
        if match:
            noun = match["noun"] + (match["stem"] if kind == "rate" else "")
            return Asked(kind, noun, clause)
    return Asked("done", "", clause) if _DONE.search(clause) else None
