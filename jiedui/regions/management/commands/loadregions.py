from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiedui.regions import loading


class Command(BaseCommand):
    help = "Load regions and pairings; loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--divisions", type=Path, default=settings.DIVISIONS_JSON)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["divisions"]
        if not path.exists():
            raise CommandError(f"{path} is missing: build web first (npm run build in web/).")
        regions = loading.load_regions(loading.read_divisions(path), loading.read_moves())
        pairings = loading.load_pairings()
        if options["verbosity"]:
            self.stdout.write(f"{regions} regions, {pairings} pairings")
