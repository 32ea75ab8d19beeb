"""Which indicator a figure of an invented sentence is given, and which it is not."""

import pytest

from jiedui.checking import read
from jiedui.checking.ledger import names
from jiedui.checking.naming import Sides, name_indicators, unborrowed


def named(text: str) -> dict[str, str]:
    """The codes of the text's figures by their own words."""
    reading = unborrowed(read(text))
    codes = name_indicators(text, reading, names())
    return {reading[one].surface: code for one, code in codes.items()}


@pytest.mark.parametrize(
    ("text", "surface", "code"),
    [
        ("全年共选派党政干部12名赴东部挂职。", "12名", "secondment.sent"),
        ("组织41位企业家到两个乡镇实地考察。", "41位", "industry.inspecting"),
        ("现场签约4家商协会。", "4家", "industry.signed_associations"),
        ("全年有9个项目落地本县。", "9个", "industry.landed_projects"),
        ("各乡镇考察走访农户、合作社、商会等主体210余个。", "210余个", "industry.explored"),
        ("开展劳务协作培训16期。", "16期", "labour.training_sessions"),
        ("举办26场农产品、美食和文化旅游推介活动。", "26场", "consumption.events"),
        ("举办农产品推介活动26场。", "26场", "consumption.events:produce"),
        ("吸纳农村劳动力就业810人，其中脱贫人口302人。", "302人", "labour.absorbed:poverty"),
        ("实施协作项目30个，其中产业类17个、就业类13个。", "17个", "funds.projects:industry"),
        ("投入协作资金800万元，其中柳溪县300万元、石桥县500万元。", "300万元", "funds.arranged"),
        ("这已是今年推动开设的第9家消费帮扶馆，也就是工作组开设的第9家。", "第9家",
         "consumption.outlets_opened"),
        ("两地干部互访对接86次、1120人次。", "1120人次", "work.visit_people"),
        ("点对点输送务工人员36批次、1284人。", "1284人", "labour.transported"),
        ("举办致富带头人培训班5期，培训260人次。", "260人次", "secondment.leader_trainees"),
        ("产业类协作资金11160万元。", "11160万元", "funds.arranged:industry"),
        ("2篇经验做法被省级采用。", "2篇", "work.cases:province"),
        ("选派挂职干部34人，其中东部选派到西部28人、西部选派到东部6人。", "6人",
         "secondment.sent:to_east"),
        ("互派专业技术人才176人，其中教师92人、医生61人、农技人才23人。", "61人",
         "secondment.talent:medical"),
        ("两地共建产业园区4个。", "4个", "industry.parks"),
        ("目前共有就业帮扶车间33个。", "33个", "labour.workshops"),
    ],
)  # fmt: skip
def test_the_words_around_a_figure_name_its_indicator(text: str, surface: str, code: str) -> None:
    assert named(text).get(surface) == code


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("三个协作县签约3家东部企业。", "三个"),
        ("下设项目管理、劳务协作3个小组。", "3个"),
        ("资金到位4500万元。", "4500万元"),
        ("工作队走访农户1260户。", "1260户"),
        ("消费帮扶2.4亿元，其中市场销售1.9亿元。", "1.9亿元"),
        ("选派干部56名，其中区级6名、科级50名。", "6名"),
        ("资助学生1300名。", "1300名"),
        ("32个项目完成竣工决算。", "32个"),
        ("新建就业帮扶车间9个。", "9个"),
        ("2023年10月31日，52岁的老周种了8亩梨。", "8亩"),
    ],
)
def test_what_is_not_covered_well_has_none(text: str, surface: str) -> None:
    assert surface not in named(text)


def test_a_figure_said_again_and_wrongly_has_the_same_indicator() -> None:
    text = (
        "全县选派第3批21名党政干部赴东部挂职。\n今年以来，工作组21名挂职干部分赴各镇。\n"
        "年底，全部23名挂职干部参加培训。"
    )
    assert named(text).get("23名") in (None, "secondment.sent")
    assert named(text)["21名"] == "secondment.sent"


@pytest.mark.parametrize(
    ("text", "surface", "code"),
    [
        ("转移到浙江就业1042人。", "1042人", "labour.employed:paired"),
        ("绍兴选派到乐山挂职干部21名。", "21名", "secondment.sent:to_west"),
        ("绍兴市党政代表团来乐考察2次。", "2次", "work.visits:to_west"),
    ],
)
def test_the_sides_of_the_pairing_are_what_names_call_them(
    text: str, surface: str, code: str
) -> None:
    reading = read(text)
    figure = next(q for q in reading.quantities if q.surface == surface)
    sides = dict.fromkeys(("浙江", "绍兴", "绍兴市"), "东部") | {"乐山": "西部"}
    assert name_indicators(text, reading, names(), Sides(sides))[figure.id] == code


def test_without_the_sides_a_place_is_only_a_place() -> None:
    reading = read("转移到浙江就业1042人。")
    (figure,) = reading.quantities
    found = name_indicators("转移到浙江就业1042人。", reading, names())
    assert found.get(figure.id) != "labour.employed:paired"
