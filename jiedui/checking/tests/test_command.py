from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from jiedui.checking import DEFAULT, load_regions, read
from jiedui.checking.__main__ import main


def test_the_library_is_pure() -> None:
    code = "import sys, jiedui.checking; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_prints_one_json_object_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "甲.txt", tmp_path / "乙.txt"
    one.write_text("吸纳就业890人，其中脱贫人口520人。", encoding="utf-8")
    two.write_bytes("到位资金1.2亿元。".encode("gb18030"))
    assert main(["--many", str(one), str(two)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(first) == {"file", "quantities", "relations", "findings", "seconds"}
    assert first["file"] == str(one)
    assert first["relations"] == [{"type": "subset", "whole": "q1", "part": "q2"}]
    quantity = first["quantities"][0]
    assert (quantity["surface"], quantity["value"], quantity["unit"]) == ("890人", "890", "人")
    assert second["quantities"][0]["value"] == "120000000"


def test_it_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Input:
        buffer = io.BytesIO("共18场。".encode())

    monkeypatch.setattr(sys, "stdin", Input())
    assert main([]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == "-"


def test_a_missing_file_is_said_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "a.txt"
    there.write_text("共18场。", encoding="utf-8")
    assert main(["--many", str(tmp_path / "none.txt"), str(there)]) == 2
    captured = capsys.readouterr()
    assert "none.txt" in captured.err
    assert json.loads(captured.out)["file"] == str(there)


def test_a_lexicon_takes_regions_and_indicators(tmp_path: Path) -> None:
    file = tmp_path / "divisions.json"
    file.write_text(json.dumps([{"code": 1, "name": "霞浦县"}]), encoding="utf-8")
    assert load_regions(file) == {"霞浦县"}
    assert load_regions(tmp_path / "none.json") == frozenset()
    lexicon = DEFAULT.with_regions(load_regions(file)).with_indicators({"菌菇大棚": "x.sheds"})
    quantity = read("霞浦建成菌菇大棚40座。", lexicon=lexicon).quantities[0]
    assert (quantity.scope, quantity.indicator) == ("霞浦", "x.sheds")
    assert "霞浦" not in DEFAULT.regions
