"""`./jd ledger verify | rebuild | export FILE | head [BOOK]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiedui.ledger import check, heads, sql
from jiedui.ledger.export import export


class Command(BaseCommand):
    """The ledger's own command; exit 1 when verify finds a difference."""

    help = "The ledger: verify it, rebuild what is derived, export it, print its heads."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        verify = commands.add_parser(
            "verify", help="recompute everything; name the first difference"
        )
        verify.add_argument(
            "--anchor", nargs=3, action="append", default=[], metavar=("BOOK", "SEQ", "HASH"),
            help="a head kept elsewhere",
        )  # fmt: skip
        commands.add_parser("rebuild", help="make rollups and standing declarations anew")
        commands.add_parser("export", help="write all postings as JSON lines").add_argument(
            "path", type=Path
        )
        commands.add_parser("head", help="print the heads of the books").add_argument(
            "book", nargs="?"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["what"])(options)

    def verify(self, options: dict[str, Any]) -> None:
        anchors = {book: (int(seq), hash_) for book, seq, hash_ in options["anchor"]}
        difference = check.verify(anchors)
        if difference:
            self.stdout.write(difference)
            sys.exit(1)
        self.stdout.write(f"{heads.head()} postings: everything is as it was posted.")

    def rebuild(self, options: dict[str, Any]) -> None:
        check.rebuild()
        self.stdout.write("Rollups and standing declarations are made anew.")

    def export(self, options: dict[str, Any]) -> None:
        try:
            count = export(options["path"])
        except FileExistsError as error:
            raise CommandError(f"{options['path']} is there already", returncode=2) from error
        self.stdout.write(
            f"{count.postings} postings, {count.entries} entries, {count.declarations} declarations."
        )

    def head(self, options: dict[str, Any]) -> None:
        books = [options["book"]] if options["book"] else self.books()
        for book in books:
            seq, hash_ = heads.book_head(book)
            self.stdout.write(f"{book} {seq} {hash_}")

    def books(self) -> list[str]:
        return [
            row[0] for row in sql.fetch("SELECT DISTINCT book FROM ledger_posting ORDER BY book")
        ]
