"""``./jd figure``: one question, or one a line from stdin, answered out of the ledger."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from jiedui.figures import explain, formats
from jiedui.figures.answers import Answer, ask
from jiedui.figures.naming import BadQuestion, in_the_west, question_of
from jiedui.figures.questions import short_code
from jiedui.lib.places import pairing_key
from jiedui.regions import places

NAMES = ("indicator", "region", "own", "pairing", "from", "to", "known_at")


class Command(BaseCommand):
    help = "查一个数：指标、地区、结对、期间，按账本作答"
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        # A wrong option is answered as a wrong name is: one line, exit 2.
        def error(message: str) -> NoReturn:
            self.refuse(in_chinese(message))

        parser.error = error  # type: ignore[method-assign]
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        # The help names the command as people type it.
        super().run_from_argv(["./jd", *argv[1:]])

    def refuse(self, message: str) -> NoReturn:
        """One line for the person, and exit status 2."""
        self.stderr.write(message)
        raise SystemExit(2)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "indicator", nargs="?", default="", help="指标名称、别名或代码；- 为逐行读入"
        )
        parser.add_argument("--region", default="", help="450100、南宁市 或 南宁市本级")
        parser.add_argument("--own", action="store_true", help="只计本级")
        parser.add_argument("--pairing", default="", help="440300-450100 或 深圳市-南宁市")
        parser.add_argument("--from", dest="start", default="", help="起始日；不写即累计")
        parser.add_argument("--to", default="", help="截止日")
        parser.add_argument("--known-at", default="", help="按当时所知：日期、时间或账头")
        parser.add_argument("--json", action="store_true", help="输出一行 JSON")
        parser.add_argument("--stdin", action="store_true", help="每行读入一个 JSON 问题")

    def handle(self, *args: Any, **options: Any) -> None:
        written = {name: options["start" if name == "from" else name] for name in NAMES}
        alone = not any(written[name] for name in NAMES if name != "indicator")
        if options["stdin"] or (options["indicator"] in {"", "-"} and alone):
            self.answer_lines()
            return
        try:
            answer = ask(read(written))
        except BadQuestion as error:
            self.refuse(str(error))
        said = as_json(answer)
        self.stdout.write(
            json.dumps(said, ensure_ascii=False) if options["json"] else as_text(answer, said)
        )

    def answer_lines(self) -> None:
        """One answer a line, at once, so that a program may ask, read and ask again."""
        wrong = 0
        for line in sys.stdin:
            if not line.strip():
                continue
            try:
                said: dict[str, object] = as_json(ask(read(parse(line))))
            except BadQuestion as error:
                wrong += 1
                said = {"error": str(error)}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            self.stdout.flush()
        if wrong:
            self.refuse(f"有 {wrong} 个问题没能回答")


def in_chinese(message: str) -> str:
    """What argparse found wrong, in Chinese."""
    if message.startswith("unrecognized arguments: "):
        return f"不认识的参数：{message.removeprefix('unrecognized arguments: ')}"
    if match := re.fullmatch(r"argument (\S+): expected one argument", message):
        return f"参数 {match[1]} 后面要写一个值"
    return f"用法不对：{message}"


def parse(line: str) -> Mapping[str, object]:
    """The fields of one line; raises BadQuestion."""
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadQuestion(f"这一行不是 JSON：{line.strip()[:40]}") from error
    if not isinstance(fields, dict):
        raise BadQuestion("这一行不是一个 JSON 对象")
    plain = {key.replace("-", "_"): value for key, value in fields.items()}
    if unknown := plain.keys() - {*NAMES, "json"}:
        raise BadQuestion(f"不认识的字段：{'、'.join(sorted(unknown))}")
    return plain


def read(fields: Mapping[str, object]) -> Any:
    """The question of written fields; raises BadQuestion."""
    own = fields.get("own") or False
    if not isinstance(own, bool) and own not in ("true", "false"):
        raise BadQuestion(f"own 写 true 或 false：{own}")
    texts = {name: "" if fields.get(name) is None else str(fields[name]) for name in NAMES}
    for name, option in (("indicator", "指标"), ("region", "--region 地区"), ("to", "--to 截止日")):
        if not texts[name]:
            raise BadQuestion(f"缺少{option}")
    question = question_of(
        texts["indicator"],
        region=texts["region"],
        own=own is True or own == "true",
        pairing=texts["pairing"],
        start=texts["from"],
        to=texts["to"],
        known_at=texts["known_at"],
    )
    in_the_west(question.region, question.pairing)
    return question


def as_json(answer: Answer) -> dict[str, object]:
    """The answer as the command prints it; values are decimal strings in the base unit."""
    question, approved = answer.question, answer.approved
    standing = explain.standing(answer)
    start = question.window.start
    return {
        "indicator": answer.indicator.code,
        "name": answer.indicator.name,
        "region": short_code(question.region),
        "region_name": formats.place_name(question),
        "own": question.own,
        "pairing": None if question.pairing is None else pairing_key(question.pairing),
        "from": None if start is None else start.isoformat(),
        "to": question.window.end.isoformat(),
        "as_of": answer.as_of.isoformat(),
        "known_at": question.known_at,
        "value": formats.decimal_text(answer.value),
        "unit": answer.unit,
        "bound": answer.bound.value,
        "wording": standing.wording,
        "records": standing.records,
        "entries": approved.entries,
        "declarations": approved.declarations,
        "head": answer.head,
        "left_out": {
            "cut_entries": approved.cut_entries,
            "cut_declarations": approved.cut_declarations,
            "crossing": approved.crossing,
        },
        "with_pending": pending_json(answer),
        "definition_versions": [version.number for version in answer.versions],
        "address": question.address,
    }


def pending_json(answer: Answer) -> dict[str, object] | None:
    """含待审核, None for a question about the past."""
    if answer.with_pending is None:
        return None
    return {
        "value": formats.decimal_text(answer.pending_value),
        "bound": answer.with_pending.bound.value,
    }


def as_text(answer: Answer, said: Mapping[str, object]) -> str:
    """The answer for a person at a terminal."""
    question = answer.question
    start = question.window.start or "建账起"
    written = formats.in_text(answer.indicator, answer.approved)
    value = "—" if said["value"] is None else said["value"]
    lines = [
        f"{said['region_name']} {answer.indicator.name}（{start} 至 {question.window.end}）",
        f"  {written} = {value} {answer.unit}  {formats.nature(answer)}",
        f"  记录与汇总数 {said['records']} 件，账头 {answer.head}",
    ]
    if said["wording"]:
        lines.append(f"  措辞：{said['wording']}")
    if answer.approved.left_out:
        lines.append(f"  未计入：{answer.approved.left_out} 件")
    if question.pairing is not None:
        lines.append(f"  {places.pairing_names([question.pairing])[question.pairing]}")
    lines.append(f"  {question.address}")
    return "\n".join(lines)
