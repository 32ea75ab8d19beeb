"""Both public articles against the demonstration: clean as they are, and every changed number caught."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typst
from pylopdf_fonts_zh_cn import serif_path

from jiedui.checking import checks, files
from jiedui.checking.checks import Checked
from jiedui.checking.ledger import Verdict
from jiedui.indicators import catalogue

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
ARTICLES = {
    "A": ("000_65e7efcd66345143.txt", date(2023, 12, 12)),
    "B": ("004_337ded640075c124.txt", None),
}
NOT_WRITTEN = {"B26"}
"""Three documents are listed; the article writes no number for them."""

pytestmark = [
    pytest.mark.usefixtures("demo"),
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not part of the repository"),
]


def article(which: str) -> tuple[str, date | None]:
    name, published_on = ARTICLES[which]
    return (SEEDS / name).read_bytes().decode("utf-8"), published_on


def check(text: str, published_on: date | None) -> Checked:
    return checks.check([("", text)], published_on=published_on)[0]


def figures(which: str) -> list[tuple[str, str, Decimal, int]]:
    """Id, indicator, value and six-digit place of each figure the article states."""
    rows = csv.DictReader((SEEDS / "figures.csv").read_text(encoding="utf-8").splitlines())
    return [
        (
            row["id"],
            catalogue.find(row["indicator"]).code,
            Decimal(row["value"]),
            int(row["region_code"]),
        )
        for row in rows
        if row["id"].startswith(which) and row["id"] not in NOT_WRITTEN
    ]


def stands_for(verdict: Verdict, code: str, value: Decimal, place: int) -> bool:
    answer = verdict.answer
    return (
        verdict.result == "agrees"
        and answer is not None
        and (answer.question.indicator, answer.value) == (code, value)
        # A county's donation is asked at its city where the article says "the whole country".
        and place // 100 == answer.question.region // 10**8
    )


@pytest.mark.parametrize("which", ARTICLES)
def test_an_article_checks_clean_and_every_figure_agrees(which: str) -> None:
    checked = check(*article(which))
    missing = [
        (name, code)
        for name, code, value, place in figures(which)
        if not any(stands_for(one, code, value, place) for one in checked.verdicts)
    ]
    assert len(figures(which)) == {"A": 22, "B": 25}[which]
    assert missing == []
    assert checked.is_clean
    assert {one.result for one in checked.verdicts} == {"agrees", "absent"}


@pytest.mark.parametrize("which", ARTICLES)
def test_what_the_ledger_does_not_know_is_absent(which: str) -> None:
    checked = check(*article(which))
    absent = [one for one in checked.verdicts if one.result == "absent"]
    assert {one.quantity.surface for one in absent} >= {"A": {"8个"}, "B": {"119个", "86.1%"}}[
        which
    ]
    assert all(one.reason for one in absent)


@pytest.mark.parametrize("which", ARTICLES)
def test_changing_any_one_number_is_caught(which: str) -> None:
    text, published_on = article(which)
    stated = [one.quantity for one in check(text, published_on).verdicts if one.result == "agrees"]
    assert len(stated) >= len(figures(which))
    missed = []
    for quantity in stated:
        for changed in changes(quantity.surface):
            broken = text[: quantity.start] + changed + text[quantity.end :]
            checked = check(broken, published_on)
            here = range(quantity.start, quantity.start + len(changed))
            if not (differs_at(checked, here) or found_at(checked, here)):
                missed.append((quantity.surface, changed))
    assert missed == []


def changes(surface: str) -> Iterator[str]:
    """The figure with its first digit, its last digit or its size changed, or two digits swapped."""
    match = re.search(r"\d+(?:\.\d+)?", surface)
    if match is None:
        yield surface.translate(str.maketrans("两百", "三千"))
        return
    digits = match[0]
    wrong = {
        str(int(digits[0]) % 9 + 1) + digits[1:],
        digits[:-1] + str((int(digits[-1]) + 1) % 10),
    }
    if "." not in digits:
        wrong.add(digits + "0")
    if len(digits) > 2 and digits[0] != digits[1] != ".":
        wrong.add(digits[1] + digits[0] + digits[2:])
    for other in sorted(wrong - {digits}):
        if not other.startswith("0"):
            yield surface[: match.start()] + other + surface[match.end() :]


def differs_at(checked: Checked, here: range) -> bool:
    return any(one.result == "differs" and one.quantity.start in here for one in checked.verdicts)


def found_at(checked: Checked, here: range) -> bool:
    """A figure said three times and changed once is a finding of the text itself."""
    return any(
        finding.severity in {"error", "warn"}
        and any(start < here.stop and here.start < end for start, end in finding.spans)
        for finding in checked.reading.findings
    )


def set_as_pdf(text: str, columns: int) -> bytes:
    """The text as a typesetter sets it, with a running head and numbers of pages."""
    lines = [re.sub(r"([\\#*_<>@$`\[\]])", r"\\\1", line.strip()) for line in text.splitlines()]
    source = f"""
        #set page("a4", columns: {columns}, header: [协作简报第12期], numbering: "— 1 —")
        #set text(font: "Noto Serif SC", size: 14pt, lang: "zh")
        #set par(justify: true, first-line-indent: (amount: 2em, all: true))
        """ + "\n\n".join(line for line in lines if line)
    compiler = typst.Compiler(font_paths=[str(serif_path().parent)], ignore_system_fonts=True)
    content = compiler.compile(source.encode(), format="pdf")
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("which", ARTICLES)
def test_an_article_as_pdf_checks_as_its_text_does(which: str, columns: int) -> None:
    text, published_on = article(which)
    printed = files.text_of(set_as_pdf(text, columns))

    def said(checked: Checked) -> list[tuple[str, str]]:
        return [("".join(one.quantity.surface.split()), one.result) for one in checked.verdicts]

    found = check(printed, published_on)
    assert said(found) == said(check(text, published_on))
    assert found.is_clean
