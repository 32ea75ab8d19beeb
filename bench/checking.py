"""`./jd bench checking`: characters a second of reading and of checking a text, beside other extractions.

Every contender reads the same texts in the same process, in rounds that begin with another one each
time; a ratio is taken within a round. Goals go by processor time, which neighbours do not lengthen.
The ledger is the demonstration's.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import engines, rivals
from bench.machine import Took, machine_line, noise_line, took
from bench.rivals import Count
from bench.tables import number, rows_as_table
from jiedui.checking import read
from jiedui.checking.reader.document import open_document
from jiedui.checking.reader.lexicon import DEFAULT
from jiedui.checking.reader.quantity.scan import Scan

TESTS = Path(__file__).parents[1] / "jiedui" / "checking" / "tests"
ROUNDS = 7
SHORTEST_S = 0.15
"""A contender repeats the texts in a round until this has passed."""
GOALS = {"values": 25.0, "check": 8.0}

NOTE = """\
values: spans, kinds, units and values of every figure, which is what the rivals give. read: also head, scope,
period, relations and findings. check: also names of indicators and the comparison with the ledger, whose
answers are all asked; again: where they are remembered, as after a correction. chars/s by processor time,
median of the rounds; × jionlp: median of the rounds (least to most). found: figures of all texts together, so
that nobody is fast by finding nothing: ours are also counts, people, measures and shares; jionlp has money and
times only; cn2an has bare numbers without kind or unit."""
HEADS = ("contender", "found", "chars/s", "ms", "cpu ms", "× jionlp", "goal", "")


@dataclass(slots=True)
class Contender:
    """One way to read; ``tooks`` is what all texts took once, round by round."""

    key: str
    name: str
    count: Count
    found: int = 0
    tooks: list[Took] = field(default_factory=list)

    def run(self, texts: Sequence[str], shortest_s: float) -> None:
        """One round."""
        runs = 0
        began = time.perf_counter()
        total = Took(0, 0)
        while not runs or time.perf_counter() - began < shortest_s:
            one = took(lambda: self._all(texts))
            total = Took(total.wall_ms + one.wall_ms, total.cpu_ms + one.cpu_ms)
            runs += 1
        self.tooks.append(Took(total.wall_ms / runs, total.cpu_ms / runs))

    def _all(self, texts: Sequence[str]) -> None:
        self.found = sum(self.count(text) for text in texts)


def values(text: str) -> int:
    """The figures of a text with their values, and nothing of what they are about."""
    doc = open_document(text, DEFAULT, None)
    scan = Scan(doc, DEFAULT, (doc.published or "")[:4])
    scan.run()
    return len(scan.tokens)


def whole_check(text: str) -> int:
    """The check as the page and `./jd check` do it, against the ledger that Django is connected to."""
    from jiedui.figures import remembered

    remembered.forget()
    return check_again(text)


def check_again(text: str) -> int:
    """The same for a text that was checked before, as after every correction."""
    from jiedui.checking import checks

    return len(checks.check([("", text)])[0].reading.quantities)


def contenders(folder: Path = rivals.FOLDER) -> list[Contender]:
    """Ours and those of the rivals that are there."""
    found = [
        Contender("values", "ours: values", values),
        Contender("read", "ours: read", lambda text: len(read(text).quantities)),
        Contender("check", "ours: check", whole_check),
        Contender("again", "ours: check again", check_again),
    ]
    for key, make in (
        ("jionlp", rivals.jionlp),
        ("cn2an", rivals.cn2an),
    ):
        made = make(folder)
        if made is not None:
            found.append(Contender(key, *made))
    return found


def own_texts() -> list[str]:
    """Invented articles and reports out of the reader's own tests."""
    lines = (TESTS / "gold" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [str(json.loads(line)["text"]) for line in lines]
    reports = sorted((TESTS / "reports").glob("*.txt"))
    return texts + [path.read_text(encoding="utf-8") for path in reports]


def measure(
    found: Sequence[Contender], texts: Sequence[str], rounds: int, shortest_s: float
) -> None:
    """Every contender in every round, each time another one first; one round before does not count."""
    for one in found:
        one.run(texts, 0)
        one.tooks.clear()
    for start in range(rounds):
        turn = start % len(found)
        for one in (*found[turn:], *found[:turn]):
            one.run(texts, shortest_s)


def rows(found: Sequence[Contender], characters: int) -> list[list[str]]:
    """The table; ratios are empty without jionlp."""
    by_key = {one.key: one for one in found}
    rival = by_key.get("jionlp")
    table = []
    for one in found:
        cpu = [took.cpu_ms for took in one.tooks]
        times = ""
        goal = GOALS.get(one.key)
        verdict = ""
        if rival is not None and one is not rival:
            ratios = [
                theirs.cpu_ms / ours.cpu_ms
                for theirs, ours in zip(rival.tooks, one.tooks, strict=True)
            ]
            middle = statistics.median(ratios)
            times = f"{number(middle)} ({number(min(ratios))} to {number(max(ratios))})"
            if goal:
                verdict = "reached" if middle >= goal else "MISSED"
        table.append(
            [
                one.name,
                str(one.found) if one.found else "",
                f"{characters / statistics.median(cpu) * 1000:,.0f}",
                number(statistics.median(took.wall_ms for took in one.tooks)),
                number(statistics.median(cpu)),
                times,
                f"≥ {goal:g}×" if goal else "",
                verdict,
            ]
        )
    return table


def report(
    texts: Sequence[str],
    *,
    named: str,
    rounds: int = ROUNDS,
    shortest_s: float = SHORTEST_S,
    folder: Path = rivals.FOLDER,
) -> str:
    """Measure against the ledger Django is connected to, print everything, and return it."""
    found = contenders(folder)
    characters = sum(map(len, texts))
    parts = [
        "# Checking bench",
        "",
        f"- machine: {machine_line()}",
        f"- {noise_line('before')}",
        f"- {len(texts)} texts, {characters:,} characters: {named}",
        f"- ledger: {_ledger_line()}",
        f"- {rounds} rounds, in each the texts again and again for {shortest_s:g} s and more",
    ]
    if not any(one.key == "jionlp" for one in found):
        parts.append("- jionlp is NOT INSTALLED: no ratios")
    measure(found, texts, rounds, shortest_s)
    parts += ["", rows_as_table(HEADS, rows(found, characters)), "", NOTE, ""]
    parts.append(f"- {noise_line('after')}")
    text = "\n".join(parts)
    print(f"\n{text}", flush=True)
    return text


def _ledger_line() -> str:
    from jiedui.ledger import heads

    return f"{engines.engine_line()}, #{heads.head()}"


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="./jd bench checking", description="核校性能：与 jionlp、cn2an 相比"
    )
    words.add_argument("texts", nargs="*", type=Path, help="文稿（UTF-8）；不写则用自编的")
    words.add_argument("--rounds", type=int, default=ROUNDS, help=f"轮数（默认 {ROUNDS}）")
    words.add_argument("--keep", type=Path, help="演示账本留在这个文件夹，下次直接使用")
    return words


def main(words: Sequence[str]) -> int:
    options = parser().parse_args(words)
    texts = [path.read_bytes().decode("utf-8") for path in options.texts] or own_texts()
    named = ", ".join(path.name for path in options.texts) or "invented articles and reports"
    with engines.folder_of(options.keep, "bench") as folder, engines.opened("sqlite", folder):
        _load_demo(folder)
        report(texts, named=named, rounds=options.rounds)
    return 0


def _load_demo(folder: Path) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    ready = folder / "demo-loaded"
    if not ready.exists():
        from demo import load

        _say("loading the demonstration")
        load.load()
        ready.touch()


def _say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)
