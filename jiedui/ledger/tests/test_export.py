import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jiedui.ledger import heads, verify_export
from jiedui.ledger.export import export
from jiedui.ledger.tests.test_check import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    ledger()
    path = tmp_path / "ledger.jsonl"
    assert export(path) == (6, 10, 4)
    return path


def alone(path: Path, *anchor: str) -> tuple[int, str]:
    """The verifier as a third party runs it: one file, no Django, no site packages."""
    program = path.parent / "verify_export.py"
    program.write_text(Path(verify_export.__file__).read_text())
    done = subprocess.run(
        [sys.executable, "-I", "-S", program, path, *anchor],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_an_export_verifies_without_us(exported: Path) -> None:
    code, said = alone(exported)
    assert code == 0
    seq, hash_ = heads.book_head("a")
    assert said.splitlines()[0] == f"a {seq} {hash_}"
    assert (
        alone(exported, "a", "2", json.loads(exported.read_text().splitlines()[3])["hash"])[0] == 0
    )
    assert alone(exported, "a", "2", "0" * 64) == (
        1,
        "book a: seq 2 is not what the anchor names\n",
    )


def test_every_changed_missing_or_swapped_line_is_named(exported: Path) -> None:
    lines = exported.read_text().splitlines()

    def says(changed: list[str]) -> str | None:
        return verify_export.verify(iter(changed))[0]

    assert says(lines) is None
    for number in range(1, len(lines)):
        assert says(lines[:number] + lines[number + 1 :]) is not None
        assert says(lines[: number + 1] + lines[number:]) is not None
        for other in range(1, number):
            swapped = list(lines)
            swapped[number], swapped[other] = lines[other], lines[number]
            assert says(swapped) is not None or _independent(lines[number], lines[other])
        for place in range(0, len(lines[number]), 3):
            text = lines[number]
            if text[place].isdigit():
                digit = str((int(text[place]) + 1) % 10)
                edited = text[:place] + digit + text[place + 1 :]
                assert says([*lines[:number], edited, *lines[number + 1 :]]) is not None


def _independent(a: str, b: str) -> bool:
    """Neighbours of two books recorded in one instant have no order of their own."""
    first, second = json.loads(a), json.loads(b)
    return bool(first["book"] != second["book"] and first["recorded_at"] == second["recorded_at"])


def test_an_export_never_writes_over_a_file(exported: Path) -> None:
    with pytest.raises(FileExistsError):
        export(exported)
    with pytest.raises(CommandError):
        call_command("ledger", "export", str(exported))


def test_a_file_that_is_no_export_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text('{"format":"other"}\n')
    assert alone(path)[0] == 2
    path.write_text("")
    assert alone(path)[0] == 2


def test_the_command_verifies_rebuilds_and_prints_heads() -> None:
    ledger()
    out = StringIO()
    call_command("ledger", "verify", stdout=out)
    call_command("ledger", "rebuild", stdout=out)
    call_command("ledger", "head", "b", stdout=out)
    seq, hash_ = heads.book_head("b")
    assert out.getvalue().splitlines() == [
        "6 postings: everything is as it was posted.",
        "Rollups and standing declarations are made anew.",
        f"b {seq} {hash_}",
    ]
    with pytest.raises(SystemExit):
        call_command("ledger", "verify", "--anchor", "b", "9", hash_, stdout=out)
    assert "which an anchor names, is missing" in out.getvalue()
