"""The many ways to write a sum, a rate, a product, a list or a figure twice: each is read."""

from __future__ import annotations

import pytest

from jiedui.checking import read
from jiedui.checking.tests.score import HERE

TYPES = {"enum": "enum_count"}
LINES = (HERE / "gold" / "ways.txt").read_text(encoding="utf-8").splitlines()
WAYS = [line.split("|", 1) for line in LINES if line and line[0] != "#"]


@pytest.mark.parametrize(("kind", "text"), WAYS)
def test_the_relation_is_seen_and_holds(kind: str, text: str) -> None:
    reading = read(text.replace("\\n", "\n").replace("\\t", "\t"))
    assert TYPES.get(kind, kind) in {relation.type for relation in reading.relations}
    assert [f.arithmetic for f in reading.findings if f.severity != "note"] == []


def test_all_kinds_have_several_ways() -> None:
    kinds = [kind for kind, _ in WAYS]
    assert {kind for kind in kinds if kinds.count(kind) >= 8} == {
        "sum", "rate", "product", "same", "enum",
    }  # fmt: skip
