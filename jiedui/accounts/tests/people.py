"""The same few named people everywhere; ``people()`` needs the places of ``make_regions()`` only by code.

The programme is 深圳–南宁. Everybody's password is PASSWORD.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiedui.accounts.models import Grant, Role, Side, User

PASSWORD = "Shan-lin-2023"

SHANGLIN = 450125_000000
MASHAN = 450124_000000
NANNING = 450100_000000
GUANGXI = 450000_000000
SHENZHEN = 440300_000000
ANKANG = 610900_000000
XUNYANG = 610981_000000

SHENZHEN_NANNING = 440300_450100
CHANGZHOU_ANKANG = 320400_610900
BOOK = "440300-450100"
OTHER_BOOK = "320400-610900"


@dataclass(frozen=True)
class People:
    """Who works on 深圳–南宁, and a stranger from another programme."""

    enterer: User  # 上林县 填报
    reviewer: User  # 上林县 审核
    final_reviewer: User  # 南宁市 复审
    dispatcher: User  # 南宁市 调度
    reader: User  # 南宁市 查阅
    eastern: User  # 深圳市 填报、审核, from the eastern side
    stranger: User  # 安康市 填报、审核, in the other programme


def make_user(username: str, name: str, office: str = "", administrator: str = "") -> User:
    """A user who may sign in with PASSWORD and has no grants."""
    return User.objects.create_user(
        username, PASSWORD, name=name, office=office, administrator=administrator
    )


def grant(
    user: User,
    role: Role,
    region: int,
    *,
    side: Side = Side.WEST,
    book: str = "",
    line: str = "",
) -> Grant:
    """A grant without dates."""
    user.kept_grants = None
    return Grant.objects.create(
        user=user, role=role, side=side, region=region, book=book, line=line
    )


def people() -> People:
    """Make all of them; call it once a test."""
    made = People(
        enterer=make_user("tian", "田小禾", "上林县协作办"),
        reviewer=make_user("shen", "沈核", "上林县协作办"),
        final_reviewer=make_user("fu", "傅审", "南宁市协作办"),
        dispatcher=make_user("diao", "刁度", "南宁市协作办"),
        reader=make_user("cha", "查阅之", "南宁市协作办"),
        eastern=make_user("dong", "东方明", "深圳市协作办"),
        stranger=make_user("lu", "陆生", "安康市协作办"),
    )
    grant(made.enterer, Role.ENTER, SHANGLIN, book=BOOK)
    grant(made.reviewer, Role.REVIEW, SHANGLIN, book=BOOK)
    grant(made.final_reviewer, Role.FINAL, NANNING, book=BOOK)
    grant(made.dispatcher, Role.DISPATCH, NANNING, book=BOOK)
    grant(made.reader, Role.READ, NANNING, book=BOOK)
    for role in (Role.ENTER, Role.REVIEW):
        grant(made.eastern, role, SHENZHEN, side=Side.EAST)
        grant(made.stranger, role, ANKANG, book=OTHER_BOOK)
    return made
