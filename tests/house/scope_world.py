"""A country whose every word and sum says where it comes from, for the scope matrix.

Three western provinces with two cities of two counties each, each city paired with one in the east. Each
place has one record of every kind: the texts of place ``r`` hold ``¤r017¤``, its money is 2^r 万元, so a
total in any answer names the places that were summed. ``secret`` places can be told otherwise: another
mark and another sum, while everything else stays the same to the byte.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from jiedui.accounts.models import Role, Side, User
from jiedui.accounts.tests.people import grant, make_user
from jiedui.parties.actions import record_enterprises, record_organisations
from jiedui.parties.models import Enterprise, Organisation, Person
from jiedui.parties.persons import NewPerson, record_persons
from jiedui.records import actions, evidence, review
from jiedui.records.columns import (
    BoundField,
    ChoiceField,
    Column,
    CountField,
    DateField,
    LinesField,
    MoneyField,
    PartyField,
    PersonField,
    RecordField,
    RegionField,
    TextField,
    YesNoField,
)
from jiedui.records.errors import CellErrors
from jiedui.records.kinds import Body, bodies, columns_of
from jiedui.records.models import Evidence, Record
from jiedui.records.tests.world import credit_code
from jiedui.regions import places
from jiedui.regions.loading import Division, load_regions, register_pairing

NOW = datetime(2023, 10, 16, 2, 0, tzinfo=UTC)
DAY = date(2023, 5, 6)
WAN = 1_000_000

_EAST = """
310000 上海市
310100 上海市
320000 江苏省
320100 南京市
320200 无锡市
440000 广东省
440300 深圳市
440400 珠海市
"""
_WEST = """
450000 广西壮族自治区
450100 南宁市
450124 马山县
450125 上林县
450200 柳州市
450222 柳城县
450223 鹿寨县
530000 云南省
530100 昆明市
530124 富民县
530125 宜良县
530300 曲靖市
530322 陆良县
530323 师宗县
610000 陕西省
610100 西安市
610122 蓝田县
610124 周至县
610300 宝鸡市
610323 岐山县
610324 扶风县
"""
PAIRINGS = (
    "440000-450000 440300-450100 440400-450200 310000-530000 310000-530100 310000-530300 "
    "320000-610000 320100-610100 320200-610300"
).split()

WEST = [int(line.split()[0]) * 10**6 for line in _WEST.strip().splitlines()]
"""The places with records; the place in the list is its number ``r``."""

COUNTY, SIBLING, CITY, PROVINCE = 450125_000000, 450124_000000, 450100_000000, 450000_000000
OTHER_CITY, OTHER_PROVINCE = 450200_000000, 530100_000000
OWN_PAIRING, OWN_BOOK = 440300_450100, "440300-450100"

Secret = Callable[[int, str], bool]
"""Whether a place tells otherwise in a line of work; \"\" asks for people and evidence."""


def mark(region: int) -> str:
    """The canary in every text of a place."""
    return f"¤r{WEST.index(region):03d}¤"


def secret_mark(region: int) -> str:
    """What the canary becomes where a place is told otherwise; as long as the true one."""
    return f"¤s{WEST.index(region):03d}¤"


def amount_wan(region: int) -> int:
    """The money of a place in 万元; each place is one bit."""
    return int(2 ** WEST.index(region))


@dataclass
class World:
    """What was made: records by kind and place, people who look, evidence by place."""

    records: dict[tuple[str, int], Record] = field(default_factory=dict)
    evidence: dict[int, Evidence] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


def make_world(secret: Secret = lambda _region, _line: False) -> World:
    """The whole country; where ``secret`` is true a place says other words and sums."""
    world = World()
    lines = [line.split() for line in (_EAST + _WEST).strip().splitlines() if line]
    load_regions([Division(code=code, name=name) for code, name in lines], [])
    for key in PAIRINGS:
        register_pairing(key)
    _make_users(world)
    _make_parties(world, secret)
    for region in WEST:
        world.evidence[region] = _cite(world, region, secret)
    waiting = dict(bodies())
    while waiting:
        # A kind that points to records of another kind comes after it.
        ready = [code for code, body in waiting.items() if not _needs(body) & waiting.keys()]
        assert ready, f"kinds that point to one another: {sorted(waiting)}"
        for code in ready:
            _make_records(world, waiting.pop(code), secret)
    return world


