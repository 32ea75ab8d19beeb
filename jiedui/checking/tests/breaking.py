"""Break one figure of a sound text: ``python -m jiedui.checking.tests.breaking [-v] [FILES]``.

Every member of every relation of the gold is changed in several ways (×10, ÷10, two digits
swapped, the last digit one more, one digit mistyped, another value), one at a time. A change is
*detectable* when some relation of the gold no longer holds by its own arithmetic: a part that is
still smaller than its whole, or a pair, says nothing. It is *found* when an error or a warning has
a span that covers the changed figure.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiedui.checking import Quantity, Reading, read
from jiedui.checking.tests.score import HERE, SEEDS, SHARED, load

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_CHINESE = "一二三四五六七八九"
_TYPO = str.maketrans("1234567890", "7586492530")


def changes(surface: str) -> dict[str, str]:
    """The ways to write ``surface`` wrongly, by name; none where it holds no digit to change."""
    match = _DIGITS.search(surface.replace(",", ""))
    if match is None:
        return _chinese(surface)
    if "," in surface:
        surface = surface.replace(",", "")
    number = match[0]
    value = Decimal(number)
    tail = number[-1]
    ways = {
        "×10": f"{value * 10:f}" if "." in number else number + "0",
        "÷10": f"{value / 10:f}" if not number.endswith("0") else number[:-1],
        "+1": number[:-1] + str((int(tail) + 1) % 10),
        "typo": number[0].translate(_TYPO) + number[1:],
        "other": f"{value * 3 + (1 if '.' not in number else Decimal('0.1')):f}",
    }
    if len(number) > 1 and number[0] != number[1] and number[1] not in ".0":
        ways["swap"] = number[1] + number[0] + number[2:]
    elif len(number) > 2 and number[-1] != number[-2] and number[-2] != ".":
        ways["swap"] = number[:-2] + number[-1] + number[-2]
    if "." not in number and "." in ways["÷10"] and not re.search("[元%亩吨里米万亿点]", surface):
        # Half a person is no slip anyone makes.
        del ways["÷10"]
    head, rest = surface[: match.start()], surface[match.end() :]
    return {
        way: head + new + rest
        for way, new in ways.items()
        if new != number and Decimal(new) > 0 and not (new[0] == "0" and not new.startswith("0."))
    }


def _chinese(surface: str) -> dict[str, str]:
    found = {}
    plain = surface.replace("两", "二")
    for name, step in (("+1", 1), ("typo", 3)):
        for at, char in enumerate(plain):
            if char in _CHINESE:
                other = _CHINESE[(_CHINESE.index(char) + step) % 9]
                if other != "一":
                    found[name] = plain[:at] + other + plain[at + 1 :]
                break
    return found


@dataclass
class Tally:
    """Counts by relation and by way, and what was not found."""

    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def share(self, name: str = "all") -> float:
        """The share of the detectable changes that were found; 1.0 where there were none."""
        return self.found[name] / self.tried[name] if self.tried[name] else 1.0


def members(relation: dict[str, Any]) -> list[str]:
    """The ids a relation names, names of places not counted."""
    ids: list[str] = []
    for key, value in relation.items():
        if key in ("type", "listed"):
            continue
        ids += value if isinstance(value, list) else [value]
    return ids


def holds(relation: dict[str, Any], values: dict[str, Quantity]) -> bool | None:
    """Whether a relation of the gold holds; None where the numbers cannot tell."""
    found = [values.get(i) for i in members(relation)]
    quantities = [q for q in found if q is not None]
    if len(quantities) != len(found) or any(q.number is None for q in quantities):
        return None
    n = {i: values[i].number or Decimal(0) for i in members(relation)}
    half = {i: values[i].step / 2 if values[i].step != 1 else Decimal(0) for i in n}
    kind = relation["type"]
    if kind == "sum":
        off = abs(n[relation["total"]] - sum(n[p] for p in relation["parts"]))
        return off <= sum(half.values())
    if kind == "subset":
        return n[relation["part"]] <= n[relation["whole"]] or None
    if kind == "same":
        one, *others = relation["ids"]
        return all(abs(n[one] - n[o]) <= max(half[one], half[o]) for o in others)
    if kind == "enum_count":
        return n[relation["count"]] == len(relation["listed"])
    if kind == "rate":
        part, whole, rate = (relation[k] for k in ("part", "whole", "rate"))
        if not n[whole] or not n[part]:
            return None
        share = n[part] / n[whole] * 100
        wide = share * (half[part] / n[part] + half[whole] / n[whole])
        off = share - n[rate]
        return abs(off) <= values[rate].step / 2 + wide or 0 < off < values[rate].step + wide
    if kind == "product":
        one, two = relation.get("factors") or (relation["each"], relation["count"])
        wide = n[one] * half[two] + n[two] * half[one] + half[relation["total"]]
        return abs(n[one] * n[two] - n[relation["total"]]) <= wide
    return None


def _values(case: dict[str, Any], reading: Reading, shift_at: int, by: int) -> dict[str, Quantity]:
    at = {q.start: q for q in reading.quantities}
    starts = {i["id"]: i["start"] + (by if i["start"] > shift_at else 0) for i in case["items"]}
    return {i: at[start] for i, start in starts.items() if start in at}


def breaks(case: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Item, type of the relation, way and new surface, each once a relation."""
    items = {i["id"]: i for i in case["items"]}
    for relation in case.get("relations", ()):
        for name in members(relation):
            item = items[name]
            if item["kind"] in ("date", "ordinal", "furniture") or item.get("approx"):
                continue
            for way, surface in changes(item["surface"]).items():
                yield item, relation["type"], way, surface


