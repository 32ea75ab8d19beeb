"""Enumeration counts: 甲县、乙县、丙县3个县, 三个片区（城东、城西、城南）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiedui.checking.reader.lexicon import Lexicon
from jiedui.checking.reader.model import Quantity, Relation, Severity

from .links import Block, Link, group

_AND = re.compile(r"(?<=[\u4e00-\u9fff”’]{2})(?:和|与|及|以及)(?=[\u4e00-\u9fff“‘]{2})")
_QUOTED = re.compile(r"[“‘]([^“‘”’]{1,14})[”’]")
_QUOTED_RUN = re.compile(r"(?:[“‘][^“‘”’\n]{1,14}[”’][、和]?){2,12}")
_AFTER = re.compile(
    r"[^，。；：\n（(]{0,12}?(分别是|分别为|：|:|（|\(|——|即|，即|，分别是|，分别为|包括|为(?=[^，。]{2,16}、))"
)
_IN_TURN = re.compile("分别|先后|接连|连续|相继|陆续")
_POINTS = re.compile(
    r"(?:^|(?<=[。；;：:，,\n \u3000]))(?:([一二三四五六七八九十])(?:是|要)|第([一二三四五六七八九十])[，,、]"
    r"|[（(]([一二三四五六七八九十])[)）])"
)
_HEAD = re.compile(r"[^，。；：\n]{0,10}[：:。\n]")
_NEXT_HEAD = re.compile(r"^[ \u3000]*[一二三四五六七八九十]{1,3}、", re.MULTILINE)
_STOP = re.compile(r"[。\n]")
_DIGITS = "一二三四五六七八九十"
_FAR = 1500

_END = re.compile(r"[。；;\n）)]")
_PLACE = re.compile(r"(?:省|市|县|区|镇|乡|村|旗|州|街道|社区|组|队|中心|站|园|所)$")
_LEAD = re.compile(
    r"下设|分为|设立|设有|划分为|成立|围绕|聚焦|组成|组建|来自|制定|涉及|涵盖|覆盖|开设|即|[”’]$"
)
_KIND_NOUN = re.compile(
    r"(?:组|方面|领域|环节|片区|板块|阶段|专班|类|大|市|县|区|镇|乡|村|产业|中心|体系|部门|专项|行动|工程|品牌|重点|批次"
    r"|队|站|所|馆|院|库|厂|园|社|班|店|专业|科室|标准|课程|工种|语种|系列|品种|主题|层面|机制|举措|问题|目标|任务|模式|学科|科)$"
)
_UNITS = frozenset(
    "个 家 座 项 类 种 大 名 位 所 条 支 组 方面 季度 省 市 县 区 镇 乡 村 州 地 县区 乡镇 部门 县市 "
    "期 场 次 街道 块 片 处 门 部 队 点 件 条线 旗 地市 市州 县市区 样 条 桩 道 本 句 步".split()
)


def lists(block: Block, lexicon: Lexicon) -> Iterator[Link]:
    """The counts of one block that are spelt out beside the number."""
    for count in block.figures:
        number = count.number
        if count.kind not in ("count", "people") or number is None or not count.exact:
            continue
        if count.unit not in _UNITS and count.orig_unit not in _UNITS or not 1 <= number <= 150:
            continue
        if "每" in count.qual or "各" in count.qual:
            continue
        link = _before(block, count, lexicon) or _behind(block, count) or _dates(block, count)
        link = link or _labelled(block, count) or _clauses(block, count) or _points(block, count)
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
    clauses = re.split(r"[，,；;：:]", chunk)
    chunk = clauses[-1]
    if chunk in ("共", "共计", "合计", "一共", "总共", "共有") and len(clauses) > 1:
        # 协作县包括甲县、乙县、丙县，共三个.
        chunk = clauses[-2]
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
    return _counted_wrongly(count, items, chunk, lexicon)


def _counted_wrongly(
    count: Quantity, items: list[str], chunk: str, lexicon: Lexicon
) -> Link | None:
    """A list that ends at its count and has another number of items."""
    listed, number = len(items), int(count.number or 0)
    if number > 15 and number != 10 * listed:
        return None
    if "、" not in chunk or (listed < 3 and not _two_places(items, count, lexicon)):
        return None
    noun = count.head or count.unit or ""
    same = [item for item in items if item[-1:] == noun[-1:]]
    if len(same) == number and number > 1:
        return _link(count, same)
    ends = {item[-1:] for item in items}
    if all(_PLACE.search(item) for item in items) and noun[-1:] not in ends:
        # 甲镇、乙镇、丙镇12个村: the villages of three towns.
        return None
    if _clean(items, count):
        return _link(count, items, "error" if all(_PLACE.search(i) for i in items) else "warn")
    if len(items) >= 4 and len({len(item) for item in items}) == 1 and len(items[0]) <= 4:
        return _link(count, items, "warn")
    if _parallel(items) and (
        _LEAD.search(chunk) or _KIND_NOUN.search(count.head or count.unit or "")
    ):
        return _link(count, items, "warn")
    return None


def _two_places(items: list[str], count: Quantity, lexicon: Lexicon) -> bool:
    """东乡、和政三县: two names of places, and no 等 behind them."""
    if (
        count.unit not in ("县", "市", "区", "镇", "乡", "村", "旗", "省", "州")
        or count.number != 3
    ):
        return False
    return all(len(item) == 2 or item.endswith(count.unit) for item in items)


def _parallel(items: list[str]) -> bool:
    """Whether the items look alike enough to be a complete list: much the same length, no verbs."""
    sizes = [len(item) for item in items]
    return max(sizes) - min(sizes) <= 2 and max(sizes) <= 6


def _apart(chunk: str) -> list[str]:
    """甲、乙和丙: 和 joins the last two; 民和县 and 供销与物流 are one."""
    items = chunk.split("、")
    joined = list(_AND.finditer(items[-1]))
    if joined:
        mark = joined[-1]
        items[-1:] = [items[-1][: mark.start()], items[-1][mark.end() :]]
    return items


def _items(chunk: str, lexicon: Lexicon) -> list[str]:
    quoted = _QUOTED.findall(chunk)
    if len(quoted) > 1 and chunk.rstrip().endswith(("”", "’")):
        return [str(item) for item in quoted]
    if len(quoted) == 1 and "、" in quoted[0] and chunk.endswith(("”", "’")):
        return str(quoted[0]).split("、")
    items = [item.strip("“”‘’ ") for item in _apart(chunk)]
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
    return _judged(count, [item for item in _apart(chunk) if item], match[1])


def _judged(count: Quantity, items: list[str], mark: str) -> Link | None:
    if len(items) < 2 or any(not 1 < len(item) <= 16 for item in items):
        return None
    if len(items) == count.number:
        return _link(count, items)
    if len(items) < 3 and mark not in "（(":
        return None
    if mark.endswith(("分别是", "分别为", "为")) or (mark in "（(：:" and _parallel(items)):
        return _link(count, items, "warn")
    sizes = [len(item) for item in items]
    if mark in "：:" and max(sizes) <= 10 and max(sizes) - min(sizes) <= 3:
        return _link(count, items, "warn")
    return None


def _labelled(block: Block, count: Quantity) -> Link | None:
    """四个领域：产业2900万元、就业860万元、…: one figure to each item."""
    mark = re.compile(r"[^，。；：\n（(]{1,10}[：:]").match(block.text, count.end, block.end)
    if mark is None or count.unit not in ("个", "项", "类", "大", "方面", "块"):
        return None
    stop = _END.search(block.text, mark.end(), min(block.end, mark.end() + 300))
    chunk = block.text[mark.end() : stop.start() if stop else block.end]
    items = re.split("[、，,]", chunk)
    inside = [q for q in block.figures if mark.end() <= q.start < mark.end() + len(chunk)]
    if len(items) < 3 or len(items) != len(inside) or len({(q.kind, q.unit) for q in inside}) > 1:
        return None
    names = [re.split(r"\d", item)[0] for item in items]
    if any(not 1 < len(name) <= 14 for name in names):
        return None
    if len(items) != count.number and group(inside[0]) == group(count):
        # 12个分布是：甲市5个、乙县4个、…: the figures of the items add up to the count.
        return None
    return _link(count, names, None if len(items) == count.number else "warn")


def _points(block: Block, count: Quantity) -> Link | None:
    """抓好三件事：一是…二是…三是…: the points of the paragraph, or of those below a head."""
    behind = _HEAD.match(block.text, count.end, count.end + 12)
    if behind is None:
        return None
    text, line_end = block.text, block.text.find("\n", behind.end())
    line_end = len(text) if line_end < 0 else line_end
    end = min(line_end, behind.end() + _FAR)
    first = _POINTS.search(text, behind.end(), end)
    if first is None or behind[0][-1] == "\n":
        # （一）…（二）… each begin a line, up to the next head.
        end = behind.end() + _FAR
        head = _NEXT_HEAD.search(text, behind.end(), end)
        end = head.start() if head else end
    last = 0
    for point in _POINTS.finditer(text, behind.end(), end):
        if point.start() - behind.end() > 6 and not last:
            return None
        if _DIGITS.index(point[1] or point[2] or point[3]) != last:
            break
        last += 1
    if last < 2 or ("两" in count.surface and last != 2):
        return None
    names = [f"第{_DIGITS[n]}" for n in range(last)]
    return _link(count, names, None if last == count.number else "warn")


def _clauses(block: Block, count: Quantity) -> Link | None:
    """想了两条：资金往产业倾斜；干部往村里走: what semicolons part."""
    if block.text[count.end : count.end + 1] not in ("：", ":"):
        return None
    stop = _STOP.search(block.text, count.end, min(block.end, count.end + 300))
    chunk = block.text[count.end + 1 : stop.start() if stop else block.end]
    items = [item.strip() for item in re.split("[；;]", chunk)]
    if len(items) != count.number or not all(len(item) >= 3 for item in items):
        return None
    return _link(count, [item[:12] for item in items])


def _in_a_list(block: Block, count: Quantity) -> bool:
    """分别举办2场、3场、4场: no one of them counts the dates."""
    return any(
        q is not count
        and q.unit == count.unit
        and abs(q.start - count.end) <= 2
        or q is not count
        and q.unit == count.unit
        and abs(count.start - q.end) <= 2
        for q in block.figures
    )


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
        if _in_a_list(block, count):
            return None
        each = _IN_TURN.search(block.text[listed[-1].end : count.start])
        return _link(count, [date.surface for date in listed], "warn") if each else None
    return _link(count, [date.surface for date in listed])
