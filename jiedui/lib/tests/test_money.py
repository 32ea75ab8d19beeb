"""Money in and out, to the fen."""

import ast
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiedui import lib
from jiedui.lib import money, numerals

AMOUNTS = st.integers(-(10**17), 10**17)


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("1,234.5 万元", "元", 1_234_500_000),
        ("1,234.5", "万元", 1_234_500_000),
        ("１，２３４．５　万元", "元", 1_234_500_000),
        ("49.72亿元", "万元", 497_200_000_000),
        ("3亿2000万元", "元", 32_000_000_000),
        ("3.5亿", "元", 35_000_000_000),
        ("4000万", "元", 4_000_000_000),
        ("三百二十七万元", "元", 327_000_000),
        ("¥12.30", "元", 1230),
        ("￥ 12.3元", "万元", 1230),
        ("-0.01", "元", -1),
        ("−3万元", "元", -3_000_000),
        ("0", "元", 0),
        ("0.000001", "万元", 1),
        (".5", "元", 50),
        ("5千万元", "元", 5_000_000_000),
    ],
)
def test_an_amount_is_read_to_the_fen(text: str, unit: str, fen: int) -> None:
    assert money.parse(text, unit) == fen


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "元", "万元", "0.001", "1e309", "NaN", "Infinity", "1_000", "12,34.5", "1.2.3",
        "2000万3亿元", "3万2", "#REF!", "1/2", "--3", "十三点五元", "9" * 100, "٣", "5人", "1 2万 3万",
    ],
)  # fmt: skip
def test_what_is_no_exact_amount_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"看不懂|小于1分|太长"):
        money.parse(text)


def test_a_part_of_a_fen_is_named_as_the_reason() -> None:
    with pytest.raises(ValueError, match=r"小于1分.*0.0000001"):
        money.parse("0.0000001", "万元")


@given(AMOUNTS, st.sampled_from(sorted(money.UNITS)))
def test_what_is_formatted_is_read_back(fen: int, unit: str) -> None:
    assert money.parse(money.exact(fen, unit), unit) == fen
    assert money.parse(money.exact(fen, unit) + unit) == fen


@given(AMOUNTS)
def test_the_text_and_the_capitals_are_read_back(fen: int) -> None:
    assert money.parse(money.text_of(fen)) == fen
    assert money.parse_capital(money.capital(fen)) == fen


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(money.parse(text), int)


@pytest.mark.parametrize(
    ("fen", "capital"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (123_405, "壹仟贰佰叁拾肆元零伍分"),
        (1_000_050_000, "壹仟万零伍佰元整"),
        (1_010_000_000_000, "壹佰零壹亿元整"),
        (100_000_000_100, "壹拾亿零壹元整"),
        (426_020_000_00, "肆亿贰仟陆佰零贰万元整"),
        (-1250, "负壹拾贰元伍角整"),
    ],
)
def test_capitals_are_written_as_on_a_cheque(fen: int, capital: str) -> None:
    assert money.capital(fen) == capital


@pytest.mark.parametrize(
    ("text", "unit", "scale", "value"),
    [
        ("49.72亿元", "元", 100, 497_200_000_000),
        ("超过2000万元", "元", 100, 200_000_000_0),
        ("80万多元", "元", 100, 80_000_000),
        ("50余篇", "篇", 1, 50),
        ("4,577人", "人", 1, 4577),
        ("4577", "人", 1, 4577),
        ("3.7662万人", "人", 1, 37662),
        ("71.42%", "%", 100, 7142),
        ("-3.5%", "%", 100, -350),
    ],
)
def test_a_stated_value_is_read_in_smallest_units(
    text: str, unit: str, scale: int, value: int
) -> None:
    assert money.parse_measure(text, unit, scale) == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("4.5人", "人"),
        ("12家", "人"),
        ("71.425%", "%"),
        ("很多", "人"),
        ("百余人", "人"),
        ("数十人", "人"),
    ],
)
def test_a_stated_value_in_another_unit_or_too_fine_is_refused(text: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"看不懂|小于"):
        money.parse_measure(text, unit, 100 if unit == "%" else 1)


@given(st.integers(0, numerals.LARGEST))
def test_a_numeral_is_read_back(number: int) -> None:
    assert numerals.parse(numerals.written(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (17, "十七"),
        (110, "一百一十"),
        (1205, "一千二百零五"),
        (10_005, "一万零五"),
        (100_000, "十万"),
        (20_300_000, "二千零三十万"),
        (100_000_001, "一亿零一"),
        (1_000_200_000_000, "一万零二亿"),
        (1_000_000_000_000, "一万亿"),
        (5_000_500_000_000, "五万零五亿"),
    ],
)
def test_a_numeral_is_written_in_full(number: int, text: str) -> None:
    assert numerals.written(number) == text


@pytest.mark.parametrize(
    "text",
    ["", "两万三千五", "三百五", "万", "百", "一万五", "十十", "一二百", "零百", "亿三", "3"],
)
def test_what_is_no_numeral_in_full_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="看不懂"):
        numerals.parse(text)


def test_lib_holds_no_float() -> None:
    for path in Path(lib.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
            assert not is_float, f"{path.name}:{getattr(node, 'lineno', 0)}"
