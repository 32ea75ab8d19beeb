from __future__ import annotations

import random
import sys
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiedui.checking import Reading, read
from jiedui.checking.tests.formatting import chinese, full_width, scaled, with_commas
from jiedui.checking.tests.score import HERE, load

CLASSIFIERS = ("个", "家", "名", "户", "人次", "亩", "元")
MONEY = st.sampled_from(("", "万", "亿"))


def only(reading: Reading, text: str) -> Any:
    assert len(reading.quantities) == 1, (text, reading.quantities)
    return reading.quantities[0]


@given(st.integers(2, 10**9), st.sampled_from(CLASSIFIERS))
def test_it_reads_back_digits(number: int, unit: str) -> None:
    text = f"合计{number}{unit}。"
    quantity = only(read(text), text)
    assert quantity.surface == f"{number}{unit}"
    assert quantity.number == number


@given(st.integers(1000, 10**9), st.sampled_from(CLASSIFIERS))
def test_it_reads_back_commas_and_full_width(number: int, unit: str) -> None:
    for shown in (with_commas(number), full_width(str(number))):
        text = f"合计{shown}{unit}。"
        assert only(read(text), text).number == number


@given(st.integers(1, 10**6), MONEY)
def test_it_reads_back_decimals_and_multipliers(hundredths: int, word: str) -> None:
    shown, value = scaled(hundredths, word)
    text = f"到位资金{shown}元。"
    quantity = only(read(text), text)
    assert quantity.number == value
    assert quantity.orig_unit == f"{word}元"
    assert quantity.interval.low <= value <= quantity.interval.high


@given(st.integers(3, 10**11), st.sampled_from(("个", "名", "户", "亩")))
@example(1005, "株")
@example(350_000_000, "个")
def test_it_reads_back_chinese_numerals(number: int, unit: str) -> None:
    text = f"共有{chinese(number)}{unit}。"
    quantity = only(read(text), text)
    assert quantity.number == number
    assert quantity.surface == f"{chinese(number)}{unit}"


@given(st.integers(2, 9999), st.sampled_from(("余", "多")), st.sampled_from(("", "万")))
def test_more_than_is_an_interval_above_the_number(number: int, infix: str, word: str) -> None:
    text = f"惠及{number}{infix}{word}户。"
    quantity = only(read(text), text)
    value = number * (10**4 if word else 1)
    assert (quantity.number, quantity.approx) == (value, infix)
    assert quantity.interval.low == value
    assert value < quantity.interval.high <= 2 * value + Decimal(10**4 if word else 1)


@given(st.integers(2, 500), st.integers(1, 500), st.sampled_from(("个", "户", "万元")))
def test_it_reads_back_ranges(low: int, more: int, unit: str) -> None:
    text = f"每村安排{low}—{low + more}{unit}。"
    quantity = only(read(text), text)
    factor = 10**4 if unit == "万元" else 1
    assert quantity.value == f"{low * factor}~{(low + more) * factor}"


@given(st.dates())
def test_it_reads_back_dates_of_our_time(day: Any) -> None:
    if not 1900 <= day.year <= 2099:
        return
    text = f"{day.year}年{day.month}月{day.day}日，会议召开。"
    assert only(read(text), text).value == day.isoformat()


ALPHABET = (
    "0123456789０９,.，。、；：（）“”—-~%％ \n一二两三十百千万亿半数几上第首前个家人名元年月日多余"
    "约近过其中占共县市区镇村某的率以来截至分别为"
)


@given(st.text(ALPHABET, max_size=80))
@settings(max_examples=300)
def test_no_text_of_figures_crashes_it(text: str) -> None:
    reading = read(text)
    for quantity in reading.quantities:
        assert text[quantity.start : quantity.end] == quantity.surface
    ends = [quantity.end for quantity in reading.quantities]
    starts = [quantity.start for quantity in reading.quantities]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(st.text(max_size=60))
def test_no_text_at_all_crashes_it(text: str) -> None:
    read(text)


SENTENCES = [
    case["text"]
    for name in ("development", "frozen", "articles", "texts")
    for case in load(HERE / "gold" / f"{name}.jsonl")
]
SPOILT = "0123456789一二三十百千万亿。，；：（）、\n个人元年%其中共每由到占比"


@given(st.integers(0, 10**9))
@settings(max_examples=300)
def test_no_spoilt_sentence_crashes_it(seed: int) -> None:
    """Real sentences with some characters exchanged reach further than random characters."""
    chance = random.Random(seed)
    picked = "\n".join(chance.sample(SENTENCES, 3))
    start = chance.randrange(max(len(picked) - 200, 1))
    text = "".join(
        chance.choice(SPOILT) if chance.random() < 0.12 else char
        for char in picked[start : start + 200]
    )
    read(text)


def steps(text: str) -> int:
    """Function calls that reading a text takes, counted by the interpreter."""
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


PATTERNS = (
    "1234567890", "1元", "一", "一个", "甲县、", "3个、", "其中3个，", "（", "“一", "百千万", "1.",
    "2023年", "占5%", "县", "1-", "第", "\n1", "干部张三，", "分别为1个、2个和3个，", "a1", "电话1",
    "。3个", "共5人，其中3人。", "26名教师。", "截至2023年9月底，", "其中", "十四五", "由3个增加到",
    "每人3元，", "甲 3 4\n", "（一）3个\n", "一是", "的3个里，", "3个（男1个、女2个）", "依次为1个、",
)  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_work_grows_with_the_length_and_no_faster(pattern: str) -> None:
    once, twice = (steps((pattern * n)[: 4 * n]) for n in (500, 1000))
    assert twice <= 2.3 * once + 300


@pytest.mark.parametrize("run", ["1234567890", "一", "十四五", "百千万"])
def test_megabytes_of_digits_are_one_step(run: str) -> None:
    reading = read((run * 3_000_000)[:3_000_000])
    assert reading.work < 10
    assert reading.quantities == ()
    assert reading.truncated


def test_a_text_keeps_a_bounded_number_of_figures() -> None:
    reading = read("3个、" * 30_000)
    assert len(reading.quantities) <= 20_000
    assert reading.truncated


def test_an_empty_text_is_an_empty_reading() -> None:
    reading = read("")
    assert (reading.quantities, reading.relations, reading.findings) == ((), (), ())
