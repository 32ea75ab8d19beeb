"""``./jd check``: its JSON, its words and its exit status."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from jiedui.figures.tests.world import WAN, put, stated
from jiedui.regions.tests.world import make_regions

from .printed import page, paragraph, pdf

pytestmark = pytest.mark.django_db

RIGHT = "深圳市与南宁市协作简报\n截至2023年9月底，南宁市实际到位投资1.2345亿元，种下梨树300棵。\n"


@pytest.fixture(autouse=True)
def ledger() -> None:
    make_regions()
    put(stated(12_345 * WAN))


def run(*words: str) -> tuple[int, str, str]:
    """Exit status, output and what was refused."""
    out, err = StringIO(), StringIO()
    try:
        call_command("checktext", *words, stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def written(folder: Path, text: str, name: str = "简报.txt") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_right_text_is_clean(tmp_path: Path) -> None:
    status, out, _err = run(written(tmp_path, RIGHT), "--json", "--published", "2023-10-20")
    said = json.loads(out)
    assert status == 0
    assert set(said) == {"file", "quantities", "relations", "findings", "ledger"}
    ids = {q["surface"]: q["id"] for q in said["quantities"]}
    ledger = {line["quantity"]: line for line in said["ledger"]}
    assert ledger[ids["1.2345亿元"]] == {
        "quantity": ids["1.2345亿元"],
        "verdict": "agrees",
        "value": "123450000",
        "figure": "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100",
        "reason": "",
    }
    absent = ledger[ids["300棵"]]
    assert (absent["verdict"], absent["value"], absent["figure"]) == ("absent", None, None)
    indicators = {q["surface"]: q["indicator"] for q in said["quantities"]}
    assert indicators["1.2345亿元"] == "industry.investment"


def test_a_difference_is_exit_one_and_says_what_the_ledger_says(tmp_path: Path) -> None:
    status, out, _err = run(written(tmp_path, RIGHT.replace("1.2345", "1.3245")))
    assert status == 1
    assert "账上1.23亿元" in out or "账上1.2345亿元" in out
    assert "颠倒" in out


def test_a_sum_that_does_not_add_up_is_exit_one(tmp_path: Path) -> None:
    text = "全年实施项目86个，其中产业类52个、就业类14个、民生类21个。"
    assert run(written(tmp_path, text))[0] == 1


def test_a_pdf_is_checked_as_its_text_is(tmp_path: Path) -> None:
    path = tmp_path / "简报.pdf"
    path.write_bytes(
        pdf([page(paragraph("深圳市与南宁市协作简报。" + RIGHT.splitlines()[1], 120))])
    )
    status, out, _err = run(str(path), "--json")
    assert status == 0
    agreeing = [one for one in json.loads(out)["ledger"] if one["verdict"] == "agrees"]
    assert [one["value"] for one in agreeing] == ["123450000"]


def test_several_texts_are_one_line_each(tmp_path: Path) -> None:
    files = [written(tmp_path, RIGHT, name) for name in ("一.txt", "二.txt")]
    status, out, _err = run(*files, "--json", "--pairing", "440300-450100")
    assert status == 0
    assert [json.loads(line)["file"] for line in out.splitlines()] == files


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["没有.txt"], "没有这个文件"),
        (["{right}", "--published", "昨天"], "发布日期"),
        (["{right}", "--pairing", "火星-月球"], "没有"),
        (["{right}", "{blank}"], "没有文字"),
        (["{scan}"], "扫描"),
    ],
)
def test_what_cannot_be_used_is_exit_two(tmp_path: Path, words: list[str], said: str) -> None:
    names = {"right": written(tmp_path, RIGHT), "blank": written(tmp_path, " ", "空.txt")}
    names["scan"] = str(tmp_path / "扫描.pdf")
    Path(names["scan"]).write_bytes(pdf([b""]))
    status, out, err = run(*(word.format(**names) for word in words))
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