def _make_users(world: World) -> None:
    def user(username: str, *grants: tuple[Any, ...], administrator: str = "") -> None:
        world.users[username] = made = make_user(username, username, administrator=administrator)
        for role, region, *rest in grants:
            grant(made, role, region, **(rest[0] if rest else {}))

    book, east = {"book": OWN_BOOK}, {"side": Side.EAST}
    user("clerk", *((role, 0) for role in (Role.ENTER, Role.READ)))
    user("checker", (Role.REVIEW, 0))
    # One person with several roles opens more doors than several people with one each.
    user("county", (Role.ENTER, COUNTY, book), (Role.REVIEW, COUNTY))
    user("city", *((role, CITY) for role in (Role.FINAL, Role.REVIEW, Role.DISPATCH)))
    user("province-read", (Role.READ, PROVINCE))
    user("east", *((role, 440300_000000, east) for role in (Role.ENTER, Role.REVIEW)))
    user("line-read", (Role.READ, CITY, {"line": "labour"}))
    user("nobody")
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        user(f"admin-{role.value}", administrator=role)


def _make_parties(world: World, secret: Secret) -> None:
    """Public names say nothing of a place; people do."""
    firms = record_enterprises(
        [(credit_code(i), f"企业{i:03d}", region) for i, region in enumerate(WEST)]
    )
    offices = record_organisations(
        [(f"单位{i:03d}", "government", region) for i, region in enumerate(WEST)]
    )
    people = [NewPerson(_word(region, secret), region, _pairing(region)) for region in WEST]
    made = record_persons(rows=people, by=world.users["clerk"])
    named: list[tuple[str, Sequence[Enterprise | Organisation | Person]]] = [
        ("firm", firms),
        ("office", offices),
        ("person", made),
    ]
    for name, parties in named:
        for party, region in zip(parties, WEST, strict=True):
            party.uid = uuid.uuid5(uuid.NAMESPACE_OID, f"{name} {region}")
            party.save(update_fields=["uid"])


def _cite(world: World, region: int, secret: Secret) -> Evidence:
    word = _word(region, secret)
    made = evidence.cite(
        title=word,
        publisher=word,
        published_on=DAY,
        url=f"https://example.invalid/{WEST.index(region)}",
        by=world.users["clerk"],
        now=NOW,
        digest=f"{WEST.index(region):064d}",
    )
    made.uid = evidence_uid(region)
    made.save(update_fields=["uid"])
    return made


def _word(region: int, secret: Secret, line: str = "") -> str:
    return secret_mark(region) if secret(region, line) else mark(region)


def _sum(region: int, secret: Secret, line: str) -> int:
    """A secret sum has the same length, so that no column becomes wider."""
    wan = amount_wan(region)
    return wan + int(f"1{'0' * (len(str(wan)) - 1)}") if secret(region, line) else wan


def _pairing(region: int) -> int:
    return places.lowest_pairing(region, DAY)


# Records.


def _needs(body: type[Body]) -> set[str]:
    return {
        column.kind_code for column in columns_of(body).values() if isinstance(column, RecordField)
    }


