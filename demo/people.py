"""The demonstration's offices and people. All names of people are invented."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from jiedui.accounts.models import Grant, ReviewLevels, Role, Side, User

PASSWORD = "jiedui-yanshi"  # noqa: S105 - published on purpose: demo accounts only

ANKANG = "320400-610900"
NANNING = "440300-450100"
MADE_UP = "371000-640400"
MADE_UP_NOTE = "演示数据"
"""What every page of the made-up pairing is marked with."""


@dataclass(frozen=True)
class Person:
    """One account: a person of an office with roles in one region of one book."""

    username: str
    name: str
    office: str
    roles: tuple[Role, ...]
    region: int
    book: str
    side: Side = Side.WEST

    @property
    def role(self) -> str:
        """The words for the table of accounts."""
        return "、".join(str(role.label) for role in self.roles)


COUNTIES = {
    640402: ("yuanzhou", "原州区", "马文川", "杨雪岭"),
    640422: ("xiji", "西吉县", "王志塬", "苏晓禾"),
    640423: ("longde", "隆德县", "李荞花", "柳长青"),
    640424: ("jingyuan", "泾源县", "于泾流", "兰若溪"),
    640425: ("pengyang", "彭阳县", "韩杏林", "祁山月"),
}
"""Counties of the made-up programme: the name in user names, 填报 and 审核."""


def _city(prefix: str, office: str, region: int, book: str, names: tuple[str, ...]) -> list[Person]:
    roles = (Role.ENTER, Role.REVIEW, Role.DISPATCH, Role.READ)
    words = ("tianbao", "shenhe", "diaodu", "chayue")
    return [
        Person(f"{prefix}-{word}", name, office, (role,), region, book)
        for word, name, role in zip(words, names, roles, strict=True)
    ]


def everybody() -> list[Person]:
    """All demo accounts, office by office."""
    people = [
        *_city("ankang", "安康市协作办", 610900, ANKANG, ("沈砚秋", "秦岭松", "王敏之", "汉江雪")),
        *_city(
            "nanning", "南宁市粤桂办", 450100, NANNING, ("蓝珊瑚", "梁颖之", "韦青山", "黄邕生")
        ),
        *_city("guyuan", "固原市协作办", 640400, MADE_UP, ("安河清", "方石城", "丁六盘", "叶清水")),
        Person("guyuan-fushen", "白明远", "固原市协作办", (Role.FINAL,), 640400, MADE_UP),
    ]
    for code, (prefix, name, enterer, reviewer) in COUNTIES.items():
        office = f"{name}协作办"
        people += [
            Person(f"{prefix}-tianbao", enterer, office, (Role.ENTER,), code, MADE_UP),
            Person(f"{prefix}-shenhe", reviewer, office, (Role.REVIEW,), code, MADE_UP),
        ]
    people += [
        Person(
            "weihai", "海若宁", "威海市协作办", (Role.REVIEW, Role.READ), 371000, MADE_UP, Side.EAST
        ),
    ]
    return people


TWO_LEVELS = 640400
"""Records of the made-up programme are approved by the county and then by the city (县初审→市复审)."""


def create() -> dict[str, User]:
    """Create every account with its grants; returns users by user name."""
    users = {}
    # One slow hash for all: they share one published password.
    hashed = make_password(PASSWORD)
    for person in everybody():
        user = User.objects.create(
            username=person.username, name=person.name, office=person.office, password=hashed
        )
        for role in person.roles:
            Grant.objects.create(
                user=user,
                role=role,
                side=person.side,
                region=person.region * 10**6,
                book=person.book,
            )
        users[person.username] = user
    ReviewLevels.objects.create(region=TWO_LEVELS * 10**6, levels=2)
    return users


def table() -> list[dict[str, str]]:
    """What ``./jd demo`` prints."""
    return [
        {"username": p.username, "password": PASSWORD, "office": p.office, "role": p.role}
        for p in everybody()
    ]
