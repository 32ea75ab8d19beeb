"""The scores on the gold: both own halves, and the seeds where they are."""

from __future__ import annotations

import pytest

from jiedui.checking import read
from jiedui.checking.tests.score import HERE, SEEDS, SHARED, load, score

GOLD = SHARED / "figures" / "gold"


@pytest.mark.parametrize("name", ["development", "frozen", "articles"])
def test_own_sentences(name: str) -> None:
    result = score(load(HERE / "gold" / f"{name}.jsonl"))
    assert result["full_f1"] >= 0.985
    assert result["approx"] >= 0.98
    assert result["head"] >= 0.92
    assert result["scope"] >= 0.85
    assert result["period"] >= 0.85
    assert result["relations_f1"] >= 0.90
    assert not any(result[key] for key in ("furniture", "false_error", "false_warn", "false_note"))
    assert not result["missed_finding"]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the seeds are not here")
def test_seeds() -> None:
    cases = [case for stem in SEEDS for case in load(GOLD / f"{stem}.json")]
    result = score(cases)
    assert result["full_f1"] >= 0.985
    assert result["approx"] >= 0.98
    assert result["head"] >= 0.92
    assert result["scope"] >= 0.85
    assert result["period"] >= 0.85
    assert result["relations_f1"] >= 0.90
    assert not any(result[key] for key in ("furniture", "false_error", "false_warn", "false_note"))


def test_texts_of_another_hand() -> None:
    result = score(load(HERE / "gold" / "texts.jsonl"))
    least = {"full_f1": 0.985, "approx": 0.98, "head": 0.92, "scope": 0.80, "period": 0.90,
             "relations_f1": 0.90}  # fmt: skip
    low = {name: result[name] for name, share in least.items() if result[name] < share}
    assert low == {}
    assert not any(result[key] for key in ("furniture", "false_error", "false_warn"))


def test_more_texts_of_another_hand() -> None:
    result = score(load(HERE / "gold" / "more_texts.jsonl"))
    least = {"full_f1": 0.98, "approx": 0.98, "relations_f1": 0.92}
    low = {name: result[name] for name, share in least.items() if result[name] < share}
    assert low == {}
    assert not any(result[key] for key in ("furniture", "false_error", "false_warn"))


def test_texts_that_no_rule_was_made_for() -> None:
    result = score(load(HERE / "gold" / "unseen.jsonl"))
    least = {"full_f1": 0.985, "approx": 0.98, "relations_f1": 0.74}
    low = {name: result[name] for name, share in least.items() if result[name] < share}
    assert low == {}
    assert not result["false_error"]
    assert result["false_warn"] <= 1


@pytest.mark.parametrize(
    ("name", "many", "least"),
    [("texts", 70, 0.90), ("more_texts", 130, 0.85), ("unseen", 320, 0.45)],
)
def test_broken_texts_of_another_hand(name: str, many: int, least: float) -> None:
    cases = load(HERE / "gold" / f"{name}.jsonl")
    lines = (HERE / "gold" / f"{name}_broken.txt").read_text(encoding="utf-8").splitlines()[1:]
    found = 0
    for line in lines:
        number, mark, surface, _ = line.split(" ")
        case = cases[int(number) - 1]
        item = case["items"][int(mark) - 1]
        text = case["text"][: item["start"]] + surface + case["text"][item["end"] :]
        end = item["start"] + len(surface)
        found += any(
            f.severity != "note" and any(a < end and item["start"] < b for a, b in f.spans)
            for f in read(text, published_on=case.get("published")).findings
        )
    assert len(lines) >= many
    assert found >= least * len(lines)
