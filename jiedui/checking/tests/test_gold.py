"""The scores on the gold: both own halves, and the seeds where they are."""

from __future__ import annotations

import pytest

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
