"""威海市—固原市, a made-up programme of three years (演示数据): five counties, monthly sheets, some trouble.

Everything here is invented by a seeded generator. Records are entered month by month by each county's
clerk, approved by the county with a signed sheet and then by the city; some come late, some are returned,
corrected, voided or disputed, and the last month still waits.
"""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from demo.parties import MARK, Register
from demo.people import COUNTIES, MADE_UP
from demo.script import Approve, Citation, Correct, Enter, Return, Row, Say, Step, Void, at

FIRST, LAST = (2021, 1), (2023, 12)
WAITS = {640402: 1, 640422: 2, 640423: 5, 640424: 1, 640425: 3}
"""For how many days each county's last month waits: a queue holds what came in on different days."""
TODAY = date(2023, 12, 15)

CHANNELS = (
    "进机关",
    "进社区",
    "进单位",
    "进景区",
    "进商超",
    "进窗口",
    "进饭店",
    "进企业",
    "进平台",
    "832平台",
    "直播",
    "消费帮扶馆",
    "展销",
)
COURSES = ("家政服务", "电焊", "中式面点", "养老护理", "电商直播", "牛羊养殖", "缝纫", "叉车")
TOPICS = ("冷凉蔬菜东销", "马铃薯加工", "文旅线路", "劳务品牌", "产业园区共建", "教育组团帮扶")


@dataclass(frozen=True)
class Sheet:
    """One county's month."""

    county: int
    year: int
    month: int

    @property
    def name(self) -> str:
        return f"made-up-{self.county}-{self.year}-{self.month:02d}"

    @property
    def place(self) -> str:
        return COUNTIES[self.county][1]

    @property
    def people(self) -> tuple[str, str]:
        """User names of 填报 and 审核."""
        prefix = COUNTIES[self.county][0]
        return f"{prefix}-tianbao", f"{prefix}-shenhe"

    @property
    def last(self) -> date:
        """The last day the sheet can tell of."""
        month_end = date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])
        return min(month_end, TODAY - timedelta(days=1 + WAITS[self.county]))


def sheets() -> Iterator[Sheet]:
    """Every county's months in order of time."""
    for year in range(FIRST[0], LAST[0] + 1):
        for month in range(1, 13):
            for county in COUNTIES:
                yield Sheet(county, year, month)


