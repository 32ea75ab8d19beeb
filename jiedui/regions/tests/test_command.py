"""What ``loadregions`` says."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

NATION = [{"code": "450000", "name": "广西壮族自治区"}, {"code": "450100", "name": "南宁市"}]


@pytest.mark.parametrize(("verbosity", "says"), [(1, True), (0, False)])
def test_it_counts_what_it_loaded_unless_told_to_be_quiet(
    tmp_path: Path, verbosity: int, says: bool
) -> None:
    divisions = tmp_path / "divisions.json"
    divisions.write_text(json.dumps(NATION, ensure_ascii=False), encoding="utf-8")
    out = StringIO()
    call_command("loadregions", divisions=divisions, verbosity=verbosity, stdout=out)
    assert bool(out.getvalue()) is says
