"""The one command: it lists itself, and it leaves no process behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
JD = [sys.executable, str(ROOT / "jd")]


def test_bare_jd_lists_its_commands() -> None:
    done = subprocess.run(JD, capture_output=True, text=True, check=True)
    for name in ("demo", "test", "lint", "lock", "figure", "check", "ledger", "bench", "soak"):
        assert f"\n  {name} " in done.stdout


def test_an_unknown_command_is_refused() -> None:
    done = subprocess.run([*JD, "nonsense"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "nonsense" in done.stderr


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def processes_using(folder: Path) -> list[str]:
    """The processes whose environment names this data folder."""
    mark = f"JIEDUI_HOME={folder}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes():
                found.append((path.parent / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads the process table")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_serves_and_leaves_nobody_behind(tmp_path: Path, number: signal.Signals) -> None:
    home, port = tmp_path / "home", free_port()
    home.mkdir()
    # With its accounts there, the demonstration counts as loaded.
    account = {"username": "lin", "password": "p", "office": "安康市", "role": "填报"}
    (home / "demo-accounts.json").write_text(json.dumps([account]))
    environment = {**os.environ, "JIEDUI_HOME": str(home)}
    environment.pop("JIEDUI_DATABASE", None)
    log = tmp_path / "log"
    with log.open("w") as file:
        demo = subprocess.Popen(
            [*JD, "demo", "--port", str(port)], env=environment, stdout=file, stderr=file
        )
    try:
        deadline = time.monotonic() + 300
        while f"127.0.0.1:{port}" not in log.read_text():
            assert demo.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        with urlopen(f"http://127.0.0.1:{port}/static/app.js", timeout=10) as response:
            assert response.status == 200
        assert len(processes_using(home)) >= 2
        assert "lin" in log.read_text()
    finally:
        demo.send_signal(number)
        assert demo.wait(timeout=30) == 128 + number
    assert processes_using(home) == []


def test_a_measurement_is_handed_to_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    # The command has no ending, so its kind must be said; loading it must leave no file beside it.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("jd_command", str(ROOT / "jd"))
    jd: Any = module_from_spec(ModuleSpec("jd_command", loader))
    jd.__file__ = str(ROOT / "jd")
    loader.exec_module(jd)
    started: list[list[str]] = []
    monkeypatch.setattr(jd, "set_up", lambda _kind: None)
    monkeypatch.setattr(os, "execve", lambda _path, words, _env: started.append(words))
    jd.hand_over("bench", ["ledger", "--entries", "9"])
    assert started[0][1:] == ["-m", "bench", "ledger", "--entries", "9"]
