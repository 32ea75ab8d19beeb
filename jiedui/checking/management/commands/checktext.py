"""``./jd check FILE…``: texts read and compared with the ledger.

Exit 0 clean, 1 a finding of severity error or a difference, 2 input that cannot be used.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from jiedui.checking import checks, checksheet_files, files
from jiedui.checking.__main__ import as_json
from jiedui.checking.apart import TookTooLong
from jiedui.checking.checks import Checked
from jiedui.checking.checksheet import check_sheet
from jiedui.checking.ledger import Verdict
from jiedui.figures import formats
from jiedui.lib.clock import now
from jiedui.regions import places

SIGNS = {"agrees": "✓", "differs": "≠", "absent": "?"}
SEVERITIES = {"error": "错误", "warn": "存疑", "note": "提示"}


class Command(BaseCommand):
    help = "数据核校：读一篇或几篇文稿（.txt、.docx、.xlsx、.pdf），逐数与账本核对"
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        # A wrong option is answered as a wrong file is: one line, exit 2.
        def error(message: str) -> NoReturn:
            self.refuse(f"用法不对：{message}")

        parser.error = error  # type: ignore[method-assign]
        return parser

    def refuse(self, message: str) -> NoReturn:
        """One line for the person, and exit status 2."""
        self.stderr.write(message)
        raise SystemExit(2)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="文件", help="文稿；- 为标准输入")
        parser.add_argument(
            "--pairing", default="", help="440300-450100；不写则由文中所写的地方判断"
        )
        parser.add_argument("--published", default="", help="发布日期 2024-05-31")
        parser.add_argument("--json", action="store_true", help="每篇输出一行 JSON")
        parser.add_argument(
            "--sheet", default="", metavar="文件", help="另存核校单：out.pdf 或 out.html"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pairing = published_on = None
        try:
            if options["pairing"]:
                pairing = places.resolve_pairing(options["pairing"])
            if options["published"]:
                published_on = date.fromisoformat(options["published"])
        except places.UnknownPairing as error:
            self.refuse(str(error))
        except ValueError:
            self.refuse(f"发布日期要写成 2024-05-31：{options['published']}")
        sheet = Path(options["sheet"]) if options["sheet"] else None
        if sheet is not None and sheet.suffix.lower() not in {".pdf", ".html"}:
            self.refuse(f"核校单要以 .pdf 或 .html 结尾：{sheet}")
        texts = [(name, self.text_of(name)) for name in options["files"]]
        try:
            found = checks.check(texts, pairing=pairing, published_on=published_on)
        except TookTooLong as error:
            self.refuse(str(error))
        if sheet is not None:
            self.write_sheet(found, sheet)
        for checked in found:
            written = (
                json.dumps(said(checked), ensure_ascii=False)
                if options["json"]
                else as_text(checked)
            )
            self.stdout.write(written)
        if not all(checked.is_clean for checked in found):
            raise SystemExit(1)

    def write_sheet(self, found: Sequence[Checked], path: Path) -> None:
        """The check sheet beside the answer, whole or not at all."""
        named = [replace(one, name=Path(one.name).name) for one in found]
        made = check_sheet(named, who="命令行", made_at=now())
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            is_pdf = path.suffix.lower() == ".pdf"
            content = checksheet_files.pdf(made) if is_pdf else checksheet_files.html(made).encode()
            beside.write_bytes(content)
            beside.replace(path)
        except checksheet_files.NotTypeset as error:
            self.refuse(str(error))
        except OSError:
            beside.unlink(missing_ok=True)
            self.refuse(f"核校单写不进这里：{path}")

    def text_of(self, name: str) -> str:
        """The text of a file; the whole check is refused when one cannot be used."""
        try:
            content = (
                sys.stdin.buffer.read(files.FILE_BYTES + 1) if name == "-" else _content(Path(name))
            )
            return files.text_of(content)
        except files.Unreadable as error:
            self.refuse(f"{name}：{error}")
        except OSError as error:
            why = "没有这个文件" if isinstance(error, FileNotFoundError) else "读不到这个文件"
            self.refuse(f"{name}：{why}")


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(files.FILE_BYTES + 1)


def said(checked: Checked) -> dict[str, Any]:
    """One check as the command prints it: the reading, and what the ledger says of it."""
    return {
        "file": checked.name,
        **as_json(checked.reading),
        "ledger": [_verdict(one) for one in checked.verdicts],
    }


def _verdict(one: Verdict) -> dict[str, Any]:
    recorded = one.answer is not None and one.answer.approved.is_recorded
    return {
        "quantity": one.quantity.id,
        "verdict": one.result,
        "value": formats.decimal_text(one.answer.value) if one.answer and recorded else None,
        "figure": one.answer.question.address if one.answer else None,
        "reason": one.reason,
    }


def as_text(checked: Checked) -> str:
    """The check for a person at a terminal: what to look at first, then the sums."""
    lines = [f"{checked.name}：认出 {len(checked.reading.quantities)} 个数，截至 {checked.day}"]
    lines += [
        f"  {SEVERITIES[finding.severity]} {finding.message}  {finding.arithmetic}"
        for finding in checked.reading.findings
    ]
    for one in checked.verdicts:
        if one.result == "differs" and one.answer is not None:
            name = one.answer.indicator.name
            known = formats.in_text(one.answer.indicator, one.answer.approved)
            place = formats.place_name(one.answer.question)
            lines.append(f"  ≠ {one.quantity.surface}  {place}{name}，账上{known}  {one.reason}")
            lines.append(f"    {one.answer.question.address}")
    counts = dict.fromkeys(SIGNS, 0)
    for one in checked.verdicts:
        counts[one.result] += 1
    lines.append(
        f"  ✓ 相符 {counts['agrees']}  ≠ 不符 {counts['differs']}  ? 账上没有 {counts['absent']}"
        f"  账头 {checked.head}"
    )
    return "\n".join(lines)
