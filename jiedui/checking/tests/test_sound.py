"""Sound sentences of the field, written to tempt the rules: none may be a finding above a note."""

from __future__ import annotations

import pytest

from jiedui.checking import read
from jiedui.checking.tests.score import HERE

LINES = (HERE / "gold" / "sound.txt").read_text(encoding="utf-8").splitlines()
SOUND = [line.replace("\\n", "\n") for line in LINES if line and line[0] != "#"]


def test_there_are_enough_of_them() -> None:
    assert len(SOUND) >= 120


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_sentence_is_silent(text: str) -> None:
    told = [f"{f.message} {f.arithmetic}" for f in read(text).findings if f.severity != "note"]
    assert told == []
