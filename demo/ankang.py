"""常州市—安康市 2022-12 to 2023-12, as a public article tells it: events as records, totals as 汇总数."""

from __future__ import annotations

from datetime import date

from demo.nanning import totals
from demo.parties import UNNAMED_INVESTOR
from demo.people import ANKANG
from demo.script import Approve, Citation, Enter, Row, Step, at

ENTERER, REVIEWER = "ankang-tianbao", "ankang-shenhe"

ARTICLE = Citation(
    "一场美好的“双向奔赴”——安康赴常州挂职工作组在常这一年", "安康新闻网", date(2023, 12, 12)
)

THIS_YEAR = "2023-01-01 至 2023-12-12"

TOTALS = (
    ("选派挂职干部人数", "安康市", "25名", "", "2022-12-01", "2023-12-12"),
    ("全体成员会议次数", "安康市", "12次", "", "2023-01-01", "2023-12-12"),
    ("日常工作会议次数", "安康市", "25次", "", "2023-01-01", "2023-12-12"),
    ("主题党日活动次数", "安康市", "6次", "", "2023-01-01", "2023-12-12"),
    ("警示教育活动次数", "安康市", "1次", "", "2023-01-01", "2023-12-12"),
    ("调研报道篇数", "安康市", "50余篇", "不低于", "2023-01-01", "2023-12-12"),
    ("新开设消费帮扶馆数", "安康市", "7家", "", "2023-01-01", "2023-11-04"),
    ("消费帮扶购销协议金额", "安康市", "3908万元", "", "2023-01-01", "2023-12-12"),
    ("推介活动场次", "安康市", "18场", "", "2023-01-01", "2023-12-12"),
    ("消费帮扶销售额", "安康市", "超过2000万元", "不低于", "2023-01-01", "2023-12-12"),
    ("特色小吃店数", "安康市", "15家", "", "", "2023-12-12"),
    ("特色美食进机关数", "安康市", "7家", "", "", "2023-12-12"),
    ("特色美食进企业食堂数", "安康市", "5个", "", "", "2023-12-12"),
    ("对接联系单位数", "安康市", "30余家", "不低于", "2023-01-01", "2023-12-12"),
    ("考察走访主体数", "安康市", "300余个", "不低于", "2023-01-01", "2023-12-12"),
    ("来访考察单位和企业数", "安康市", "50余家", "不低于", "2023-01-01", "2023-12-12"),
    ("落地项目数", "安康市", "12个", "", "2023-01-01", "2023-12-12"),
    ("落地项目总投资", "安康市", "3亿元", "", "2023-01-01", "2023-12-12"),
)


def steps() -> list[Step]:
    """Events near their days; the totals on the day the article came out."""
    script: list[Step] = []

    def tell(day: str, into: str, kind: str, *rows: Row, cited: bool = False) -> None:
        script.append(
            Enter(
                at=at(day, "15:50"),
                by=ENTERER,
                kind=kind,
                into=f"ankang-{into}",
                rows=[{"region": "安康市", "pairing": ANKANG} | dict(row) for row in rows],
                citation=ARTICLE if cited else None,
            )
        )
        script.append(Approve(at=at(day, "17:20"), by=REVIEWER, set=f"ankang-{into}"))

    def posted(name: str, region: str, home: str, host: str) -> Row:
        return {
            "person": name,
            "region": region,
            "batch": "第6批",
            "direction": "西部到东部",
            "start_on": "2022-12",
            "sender": home,
            "host": host,
        }

    tell(
        "2022-12-30",
        "postings",
        "secondment.posting",
        posted("余海川", "安康市", "安康市乡村振兴局 副局长", "常州市 挂职工作组 组长"),
        posted("鲁远山", "汉滨区", "汉滨区 副区长", "常州市武进区"),
        posted("蒋新竹", "岚皋县", "岚皋县招投标服务中心 副主任", "常州市"),
        posted("丁江涛", "镇坪县", "镇坪县 副县长", "常州市钟楼区"),
        posted("章欣然", "石泉县", "石泉县经济技术开发区管委会规划建设管理办公室 副主任", "常州市"),
    )
    tell(
        "2022-12-30",
        "group",
        "work.group",
        {
            "name": "安康赴常州挂职工作组",
            "batch": "第6批",
            "founded_on": "2022-12",
            "teams": "内部管理；调研组织；项目招引；宣传报道",
        },
    )
    tell(
        "2023-09-25",
        "fair",
        "consumption.promotion",
        {
            "name": "乐游安康 今秋有你 文旅推介活动",
            "theme": "文化旅游",
            "held_on": "2023-09",
            "place": "常州市",
        },
    )
    tell(
        "2023-09-25",
        "agreement",
        "work.document",
        {
            "name": "常安两地旅行社合作框架协议",
            "sort": "框架协议",
            "issued_on": "2023-09",
            "signers": "常州、安康两地旅行社",
        },
    )
    tell(
        "2023-10-16",
        "tour",
        "consumption.tour",
        {
            "name": "2023“金秋游安康”旅行团",
            "arrived_on": "2023-10-11",
            "people": "100",
            "bound": "约",
        },
    )
    tell(
        "2023-11-06",
        "hall",
        "consumption.outlet",
        {
            "region": "汉滨区",
            "name": "安康市汉滨区——常州市武进区消费帮扶馆",
            "form": "专馆",
            "opened_on": "2023-11-04",
            "address": "常州市武进区湖塘商圈 武进人民商场二楼",
        },
    )
    tell(
        "2023-12-11",
        "investors",
        "industry.visit",
        {
            "region": "石泉县",
            "name": "江苏企业家来石泉投资考察",
            "heading": "东部来考察",
            "visited_on": "2023-12-08",
        },
    )
    tell(
        "2023-12-12",
        "signing",
        "industry.signing",
        {
            "region": "镇坪县",
            "party": UNNAMED_INVESTOR,
            "signer": "企业",
            "project": "中药漱口水项目",
            "amount_fen": "4000万元",
            "signed_on": THIS_YEAR,
        },
        cited=True,
    )
    tell(
        "2023-12-12",
        "donation",
        "society.donation",
        {
            "region": "汉滨区",
            "donor": "以常州为主的退伍老兵",
            "purpose": "捐资助学",
            "received_on": THIS_YEAR,
            "people": "30",
            "people_bound": "不低于",
            "receiver": "大竹园镇",
        },
        cited=True,
    )
    tell("2023-12-12", "totals", "summary", *totals(TOTALS, ANKANG), cited=True)
    return script
