"""深圳市—南宁市 since 2021, as a public article tells it: events as records, totals as 汇总数."""

from __future__ import annotations

import re
from datetime import date

from demo.people import NANNING
from demo.script import Approve, Citation, Enter, Row, Step, at

ENTERER, REVIEWER = "nanning-tianbao", "nanning-shenhe"

ARTICLE = Citation("粤桂协作帮扶干部陈浩:把挂职当成任职 把他乡当成故乡", "南宁云—南宁新闻网")

SINCE_2021 = "2021-01-01 至 2023-09-30"

# indicator, region, as worded, bound, from, to. An empty start is 累计: the article names none.
TOTALS = (
    ("协作资金", "南宁市", "42602万元", "", "2021-01-01", "2023-09-30"),
    ("协作项目数", "南宁市", "109个", "", "2021-01-01", "2023-09-30"),
    ("协作资金", "南宁市本级", "327万元", "", "2021-01-01", "2023-09-30"),
    ("协作项目数", "南宁市本级", "10个", "", "2021-01-01", "2023-09-30"),
    ("协作资金", "上林县", "13548万元", "", "2021-01-01", "2023-09-30"),
    ("协作项目数", "上林县", "37个", "", "2021-01-01", "2023-09-30"),
    ("协作资金", "马山县", "15089万元", "", "2021-01-01", "2023-09-30"),
    ("协作项目数", "马山县", "37个", "", "2021-01-01", "2023-09-30"),
    ("协作资金", "隆安县", "13638万元", "", "2021-01-01", "2023-09-30"),
    ("协作项目数", "隆安县", "25个", "", "2021-01-01", "2023-09-30"),
    ("联农带农直接收益", "上林县", "80万多元", "不低于", "", "2023-09-30"),
    ("提供就业岗位数", "上林县", "200多个", "不低于", "", "2023-09-30"),
    ("招商活动邀请企业家人数", "南宁市", "84人", "", "2023-01-01", "2023-09-30"),
    ("实地考察企业家人数", "南宁市", "33人", "", "2023-01-01", "2023-09-30"),
    ("签约商协会数", "南宁市", "6家", "", "2023-01-01", "2023-09-30"),
    ("签约企业数", "南宁市", "3家", "", "2023-01-01", "2023-09-30"),
    ("新增引导落地投产企业数", "南宁市", "23家", "", "", "2023-09-30"),
    ("实际到位投资额", "南宁市", "49.72亿元", "", "", "2023-09-30"),
    ("吸纳农村劳动力就业人数", "南宁市", "4577人", "", "", "2023-09-30"),
    ("吸纳脱贫人口就业人数", "南宁市", "1925人", "", "", "2023-09-30"),
    ("到广东省就业农村劳动力人数", "南宁市", "37662人", "", "", "2023-09-30"),
    ("点对点输送务工人数", "南宁市", "2911人", "", "", "2023-09-30"),
    ("劳务协作培训期数", "南宁市", "64期", "", "", "2023-09-30"),
    ("劳务协作培训人数", "南宁市", "2522人", "", "", "2023-09-30"),
)


def totals(rows: tuple[tuple[str, str, str, str, str, str], ...], pairing: str) -> list[Row]:
    """Rows of the kind 汇总数; the bare number goes into 数值 and the words into 原文."""
    return [
        {
            "region": region,
            "pairing": pairing,
            "indicator": indicator,
            "stated": re.sub("多|余|超过", "", worded).replace("名", "人"),
            "bound": bound,
            "start_on": start,
            "end_on": end,
            "wording": worded,
        }
        for indicator, region, worded, bound, start, end in rows
    ]


def steps() -> list[Step]:
    """Events near their days; the totals when the article had come out."""
    here = {"region": "南宁市", "pairing": NANNING}
    script: list[Step] = []

    def tell(day: date | str, into: str, kind: str, *rows: Row, cited: bool = True) -> None:
        script.append(
            Enter(
                at=at(day, "09:40"),
                by=ENTERER,
                kind=kind,
                into=f"nanning-{into}",
                rows=[here | dict(row) for row in rows],
                citation=ARTICLE if cited else None,
            )
        )
        script.append(Approve(at=at(day, "16:30"), by=REVIEWER, set=f"nanning-{into}"))

    tell(
        "2021-07-05",
        "posting",
        "secondment.posting",
        {
            "person": "程皓",
            "direction": "东部到西部",
            "start_on": "2021-06",
            "sender": "深圳市规划和自然资源局",
            "host": "自治区乡村振兴局帮扶协调处 副处长",
            "concurrent": "南宁市粤桂办 副主任",
        },
        cited=False,
    )
    tell(
        "2023-06-05",
        "fair-may",
        "industry.promotion",
        {
            "name": "“深圳福田商协会走进南宁”粤桂产业招商推介活动",
            "session": "第一期",
            "held_on": "2023-05",
            "place": "深圳市",
        },
        cited=False,
    )
    tell(
        "2023-10-09",
        "fair-september",
        "industry.promotion",
        {
            "name": "“深圳福田商协会走进南宁”粤桂产业招商推介活动",
            "session": "第二期",
            "held_on": "2023-09",
            "place": "南宁市",
        },
        cited=False,
    )
    tell(
        "2023-10-12",
        "documents",
        "work.document",
        {
            "name": "南宁市贯彻落实《粤桂东西部协作规划（2021—2025年）》实施方案",
            "sort": "制度文件",
            "issued_on": SINCE_2021,
        },
        {
            "name": "进一步关心关爱中央单位定点帮扶干部和东西部协作援邕干部人才若干措施",
            "sort": "制度文件",
            "issued_on": SINCE_2021,
        },
        {"name": "南宁市粤桂协作优惠政策", "sort": "制度文件", "issued_on": SINCE_2021},
        {
            "name": "共建南宁（深圳）东盟产业合作区战略框架协议",
            "sort": "框架协议",
            "issued_on": "2023-09",
            "signers": "深圳市人民政府、南宁市人民政府",
        },
    )
    tell("2023-10-12", "totals", "summary", *totals(TOTALS, NANNING))
    return script
