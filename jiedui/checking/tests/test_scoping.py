"""What checks know of the register of places, and that it is never an old one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiedui.checking import checks
from jiedui.checking.scoping import MOST_NAMES, Gazetteer, Where, register
from jiedui.regions.loading import register_pairing
from jiedui.regions.models import Pairing, Region
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db

BOOK = 440300_450100
TITLE = "深圳市与南宁市协作简报\n"


@pytest.fixture(autouse=True)
def regions() -> None:
    make_regions()


def where(body: str) -> Where | None:
    (said,) = checks.read_texts([("", TITLE + body)], published_on=date(2023, 10, 20))
    gazetteer = Gazetteer(said.register, said.pairing, said.reading)
    return gazetteer.where(said.reading.quantities[0].scope)


def test_a_renamed_county_is_known_by_its_new_name_at_once() -> None:
    line = "上林县建成就业帮扶车间20个。"
    assert where(line) == Where(450125_000000, False, BOOK)
    Region.objects.filter(code=450125_000000).update(name="澄江县", short_name="澄江")
    assert where(line.replace("上林县", "澄江县")) == Where(450125_000000, False, BOOK)
    assert where(line) == Where(450100_000000, False, BOOK)


def test_a_new_pairing_is_guessed_at_once() -> None:
    text = "东莞市与百色市协作简报\n东莞市投入资金20万元。"
    assert register().guess_pairing(text) is None
    register_pairing("441900-451000")
    assert register().guess_pairing(text) == 441900_451000
    Pairing.objects.filter(id=441900_451000).delete()
    assert register().guess_pairing(text) is None


def test_a_name_becomes_ambiguous_at_once() -> None:
    known = register()
    assert known.elsewhere({"汉滨区", "无此地"}) == {"汉滨区": 610902_000000}
    Region.objects.filter(name="武进区").update(name="汉滨区")
    assert register().elsewhere({"汉滨区", "无此地"}) == {}


def test_names_out_of_texts_are_not_kept_without_end() -> None:
    known = register()
    known.elsewhere({f"地{number}" for number in range(300)})
    for begin in range(0, 3 * MOST_NAMES, 300):
        known._elsewhere |= dict.fromkeys(f"词{begin + number}" for number in range(300))
        assert known.elsewhere({f"名{begin}"}) == {}
        assert len(known._elsewhere) <= MOST_NAMES + 301


def test_a_register_that_stands_is_asked_for_its_mark_only() -> None:
    register_ = register()
    register_.guess_pairing(TITLE)
    Gazetteer(register_, BOOK, checks.read_texts([("", TITLE)])[0].reading)
    register_.sides(BOOK)
    with CaptureQueriesContext(connection) as statements:
        again = register()
        again.sides(BOOK)
        again.names_in(450100_000000)
    assert again is register_
    assert len(statements) == 1
