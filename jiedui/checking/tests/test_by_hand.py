"""Readings set by hand and the words of an office, from the text to the verdict."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jiedui.accounts.tests.people import MASHAN, NANNING, SHANGLIN, make_user
from jiedui.checking import by_hand, checks, office, read, sayings
from jiedui.checking.by_hand import Correction, NotACorrection
from jiedui.checking.models import Saying
from jiedui.figures.tests.world import WAN, put, stated
from jiedui.lib.periods import Window
from jiedui.regions.tests.world import make_regions

NOW = datetime(2023, 10, 16, 2, 0, tzinfo=UTC)
TITLE = "深圳市与南宁市协作简报。"
TEXT = TITLE + "截至2023年9月底，种下希望3.2亿元，其中上林县另有900万元。"
INVESTMENT = "industry.investment"


def correction(text: str, surface: str, number: int = 1) -> Correction:
    quantity = next(q for q in read(text).quantities if q.surface == surface)
    return by_hand.about(number, text, quantity)


# The value.


def test_a_correction_is_one_line_and_comes_back() -> None:
    said = replace(
        correction(TEXT, "3.2亿元"),
        indicator=INVESTMENT,
        region=SHANGLIN,
        own=True,
        window=Window(None, date(2023, 9, 30)),
    )
    assert Correction.parse(str(said)) == said
    nothing = correction(TEXT, "3.2亿元")
    assert Correction.parse(str(nothing)) == nothing


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "[]",
        "[" * 500,
        json.dumps([1, "0", "a", "", None, None, False, None, None]),
        json.dumps([True, 0, "a", "", None, None, False, None, None]),
        json.dumps([1, 0, "a", "", 5, None, False, None, None]),
        json.dumps([1, 0, "a", "", None, None, False, None, "昨天"]),
        json.dumps([1, 0, "a", "", None, None, False, "2024-01-02", "2024-01-01"]),
        json.dumps([1, 0, "a" * 700, "", None, None, False, None, None]),
    ],
)
def test_what_is_no_correction_is_refused(line: str) -> None:
    with pytest.raises(NotACorrection):
        Correction.parse(line)


def test_a_correction_finds_its_figure_when_the_text_was_changed() -> None:
    said = correction(TEXT, "900万元")
    longer = "前言。\n" + TEXT
    assert longer[said.place(longer) or 0 :].startswith("900万元")
    assert said.place(TEXT.replace("900万元", "901万元")) is None
    # Twice the same words, neither where it stood: nobody can tell which one was meant.
    assert said.place("前言。" + TEXT + TEXT) is None
    assert by_hand.of_text([said], 2, TEXT, read(TEXT).quantities) == {}


@pytest.mark.parametrize(
    ("text", "unit", "right"),
    [
        ("投资12万元", "元", True),
        ("投资12万元", "人", False),
        ("车间12家", "个", True),
        ("车间12家", "元", False),
        ("培训12人", "人次", True),
        ("培训12人", "期", False),
        ("占比12%", "%", True),
        ("占比12%", "个", False),
    ],
)
def test_a_figure_fits_the_unit_of_an_indicator_or_not(text: str, unit: str, right: bool) -> None:
    assert by_hand.fits(read(text).quantities[0], unit) is right


# The words of an office.


def named(text: str, words: dict[str, str], codes: dict[str, str] | None = None) -> dict[str, str]:
    """The code of each named figure by how it is written."""
    units = {"a": "人", "b": "元", "c": "个"}
    reading = read(text)
    found = sayings.name(text, reading, codes or {}, words, units)
    return {reading[one].surface: code for one, code in found.items()}


def test_words_name_the_figure_they_stand_at() -> None:
    words = {"带动务工": "a"}
    assert named("全年带动务工120人，其中脱贫人口30人。", words) == {"120人": "a"}
    assert named("全年带动群众务工120人。", words) == {}
    assert named("带动务工的车间12个，投入80万元。", words) == {}
    assert named("全年共有120人带动务工。", words) == {"120人": "a"}
    assert named("全年带动务工120人。", {}) == {}


def test_words_of_an_office_win_only_where_they_are_what_is_counted() -> None:
    text = "全年带动务工脱贫人口120人。"
    person = next(q.id for q in read(text).quantities if q.surface == "120人")
    assert named(text, {"带动务工": "a"}, {person: "poor"}) == {"120人": "poor"}
    assert named(text, {"脱贫人口": "a"}, {person: "poor"}) == {"120人": "a"}


def test_the_longest_words_win() -> None:
    words = {"务工": "c", "带动务工": "a", "群众带动务工": "b"}
    assert named("全年带动务工120人。", words) == {"120人": "a"}


@pytest.mark.parametrize(
    ("words", "right"),
    [("带动务工", True), ("字", False), ("字" * 31, False), ("带动12人", False), ("甲，乙", False)],
)
def test_words_to_keep_are_words(words: str, right: bool) -> None:
    assert (sayings.wrong_with(words, {}, "a") == "") is right


def test_a_name_of_the_catalogue_never_comes_to_mean_something_else() -> None:
    assert sayings.wrong_with("到位投资", {"到位投资": "a"}, "b")
    assert not sayings.wrong_with("到位投资", {"到位投资": "a"}, "a")


# Against the ledger.


@pytest.fixture
def ledger(db: None) -> None:
    make_regions()
    put(stated(32_000 * WAN, indicator=INVESTMENT))
    put(stated(900 * WAN, region=SHANGLIN, indicator=INVESTMENT))


def results(text: str, *corrections: Correction, words: dict[str, str] | None = None) -> dict[str, str]:  # fmt: skip
    (found,) = checks.check([("", text)], corrections=corrections, words=words)
    return {one.quantity.surface: one.result for one in found.verdicts}


@pytest.mark.usefixtures("ledger")
def test_an_indicator_set_by_hand_is_compared() -> None:
    assert results(TEXT)["3.2亿元"] == "absent"
    said = replace(correction(TEXT, "3.2亿元"), indicator=INVESTMENT)
    assert results(TEXT, said)["3.2亿元"] == "agrees"
    wrong = TEXT.replace("3.2亿元", "3.3亿元")
    assert results(wrong, replace(correction(wrong, "3.3亿元"), indicator=INVESTMENT)) == {
        "3.3亿元": "differs",
        "900万元": "absent",
    }


@pytest.mark.usefixtures("ledger")
def test_a_place_and_a_period_set_by_hand_are_asked_and_no_others() -> None:
    said = replace(correction(TEXT, "900万元"), indicator=INVESTMENT)
    assert results(TEXT, replace(said, region=SHANGLIN))["900万元"] == "agrees"
    assert results(TEXT, replace(said, region=MASHAN))["900万元"] == "absent"
    assert results(TEXT, replace(said, region=NANNING))["900万元"] == "differs"
    early = Window(None, date(2020, 12, 31))
    assert results(TEXT, replace(said, region=SHANGLIN, window=early))["900万元"] == "absent"


@pytest.mark.usefixtures("ledger")
def test_words_of_an_office_are_compared() -> None:
    assert results(TEXT, words={"种下希望": INVESTMENT})["3.2亿元"] == "agrees"


# What is kept.


@pytest.mark.django_db
def test_an_office_remembers_for_all_its_people_and_for_no_other() -> None:
    one, two, other, none = (
        make_user(f"u{n}", "", name)
        for n, name in enumerate(("甲协作办", " 甲协作办", "乙协作办", ""))
    )
    kept = office.remember(user=one, words="带动务工", indicator="labour.absorbed", now=NOW)
    assert kept is not None
    assert office.of(two) == {"带动务工": "labour.absorbed"}
    assert office.of(other) == office.of(none) == {}
    assert (
        office.remember(user=none, words="带动务工", indicator="labour.absorbed", now=NOW) is None
    )
    assert not office.forget(user=other, pk=kept.pk, now=NOW)
    assert office.forget(user=two, pk=kept.pk, now=NOW)
    assert office.of(one) == {}
    row = Saying.objects.get()
    assert (row.made_by, row.removed_by, row.removed_at) == (one, two, NOW)


@pytest.mark.django_db
def test_words_mean_what_was_said_last() -> None:
    user = make_user("u", "", "甲协作办")
    for code in ("labour.absorbed", "labour.absorbed", "labour.employed"):
        office.remember(user=user, words="带动务工", indicator=code, now=NOW)
    assert office.of(user) == {"带动务工": "labour.employed"}
    assert Saying.objects.count() == 2
