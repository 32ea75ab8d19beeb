"""Compare readings with gold: ``python -m jiedui.checking.tests.score [FILES]``.

A gold file is one JSON object (a seed, or a text that brings itself) or JSON lines (sentences);
all have text, items and relations as ../../../../shared/figures/README.md tells. Items marked ``optional`` are neither
rewarded nor punished.
A folder stands for its 01.json, 02.json … Without files it scores the seeds, where they are, and both own halves.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from jiedui.checking import Reading, read

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared"
SEEDS = {"ankang": "000_65e7efcd66345143.txt", "nanning": "004_337ded640075c124.txt"}
FIELDS = ("approx", "head", "scope", "period")


def load(path: Path) -> list[dict[str, Any]]:
    """The cases of a gold file, each with ``text``, ``items``, ``relations``."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in raw.splitlines() if line]
    case: dict[str, Any] = json.loads(raw)
    if "seed" not in case:
        return [case]
    name = case["seed"] if case.get("seed") in SEEDS.values() else SEEDS[path.stem]
    with (SHARED / "seeds" / name).open(encoding="utf-8", newline="") as file:
        case["text"] = file.read()
    return [case]


def same_value(one: str | None, other: str | None) -> bool:
    """Equal as decimals, or as written where they are no numbers."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def _bare(phrase: str) -> str:
    return re.sub(r"[（(].*?[)）]|[“”‘’\s、的]", "", phrase)


def alike(one: str | None, other: str | None) -> bool:
    """Whether two heads or scopes name the same: one holds the other, or most characters agree."""
    if one is None or other is None:
        return one == other
    one, other = _bare(one), _bare(other)
    if not one or not other:
        return one == other
    if one in other or other in one:
        return True
    rows = [0] * (len(other) + 1)
    for a in one:
        diagonal = 0
        for index, b in enumerate(other, 1):
            diagonal, rows[index] = (
                rows[index],
                diagonal + 1 if a == b else max(rows[index], rows[index - 1]),
            )
    return rows[-1] >= 0.6 * min(len(one), len(other))


def same_place(one: str | None, other: str | None) -> bool:
    """Scopes agree without their suffix: 南平 and 南平市."""
    if one and other:
        strip = r"(?:自治[区州县旗]|省|市|州|县|区|镇|乡|村)$"
        one, other = re.sub(strip, "", _bare(one)), re.sub(strip, "", _bare(other))
        return one == other or (min(len(one), len(other)) >= 4 and (one in other or other in one))
    return one == other


AGREE = {"head": alike, "scope": same_place}


def score(cases: Iterable[dict[str, Any]], *, show: bool = False) -> dict[str, float]:
    """Ratios by name; ``findings`` and ``furniture`` are counts of what should not be there."""
    tally: Counter[str] = Counter()
    for case in cases:
        reading = read(case["text"], published_on=case.get("published"))
        _items(case, reading, tally, show=show)
        _relations(case, reading, tally, show=show)
        if case.get("findings"):
            serious = any(f.severity != "note" for f in reading.findings)
            tally["missed_finding"] += not serious
            if show and not serious:
                print("  NO FINDING", case["text"])
        for finding in reading.findings:
            if case.get("findings") is None:
                tally[f"false_{finding.severity}"] += 1
                if show:
                    print("  FINDING", finding.severity, finding.message, finding.arithmetic)
    return _ratios(tally)


def _items(case: dict[str, Any], reading: Reading, tally: Counter[str], *, show: bool) -> None:
    text = case["text"]
    got = {(q.start, q.end): q for q in reading.quantities}
    for item in case["items"]:
        span = (item["start"], item["end"])
        found = got.pop(span, None)
        if item["kind"] == "furniture":
            tally["furniture"] += found is not None
            continue
        if item.get("optional"):
            for other in [s for s in got if s[0] < span[1] and span[0] < s[1]]:
                del got[other]
            continue
        tally["gold"] += 1
        if found is None:
            _say(show, "MISS", text, span)
            continue
        tally["span"] += 1
        right = (found.kind, found.unit) == (item["kind"], item["unit"])
        if right and same_value(found.value, item["value"]):
            tally["full"] += 1
        else:
            _say(show, f"FULL {found.kind} {found.value} {found.unit} for {item['kind']} "
                 f"{item['value']} {item['unit']}", text, span)  # fmt: skip
        for name in FIELDS:
            if name not in item:
                continue
            tally[f"{name}_of"] += 1
            mine, theirs = getattr(found, name), item[name]
            if AGREE[name](mine, theirs) if name in AGREE else mine == theirs:
                tally[name] += 1
            else:
                _say(show, f"{name} {mine} for {theirs}", text, span)
    for span, found in got.items():
        if found.optional:
            continue
        tally["extra"] += 1
        _say(show, f"EXTRA {found.kind} {found.value} {found.unit}", text, span)


def _say(show: bool, what: str, text: str, span: tuple[int, int]) -> None:
    if show:
        around = text[max(span[0] - 14, 0) : span[1] + 14].replace("\n", "|")
        print(f"  {what}  <{text[span[0] : span[1]]}>  …{around}…")


def relation_keys(relations: Iterable[dict[str, Any]], spans: dict[str, Any]) -> set[Any]:
    """Relations by spans instead of ids, so that two readings can be compared."""
    keys: set[Any] = set()
    for relation in relations:
        kind = relation["type"]
        if kind == "enum_count":
            keys.add((kind, spans.get(relation["count"])))
        elif kind in ("same", "pair"):
            keys.add((kind, frozenset(spans.get(i) for i in relation["ids"])))
        elif kind == "product":
            # Some hands name the two factors each and count.
            factors = relation.get("factors") or (relation["each"], relation["count"])
            keys.add((kind, spans.get(relation["total"]), frozenset(spans.get(f) for f in factors)))
        else:
            parts = tuple(
                frozenset(spans.get(i) for i in value)
                if isinstance(value, list | tuple)
                else spans.get(value)
                for key, value in sorted(relation.items())
                if key != "type"
            )
            keys.add((kind, parts))
    return keys


def _relations(case: dict[str, Any], reading: Reading, tally: Counter[str], *, show: bool) -> None:
    if "relations" not in case:
        return
    spans = {i["id"]: (i["start"], i["end"]) for i in case["items"]}
    gold = relation_keys(case["relations"], spans)
    mine = {q.id: (q.start, q.end) for q in reading.quantities}
    got = relation_keys(({"type": r.type, **r.roles} for r in reading.relations), mine)
    tally["rel_gold"] += len(gold)
    tally["rel_got"] += len(got)
    tally["rel_hit"] += len(gold & got)
    if show:
        text = case["text"]
        for label, keys in (("REL MISS", gold - got), ("REL EXTRA", got - gold)):
            for key in keys:
                print(f"  {label}", _worded(key, text), text[:60].replace("\n", "|"))


def _worded(key: Any, text: str) -> Any:
    if isinstance(key, tuple) and len(key) == 2 and all(isinstance(k, int) for k in key):
        return text[key[0] : key[1]]
    if isinstance(key, tuple | frozenset):
        return [_worded(k, text) for k in key]
    return key


def _f1(hit: int, got: int, gold: int) -> float:
    return 2 * hit / (got + gold) if got + gold else 1.0


def _ratios(tally: Counter[str]) -> dict[str, float]:
    got = tally["span"] + tally["extra"]
    result = {
        "items": float(tally["gold"]),
        "span_f1": _f1(tally["span"], got, tally["gold"]),
        "full_f1": _f1(tally["full"], got, tally["gold"]),
    }
    for name in FIELDS:
        result[name] = tally[name] / tally[f"{name}_of"] if tally[f"{name}_of"] else 1.0
    result["relations_gold"] = float(tally["rel_gold"])
    result["relations_f1"] = _f1(tally["rel_hit"], tally["rel_got"], tally["rel_gold"])
    for name in ("furniture", "false_error", "false_warn", "false_note", "missed_finding"):
        result[name] = float(tally[name])
    return result


def files_of(path: Path) -> list[Path]:
    """The texts of a folder (01.json, 02.json …), or the file itself."""
    return sorted(path.glob("[0-9]*.json")) if path.is_dir() else [path]


def main(arguments: list[str]) -> None:
    """Print one line a gold file; ``-v`` also prints every disagreement."""
    show = "-v" in arguments
    files = [file for name in arguments if name != "-v" for file in files_of(Path(name))]
    if not files:
        seeds = SHARED / "figures" / "gold"
        files = [seeds / f"{stem}.json" for stem in SEEDS if (seeds / f"{stem}.json").is_file()]
        files += sorted((HERE / "gold").glob("*.jsonl"))
    for path in files:
        result = score(load(path), show=show)
        shown = " ".join(f"{k}={v:.4g}" for k, v in result.items())
        print(path.name, shown)


if __name__ == "__main__":
    main(sys.argv[1:])
