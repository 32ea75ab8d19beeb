"""Turn the marked sentences of ``gold/*.txt`` into ``gold/*.jsonl``.

A line is one text. ``{80个=80}`` marks a quantity and its value; after ``;`` may follow k= kind,
u= unit, a= approx, h= head, s= scope, p= period, q= id shared by nothing, o optional, f furniture.
Behind `` ## `` stand relations by the order of the marks: ``sum 1=2+3``, ``subset 1>2``,
``same 1,2``, ``pair 1,2``, ``rate 3=2/1``, ``product 3=1*2``, ``enum 1:甲,乙``. ``@2024-01-15``
before a text is its date of publication; ``!`` says that a finding is expected.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold"
_MARK = re.compile(r"\{([^{}=]+)=([^{};]*)((?:;[^{};]+)*)\}")
_PEOPLE = re.compile(r"[人名位]$")
_DURATION = re.compile(r"^-?P")
_DATE = re.compile(r"^(?:(?:19|20)\d\d|XXXX)(?:$|[-~T])")
_MEASURE = re.compile(r"(亩|平方公里|平方米|公里|千米|吨|公斤|斤|米|立方米|千瓦时|千瓦|公顷|级)$")
_COUNT = re.compile(r"(户次|批次|台次|场次|车次|季度|部门|台套|[\u4e00-\u9fff])$")


def _kind_and_unit(surface: str, value: str) -> tuple[str, str | None]:
    surface = re.sub(r"(?<=[元倍年月天])[多余]$", "", surface)
    if _DURATION.match(value):
        return "duration", None
    if _DATE.match(value) and not surface.endswith(("元", "个", "人", "家", "名", "户", "亩")):
        return "date", None
    if surface.startswith("第"):
        return "ordinal", surface[-1]
    if surface.endswith("人次"):
        return "person_times", "人次"
    for ending, kind, unit in (
        ("%", "percent", "%"), ("％", "percent", "%"), ("百分点", "percent", "百分点"),
        ("元", "amount", "元"), ("岁", "age", "岁"), ("倍", "ratio", "倍"),
    ):  # fmt: skip
        if surface.endswith(ending):
            return kind, unit
    measure = _MEASURE.search(surface)
    if measure:
        return "measure", measure[1]
    if _PEOPLE.search(surface):
        return "people", "人"
    count = _COUNT.search(surface)
    return "count", count[1] if count else None


def compile_line(line: str, number: int) -> dict[str, Any]:
    """One marked line as a case of the scorer."""
    body, _, relations = line.partition(" ## ")
    case: dict[str, Any] = {}
    if body.startswith("!"):
        body, case["findings"] = body[1:], True
    if body.startswith("@"):
        case["published"], body = body[1:11], body[11:]
    body = body.replace("\\n", "\n")
    text, items, last = "", [], 0
    for index, match in enumerate(_MARK.finditer(body), 1):
        text += body[last : match.start()]
        last = match.end()
        surface, value, options = match.groups()
        kind, unit = _kind_and_unit(surface, value)
        item: dict[str, Any] = {
            "id": f"g{index}", "start": len(text), "end": len(text) + len(surface),
            "surface": surface, "kind": kind, "value": value or None, "unit": unit, "approx": None,
        }  # fmt: skip
        for option in options.split(";")[1:]:
            _set(item, option)
        text += surface
        items.append(item)
    case.update(id=number, text=text + body[last:], items=items)
    case["relations"] = [_relation(word) for word in relations.split(";") if word.strip()]
    return case


def _set(item: dict[str, Any], option: str) -> None:
    if option == "o":
        item["optional"] = True
    elif option == "f":
        item["kind"] = "furniture"
    else:
        key, _, value = option.partition("=")
        name = {"k": "kind", "u": "unit", "a": "approx", "h": "head", "s": "scope", "p": "period"}[
            key
        ]
        item[name] = None if value == "-" else value


def _relation(word: str) -> dict[str, Any]:
    name, _, rest = word.strip().partition(" ")
    ids = [f"g{n}" for n in re.findall(r"\d+", rest.split(":")[0])]
    if name == "sum":
        return {"type": "sum", "total": ids[0], "parts": ids[1:]}
    if name == "subset":
        return {"type": "subset", "whole": ids[0], "part": ids[1]}
    if name == "rate":
        return {"type": "rate", "rate": ids[0], "part": ids[1], "whole": ids[2]}
    if name == "product":
        return {"type": "product", "total": ids[0], "factors": ids[1:]}
    if name == "enum":
        return {"type": "enum_count", "count": ids[0], "listed": rest.split(":")[1].split(",")}
    return {"type": name, "ids": ids}


def main() -> None:
    """Compile every marked file, or those named."""
    for path in [Path(a) for a in sys.argv[1:]] or sorted(GOLD.glob("*.txt")):
        lines = [x for x in path.read_text(encoding="utf-8").splitlines() if x and x[0] != "#"]
        cases = [compile_line(line, number) for number, line in enumerate(lines, 1)]
        out = path.with_suffix(".jsonl")
        out.write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases), "utf-8")
        print(path.name, len(cases), sum(len(c["items"]) for c in cases))


if __name__ == "__main__":
    main()
