"""Teachers, doctors and farm technicians of the made-up programme (演示数据); every name is invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from demo.parties import MARK, Team
from demo.people import COUNTIES, MADE_UP
from demo.script import Approve, Correct, Enter, Row, Step, at

SURNAMES = "贺 顾 阮 邵 岑 滕 卓 谭 尹 骆"
GIVEN = "知秋 晏清 一苇 长风 若谷 思齐 望舒 怀瑾"
FINAL = "guyuan-fushen"


@dataclass(frozen=True)
class Batch:
    """People who came to every county on one day; ``left_on`` is empty while they serve."""

    name: str
    field: str
    start_on: date
    ends_on: date
    left_on: date | None
    work: tuple[tuple[str, str, str], ...]  # host, rank, sender
    direction: str = "东部到西部"


TEACHERS = (
    ("第二中学数学教师", "一级教师、高中数学", "威海市某中学"),
    ("职业技术学校机电教师", "讲师、机电", "荣成市某职业学校"),
)
DOCTORS = (
    ("人民医院儿科医师", "副主任医师、儿科", "文登区某医院"),
    ("中医医院针灸科医师", "主治医师、针灸", "乳山市某中医院"),
)
FARMERS = (("农技推广中心冷凉蔬菜技术员", "高级农艺师", "威海市某农科院"),)
GUESTS = (("到威海市某医院跟岗", "护师", "县人民医院"),)

BATCHES = (
    Batch("第1批支教", "教育", date(2021, 9, 1), date(2022, 7, 15), date(2022, 7, 15), TEACHERS),
    Batch("第1批医疗队", "医疗卫生", date(2022, 3, 7), date(2023, 3, 6), date(2023, 3, 6), DOCTORS),
    Batch("第2批支教", "教育", date(2022, 9, 1), date(2023, 7, 14), date(2023, 7, 14), TEACHERS),
    Batch("农技专家组", "农业科技", date(2022, 4, 11), date(2024, 4, 10), None, FARMERS),
    Batch(
        "第1期跟岗",
        "医疗卫生",
        date(2023, 4, 3),
        date(2023, 6, 30),
        date(2023, 6, 30),
        GUESTS,
        direction="西部到东部",
    ),
    Batch("第2批医疗队", "医疗卫生", date(2023, 3, 13), date(2024, 3, 12), None, DOCTORS),
    Batch("第3批支教", "教育", date(2023, 9, 4), date(2024, 7, 12), None, TEACHERS),
)


def names() -> dict[int, list[str]]:
    """Whom each county registers, by county: as many as all batches bring."""
    invented = ["".join(pair) for pair in product(SURNAMES.split(), GIVEN.split())]
    random.Random(640400).shuffle(invented)
    wanted = sum(len(batch.work) for batch in BATCHES)
    return {
        county: invented[number * wanted : (number + 1) * wanted]
        for number, county in enumerate(COUNTIES)
    }


def registered() -> dict[str, Team]:
    """The people of each county's clerk, for the register of people."""
    return {
        f"{COUNTIES[county][0]}-tianbao": (MADE_UP, tuple((name, county) for name in people))
        for county, people in names().items()
    }


def steps() -> list[Step]:
    """Each batch is reported a week after it came and corrected when it has gone home."""
    return [step for county in COUNTIES for step in of_county(county)]


def of_county(county: int) -> Iterator[Step]:
    prefix, place, _enterer, _reviewer = COUNTIES[county]
    people = iter(names()[county])
    for number, batch in enumerate(BATCHES):
        into = f"specialists-{county}-{number}"
        came = at(batch.start_on + timedelta(days=7), "10:20")
        yield Enter(
            at=came,
            by=f"{prefix}-tianbao",
            kind="secondment.specialist",
            into=into,
            rows=[row(batch, place, work, next(people)) for work in batch.work],
        )
        yield from approved(into, prefix, came + timedelta(days=2))
        if batch.left_on:
            gone = at(batch.left_on + timedelta(days=5), "11:05")
            for nth in range(len(batch.work)):
                yield Correct(
                    at=gone,
                    by=f"{prefix}-tianbao",
                    set=into,
                    nth=nth,
                    cells={"left_on": batch.left_on.isoformat()},
                    reason="期满返回，填实际结束日期。",
                    into=f"{into}-left",
                )
            yield from approved(f"{into}-left", prefix, gone + timedelta(days=1))


def row(batch: Batch, place: str, work: tuple[str, str, str], name: str) -> Row:
    """The cells of one person's term."""
    host, rank, sender = work
    return {
        "region": place,
        "person": name,
        "direction": batch.direction,
        "field": batch.field,
        "host": host if host.startswith("到") else f"{place}{host}",
        "start_on": batch.start_on.isoformat(),
        "term_ends_on": batch.ends_on.isoformat(),
        "team": batch.name,
        "sender": sender + MARK,
        "rank": rank,
    }


def approved(into: str, prefix: str, when: datetime) -> Iterator[Step]:
    """County first, then city."""
    yield Approve(at=when, by=f"{prefix}-shenhe", set=into)
    yield Approve(at=when + timedelta(days=1), by=FINAL, set=into)