def measure(cases: Iterable[dict[str, Any]]) -> Tally:
    """Break every case that is sound in the gold."""
    tally = Tally()
    for case in cases:
        if case.get("findings"):
            continue
        for item, kind, way, surface in breaks(case):
            text = case["text"][: item["start"]] + surface + case["text"][item["end"] :]
            reading = read(text, published_on=case.get("published"))
            by = len(surface) - len(item["surface"])
            values = _values(case, reading, item["start"], by)
            verdicts = [holds(r, values) for r in case["relations"] if item["id"] in members(r)]
            span = (item["start"], item["start"] + len(surface))
            told = {
                f.severity for f in reading.findings
                if any(s < span[1] and span[0] < e for s, e in f.spans)
            }  # fmt: skip
            if False not in verdicts:
                tally.silent[kind] += 1
                continue
            for name in ("all", kind, f"{kind} {way}"):
                tally.tried[name] += 1
                tally.found[name] += bool(told & {"error", "warn"})
                tally.noted[name] += told == {"note"}
            if not told & {"error", "warn"}:
                around = text[max(span[0] - 60, 0) : span[1] + 40].replace("\n", "|")
                tally.missed.append((kind, way, item["surface"], surface, around))
    return tally


def main(arguments: list[str]) -> None:
    """Print a line for each relation; ``-v`` also every change that was not found."""
    files = [Path(a) for a in arguments if a != "-v"]
    if not files:
        seeds = SHARED / "figures" / "gold"
        files = [seeds / f"{stem}.json" for stem in SEEDS if (seeds / f"{stem}.json").is_file()]
        files += sorted((HERE / "gold").glob("*.jsonl"))
    tally = measure(case for path in files for case in load(path))
    for name in sorted(tally.tried, key=lambda n: (n != "all", n)):
        silent = f", {tally.silent[name]} not detectable" if tally.silent[name] else ""
        print(f"{name:16} {tally.found[name]}/{tally.tried[name]} = {tally.share(name):.3f} "
              f"(+{tally.noted[name]} notes{silent})")  # fmt: skip
    if "-v" in arguments:
        for missed in sorted(tally.missed):
            print("  ", *missed, sep=" | ")


if __name__ == "__main__":
    main(sys.argv[1:])