def uid_of(code: str, region: int) -> uuid.UUID:
    """The same in every world."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{code} {region}")


def _make_records(world: World, body: type[Body], secret: Secret) -> None:
    rows = [_row(world, body, region, secret) for region in WEST]
    linked = {row["uid"]: [world.evidence[region]] for row, region in zip(rows, WEST, strict=True)}
    clerk, checker = world.users["clerk"], world.users["checker"]
    for _attempt in range(8):
        try:
            made = actions.record_many(
                kind=body.kind.code, rows=rows, by=clerk, now=NOW, submit=True, evidence=linked
            )
        except CellErrors as wrong:
            _drop_refused(body, rows, wrong)
        else:
            break
    else:
        raise AssertionError(f"no right cells for {body.kind.code}: add them to OVERRIDES")
    # The last county of each city keeps waiting, so that queues and pending sums have something.
    posted = [r for r, region in zip(made, WEST, strict=True) if region not in WAITING]
    review.approve_many(records=posted, by=checker, now=NOW)
    for record, region in zip(made, WEST, strict=True):
        world.records[body.kind.code, region] = Record.objects.get(pk=record.pk)


WAITING = {450125_000000, 530125_000000, 610324_000000}

OVERRIDES: dict[str, Callable[[str, int], dict[str, Any]]] = {
    "summary": lambda _word, wan: {
        "indicator": "协作资金",
        "stated": f"{wan}万元",
        "end_on": "2023-09-30",
    },
}
"""Cells of kinds whose meaning no type of column tells, by word and sum."""


def _row(world: World, body: type[Body], region: int, secret: Secret) -> dict[str, Any]:
    line = body.kind.line
    word, wan = _word(region, secret, line), _sum(region, secret, line)
    inside = [(county, _word(county, secret, line)) for county in counties_of(region)]
    cells = {
        name: _cell(world, name, column, region, word, wan, inside)
        for name, column in columns_of(body).items()
    }
    # People are called the same in every line of work.
    person = _word(region, secret)
    cells |= {n: person for n, c in columns_of(body).items() if isinstance(c, PersonField)}
    if body.kind.code in OVERRIDES:
        cells |= OVERRIDES[body.kind.code](word, wan)
    filled = {name: cell for name, cell in cells.items() if cell is not None}
    return {"uid": uid_of(body.kind.code, region), "region": f"{region:012d}"} | filled


def _cell(  # noqa: C901
    world: World,
    name: str,
    column: Column,
    region: int,
    word: str,
    wan: int,
    inside: Sequence[tuple[int, str]] = (),
) -> Any:
    """A right cell for a type of column; None leaves it empty.

    ``inside`` are the counties of a city with their words: each gets a line of 1 万元 or one person.
    """
    number = WEST.index(region)
    match column:
        case BoundField():
            return None
        case ChoiceField():
            return column.words[-1][0]
        case TextField():
            return word
        case YesNoField():
            return "是"
        case MoneyField():
            return f"{wan}万元"
        case CountField():
            return "3"
        case DateField():
            return "2023-05-06" if "end" not in name else "2023-05-07"
        case PartyField():
            return f"单位{number:03d}" if column.only == "organisation" else credit_code(number)
        case PersonField():
            return word
        case RegionField():
            return f"{region:012d}"
        case RecordField():
            return world.records[column.kind_code, far_from(region)].number
        case LinesField():
            by_county = inside if "region" in column.columns else ()
            return [
                {
                    n: "1"
                    if by_county and isinstance(c, CountField)
                    else _cell(world, n, c, place, said, 1 if by_county else wan)
                    for n, c in column.columns.items()
                }
                for place, said in by_county or [(region, word)]
            ]
        case _:
            return None


def far_from(region: int) -> int:
    """The place a record points to: always in another province, so that its name must not be told."""
    return WEST[(WEST.index(region) + 7) % len(WEST)]


def counties_of(region: int) -> list[int]:
    """The counties a city's record has lines for; none for a county and a province."""
    is_city = region % 10**8 == 0 and region % 10**10
    return [c for c in WEST if c != region and c // 10**8 == region // 10**8] if is_city else []


def _drop_refused(body: type[Body], rows: list[dict[str, Any]], wrong: CellErrors) -> None:
    """Leave out optional columns that refuse the plain cell; a required one needs an override."""
    names = {name for _row_number, name in wrong.errors}
    columns = columns_of(body)
    needed = sorted(n for n in names if n not in columns or columns[n].required)
    sentences = sorted({f"{name}: {text}" for (_, name), text in wrong.errors.items()})[:6]
    assert not needed, f"{body.kind.code}: add cells to OVERRIDES for {needed}: {sentences}"
    for row in rows:
        for name in names:
            row.pop(name, None)


# What the matrix asks about.


def kinds() -> list[str]:
    """The codes of all kinds."""
    return list(bodies())


def pairing_of(region: int) -> int:
    """The pairing of a place, without asking the register."""
    key = next(key for key in reversed(PAIRINGS) if key[7:11] == f"{region // 10**8:04d}")
    return int(key.replace("-", ""))


def evidence_uid(region: int) -> uuid.UUID:
    """The same in every world."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"evidence {region}")


def party_pk(page: str, region: int) -> int:
    """The key of a place's enterprise, organisation or person, and of none for no place."""
    register: type[Enterprise | Organisation | Person] = Enterprise
    if "organisation" in page or "succeed" in page:
        register = Organisation
    elif "person" in page:
        register = Person
    found = register._default_manager.filter(region=region).values_list("pk", flat=True)
    return found.first() or 10**9


def name_at(region: int) -> str:
    """The name of a place; a made-up one where there is none."""
    for line in _WEST.strip().splitlines():
        code, name = line.split()
        if int(code) * 10**6 == region:
            return name
    return "乌有县"


def pk_at(code: str, region: int) -> int:
    """The key of a place's record, and one that does not exist for no place."""
    return (
        Record.objects.filter(uid=uid_of(code, region)).values_list("pk", flat=True).first()
        or 10**9
    )
