"""Enumeration counts: 甲县、乙县、丙县3个县, 三个片区（城东、城西、城南）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lexicon import Lexicon
from .links import Block, Link
from .model import Quantity, Relation, Severity

_SPLIT = re.compile(r"[、]|(?<=[\u4e00-\u9fff”’])(?:和|与|及|以及)(?=[\u4e00-\u9fff“‘])")
_QUOTED = re.compile(r"[“‘]([^“‘”’]{1,14})[”’]")
_QUOTED_RUN = re.compile(r"(?:[“‘][^“‘”’\n]{1,14}[”’][、和]?){2,12}")
_AFTER = re.compile(
    r"[^，。；：\n（(]{0,12}?(分别是|分别为|：|:|（|\(|——|即|，即|，分别是|，分别为|包括)"
)
_END = re.compile(r"[。；;\n）)]")
_PLACE = re.compile(r"(?:省|市|县|区|镇|乡|村|旗|州|街道|社区|组|队|中心|站|园|所)$")
_LEAD = re.compile(r"下设|分为|设立|设有|划分为|成立|围绕|聚焦|组成|即|[”’]$")
_KIND_NOUN = re.compile(
    r"(?:组|方面|领域|环节|片区|板块|阶段|专班|类|大|市|县|区|镇|乡|村|产业|中心|体系|部门|专项|行动|工程|品牌|重点|批次)$"
)
_UNITS = frozenset(
    "个 家 座 项 类 种 大 名 位 所 条 支 组 方面 季度 省 市 县 区 镇 乡 村 州 地 县区 乡镇 部门 县市 "
    "期 场 次 街道 块 片 处 门 部".split()
)


def lists(block: Block, lexicon: Lexicon) -> Iterator[Link]:
    """The counts of one block that are spelt out beside the number."""
    for count in block.figures:
        number = count.number
        if count.kind not in ("count", "people") or number is None or not count.exact:
            continue
        if count.unit not in _UNITS and count.orig_unit not in _UNITS or not 1 <= number <= 15:
            continue
        if "每" in count.qual or "各" in count.qual:
            continue
        link = _before(block, count, lexicon) or _behind(block, count) or _dates(block, count)
        if link:
            yield link


def _link(count: Quantity, listed: list[str], severity: Severity | None = None) -> Link:
    relation = Relation("enum_count", {"count": count.id, "listed": tuple(listed)})
    line = f"列出{len(listed)}个（{'、'.join(listed)}）"
    if severity is None:
        return Link(relation, count, (), f"{line} = {count.surface}")
    message = f"列出的是{len(listed)}个，文中说是{count.surface}"
    return Link(relation, count, (), f"{line} ≠ {count.surface}", severity, message)


def _before(block: Block, count: Quantity, lexicon: Lexicon) -> Link | None:
    start = max(block.start, count.start - 90)
    figures = [q.end for q in block.figures if q.end <= count.start]
    chunk = block.text[max(start, figures[-1] if figures else start) : count.start]
    chunk = re.split(r"[，,；;：:]", chunk)[-1]
    open_list = chunk.endswith(("等", "等共", "等地"))
    chunk = re.sub(r"(?:等地|等|共|这|的)+$", "", chunk)
    if "、" not in chunk and not re.search(r"(?<=[\u4e00-\u9fff])[和与](?=[\u4e00-\u9fff])", chunk):
        return None
    items = _items(chunk, lexicon)
    if len(items) < 2 or any(not 1 < len(item) <= 14 for item in items):
        return None
    listed, number = len(items), int(count.number or 0)
    if listed == number:
        return _link(count, items) if "、" in chunk or number == 2 else None
    if open_list:
        return _link(count, items, "warn") if listed > number and _clean(items, count) else None
    if listed < 3 or "、" not in chunk:
        return None
    if _clean(items, count):
        return _link(count, items, "error" if all(_PLACE.search(i) for i in items) else "warn")
    if _parallel(items) and (
        _LEAD.search(chunk) or _KIND_NOUN.search(count.head or count.unit or "")
    ):
        return _link(count, items, "warn")
    return None


def _parallel(items: list[str]) -> bool:
    """Whether the items look alike enough to be a complete list: much the same length, no verbs."""
    sizes = [len(item) for item in items]
    return max(sizes) - min(sizes) <= 2 and max(sizes) <= 6


def _items(chunk: str, lexicon: Lexicon) -> list[str]:
    quoted = _QUOTED.findall(chunk)
    if len(quoted) > 1 and chunk.rstrip().endswith(("”", "’")):
        return [str(item) for item in quoted]
    if len(quoted) == 1 and "、" in quoted[0] and chunk.endswith(("”", "’")):
        return str(quoted[0]).split("、")
    items = [item.strip("“”‘’ ") for item in _SPLIT.split(chunk)]
    first = items[0]
    cut = 0
    for match in lexicon.words.verb_front.finditer(first):
        if len(match[0]) > 1 and len(first) - match.end() >= 2:
            cut = match.end()
    cut_first = first[cut:]
    lead = re.match(
        r"^(?:.*?(?:下设|分为|设立|设有|划分为|组成|包括|涵盖|涉及|围绕|对|在|为|由|向|从|到|赴|的|了|来自))(?=.{2,}$)",
        cut_first,
    )
    items[0] = cut_first[lead.end() :] if lead else cut_first
    return items


def _clean(items: list[str], count: Quantity) -> bool:
    """Whether the list is one of exactly the things counted: all end like the noun."""
    noun = count.head or count.unit or ""
    endings = {item[-1:] for item in items}
    return len(endings) == 1 and (any(end in noun for end in endings) or count.unit in endings)


def _behind(block: Block, count: Quantity) -> Link | None:
    limit = min(block.end, count.end + 140)
    match = _AFTER.match(block.text, count.end, limit)
    if match is None:
        return None
    run = _QUOTED_RUN.match(block.text, match.end(), limit)
    if run:
        return _judged(count, [str(item) for item in _QUOTED.findall(run[0])], match[1])
    stop = _END.search(block.text, match.end(), limit)
    chunk = block.text[match.end() : stop.start() if stop else limit]
    if "等" in chunk or any(
        match.end() <= q.start < match.end() + len(chunk) for q in block.figures
    ):
        return None
    if "…" in chunk:
        return None
    chunk = re.split(r"[，,]", chunk)[0]
    return _judged(count, [item for item in _SPLIT.split(chunk) if item], match[1])


def _judged(count: Quantity, items: list[str], mark: str) -> Link | None:
    if len(items) < 2 or any(not 1 < len(item) <= 16 for item in items):
        return None
    if len(items) == count.number:
        return _link(count, items)
    if mark.endswith(("分别是", "分别为")) or (mark in "（(" and _parallel(items)):
        return _link(count, items, "warn")
    return None


def _dates(block: Block, count: Quantity) -> Link | None:
    """5月、9月，举办两期: the dates listed before count them."""
    if count.unit not in ("期", "场", "次") or (count.number or 0) > 6:
        return None
    dates = [q for q in block.dates if q.end <= count.start and not q.optional]
    listed = dates[-1:]
    for date in reversed(dates[:-1]):
        if block.between(date, listed[0]) not in ("、", "和", "及", "与"):
            break
        listed.insert(0, date)
    if len(listed) < 2 or count.start - listed[-1].end > 40:
        return None
    if len(listed) != count.number:
        each = "分别" in block.text[listed[-1].end : count.start]
        return _link(count, [date.surface for date in listed], "warn") if each else None
    return _link(count, [date.surface for date in listed])
