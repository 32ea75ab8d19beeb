"""One figure broken on purpose: the share that is found, and one sentence for each cause."""

from __future__ import annotations

import pytest

from jiedui.checking import read
from jiedui.checking.tests.breaking import changes, measure
from jiedui.checking.tests.score import HERE, load

LEAST = {"all": 0.95, "sum": 0.96, "product": 0.95, "rate": 0.95, "subset": 0.95, "same": 0.85,
         "enum_count": 0.80}  # fmt: skip


def test_broken_figures_of_our_sentences_are_found() -> None:
    names = ("development", "frozen", "articles")
    tally = measure(c for name in names for c in load(HERE / "gold" / f"{name}.jsonl"))
    assert tally.tried["all"] > 700
    low = {name: tally.share(name) for name, least in LEAST.items() if tally.share(name) < least}
    assert low == {}


def test_a_number_is_broken_in_six_ways() -> None:
    assert changes("1380万元") == {
        "×10": "13800万元", "÷10": "138万元", "+1": "1381万元", "typo": "7380万元",
        "other": "4141万元", "swap": "3180万元",
    }  # fmt: skip
    assert changes("三个") == {"+1": "四个", "typo": "六个"}
    assert changes("若干") == {}


TABLE = (
    "援助资金4650万元，项目5类26个。\n附表（单位：个、万元）\n序号 类别 项目数 资金\n"
    "1 药材 9 1860\n2 草畜 6 1125\n3 劳务 3 340\n4 教育 5 775\n5 示范 3 550\n合计 26 4650\n"
)

ITEMS = "总计3200万元。\n（一）产业1450万元。用于养牛。\n（二）就业{}。\n（三）教育1230万元。"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("专业人才{}（教师12名、医生11名、农技人员4名）。", "27名", "29名"),
        ("到位5400万元。投向四个领域：产业2900万元、就业860万元、服务{}、治理460万元。",
         "1180万元", "1380万元"),
        ("投向{}领域：产业2900万元、就业860万元、服务1180万元。", "三个", "五个"),
        ("安排项目67个，已完工29个、在建{}、尚未开工4个。", "34个", "36个"),
        ("尚未开工4个。未开工的{}项目须于9月底前开工。", "4个", "7个"),
        ("10名党政干部和96名专技人才共{}已到岗。", "106人", "116人"),
        ("甲县、乙县、丙县分别到位3820万元、3150万元、3460万元，三县共{}。",
         "10430万元", "14030万元"),
        ("甲县、乙县、丙县分别到位3820万元、3150万元、3460万元，{}共10430万元。", "三县", "四县"),
        ("项目资金1125万元中，补贴625万元，建设{}，其他50万元。", "450万元", "540万元"),
        ("新引进企业41家，投产{}。", "28家", "48家"),
        ("外转率从21.3%降到12.8%，下降了{}。", "8.5个百分点", "9.5个百分点"),
        ("专柜由12个增加到{}，增加18个。", "30个", "40个"),
        ("销售额由2000万元增长到{}，增长25%。", "2500万元", "5200万元"),
        ("贫困发生率由5%下降到{}。", "2%", "8%"),
        ("劳务输出3620人，其中稳定就业2715人，占{}。", "七成五", "五成"),
        ("安排资金6500万元。其中，产业资金占比不低于60%，即不少于{}。", "3900万元", "3600万元"),
        ("20家车间每家平均吸纳26人，共带动就业{}。", "520人", "620人"),
        ("资助学生430名，每人2000元，发放助学金{}。", "86万元", "68万元"),
        ("改造果园8000亩，每亩补助300元，共需{}。", "240万元", "420万元"),
        ("交通补贴320万元（4000人，人均{}）。", "800元", "600元"),
        ("能繁母牛补贴625万元。按每头5000元补助，共补助{}。", "1250头", "1520头"),
        ("举办技能培训19期{}。", "874人", "8人"),
        ("我点{}问题：项目谋划粗、车间空转多、干部作风浮。", "三个", "四个"),
        ("来自心内、骨科、呼吸、儿科、影像、护理{}专业。", "六个", "七个"),
        ("抓好{}：一是项目，二是就业，三是人才。", "三件事", "五件事"),
        ("9月、10月和11月，当地接连举办{}推介会。", "三场", "四场"),
        ("到位资金1.26亿元\n上半年，全市到位帮扶资金{}。", "12630万元", "16230万元"),
        (ITEMS, "520万元", "250万元"),
        (TABLE.replace("775", "{}"), "775", "757"),
        (TABLE.replace("4650万元", "{}"), "4650万元", "4560万元"),
        (TABLE.replace("5类", "{}"), "5类", "6类"),
        (TABLE + "1.药材{}项目已开工。", "9个", "8个"),
    ],
)  # fmt: skip
def test_each_cause_is_found(text: str, right: str, wrong: str) -> None:
    assert [f.arithmetic for f in read(text.format(right)).findings] == []
    broken = text.format(wrong)
    at = broken.index(wrong)
    found = [f for f in read(broken).findings if f.severity != "note"]
    assert any(start <= at < end or at <= start < at + len(wrong)
               for f in found for start, end in f.spans), found  # fmt: skip
