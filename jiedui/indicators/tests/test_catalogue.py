from datetime import date
from pathlib import Path

import pytest

from jiedui.indicators import catalogue
from jiedui.indicators.catalogue import CatalogueError, Measure, UnknownIndicator
from jiedui.indicators.loading import load

# Every indicator the two programmes of the demo are asked for, and the code it has to find.
NAMES = {
    "选派挂职干部人数": "secondment.sent",
    "工作组内设小组数": "work.teams",
    "全体成员会议次数": "work.meetings:plenary",
    "日常工作会议次数": "work.meetings:routine",
    "主题党日活动次数": "work.meetings:party_day",
    "警示教育活动次数": "work.meetings:warning",
    "调研报道篇数": "work.reports",
    "新开设消费帮扶馆数": "consumption.outlets_opened",
    "消费帮扶购销协议金额": "consumption.agreement_amount",
    "推介活动场次": "consumption.events",
    "消费帮扶销售额": "consumption.sales",
    "特色小吃店数": "consumption.snack_shops",
    "特色美食进机关数": "consumption.offices_reached",
    "特色美食进企业食堂数": "consumption.canteens_reached",
    "对接联系单位数": "industry.contacted",
    "考察走访主体数": "industry.explored",
    "来访考察单位和企业数": "industry.visitors",
    "落地项目数": "industry.landed_projects",
    "落地项目总投资": "industry.landed_investment",
    "签约金额": "industry.signed_amount",
    "捐资助学参与人数": "society.donors:education",
    "旅游团组游客人数": "consumption.tourists",
    "协作资金": "funds.arranged",
    "协作项目数": "funds.projects",
    "联农带农直接收益": "industry.farmer_income",
    "提供就业岗位数": "labour.posts",
    "招商推介活动期数": "industry.promotions",
    "招商活动邀请企业家人数": "industry.invited",
    "实地考察企业家人数": "industry.inspecting",
    "签约商协会数": "industry.signed_associations",
    "签约企业数": "industry.signed_enterprises",
    "新增引导落地投产企业数": "industry.enterprises",
    "实际到位投资额": "industry.investment",
    "吸纳农村劳动力就业人数": "labour.absorbed",
    "吸纳脱贫人口就业人数": "labour.absorbed:poverty",
    "到广东省就业农村劳动力人数": "labour.employed:paired",
    "点对点输送务工人数": "labour.transported",
    "劳务协作培训期数": "labour.training_sessions",
    "劳务协作培训人数": "labour.trainees",
    "制度文件数": "work.documents",
}

WHOLE = """
[labour.absorbed]
name = "吸纳"
unit = "人"
measure = "flow"
definition = "甲"
basis = "known"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "code"), NAMES.items())
def test_every_name_the_programmes_use_finds_its_indicator(name: str, code: str) -> None:
    assert catalogue.find(name).code == code


def test_width_and_spaces_of_a_name_do_not_matter() -> None:
    assert catalogue.find(" ８３２平台 销售额 ").code == "consumption.sales:platform832"


def test_an_unknown_name_is_refused_with_similar_ones() -> None:
    with pytest.raises(UnknownIndicator, match=r"目录中没有指标“实际到位投资金额”.*实际到位投资额"):
        catalogue.find("实际到位投资金额")


def test_a_part_takes_unit_and_measure_of_its_whole() -> None:
    part, whole = catalogue.get("consumption.sales:live"), catalogue.get("consumption.sales")
    assert part.whole == whole.code
    assert (part.unit, part.scale, part.display_unit) == ("元", 100, "万元")
    assert part.measure is whole.measure is Measure.FLOW
    assert part in catalogue.parts(whole.code)


def test_every_part_stands_right_after_its_whole() -> None:
    previous = None
    for indicator in catalogue.all():
        if indicator.whole:
            assert previous is not None
            assert indicator.whole in {previous.code, previous.whole}
        previous = indicator


def test_tables_show_money_in_one_unit_only() -> None:
    assert {i.display_unit for i in catalogue.all() if i.is_money} == {"万元"}
    assert {i.scale for i in catalogue.all() if i.is_money} == {100}


def test_every_definition_is_a_sentence_and_every_flow_names_its_date() -> None:
    for indicator in catalogue.all():
        assert indicator.definition.endswith("。"), indicator.code
        assert indicator.department, indicator.code
        if indicator.measure in {Measure.FLOW, Measure.DISTINCT}:
            assert indicator.date_name, indicator.code


def test_a_ratio_is_not_posted() -> None:
    assert "funds.paid_rate" not in catalogue.measures()
    assert catalogue.measures()["labour.posts"] == "stock"


def test_a_window_over_two_wordings_names_both(tmp_path: Path) -> None:
    later = '[[labour.absorbed.versions]]\nfrom = 2024-01-01\ndefinition = "乙"\n'
    indicator = load(write(tmp_path, WHOLE + later))["labour.absorbed"]

    def numbers(start: date | None, end: date) -> list[int]:
        return [version.number for version in indicator.versions_in(start, end)]

    assert numbers(date(2023, 1, 1), date(2023, 12, 31)) == [1]
    assert numbers(date(2023, 12, 31), date(2024, 1, 1)) == [1, 2]
    assert numbers(None, date(2024, 6, 1)) == [1, 2]
    assert numbers(date(2024, 1, 1), date(2024, 6, 1)) == [2]
    assert numbers(date(2000, 1, 1), date(2000, 1, 2)) == [1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WHOLE + "colour = 'red'", "labour.absorbed: unknown key colour"),
        (WHOLE.replace('unit = "人"', ""), "labour.absorbed: unit is missing"),
        (WHOLE.replace('"人"', "3"), "labour.absorbed: unit is not str: 3"),
        (WHOLE.replace("flow", "sum"), "labour.absorbed: 'sum' is none of flow"),
        (WHOLE.replace("labour", "labor"), "catalogue.toml: 'labor' is none of"),
        (WHOLE + "scale = true", "labour.absorbed: scale is not int"),
        (WHOLE + 'numerator = "a.b"', "labour.absorbed: numerator and denominator"),
        (WHOLE + WHOLE.replace("absorbed", "b"), "labour.b: '吸纳' already means labour.absorbed"),
        ('[labour."a:b"]\nname = "甲"', "labour.a:b: a part stands after its whole labour.a"),
        (WHOLE + "[[labour.absorbed.versions]]\nfrom = 2001-01-01", "versions stand in order"),
        (WHOLE + "[labour", "catalogue.toml: "),
    ],
)
def test_an_error_names_the_entry(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(write(tmp_path, text))
    assert message in str(caught.value)


def test_a_ratio_of_an_unknown_indicator_is_refused(tmp_path: Path) -> None:
    ratio = WHOLE.replace("absorbed", "rate").replace("吸纳", "率").replace("flow", "ratio")
    text = WHOLE + ratio + 'numerator = "labour.absorbed"\ndenominator = "labour.none"'
    with pytest.raises(CatalogueError, match=r"labour\.rate: labour\.none is no flow or stock"):
        load(write(tmp_path, text))
