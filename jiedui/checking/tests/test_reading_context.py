"""Period, scope and head from the place of a figure in its text: title, letterhead, section, table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiedui.checking import DEFAULT, Quantity, read
from jiedui.checking.gazetteer import places_of, short_name
from jiedui.checking.lexicon import Lexicon

SUMMARY = (
    "桐山县2023年度东西部协作工作总结及2024年工作计划\n"
    "一、2023年工作情况\n"
    "（一）资金。全年到位财政援助资金5600万元。累计建成帮扶车间17个。\n"
    "（二）劳务。上半年举办招聘会6场，全年转移就业1820人。全县12个乡镇均设服务点。\n"
    "二、存在问题\n"
    "支出偏慢，有3个项目未完工。\n"
    "三、2024年工作计划\n"
    "（一）力争引进企业5家。\n"
    "桐山县乡村振兴局\n"
    "2024年1月8日"
)
MONTHLY = (
    "桐山县协作工作月报\n（2024年第9期）\n桐山县乡村振兴局 2024年10月8日\n"
    "一、资金。年度计划实施项目21个，9月份拨付资金640万元。\n"
    "二、劳务。当月转移就业326人，1—9月转移2874人，预计11月中旬再送91人。\n"
)


def figure(text: str, surface: str, lexicon: Lexicon = DEFAULT) -> Quantity:
    found = [q for q in read(text, lexicon=lexicon).quantities if q.surface == surface]
    assert len(found) == 1, (surface, [q.surface for q in read(text).quantities])
    return found[0]


@pytest.mark.parametrize(
    ("text", "surface", "period"),
    [
        (SUMMARY, "5600万元", "2023"),
        (SUMMARY, "6场", "2023-H1"),
        (SUMMARY, "1820人", "2023"),
        (SUMMARY, "17个", None),
        (SUMMARY, "12个", None),
        (SUMMARY, "3个", "2023"),
        (SUMMARY, "5家", "2024"),
        (MONTHLY, "21个", "2024"),
        (MONTHLY, "640万元", "2024-09"),
        (MONTHLY, "326人", "2024-09"),
        (MONTHLY, "2874人", "2024-01~2024-09"),
        ("2024年1—8月进展通报\n支出1.4亿元。\n完工29个。", "29个", "2024-01~2024-08"),
        (
            "关于进展的通报\n一是资金。截至2024年8月31日，下达2亿元。\n二是项目。完工29个。",
            "29个",
            "截至2024-08-31",
        ),
        ("现将2023年资金使用情况公告如下：\n（一）肉牛产业1450万元。", "1450万元", "2023"),
        ("2022年要点\n“去年我们村分了11万元。”村民说。", "11万元", "2021"),
        ("2023年简报\n第二季度培训85人。\n一、就业\n送工30人。", "30人", "2023"),
        ("截至2024年6月底，落地企业12家。从2021年结对到现在，培训900人。", "900人", "2021年以来"),
        ("2021年新一轮协作启动以来，实施项目96个。", "96个", "2021年以来"),
        ("2021年以来，投入2亿元。\n目前，建成专馆8家。", "8家", None),
        ("2023年总结\n园区现有工人168人，新招42人。", "168人", None),
        ("2023年销售5.2亿元，是2019年的2.7倍。", "2.7倍", "2023"),
        ("2019年至2021年依次为1.9亿元、2.8亿元、3.6亿元。", "2.8亿元", "2020"),
        ("2022年、2023年到位资金分别为5100万元、5400万元。", "5100万元", "2022"),
        ("2024年前三季度销售6.4亿元，完成年度任务的85%。", "85%", "2024-Q1~Q3"),
        ("产业园年产蔬菜2.1万吨。", "2.1万吨", "每年"),
        ("2023年一季度培训85人；春节以来，输送310人。", "310人", None),
        ("支出情况（2023年12月公布）共40万元。", "40万元", None),
        ("今年引进企业3家。", "3家", None),
        ("2024年5月，支出率35.9%，比上月提高11个百分点。", "11个百分点", "2024-05"),
    ],
)
def test_period(text: str, surface: str, period: str | None) -> None:
    assert figure(text, surface).period == period


def test_columns_called_after_years() -> None:
    text = "采购情况（万元）\n类别 2022年（万元） 2023年（万元）\n采购 3600 4820\n帮销 5400 7160\n"
    periods = {q.surface: q.period for q in read(text).quantities if q.kind == "amount"}
    assert periods == {"3600": "2022", "4820": "2023", "5400": "2022", "7160": "2023"}


DIVISIONS = [
    {"code": "120000", "name": "天津市"},
    {"code": "120118", "name": "静海区"},
    {"code": "620000", "name": "甘肃省"},
    {"code": "621000", "name": "庆阳市"},
    {"code": "621027", "name": "镇原县"},
    {"code": "621023", "name": "华池县"},
    {"code": "210600", "name": "丹东市"},
    {"code": "210603", "name": "振兴区"},
    {"code": "630222", "name": "互助土族自治县"},
]


@pytest.fixture
def divisions(tmp_path: Path) -> Lexicon:
    file = tmp_path / "divisions.json"
    file.write_text(json.dumps(DIVISIONS), encoding="utf-8")
    return DEFAULT.with_divisions(file)


HEAD = "静海区—镇原县协作工作月报\n镇原县乡村振兴局 2024年10月8日\n"


@pytest.mark.parametrize(
    ("text", "surface", "scope"),
    [
        (HEAD + "拨付协作资金640万元。", "640万元", "镇原县"),
        (HEAD + "静海区在镇原挂职干部4名（教师2名）。", "2名", "静海区"),
        (HEAD + "到位静海区财政援助资金90万元。", "90万元", "镇原县"),
        (HEAD + "静海区累计投入镇原县资金2亿元，实施项目87个。", "2亿元", "静海区"),
        (HEAD + "静海区累计投入镇原县资金2亿元，实施项目87个。", "87个", "镇原县"),
        (HEAD + "转移2874人，其中到天津508人。", "508人", "镇原县"),
        (HEAD + "收入增长8.9%，增速高于全国1.2个百分点。", "1.2个百分点", "镇原县"),
        (HEAD + "全县13个乡镇全覆盖。", "13个", "镇原县"),
        (HEAD + "来自屯字镇、平泉镇2个镇的群众。", "2个", "镇原县"),
        (HEAD + "县人社局副局长黄明说，将举办招聘会30场。", "30场", "镇原县"),
        (HEAD + "屯字镇牛羊市场项目停工12天；仍有6个项目收尾。", "6个", "镇原县"),
        (HEAD + "八寨镇种植重楼400亩。", "400亩", "八寨镇"),
        (HEAD + "培训乡村振兴带头人300人。", "300人", "镇原县"),
        ("庆阳市简讯\n华池、镇原分别到位380万元、420万元。", "380万元", "华池"),
        ("海东市通报\n互助县支出3900万元。", "3900万元", "互助县"),
        ("石泉县简讯\n新建大棚30座。\n全面振兴乡村产业5个。", "5个", "石泉县"),
        (
            "在镇原县屯字镇冷凉蔬菜产业园，30多名工人在分拣。\n产业园总投资9600万元。",
            "9600万元",
            "镇原县屯字镇冷凉蔬菜产业园",
        ),
    ],
)
def test_scope(divisions: Lexicon, text: str, surface: str, scope: str) -> None:
    assert figure(text, surface, divisions).scope == scope


def test_the_office_of_a_signature_is_not_its_place() -> None:
    text = "关于答复\n福州市选派教师126名到我市。我市选派88名。\n固海市教育局\n2024年5月22日"
    assert figure(text, "88名").scope == "固海市"


def test_names_of_divisions() -> None:
    peoples = DEFAULT.words.peoples
    assert short_name("互助土族自治县", peoples) == "互助"
    assert short_name("陇县", peoples) == "陇县"
    known = places_of(DIVISIONS, DEFAULT.words.helping, peoples)
    assert "静海区" in known.east
    assert "镇原" not in known.east
    assert known.counties["镇原"].above == {"庆阳"}


@pytest.mark.parametrize(
    ("text", "surface", "head"),
    [
        ("实施项目21个，已开工20个。", "20个", "项目开工"),
        ("下达援助资金2.3亿元，已支出1.4亿元。", "1.4亿元", "援助资金支出"),
        ("四、消费帮扶。当月销售385万元。", "385万元", "消费帮扶销售"),
        ("转移就业2874人，其中到四川508人、省内就近1436人。", "1436人", "转移就业"),
        ("10名党政干部和96名专技人才共106人。", "96名", "专技人才"),
        ("10名党政干部和96名专技人才共106人。", "106人", "党政干部、专技人才"),
        ("稳定就业6个月以上的2715人。", "2715人", "稳定就业"),
        ("采购基础母牛725头，每头均价2万元。", "2万元", "基础母牛均价"),
        ("能繁母牛按每头5000元补助，共补助1250头。", "1250头", "能繁母牛"),
        ("直接带动6.3万户农户、近26万人。", "26万人", "农户"),
        ("务工人员交通补贴320万元（4000人）。", "4000人", "务工人员"),
        ("（五）结余350万元。", "350万元", "结余"),
        ("占比不低于60%。产业资金8000万元，即不少于8000万元。", "60%", None),
        ("支出进度60%，低于全市平均水平16个百分点。", "16个百分点", "支出进度"),
        ("县里20个乡镇，我跑了17个。", "17个", "乡镇"),
        ("茶叶产业项目6个、1280万元。", "1280万元", "茶叶产业项目"),
    ],
)
def test_head(text: str, surface: str, head: str | None) -> None:
    assert figure(text, surface).head == head


AGREEMENT = (
    "协议书\n甲方：江苏省张家港市人民政府  乙方：贵州省沿河县人民政府\n"
    "第一条 2024年度，甲方提供资金6000万元。\n第二条 乙方选派干部5名。\n第三条 双方共建车间15个。"
)
LETTER = (
    "感谢信\n佛山市三水区人民政府：\n2023年，贵区累计投入资金1.08亿元，援建项目47个。\n"
    "凤山县人民政府\n2024年1月5日"
)
VILLAGE = (
    "甘洛县来信\n阿呷村辖312户。2023年，该村接待游客4万人次，收入从2020年的3万元增长到41万元。\n"
    "如今，全村有民宿19家。"
)


@pytest.mark.parametrize(
    ("text", "surface", "scope", "period"),
    [
        (AGREEMENT, "6000万元", "张家港市", "2024"),
        (AGREEMENT, "5名", "沿河县", "2024"),
        (AGREEMENT, "15个", "沿河县", "2024"),
        (LETTER, "1.08亿元", "三水区", "2023"),
        (LETTER, "47个", "凤山县", "2023"),
        (VILLAGE, "4万人次", "阿呷村", "2023"),
        (VILLAGE, "3万元", "阿呷村", "2020"),
        (VILLAGE, "41万元", "阿呷村", "2023"),
        (VILLAGE, "19家", "阿呷村", None),
        ("2023年计划\n共22个，其中马尾区4600万元、社会帮扶740万元。", "4600万元", "马尾区", "2023"),
    ],
)
def test_who_speaks_of_whom(text: str, surface: str, scope: str, period: str | None) -> None:
    found = figure(text, surface)
    assert (found.scope, found.period) == (scope, period)


def test_a_column_of_running_totals_has_no_month() -> None:
    text = "务工快报（2024年7月）\n单位：人\n县区 本月新增 累计\n剑川县 86 1420\n鹤庆县 112 1885\n"
    periods = {q.surface: q.period for q in read(text).quantities if q.kind == "people"}
    assert periods == {"86": "2024-07", "1420": None, "112": "2024-07", "1885": None}


REPORTED = (
    "协作情况汇报\n（宕昌县，2024年9月）\n今年我县得到大力支持，1至8月主要指标如下：\n"
    "援助资金：到位5100万元，支出3876万元。\n引进企业：5家。\n农特产品：6850万元。"
)


@pytest.mark.parametrize(
    ("text", "surface", "head", "period"),
    [
        (REPORTED, "5100万元", "援助资金", "2024-01~2024-08"),
        (REPORTED, "3876万元", "援助资金支出", "2024-01~2024-08"),
        (REPORTED, "5家", "引进企业", "2024-01~2024-08"),
        (REPORTED, "6850万元", "农特产品", "2024-01~2024-08"),
        ("2023年图解\n318个 实施协作项目", "318个", "实施协作项目", "2023"),
        ("2024年上半年图解\n● 项目\n实施项目22个\n完工9个 在建13个", "13个", "项目在建", "2024-H1"),
        ("一次会议\n预计签约5000万元。", "5000万元", "签约", None),
    ],
)
def test_labels_and_cards(text: str, surface: str, head: str, period: str | None) -> None:
    found = figure(text, surface)
    assert (found.head, found.period) == (head, period)


LISTED = (
    "桐山县2025年度协作项目计划公示\n"
    "1. 羊场镇天麻育苗基地扩建。新建大棚42亩，资金620万元。\n"
    "2. 张家滩镇加工厂。新建厂房2600平方米，资金980万元。\n"
)
BULLETIN = (
    "协作工作简报\n庆阳市协作办 2024年5月28日\n"
    "【综合】全市到账资金2.4亿元。\n【镇原】樱桃节连办3天，迎客8.6万人次，卖出樱桃1530万元。\n"
)
REPLY = (
    "对第0412号建议的答复\n您提出的关于提升河南援疆医疗质量的建议收悉。\n"
    "一、我省安排援疆资金7.84亿元。选派医生42人。"
)
HOSPITAL = (
    "桐山县人民医院有了新技术\n三月起，专家帮扶桐山县人民医院。全院门急诊量9.8万人次，桐山县的病人不再外转。"
    "开展手术2140台。"
)


@pytest.mark.parametrize(
    ("text", "surface", "scope"),
    [
        (LISTED, "42亩", "羊场镇"),
        (LISTED, "980万元", "张家滩镇"),
        (BULLETIN, "2.4亿元", "庆阳市"),
        (BULLETIN, "1530万元", "镇原"),
        (REPLY, "7.84亿元", "河南"),
        (REPLY, "42人", "河南"),
        (HOSPITAL, "9.8万人次", "桐山县人民医院"),
        ("桐山县简报\n桐山县的利隆镇、八桂镇、浪平镇3个乡镇新增帮扶车间7个。", "7个", "桐山县"),
        ("桐山县月报\n二、劳务协作。本月组织务工41人。本月县医院做成首例手术。", "41人", "桐山县"),
        ("桐山县简报\n吉他小镇签下的企业，真金白银进来7200万元。", "7200万元", "桐山县"),
    ],
)  # fmt: skip
def test_the_place_of_lists_bulletins_and_those_who_speak_of_their_own(
    divisions: Lexicon, text: str, surface: str, scope: str
) -> None:
    assert figure(text, surface, divisions).scope == scope
