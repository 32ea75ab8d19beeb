"""``./jd figure`` at a terminal: the answer, or one clear line and exit 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

JD = [sys.executable, str(Path(__file__).resolve().parents[2] / "jd"), "figure"]
ASKED = {
    "indicator": "实际到位投资额",
    "--region": "南宁市",
    "--pairing": "440300-450100",
    "--to": "2023-09-30",
}


def ask(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the test's own copy of the demonstration."""
    asked = ASKED | {f"--{name}": text for name, text in changes.items() if name != "indicator"}
    asked["indicator"] = changes.get("indicator", ASKED["indicator"])
    command = [*JD, asked.pop("indicator"), *words]
    for option, text in asked.items():
        command += [option, text]
    environment = os.environ | {"JIEDUI_DATABASE": f"sqlite://{connection.settings_dict['NAME']}"}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.slow
@pytest.mark.one_engine
def test_the_command_answers_or_says_in_one_line_what_it_does_not_know(demo: None) -> None:
    done = ask("--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["value"], said["unit"], said["bound"]) == ("4972000000", "元", "exact")
    wrong = [
        ({"region": "南林县"}, "南林县"),
        ({"indicator": "到位鲜花"}, "到位鲜花"),
        ({"pairing": "440300-999999"}, "440300-999999"),
        ({"to": "2023-09-31"}, "2023-09-31"),
    ]
    for changes, word in wrong:
        done = ask("--json", **changes)
        assert done.returncode == 2, changes
        assert done.stdout == ""
        lines = done.stderr.splitlines()
        assert len(lines) == 1, done.stderr
        assert word in lines[0]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in lines[0].replace(word, ""))
