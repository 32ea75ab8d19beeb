"""Clients die while they post; the same soak as `./jd soak kill`, with fewer kills on a careless disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def soak(folder: Path, *words: str) -> tuple[int, str]:
    """Run the soak on a ledger of its own: a killed backend takes every connection of its server with it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "JIEDUI_HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.soak", "kill", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_nothing_is_lost_doubled_or_halved_when_clients_are_killed(
    engine: str, tmp_path: Path
) -> None:
    code, said = soak(tmp_path, "--engine", engine, "--kills", "100", "--careless")
    assert code == 0, said
    for word in ("lost", "doubled", "halved", "other receipts", "unsound"):
        assert f"{word}  0\n" in said, said


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["early", "split", "twice"])
def test_the_soak_sees_a_client_or_ledger_that_breaks_its_word(fault: str, tmp_path: Path) -> None:
    code, said = soak(tmp_path, "--kills", "60", "--fault", fault)
    assert code == 1, said
    assert "broken" in said
