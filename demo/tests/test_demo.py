"""The demonstration answers every figure of the two articles, and its people cannot approve themselves."""

import csv
import json
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count, F

from demo import load, made_up, people
from jiedui.accounts.models import Grant, Role
from jiedui.ledger import check
from jiedui.lib.periods import china_day
from jiedui.records.models import Decision, Record, ReviewStep, State

pytestmark = pytest.mark.usefixtures("demo")

TABLE = (Path(__file__).parent / "figures.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TABLE.splitlines()))


def ask(*questions: dict[str, str]) -> list[dict[str, object]]:
    """Put questions to the command as a script would: one JSON object a line."""
    lines = StringIO("\n".join(json.dumps(q, ensure_ascii=False) for q in questions))
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", lines)
        call_command("figure", "-", "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_figure_of_the_two_articles_is_answered() -> None:
    names = ("indicator", "region", "pairing", "from", "to")
    answers = ask(*({name: row[name] for name in names if row[name]} for row in ROWS))
    wrong = [
        (row["id"], row["value"], row["bound"], answer["value"], answer["bound"])
        for row, answer in zip(ROWS, answers, strict=True)
        if (answer["value"], answer["bound"]) != (row["value"], row["bound"])
    ]
    assert len(ROWS) == 48
    assert wrong == []
    assert all(answer["records"] for answer in answers)


def test_one_year_does_not_show_the_total_of_three() -> None:
    (answer,) = ask(
        {
            "indicator": "协作资金", "region": "南宁市", "pairing": "440300-450100",
            "from": "2023-01-01", "to": "2023-09-30",
        }
    )  # fmt: skip
    assert (answer["value"], answer["bound"]) == ("0", "at_least")
    assert answer["left_out"]["cut_declarations"] == 4  # type: ignore[index]


def test_the_past_is_answered_as_it_was_known() -> None:
    question = {
        "indicator": "新开设消费帮扶馆数", "region": "安康市", "pairing": "320400-610900",
        "from": "2023-01-01", "to": "2023-11-04",
    }  # fmt: skip
    values = [
        ask(question | {"known_at": day})[0]["value"]
        for day in ("2023-11-05", "2023-11-06", "2023-12-12")
    ]
    assert values == ["0", "1", "7"]


def test_the_made_up_programme_looks_as_in_use() -> None:
    assert Record.objects.filter(book=people.MADE_UP).count() >= 20_000
    states = dict(Record.objects.values_list("pending__state").annotate(Count("pk")))
    assert {State.SUBMITTED, State.FIRST_APPROVED, State.RETURNED} <= states.keys()
    last = ReviewStep.objects.order_by("-at").values_list("at", flat=True)[0]
    assert china_day(last) == made_up.TODAY


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("选派专业技术人才人数", "60"),
        ("西部选派到东部专业技术人才人数", "5"),
        ("选派教师人数", "30"),
        ("在岗专业技术人才人数", "25"),
    ],
)
def test_the_specialists_are_counted_and_those_who_left_no_longer_serve(
    indicator: str, value: str
) -> None:
    question = {"indicator": indicator, "region": "固原市", "to": "2023-12-15"}
    assert ask(question)[0]["value"] == value


def test_nobody_approved_their_own() -> None:
    own = ReviewStep.objects.filter(decision=Decision.APPROVE, by=F("revision__author"))
    assert not own.exists()


def test_no_demo_account_both_enters_and_approves() -> None:
    held: dict[int, set[str]] = {}
    for user, role in Grant.objects.values_list("user", "role"):
        held.setdefault(user, set()).add(role)
    approving = {Role.REVIEW, Role.FINAL}
    assert not [roles for roles in held.values() if Role.ENTER in roles and roles & approving]


def test_each_office_has_every_role_it_needs() -> None:
    by_office: dict[str, set[Role]] = {}
    for person in people.everybody():
        by_office.setdefault(person.office, set()).update(person.roles)
    for office, roles in by_office.items():
        if office.startswith("威海"):
            continue
        assert {Role.ENTER, Role.REVIEW} <= roles, office
    assert {Role.FINAL, Role.DISPATCH, Role.READ} <= by_office["固原市协作办"]


def test_a_house_in_use_takes_no_demonstration() -> None:
    with pytest.raises(load.NotEmpty):
        load.load()


def test_the_ledger_of_the_demonstration_verifies() -> None:
    assert check.verify() is None
