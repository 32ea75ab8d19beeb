"""Rules that many kinds share: each answers sentences by (row, column), like ``clean_columns``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from jiedui.lib.canonical import Canon
from jiedui.lib.periods import Precision
from jiedui.parties import directory
from jiedui.records.columns import Column, LinesField, When, lines_of
from jiedui.records.kinds import Body, Columns, Errors, columns_of

Fields = Mapping[str, Canon]


def said(column: str, *words: str) -> Callable[[Fields], bool]:
    """A condition for a Post: the column holds one of the words."""
    return lambda fields: fields.get(column) in words


def not_said(column: str, *words: str) -> Callable[[Fields], bool]:
    """A condition for a Post: the column is empty or holds another word."""
    return lambda fields: fields.get(column) not in words


def stated(column: Column, value: Canon) -> str:
    """A value with its unit, as a sentence says it: 600 万元."""
    return f"{column.shown(value)} {column.unit}".strip()


def in_order(body: type[Body], columns: Columns, earlier: str, later: str) -> Errors:
    """The later date is not before the earlier one."""
    names = columns_of(body)
    errors: Errors = {}
    for row, (first, then) in enumerate(zip(columns[earlier], columns[later], strict=True)):
        if first and then and When.of(then).last < When.of(first).first:
            errors[row, later] = _(
                "%(later)s %(then)s 早于%(earlier)s %(first)s，请核对这两个日期。"
            ) % {
                "later": names[later].label,
                "then": names[later].shown(then),
                "earlier": names[earlier].label,
                "first": names[earlier].shown(first),
            }
    return errors


def at_most(
    body: type[Body], columns: Columns, part: str, whole: str, *, alone: bool = False
) -> Errors:
    """A part (其中) is at most its whole, and stands without it only if it may stand ``alone``."""
    names = columns_of(body)
    errors: Errors = {}
    for row, (some, total) in enumerate(zip(columns[part], columns[whole], strict=True)):
        if isinstance(some, int) and total is None and some and not alone:
            errors[row, whole] = _("填了%(part)s，还要填%(whole)s。") % {
                "part": names[part].label,
                "whole": names[whole].label,
            }
        elif isinstance(some, int) and isinstance(total, int) and some > total:
            errors[row, part] = _("%(part)s（%(some)s）大于%(whole)s（%(total)s），请核对。") % {
                "part": names[part].label,
                "some": stated(names[part], some),
                "whole": names[whole].label,
                "total": stated(names[whole], total),
            }
    return errors


def lines_at_most(body: type[Body], columns: Columns, lines: str, part: str, whole: str) -> Errors:
    """In every line a part (其中) is at most its whole, and so it is over all lines."""
    inside = columns_of(body)[lines]
    assert isinstance(inside, LinesField)
    names = inside.columns
    errors: Errors = {}
    for row, value in enumerate(columns[lines]):
        for number, line in enumerate(lines_of(value), 1):
            some, total = line.get(part), line.get(whole)
            if isinstance(some, int) and isinstance(total, int) and some > total:
                errors[row, lines] = _(
                    "%(lines)s第 %(number)d 行：%(part)s（%(some)s）大于%(whole)s（%(total)s），请核对。"
                ) % {
                    "lines": inside.label,
                    "number": number,
                    "part": names[part].label,
                    "some": stated(names[part], some),
                    "whole": names[whole].label,
                    "total": stated(names[whole], total),
                }
    return errors


def wanted_when(
    body: type[Body], columns: Columns, wanted: str, column: str, *words: str
) -> Errors:
    """A column that may not stay empty once another holds one of the words."""
    names = columns_of(body)
    return {
        (row, wanted): _("%(column)s是“%(word)s”时，请填写%(wanted)s。")
        % {
            "column": names[column].label,
            "word": names[column].shown(word),
            "wanted": names[wanted].label,
        }
        for row, (value, word) in enumerate(zip(columns[wanted], columns[column], strict=True))
        if value in (None, "") and word in words
    }


def one_of(body: type[Body], columns: Columns, *wanted: str) -> Errors:
    """At least one of the columns is filled with more than 0."""
    names = columns_of(body)
    labels = "、".join(names[name].label for name in wanted)
    return {
        (row, wanted[0]): _("%(labels)s至少填一项。") % {"labels": labels}
        for row in range(len(columns[wanted[0]]))
        if not any(columns[name][row] for name in wanted)
    }


def not_zero(body: type[Body], columns: Columns, *wanted: str) -> Errors:
    """A number that is there is more than 0; what never happened is not recorded."""
    names = columns_of(body)
    return {
        (row, name): _("%(name)s是 0 的不用登记。") % {"name": names[name].label}
        for name in wanted
        for row, value in enumerate(columns[name])
        if value == 0
    }


def empty_when(
    body: type[Body], columns: Columns, unwanted: str, column: str, *words: str
) -> Errors:
    """A column that must stay empty while another holds one of the words: it would not count."""
    names = columns_of(body)
    return {
        (row, unwanted): _("%(column)s是“%(word)s”时不填%(unwanted)s，请删去或改%(column)s。")
        % {
            "column": names[column].label,
            "word": names[column].shown(word),
            "unwanted": names[unwanted].label,
        }
        for row, (value, word) in enumerate(zip(columns[unwanted], columns[column], strict=True))
        if value not in (None, "") and word in words
    }


def given_with(body: type[Body], columns: Columns, wanted: str, column: str) -> Errors:
    """A column that may not stay empty once another is filled."""
    names = columns_of(body)
    return {
        (row, wanted): _("填了%(column)s，还要填%(wanted)s。")
        % {"column": names[column].label, "wanted": names[wanted].label}
        for row, (value, other) in enumerate(zip(columns[wanted], columns[column], strict=True))
        if value in (None, "") and other not in (None, "")
    }


def no_twins(body: type[Body], columns: Columns, lines: str, name: str) -> Errors:
    """No line says the same as another of its record."""
    inside = columns_of(body)[lines]
    assert isinstance(inside, LinesField)
    errors: Errors = {}
    for row, value in enumerate(columns[lines]):
        said_before: set[str | int] = set()
        for number, line in enumerate(lines_of(value), 1):
            word = line.get(name)
            if isinstance(word, str | int) and word in said_before:
                errors[row, lines] = _(
                    "%(lines)s第 %(number)d 行重复了“%(word)s”，请删去一行。"
                ) % {
                    "lines": inside.label,
                    "number": number,
                    "word": inside.columns[name].shown(word),
                }
            if isinstance(word, str | int):
                said_before.add(word)
    return errors


def one_a_day(body: type[Body], columns: Columns, times: str, on: str) -> Errors:
    """Several times need a span: on a single day there is one."""
    names = columns_of(body)
    return {
        (row, times): _(
            "%(times)s填了 %(number)s，%(on)s却只有一天：多次的请把日期写成月份或起止。"
        )
        % {"times": names[times].label, "number": number, "on": names[on].label}
        for row, (number, day) in enumerate(zip(columns[times], columns[on], strict=True))
        if isinstance(number, int)
        and number > 1
        and day
        and When.of(day).precision is Precision.DAY
    }


def credit_codes(body: type[Body], columns: Columns, name: str) -> Errors:
    """A 统一社会信用代码 that is written has 18 characters and a right check character."""
    label = columns_of(body)[name].label
    errors: Errors = {}
    for row, code in enumerate(columns[name]):
        if not code:
            continue
        wrong = directory.credit_code_problem(str(code))
        if not wrong and not directory.credit_code_in(str(code)):
            wrong = _("应为 18 位数字和大写字母。")
        if wrong:
            errors[row, name] = f"{label}：{wrong}"
    return errors


def lines_between(
    body: type[Body], columns: Columns, lines: str, first: str, last: str, on: str = "on"
) -> Errors:
    """The day of every line lies after the record's first date and before its last, if it has one."""
    names = columns_of(body)
    errors: Errors = {}
    for row, value in enumerate(columns[lines]):
        begin, end = columns[first][row], columns[last][row]
        for number, line in enumerate(lines_of(value), 1):
            day = line.get(on)
            early = day and begin and When.of(day).first < When.of(begin).last
            late = day and end and When.of(day).last > When.of(end).first
            if early or late:
                name, other = (first, begin) if early else (last, end)
                errors[row, lines] = _(
                    "%(lines)s第 %(number)d 行的日期 %(day)s %(side)s%(name)s %(other)s，请核对。"
                ) % {
                    "lines": names[lines].label,
                    "number": number,
                    "day": str(day),
                    "side": _("早于") if early else _("晚于"),
                    "name": names[name].label,
                    "other": names[name].shown(other),
                }
    return errors
