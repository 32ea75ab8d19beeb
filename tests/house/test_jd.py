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
    for name in (
        "demo",
        "serve",
        "test",
        "lint",
        "lock",
        "figure",
        "check",
        "ledger",
        "bench",
        "soak",
    ):
        assert f"\n  {name} " in done.stdout


def test_an_unknown_command_is_refused() -> None:
    done = subprocess.run([*JD, "nonsense"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "nonsense" in done.stderr


@pytest.fixture
def jd(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command as a module."""
    # It has no ending, so its kind must be said; loading it must leave no file beside it.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("jd_command", str(ROOT / "jd"))
    module: Any = module_from_spec(ModuleSpec("jd_command", loader))
    module.__file__ = str(ROOT / "jd")
    loader.exec_module(module)
    return module


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
    # A first start was broken off: its database is begun anew.
    (home / "demo-unfinished").touch()
    (home / "jiedui.sqlite3").write_text("half a database")
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
        assert not (home / "demo-unfinished").exists()
        again = [*JD, "demo", "--fresh", "--port", str(free_port())]
        fresh = subprocess.run(again, env=environment, capture_output=True, text=True, check=False)
        assert fresh.returncode == 1
        assert "演示正在运行" in fresh.stderr
        assert (home / "jiedui.sqlite3").stat().st_size > 0
    finally:
        demo.send_signal(number)
        assert demo.wait(timeout=30) == 128 + number
    assert processes_using(home) == []


def test_a_measurement_is_handed_to_the_bench(jd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(jd, "set_up", lambda _kind: None)
    monkeypatch.setattr(os, "execve", lambda _path, words, _env: started.append(words))
    jd.hand_over("bench", ["ledger", "--entries", "9"])
    assert started[0][1:] == ["-m", "bench", "ledger", "--entries", "9"]


def test_a_figure_is_asked_of_the_database_that_is_there(
    jd: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An office's own database has no demo accounts and gets none."""
    (tmp_path / "jiedui.sqlite3").touch()
    started: list[list[str]] = []
    monkeypatch.setattr(jd, "HOME", tmp_path)
    monkeypatch.setattr(jd, "UNFINISHED", tmp_path / "demo-unfinished")
    monkeypatch.setattr(jd, "set_up", lambda _kind: None)
    monkeypatch.setattr(os, "execve", lambda _path, words, _env: started.append(words))
    monkeypatch.delenv("JIEDUI_DATABASE", raising=False)
    jd.hand_over("ledger", ["verify"])
    assert started[0][1:] == ["-m", "django", "ledger", "verify"]
    assert [path.name for path in tmp_path.iterdir()] == ["jiedui.sqlite3"]


def test_an_address_is_resolved_before_anything_is_installed(
    jd: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jd.free_address("localhost", free_port()) == "127.0.0.1"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        for host, sentence in (
            ("127.0.0.1", f"端口 {number} 已被占用"),
            ("0.0.0.0", f"端口 {number} 已被占用"),
            ("no.such.host.invalid", "不认识主机名 no.such.host.invalid"),
            ("203.0.113.7", "203.0.113.7 不是本机的地址"),
        ):
            with pytest.raises(SystemExit):
                jd.free_address(host, number)
            assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "65536", "-1", "abc", "八千", "８０００"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    done = subprocess.run([*JD, "demo", f"--port={text}"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "1 到 65535" in done.stderr


def test_nobody_works_on_the_demonstration_by_mistake(tmp_path: Path) -> None:
    environment = {**os.environ, "JIEDUI_HOME": str(tmp_path)}
    environment.pop("JIEDUI_DATABASE", None)
    serve = [*JD, "serve", "--port", str(free_port())]
    (tmp_path / "demo-accounts.json").write_text("[]")
    done = subprocess.run(serve, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "密码是公开的" in done.stderr


def test_a_fresh_start_deletes_what_the_demonstration_made_and_nothing_else(
    jd: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(jd, "HOME", tmp_path)
    monkeypatch.setattr(jd, "UNFINISHED", tmp_path / "demo-unfinished")
    monkeypatch.setattr(jd, "ACCOUNTS", tmp_path / "demo-accounts.json")
    monkeypatch.delenv("JIEDUI_DATABASE", raising=False)
    for name in ("jiedui.sqlite3", "jiedui.sqlite3-wal", "secret-key", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "evidence").mkdir()
    with pytest.raises(SystemExit):
        jd.empty_data_folder()
    assert (tmp_path / "jiedui.sqlite3").exists(), "no mark says that it is a demonstration"
    (tmp_path / "demo-accounts.json").touch()
    jd.empty_data_folder()
    assert {path.name for path in tmp_path.iterdir()} - {"demo-lock"} == {"notes.txt"}
