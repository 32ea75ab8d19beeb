"""Which place a person means."""

from datetime import date

import pytest
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from jiedui.regions import places
from jiedui.regions.loading import Division, load_regions, short_name
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

SHANGLIN = 450125_000000


@pytest.mark.parametrize(
    "typed",
    [
        "上林",
        "上林县",
        "shanglin",
        "SHANGLINXIAN",
        "sl",
        "slx",
        "450125",
        "南宁 上林",
        "gx sl",
        "广西南宁上林",
    ],
)
def test_the_picker_finds_shanglin_by_name_pinyin_and_code(typed: str) -> None:
    make_regions()
    assert places.find(typed)[0].code == SHANGLIN


def test_the_picker_narrows_by_words_above() -> None:
    make_regions()
    assert {r.code for r in places.find("朝阳")} == {110105_000000, 211300_000000}
    assert [r.code for r in places.find("北京 朝阳")] == [110105_000000]


def test_the_picker_offers_no_grouping_codes_and_nothing_for_nothing() -> None:
    make_regions()
    assert [r.code for r in places.find("北京")] == [110000_000000]
    assert places.find("省直辖") == []
    assert places.find("  ") == []
    assert places.find("%") == []


def test_the_picker_stays_inside_a_condition_and_a_day() -> None:
    make_regions()
    assert places.find("上林", within=Q(code__gte=610000_000000)) == []
    assert [r.name for r in places.find("旬阳", on=date(2019, 1, 1))] == ["旬阳县"]
    assert [r.name for r in places.find("旬阳", on=date(2023, 1, 1))] == ["旬阳市"]


@pytest.mark.parametrize(
    ("text", "code", "own"),
    [
        ("上林县", SHANGLIN, False),
        ("上林", SHANGLIN, False),
        ("450125", SHANGLIN, False),
        ("450125000000", SHANGLIN, False),
        ("南宁市本级", 450100_000000, True),
        ("450100~own", 450100_000000, True),
        ("广西壮族自治区南宁市上林县", SHANGLIN, False),
        ("广西南宁上林", SHANGLIN, False),
        ("南宁市 上林县", SHANGLIN, False),
        ("广西", 450000_000000, False),
        ("北京市", 110000_000000, False),
        ("北京市朝阳区", 110105_000000, False),
        ("旬阳县", 610928_000000, False),
        ("旬阳市", 610981_000000, False),
        ("湖北省仙桃市", 429004_000000, False),
        ("全国", 0, False),
    ],
)
def test_a_place_is_resolved(text: str, code: int, own: bool) -> None:
    make_regions()
    assert places.resolve(text) == (code, own)


@pytest.mark.parametrize(
    "text", ["", "乌有县", "450199", "45012", "4501250", "本级", "上", "陕西上林县"]
)
def test_an_unknown_place_is_said_so(text: str) -> None:
    make_regions()
    with pytest.raises(places.UnknownRegion, match=r"没有|应为"):
        places.resolve(text)


def test_a_name_of_several_places_lists_them() -> None:
    make_regions()
    load_regions(
        [Division(code="220104", name="朝阳区"), Division(code="110105", name="朝阳区")], []
    )
    with pytest.raises(places.UnknownRegion, match=r"北京市朝阳区（110105）.*220104"):
        places.resolve("朝阳区")
    assert places.resolve("北京朝阳") == (110105_000000, False)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("上林县", "上林"),
        ("横县", "横县"),
        ("城区", "城区"),
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区", "内蒙古"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("伊犁哈萨克自治州", "伊犁"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("东乡族自治县", "东乡族"),
        ("神农架林区", "神农架"),
        ("碑林区", "碑林"),
        ("大兴安岭地区", "大兴安岭"),
        ("香港特别行政区", "香港"),
    ],
)
def test_the_everyday_name(name: str, short: str) -> None:
    assert short_name(name) == short


def test_children_are_the_real_places_directly_below() -> None:
    make_regions()
    today = date(2023, 9, 30)
    assert [r.name for r in places.children(420000_000000, today)] == ["武汉市", "仙桃市"]
    assert [r.name for r in places.children(110000_000000, today)] == ["东城区", "朝阳区"]
    assert [r.name for r in places.children(610900_000000, today)] == ["汉滨区", "镇坪县", "旬阳市"]
    assert [r.name for r in places.children(610900_000000, date(2019, 1, 1))] == [
        "汉滨区",
        "镇坪县",
        "旬阳县",
    ]
    assert 450000_000000 in [r.code for r in places.children(0, today)]


def test_full_names_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_regions()
    regions = places.find("上林") + places.find("仙桃") + places.find("东城")
    with django_assert_num_queries(1):
        assert list(places.full_names(regions).values()) == [
            "广西壮族自治区南宁市上林县",
            "湖北省仙桃市",
            "北京市东城区",
        ]


def test_names_are_read_once_until_a_region_changes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_regions()
    with django_assert_num_queries(1):
        assert places.names([450125_000000, 999999_000000]) == {450125_000000: "上林县"}
        assert places.names([450125_000000, 999999_000000, 0])[0] == "全国"
    region = places.get(450125_000000)
    region.name = "上林区"
    region.save()
    assert places.names([450125_000000]) == {450125_000000: "上林区"}