class Generator:
    """Writes the steps of the programme; the same seed writes the same steps."""

    def __init__(self, register: Register, seed: int) -> None:
        self.register = register
        self.rng = random.Random(seed)
        self.coming: dict[int, list[str]] = {}  # firms that have not come yet, by county

    def steps(self) -> list[Step]:
        """All steps of the programme."""
        script = [step for sheet in sheets() for step in self.sheet(sheet)]
        return [*script, *self.agreements(), *self.trouble()]

    # One county's month.

    def sheet(self, sheet: Sheet) -> list[Step]:
        """What is entered and approved for one county and month."""
        enterer, reviewer = sheet.people
        late = self.rng.random() < 0.06 and (sheet.year, sheet.month) < (2023, 9)
        entered = at(sheet.last, "15:00") + timedelta(days=38 if late else 0)
        if (sheet.year, sheet.month) == LAST:
            entered = at(sheet.last + timedelta(days=1), "16:00")
        script: list[Step] = []
        for kind, rows in self.rows(sheet):
            if rows:
                cites = kind in {"industry.receipt", "funds.fund"}
                proof = Citation(
                    f"{sheet.place}{sheet.year}年{sheet.month}月到账凭证汇编{MARK}",
                    f"{sheet.place}协作办{MARK}",
                )
                script.append(
                    Enter(
                        at=entered,
                        by=enterer,
                        kind=kind,
                        rows=[self.placed(sheet, r) for r in rows],
                        into=sheet.name,
                        citation=proof if cites else None,
                    )
                )
                entered += timedelta(minutes=self.rng.randint(2, 11))
        return [*script, *self.approvals(sheet, entered, reviewer)]

    def approvals(self, sheet: Sheet, entered: datetime, reviewer: str) -> list[Step]:
        """County first, then city; the last months are on their way."""
        month = sheet.year, sheet.month
        if month == LAST:
            return []
        first = Approve(
            at=entered + timedelta(days=3),
            by=reviewer,
            set=sheet.name,
            sheet=f"{sheet.place}{sheet.year}年{sheet.month}月台账签字表",
            signers="分管负责人、协作办主任",
        )
        if month == (2023, 11) and sheet.county == 640424:
            return [first]
        final = at(first.at.date() + timedelta(days=4), "11:00")
        if month == (2023, 11):
            final = at(TODAY - timedelta(days=7), "11:00")
            if sheet.county == 640425:
                final = at(TODAY, "09:30")
        return [first, Approve(at=final, by="guyuan-fushen", set=sheet.name)]

    def placed(self, sheet: Sheet, row: Row) -> Row:
        return {"region": str(sheet.county)} | dict(row)

    def day(self, sheet: Sheet) -> str:
        """A day of the sheet's month."""
        return date(sheet.year, sheet.month, self.rng.randint(1, sheet.last.day)).isoformat()

    def yuan(self, low: int, high: int) -> str:
        """An amount in 元, rounded as people pay."""
        return f"{round(self.rng.triangular(low, high, low), -2):.0f}元"

    def rows(self, sheet: Sheet) -> Iterator[tuple[str, list[Row]]]:
        """Rows by kind; what is rare is told once a quarter."""
        rng, day = self.rng, partial(self.day, sheet)
        grown = 1 + 0.12 * (sheet.year - 2021)
        season = 1.5 if sheet.month in (1, 9, 12) else 1.0
        half = 0.5 if (sheet.year, sheet.month) == LAST else 1.0

        def times(mean: float) -> range:
            return range(max(0, round(rng.gauss(mean * half, mean * half / 5))))

        firms = self.register.enterprises[sheet.county]
        yield (
            "consumption.sale",
            [
                {
                    "settled_on": day(),
                    "amount_fen": self.yuan(1500, 90000),
                    "channel": rng.choice(CHANNELS),
                    "way": rng.choice(("采购", "帮销", "帮销")),
                    "buyer": rng.choice(self.register.buyers),
                    "supplier": rng.choice(firms),
                }
                for _ in times(72 * grown * season)
            ],
        )
        yield (
            "labour.training",
            [
                {
                    "course": rng.choice(COURSES),
                    "ended_on": day(),
                    "people": str(n),
                    "poverty": str(n * rng.randint(3, 7) // 10),
                }
                for n in (rng.randint(25, 60) for _ in times(2))
            ],
        )
        yield (
            "labour.absorption",
            [
                {
                    "enterprise": rng.choice(firms),
                    "hired_on": f"{sheet.year}-{sheet.month:02d}",
                    "people": str(n),
                    "poverty": str(n * rng.randint(2, 6) // 10),
                }
                for n in (rng.randint(2, 14) for _ in times(6))
            ],
        )
        yield (
            "labour.transfer",
            [
                {
                    "destination": rng.choice(("结对东部省份", "省内就近就地", "其他地区")),
                    "employed_on": f"{sheet.year}-{sheet.month:02d}",
                    "people": str(n),
                    "poverty": str(n * rng.randint(3, 6) // 10),
                }
                for n in (rng.randint(4, 60) for _ in times(8 if sheet.month in (2, 3) else 3))
            ],
        )
        yield (
            "industry.receipt",
            [
                {
                    "enterprise": rng.choice(firms[:6]),
                    "received_on": day(),
                    "form": rng.choice(("货币", "货币", "设备", "在建工程")),
                    "amount_fen": self.yuan(200_000, 8_000_000),
                    "origin": rng.choice(("威海市环翠区", "荣成市", "威海市文登区")),
                }
                for _ in times(3)
            ],
        )
        yield (
            "work.meeting",
            [
                {
                    "sort": rng.choice(
                        ("日常工作会议", "日常工作会议", "专题学习", "主题党日活动")
                    ),
                    "held_on": day(),
                }
                for _ in times(4)
            ],
        )
        if sheet.month % 3 == 0:
            yield from self.quarter(sheet, firms)
        if sheet.month in (3, 4) and sheet.last.day > 20:
            yield from self.spring(sheet)

    def quarter(self, sheet: Sheet, firms: list[str]) -> Iterator[tuple[str, list[Row]]]:
        """What happens a few times a quarter."""
        rng, day = self.rng, partial(self.day, sheet)
        yield (
            "industry.contact",
            [
                {
                    "party": rng.choice([*self.register.halls, *self.register.associations]),
                    "way": rng.choice(("对接联系", "考察走访")),
                    "met_on": day(),
                }
                for _ in range(rng.randint(5, 9))
            ],
        )
        yield (
            "consumption.agreement",
            [
                {
                    "buyer": rng.choice(self.register.buyers),
                    "amount_fen": self.yuan(100_000, 3_000_000),
                    "signed_on": day(),
                }
                for _ in range(rng.randint(1, 3))
            ],
        )
        yield (
            "consumption.promotion",
            [
                {
                    "name": f"固原好物进威海 {sheet.place}专场{MARK}",
                    "theme": rng.choice(("农产品", "美食", "文化旅游")),
                    "held_on": day(),
                    "place": "威海市",
                }
            ],
        )
        yield (
            "work.research",
            [
                {
                    "name": f"{sheet.place}{topic}调研 {sheet.year}-{sheet.month:02d}{MARK}",
                    "sort": rng.choice(("调研报告", "深度报道")),
                    "published_on": day(),
                }
                for topic in rng.sample(TOPICS, rng.randint(1, 3))
            ],
        )
        yield (
            "funds.fund",
            [
                {"stage": stage, "amount_fen": self.yuan(low, high), "moved_on": day()}
                for stage, low, high in (
                    ("下达", 4_000_000, 7_000_000),
                    ("支付", 2_000_000, 4_000_000),
                    ("支付", 1_000_000, 3_000_000),
                )
            ],
        )
        yield (
            "labour.charter",
            [
                {
                    "departed_on": day(),
                    "means": "包车",
                    "people": str(rng.randint(28, 90)),
                    "destination": "威海市",
                }
                for _ in range(rng.randint(1, 2))
            ],
        )
        coming = self.coming.setdefault(sheet.county, list(firms))
        if coming and (sheet.month in (6, 12) or rng.random() < 0.3):
            firm = coming.pop(0)
            yield (
                "industry.production",
                [{"enterprise": firm, "produced_on": day(), "origin": "结对东部地区"}],
            )
            yield (
                "industry.landing",
                [
                    {
                        "project": f"{firm.removesuffix(MARK)}项目{MARK}",
                        "landed_on": day(),
                        "total_fen": self.yuan(5_000_000, 60_000_000),
                    }
                ],
            )
            form = rng.choice(("专馆", "专柜", "专区"))
            yield (
                "consumption.outlet",
                [
                    {
                        "name": f"{sheet.place}农特产品{form}{sheet.year}{sheet.month:02d}{MARK}",
                        "form": form,
                        "opened_on": day(),
                    }
                ],
            )

    def spring(self, sheet: Sheet) -> Iterator[tuple[str, list[Row]]]:
        """The year's projects and money are decided in spring."""
        rng = self.rng
        if sheet.month == 3:
            yield (
                "funds.project",
                [
                    {
                        "name": f"{sheet.place}{sheet.year}年{sort}协作项目{n}{MARK}",
                        "category": sort,
                        "planned_on": date(sheet.year, 3, rng.randint(1, 12)).isoformat(),
                        "amount_fen": self.yuan(800_000, 9_000_000),
                        "started_on": rng.choice(("", *self.starts(sheet))),
                    }
                    for n, sort in enumerate(
                        rng.choices(
                            ("产业", "产业", "产业", "就业", "乡村建设", "教育", "医疗"),
                            k=rng.randint(6, 11),
                        ),
                        1,
                    )
                ],
            )
        else:
            yield (
                "funds.fund",
                [
                    {
                        "stage": "到位",
                        "amount_fen": self.yuan(8_000_000, 22_000_000),
                        "moved_on": self.day(sheet),
                        "source": level,
                    }
                    for level in ("市级", "区县级")
                ],
            )

    def starts(self, sheet: Sheet) -> list[str]:
        """Days on which a project planned that month may have begun."""
        return [date(sheet.year, sheet.month, day).isoformat() for day in range(14, 22)]

    # Around the sheets.

    def agreements(self) -> list[Step]:
        """Yearly totals the city declares from its annual report, above and around the details."""
        script: list[Step] = []
        for year, jobs in ((2021, "9200人"), (2022, "10400人")):
            name = f"made-up-report-{year}"
            script += [
                Enter(
                    at=at(f"{year + 1}-01-20"),
                    by="guyuan-tianbao",
                    kind="summary",
                    into=name,
                    rows=[
                        {
                            "region": "640400",
                            "pairing": MADE_UP,
                            "indicator": "帮助农村劳动力就业人数",
                            "stated": jobs,
                            "start_on": f"{year}-01-01",
                            "end_on": f"{year}-12-31",
                            "wording": jobs,
                        }
                    ],
                    citation=Citation(
                        f"固原市{year}年东西部协作自评报告{MARK}",
                        f"固原市协作办{MARK}",
                        date(year + 1, 1, 18),
                    ),
                ),
                Approve(at=at(f"{year + 1}-01-22"), by="guyuan-shenhe", set=name),
                Approve(at=at(f"{year + 1}-01-24"), by="guyuan-fushen", set=name),
            ]
        return script

    def trouble(self) -> list[Step]:
        """Corrections, voids, returns and disputes, as in life."""
        script: list[Step] = []
        rng = self.rng
        for number in range(24):
            sheet = Sheet(
                rng.choice(list(COUNTIES)), rng.choice((2021, 2022, 2023)), rng.randint(1, 8)
            )
            enterer, reviewer = sheet.people
            when = at(date(sheet.year, sheet.month, 20) + timedelta(days=90), "10:20") + timedelta(
                minutes=number
            )
            name = f"made-up-correction-{number}"
            if number % 6 == 5:
                script.append(
                    Void(
                        at=when,
                        by=enterer,
                        set=sheet.name,
                        nth=number,
                        reason="与平台数据重复，作废。",
                        into=name,
                    )
                )
            else:
                script.append(
                    Correct(
                        at=when,
                        by=enterer,
                        set=sheet.name,
                        nth=number,
                        cells={"amount_fen": self.yuan(1500, 90000)},
                        reason="按结算单更正金额。",
                        into=name,
                    )
                )
            script += [
                Approve(at=when + timedelta(days=1), by=reviewer, set=name),
                Approve(at=when + timedelta(days=2), by="guyuan-fushen", set=name),
            ]
        waiting = Sheet(640422, *LAST)
        longde = Sheet(640423, *LAST)
        script += [
            Return(
                at=at(TODAY, "09:10"),
                by=longde.people[1],
                set=longde.name,
                nth=2,
                reason="渠道与凭证不符，请核对。",
            ),
            Return(
                at=at(TODAY, "09:12"),
                by=waiting.people[1],
                set=waiting.name,
                nth=4,
                reason="金额少写一位，请照结算单填。",
            ),
            Correct(
                at=at(TODAY, "09:20"),
                by=waiting.people[0],
                set=Sheet(640422, 2023, 10).name,
                nth=7,
                cells={"amount_fen": "26800元"},
                reason="漏计一箱。",
                into="made-up-waiting",
            ),
            Say(at=at("2023-11-20"), by="weihai", set=Sheet(640422, 2023, 9).name, nth=1),
            Say(
                at=at("2023-11-20", "10:05"),
                by="weihai",
                set=Sheet(640422, 2023, 9).name,
                nth=2,
                reason="我方只结算了一半，请核对。",
            ),
            Say(
                at=at("2023-12-11", "14:05"),
                by="weihai",
                set=Sheet(640402, 2023, 10).name,
                nth=3,
                reason="采购方写错，应为文登区。",
            ),
        ]
        return script
