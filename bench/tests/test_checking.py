"""The bench of the reader runs, finds what there is and says what is missing; its times say nothing here."""

from pathlib import Path

import pytest

from bench import checking, rivals
from bench.machine import Took
from jiedui.regions.tests.world import make_regions

TEXT = "截至2023年9月底，到位资金1.2345亿元，培训农村劳动力两千五百人。"


@pytest.mark.django_db
def test_the_bench_prints_a_line_for_every_contender(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_regions()
    texts = checking.own_texts()[:2]
    said = checking.report(texts, named="two", rounds=2, shortest_s=0)
    assert said in capsys.readouterr().out
    for name in ("ours: values", "ours: read", "ours: check", "ours: check again"):
        assert f"| {name}" in said
    assert "2 texts" in said
    alone = checking.report(texts, named="two", rounds=1, shortest_s=0, folder=tmp_path)
    assert "jionlp is NOT INSTALLED" in alone
    assert "reached" not in alone
    assert "MISSED" not in alone


@pytest.mark.django_db
def test_all_of_ours_find_the_same_figures() -> None:
    make_regions()
    for text in checking.own_texts()[:4]:
        ours = [one.count(text) for one in checking.contenders()[:4]]
        assert ours[0] >= 5
        assert ours == [ours[0]] * 4


def test_a_ratio_is_taken_within_a_round() -> None:
    ours = checking.Contender("values", "ours", len, tooks=[Took(2, 1), Took(9, 2)])
    theirs = checking.Contender("jionlp", "theirs", len, tooks=[Took(90, 30), Took(60, 40)])
    line, other = checking.rows([ours, theirs], 3000)
    assert line[2:] == ["2,000,000", "5.5", "1.5", "25 (20 to 30)", "≥ 25×", "reached"]
    assert other[5:] == ["", "", ""]


@pytest.mark.skipif(
    not (rivals.FOLDER / "jionlp").is_dir(), reason="`./jd bench checking` installs it"
)
def test_the_rivals_find_what_they_can() -> None:
    found = {name: make() for name, make in (("jionlp", rivals.jionlp), ("cn2an", rivals.cn2an))}
    assert found["jionlp"] is not None
    assert found["cn2an"] is not None
    assert found["jionlp"][1](TEXT) == 2
    assert found["cn2an"][1](TEXT) >= 3
