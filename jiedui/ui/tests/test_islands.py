import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ISLANDS = Path(settings.ROOT) / "web" / "src" / "islands"


@pytest.mark.one_engine
def test_the_islands_pass_their_own_tests() -> None:
    node = shutil.which("node")
    assert node, "`./jd test` puts node on the path; it is needed for the build too."
    files = sorted(map(str, ISLANDS.glob("*.test.js")))
    run = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
