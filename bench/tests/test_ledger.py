"""The bench answers the same in all its ways and prints its table; how fast it is says nothing here."""

import pytest
from django.db import connection

from bench import figures, ledger, load, postings, sample
from jiedui.ledger import sql

ENTRIES = 20_000


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_bench_finds_equal_answers_and_prints_its_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "QUERIES", dict.fromkeys(figures.QUERIES, 2))
    monkeypatch.setattr(postings, "POSTS", ((1, 2), (100, 1)))
    steps = load.fill(ENTRIES, lambda _: None)
    text = ledger.report(ENTRIES, steps)
    assert text in capsys.readouterr().out
    for word in ("one figure, nation, aligned", "board 60 × children, city", "post 100 entries"):
        assert word in text
    assert "declarations are scaled with N: 60 here" in text


@pytest.mark.django_db(transaction=True)
def test_a_wrong_answer_stops_the_bench() -> None:
    load.fill(2000, lambda _: None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_month SET total = total + 1")
    with pytest.raises(AssertionError, match="raw"):
        figures.Figures(lambda _: None).run()


@pytest.mark.django_db(transaction=True)
def test_a_loaded_ledger_has_its_indexes_and_triggers_again() -> None:
    names = "SELECT count(*) FROM pg_indexes WHERE tablename LIKE 'ledger_%'"
    if connection.vendor == "sqlite":
        names = "SELECT count(*) FROM sqlite_master WHERE tbl_name LIKE 'ledger_%'"
    before = sql.fetch(names)
    load.fill(2000, lambda _: None)
    assert sql.fetch(names) == before


def test_the_sample_is_the_same_every_time_and_has_the_promised_shape() -> None:
    numbers = {code: number for number, code in enumerate(sample.indicators(), 1)}
    first, again = ([block.entries for block in sample.blocks(ENTRIES, numbers)] for _ in range(2))
    assert first == again
    entries = [entry for block in first for entry in block]
    world = sample.world()
    pairings = {*world.own_pairing, *(p for others in world.other_pairings for p in others)}
    assert (len(world.counties), len(world.cities), len(pairings)) == (2850, 333, 520)
    share = {
        "spans": sum(e.first_day < e.last_day for e in entries),
        "bounded": sum(e.bound > 0 for e in entries),
        "subjects": sum(e.subject is not None for e in entries),
        "reversals": sum(e.sign < 0 for e in entries),
    }
    promised = {"spans": 2, "bounded": 5, "subjects": 40, "reversals": 2}
    for name, percent in promised.items():
        assert abs(share[name] / len(entries) * 100 - percent) < max(1, percent / 8), name
