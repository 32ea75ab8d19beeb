"""Load the demonstration into an empty house."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import load


class Command(BaseCommand):
    help = "Load the demonstration (演示数据) into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        try:
            loaded = load.load()
        except load.NotEmpty as error:
            raise CommandError(str(error)) from error
        load.write_accounts(settings.HOME)
        seconds = time.monotonic() - begun
        self.stdout.write(f"{loaded.records} 件记录，{loaded.steps} 步，{seconds:.0f} 秒")
