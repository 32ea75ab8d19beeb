"""``./jd figure``: one line for a wrong question, one JSON object for a right one."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from jiedui.figures.tests.world import LATE, SHANGLIN, WAN, detail, put, stated
from jiedui.lib.bounds import Bound
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

ASKED = ["实际到位投资额", "--region", "南宁市", "--to", "2023-09-30"]


@pytest.fixture(autouse=True)
def ledger() -> None:
    make_regions()
    put(stated(497_200 * WAN, wording="实际到位投资额49.72亿元"))
    put(stated(327 * WAN, own=True, indicator="funds.arranged", start=date(2021, 1, 1)))
    put(stated(80 * WAN, region=SHANGLIN, indicator="industry.farmer_income", bound=Bound.AT_LEAST))
    put(detail(5_600 * WAN, date(2023, 9, 26)), now=LATE)


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("figure", *words, stdout=out)
    return out.getvalue()


def answer(*words: str) -> dict[str, Any]:
    found = json.loads(run(*words, "--json"))
    assert isinstance(found, dict)
    return found


def refusal(*words: str) -> str:
    error = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("figure", *words, stdout=io.StringIO(), stderr=error)
    assert ended.value.code == 2
    said = error.getvalue()
    assert said.count("\n") == 1
    return said.strip()


def test_it_prints_the_answer_as_one_json_object() -> None:
    found = answer(*ASKED, "--pairing", "440300-450100")
    assert {
        "indicator": "industry.investment",
        "name": "实际到位投资额",
        "region": "450100",
        "region_name": "南宁市",
        "own": False,
        "pairing": "440300-450100",
        "from": None,
        "to": "2023-09-30",
        "value": "4972000000",
        "unit": "元",
        "bound": "exact",
        "wording": "实际到位投资额49.72亿元",
        "records": 2,
        "entries": 1,
        "declarations": 1,
        "head": 4,
        "address": "/f/industry.investment/450100/..2023-09-30?pairing=440300-450100",
    }.items() <= found.items()
    assert found["left_out"] == {"cut_entries": 0, "cut_declarations": 0, "crossing": 0}


def test_names_and_codes_mean_the_same() -> None:
    asked = ["--to", "2023-09-30", "--pairing", "深圳市-南宁市"]
    by_code = answer("funds.arranged", "--region", "450100", "--own", *asked)
    assert by_code == answer("投入协作资金", "--region", "南宁市本级", *asked)
    assert (by_code["value"], by_code["own"]) == ("3270000", True)


def test_a_year_leaves_the_total_of_all_years_out() -> None:
    found = answer(*ASKED, "--from", "2023-01-01")
    assert (found["value"], found["bound"]) == ("56000000", "at_least")
    assert found["left_out"]["cut_declarations"] == 1


def test_known_at_a_day_a_time_or_a_head() -> None:
    asked = ["--region", "450125", "--to", "2023-09-30", "--known-at"]
    assert answer("实际到位投资额", *asked, "2023-10-19")["value"] == "0"
    assert answer("实际到位投资额", *asked, "2023-10-20")["value"] == "56000000"
    assert answer("实际到位投资额", *asked, "2023-10-20T10:00:00+08:00")["value"] == "56000000"
    assert answer("实际到位投资额", *asked, "2023-10-20T09:59:59")["value"] == "0"
    assert answer("实际到位投资额", *asked, "@3")["head"] == 3


def test_a_reading_says_who_stated_it_and_nothing_is_null() -> None:
    asked = ["联农带农直接收益", "--region", "上林县"]
    found = answer(*asked, "--to", "2023-09-30")
    assert (found["value"], found["bound"], found["records"]) == ("800000", "at_least", 1)
    assert answer(*asked, "--to", "2023-09-29")["value"] is None


def test_for_a_person_it_writes_lines() -> None:
    said = run(*ASKED)
    assert "49.72亿元" in said
    assert "4972000000 元" in said
    assert "/f/industry.investment/450100/..2023-09-30" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["实际到位投资", "--region", "南宁", "--to", "2023-09"], "看不懂这个日期：2023-09"),
        (["实际到位投资钱", "--region", "南宁市", "--to", "2023-09-30"], "目录中没有指标"),
        (["实际到位投资额", "--region", "火星市", "--to", "2023-09-30"], "没有这个地方：火星市"),
        ([*ASKED, "--pairing", "110000-450100"], "没有登记这个结对关系"),
        ([*ASKED, "--from", "2023-10-01"], "在截止日"),
        ([*ASKED, "--from", "2023-02-30"], "看不懂这个日期：2023-02-30"),
        ([*ASKED, "--known-at", "@99"], "账头 99 还没有"),
        ([*ASKED, "--known-at", "去年"], "看不懂这个时间"),
        (["实际到位投资额", "--region", "南宁市"], "缺少--to 截止日"),
        (["--region", "南宁市", "--to", "2023-09-30"], "缺少指标"),
        (["实际到位投资额", "--region", "深圳市", "--to", "2023-09-30"], "深圳市是东部一方"),
        (
            ["实际到位投资额", "--region", "安康市", *ASKED[3:], "--pairing", "深圳市-南宁市"],
            "不在",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(words: list[str], sentence: str) -> None:
    assert sentence in refusal(*words)


def test_many_questions_come_from_stdin_one_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"indicator": "实际到位投资额", "region": "南宁市", "to": "2023-09-30"}
    year = asked | {"from": "2023-01-01", "own": False, "pairing": None, "known_at": "@4"}
    lines = [json.dumps(asked), "", json.dumps(year, ensure_ascii=False)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    found = [json.loads(line) for line in run("--stdin").splitlines()]
    assert [one["value"] for one in found] == ["4972000000", "56000000"]


def test_a_wrong_line_is_answered_in_its_place_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = '{"indicator": "实际到位投资额", "region": "南宁市", "to": "2023-09-30"}'
    unclear = right.replace("}", ', "own": "yes"}')
    coloured = '{"region": "南宁市", "colour": 1}'
    lines = ['{"indicator": "没有"}', "[1]", "不是", coloured, unclear, right]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    out, error = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("figure", stdout=out, stderr=error)
    assert ended.value.code == 2
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [list(one) == ["error"] for one in found] == [True, True, True, True, True, False]
    assert found[2]["error"] == "这一行不是 JSON：不是"
    assert "true 或 false" in found[4]["error"]
    assert found[5]["value"] == "4972000000"
    assert error.getvalue().strip() == "有 5 个问题没能回答"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--colour", "red"], "不认识的参数：--colour red"),
        (["--known-at"], "参数 --known-at 后面要写一个值"),
    ],
)
def test_a_wrong_option_is_refused_as_well(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("figure", *ASKED, *words)
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"{sentence}\n"
