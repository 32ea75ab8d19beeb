import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiedui.accounts import actions
from jiedui.accounts.models import ADMINISTRATORS, BUSINESS_ROLES, Side, User
from jiedui.lib.clock import now
from jiedui.regions import places


class Command(BaseCommand):
    help = "Create a user, give a right, disable a user; every other change is an administrator's."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="a new user; the password is asked for")
        create.add_argument("username")
        create.add_argument("--name", required=True)
        create.add_argument("--office", default="")
        create.add_argument("--administrator", default="", choices=["", *ADMINISTRATORS])
        grant = verbs.add_parser("grant", help="a right in a region, by name or code")
        grant.add_argument("username")
        grant.add_argument("role", choices=list(BUSINESS_ROLES))
        grant.add_argument("region")
        grant.add_argument("--side", default=Side.WEST, choices=Side.values)
        grant.add_argument("--book", default="")
        grant.add_argument("--line", default="")
        disable = verbs.add_parser("disable", help="nobody can sign in as this user any more")
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
            raise CommandError(f"{options['username']}: taken")
        actions.create_user(
            username=options["username"],
            name=options["name"],
            office=options["office"],
            administrator=options["administrator"],
            password=getpass.getpass("Password: "),
            by=None,
            now=now(),
        )

    def grant(self, options: dict[str, Any]) -> None:
        region, own = places.resolve(options["region"])
        if own:
            raise CommandError("A right holds a place with all below it.")
        actions.give_grant(
            user=self.user(options),
            role=options["role"],
            region=region,
            side=options["side"],
            book=options["book"],
            line=options["line"],
            by=None,
        )

    def disable(self, options: dict[str, Any]) -> None:
        actions.disable_user(user=self.user(options), by=None)

    def user(self, options: dict[str, Any]) -> User:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"{options['username']}: no such user")
        return user
