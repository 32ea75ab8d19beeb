import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiedui.accounts import actions
from jiedui.accounts.models import ADMINISTRATORS, BUSINESS_ROLES, Side, User
from jiedui.lib.clock import now
from jiedui.regions import places

ROLES = "、".join(f"{role.value} {role.label}" for role in BUSINESS_ROLES)


class Command(BaseCommand):
    help = "建账号、给权限、停用账号"

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="建一个账号，会问初始密码")
        create.add_argument("username", help="登录用的用户名")
        create.add_argument("--name", required=True, help="姓名")
        create.add_argument("--office", default="", help="单位")
        create.add_argument("--administrator", default="", choices=["", *ADMINISTRATORS])
        grant = verbs.add_parser("grant", help="给一个地区的权限，地区写名称或代码")
        grant.add_argument("username")
        grant.add_argument("role", help=ROLES)
        grant.add_argument("region")
        grant.add_argument("--side", default=Side.WEST, choices=Side.values)
        grant.add_argument("--book", default="")
        grant.add_argument("--line", default="")
        disable = verbs.add_parser("disable", help="停用账号，不能再登录")
        disable.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["verb"])(options)
        except (actions.GrantRefused, places.UnknownRegion, ValueError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error

    def create(self, options: dict[str, Any]) -> None:
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError(f"已有这个用户名：{options['username']}")
        actions.create_user(
            username=options["username"],
            name=options["name"],
            office=options["office"],
            administrator=options["administrator"],
            password=getpass.getpass("初始密码："),
            by=None,
            now=now(),
        )
        self.stdout.write(
            f"已建账号 {options['username']}（{options['name']}），首次登录须改密码。"
        )

    def grant(self, options: dict[str, Any]) -> None:
        role = next(
            (one for one in BUSINESS_ROLES if options["role"] in {one.value, one.label}), None
        )
        if role is None:
            raise CommandError(f"没有这个角色：{options['role']}。可写 {ROLES}。")
        region, own = places.resolve(options["region"])
        if own:
            raise CommandError("权限含下辖各级，不能只给本级。")
        actions.give_grant(
            user=self.user(options),
            role=role,
            region=region,
            side=options["side"],
            book=options["book"],
            line=options["line"],
            by=None,
        )
        name = places.names([region]).get(region, options["region"])
        self.stdout.write(f"已给 {options['username']} {role.label}权限：{name}及所辖。")

    def disable(self, options: dict[str, Any]) -> None:
        actions.disable_user(user=self.user(options), by=None)
        self.stdout.write(f"已停用 {options['username']}。")

    def user(self, options: dict[str, Any]) -> User:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有这个用户名：{options['username']}")
        return user
