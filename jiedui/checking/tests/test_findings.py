"""A sound text is silent; one wrong number is a finding that names the figure."""

from __future__ import annotations

import pytest

from jiedui.checking import read, read_many

SUM = (
    "全市投入协作资金{}万元实施项目{}个，其中市本级{}个{}万元，泉山县{}个{}万元、河口县{}个{}万元。"
)
SOUND = (8000, 40, 5, 600, 20, 4100, 15, 3300)


def texts(findings: object) -> list[str]:
    return [finding.severity for finding in findings]  # type: ignore[attr-defined]


def test_a_sound_sum_is_silent() -> None:
    assert read(SUM.format(*SOUND)).findings == ()


@pytest.mark.parametrize("index", range(len(SOUND)))
@pytest.mark.parametrize("change", [1, 9])
def test_any_changed_number_of_a_double_sum_is_an_error(index: int, change: int) -> None:
    numbers = list(SOUND)
    numbers[index] += change * (10 if numbers[index] > 99 else 1)
    findings = read(SUM.format(*numbers)).findings
    assert "error" in texts(findings) or "note" in texts(findings)
    assert findings[0].arithmetic.count("+") == 2


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("吸纳就业890人，其中脱贫人口{}人。", (520, 1020)),
        ("应到320人，实到{}人，到会率95%。", (304, 294)),
        ("已支付1860万元，占到位资金2480万元的{}%。", (75, 57)),
        ("参训500人，其中取得证书375人，占比{}%。", (75, 85)),
        ("到位资金4860万元：省级3000万元，市级1200万元，区级{}万元。", (660, 960)),
        ("青河县、白水县、石门县{}个县试点。", (3, 5)),
        ("划分为“产业、就业、消费、人才”{}个专班。", (4, 6)),
        ("每村补助5万元，20个村共计{}万元。", (100, 180)),
        ("会议于2023年6月{}日召开。", (30, 31)),
        ("河东县9个120万元，河西县7个80万元，合计16个{}万元。", (200, 270)),
    ],
)
def test_one_wrong_number_is_found(sound: str, broken: tuple[int, int]) -> None:
    right, wrong = broken
    assert read(sound.format(right)).findings == ()
    findings = read(sound.format(wrong)).findings
    assert findings
    assert findings[0].severity in ("error", "warn")
    assert findings[0].message
    assert findings[0].arithmetic


def test_the_same_figure_must_agree_with_the_title() -> None:
    title = "协作资金{}到位 项目全面开工\n今年，全县到位协作资金58314万元。"
    assert read(title.format("5.83亿元")).findings == ()
    assert texts(read(title.format("5.38亿元")).findings) == ["warn"]


def test_a_figure_that_is_alone_among_equals_is_a_warning() -> None:
    text = "选派{}名教师支教。这16名教师已到岗。目前16名教师均已到校。"
    assert read(text.format(16)).findings == ()
    assert "warn" in texts(read(text.format(18)).findings)


def test_rounding_and_truncation_are_notes() -> None:
    rounded = "消费帮扶3.36亿元，其中采购1.13亿元、帮销2.24亿元。"
    assert texts(read(rounded).findings) == ["note"]
    cut = "脱贫户20户，占总户数30户的66.66%。"
    assert texts(read(cut).findings) == ["note"]


def test_a_list_of_some_parts_need_not_be_complete() -> None:
    assert read("全年引进企业64家，其中制造业21家、旅游业9家。").findings == ()


def test_shares_of_a_greater_whole_are_left_alone() -> None:
    text = "甲族人口183151人，占24.37%，其中乙族人口176176人，占23.45%。"
    assert read(text).findings == ()


def test_both_spans_are_named() -> None:
    text = "吸纳就业890人，其中脱贫人口1020人。"
    finding = read(text).findings[0]
    assert {text[a:b] for a, b in finding.spans} == {"890人", "1020人"}
    assert text[finding.start : finding.end] == "1020人"


def test_several_texts_of_one_check_are_compared() -> None:
    one = ("通报", "截至2023年9月底，全县到位协作资金4860万元。")
    two = ("附件", "截至2023年9月底，全县到位协作资金4680万元。")
    first, second = read_many([one, two])
    assert first.findings == ()
    assert [f.severity for f in second.findings] == ["warn"]
    assert second.findings[0].files == ("附件", "通报")
    assert read_many([one, one])[1].findings == ()


ECHO = "签约项目21个，合同金额17.6亿元，累计接待48批。\n有人问值不值。\n21个项目、{}，数字背后是许多个夜晚。"


def test_what_closes_a_text_says_again_what_stood_before() -> None:
    reading = read(ECHO.format("17.6亿元"))
    same = [r.roles["ids"] for r in reading.relations if r.type == "same"]
    told = {frozenset(reading[i].surface for i in ids) for ids in same}
    assert told == {frozenset(("21个",)), frozenset(("17.6亿元",))}
    assert not [f for f in reading.findings if f.severity != "note"]
    for wrong in ("16.7亿元", "1.76亿元", "17.8亿元"):
        [finding] = [f for f in read(ECHO.format(wrong)).findings if f.severity != "note"]
        assert finding.severity == "warn", wrong
        assert wrong in finding.message
    # Another sum of other projects is no echo.
    assert not [f for f in read(ECHO.format("3.2亿元")).findings if f.severity != "note"]
