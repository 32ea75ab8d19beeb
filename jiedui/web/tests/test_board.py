from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiedui.accounts.models import Role
from jiedui.accounts.tests.people import (
    MASHAN,
    NANNING,
    SHANGLIN,
    SHENZHEN_NANNING,
    People,
    grant,
    make_user,
    people,
)
from jiedui.indicators import catalogue
from jiedui.ledger import newest
from jiedui.ledger.facts import Slice
from jiedui.lib import sheets
from jiedui.lib.periods import Window
from jiedui.lib.places import range_of
from jiedui.regions.tests.world import make_regions
from jiedui.web import board, counties, scopes
from jiedui.web.rows import Row
from jiedui.web.tests.world import (
    DAY,
    INVESTMENT,
    SALES,
    SERVING,
    WAN,
    entry,
    make_board,
    put,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody() -> People:
    make_regions()
    make_board()
    return people()


def read(everybody: People, day: date = DAY) -> board.Board:
    scope = scopes.scope_of(everybody.dispatcher, SHENZHEN_NANNING, NANNING)
    assert scope is not None
    return board.read(scope, day)


def rows(read: board.Board) -> dict[str, Row]:
    return {row.indicator.code: row for row in read.rows}


def test_this_year_stands_beside_what_there_is_in_all(everybody: People) -> None:
    row = rows(read(everybody))[INVESTMENT]
    assert str(row.year_number) == "≥1,500"
    assert str(row.total_number) == "49,720"
    assert row.newest == date(2023, 9, 30)
    assert "1 个跨期的汇总数未分解" in row.left_out


def test_a_stock_is_its_level_that_day_and_never_adds_up(everybody: People) -> None:
    row = rows(read(everybody))[SERVING]
    assert str(row.year_number) == "25"
    assert row.total is None
    assert "polyline" in row.trend


def test_what_was_never_recorded_is_counted_and_not_listed(everybody: People) -> None:
    found = read(everybody)
    assert set(rows(found)) == {INVESTMENT, SALES, SERVING}
    assert [group.line.label for group in found.groups] == ["挂职与人才", "产业协作", "消费帮扶"]
    assert found.quiet == len([one for one in catalogue.all() if not one.by]) - 3


def test_a_part_stands_alone_when_its_whole_was_never_recorded(everybody: People) -> None:
    part, whole = "labour.employed:paired", "labour.employed"
    put(entry(part, SHANGLIN, date(2023, 5, 1), 37))
    assert rows(read(everybody))[part].indent == 0
    put(entry(whole, SHANGLIN, date(2023, 5, 1), 50))
    assert part not in rows(read(everybody))
    scope = scopes.scope_of(everybody.dispatcher, SHENZHEN_NANNING, NANNING)
    assert scope is not None
    assert rows(board.read(scope, DAY, every_part=True))[part].indent == 1


def test_every_number_leads_to_its_figure(everybody: People) -> None:
    row = rows(read(everybody))[INVESTMENT]
    assert row.total_number is not None
    assert row.year_number.href == (
        f"/f/{INVESTMENT}/450100/2023-01-01..2023-12-12?pairing=440300-450100"
    )
    assert row.total_number.href == f"/f/{INVESTMENT}/450100/..2023-12-12?pairing=440300-450100"


def test_what_was_recorded_since_last_week_is_a_change(everybody: People) -> None:
    (change,) = read(everybody).changes
    assert change.indicator.code == SALES
    assert change.difference == "+60 万元"
    assert change.what == (1, 0)
    assert str(change.after) == "60"


def test_an_earlier_day_knows_only_what_happened_up_to_it(everybody: People) -> None:
    found = rows(read(everybody, date(2023, 8, 31)))
    assert str(found[INVESTMENT].year_number) == "≥1,200"  # The total of September is cut.
    assert SALES not in found


def test_counties_stand_by_code_with_the_whole_first_and_the_rest_apart(
    everybody: People,
) -> None:
    found = read(everybody)
    columns = counties.columns_of(found.rows, cumulative=True)
    table = counties.read(everybody.dispatcher, found.scope, Window(None, DAY), columns)
    at = [one.code for one in table.columns].index(INVESTMENT)
    shown = [(line.name, str(line.numbers[at] or "")) for line in table.lines]
    assert shown == [
        ("南宁市", "49,720"),
        ("隆安县", "—"),
        ("马山县", "≥300"),
        ("上林县", "1,700"),
        ("横州市", "—"),
        ("南宁市本级", "—"),
        ("未分县", "47,720"),
    ]


def test_the_diagram_shows_counties_and_says_what_is_not_divided(everybody: People) -> None:
    found = read(everybody)
    columns = counties.columns_of(found.rows, cumulative=True)
    table = counties.read(everybody.dispatcher, found.scope, Window(None, DAY), columns, INVESTMENT)
    assert table.diagram is not None
    assert table.diagram.indicator.code == INVESTMENT
    assert ">≥300<" in table.diagram.picture
    assert table.diagram.rest == "47,720"


def test_a_board_costs_the_same_statements_whatever_it_lists() -> None:
    make_regions()
    everybody = people()
    flows = [one.code for one in catalogue.all() if one.measure.value == "flow" and not one.by]
    put(entry(flows[0], SHANGLIN, date(2023, 7, 1), 7 * WAN))
    with CaptureQueriesContext(connection) as few:
        assert len(read(everybody).rows) == 1
    put(*(entry(code, SHANGLIN, date(2023, 7, 1), 7 * WAN) for code in flows[1:]))
    with CaptureQueriesContext(connection) as many:
        assert len(read(everybody).rows) > 50
    assert len(many) <= len(few)
    assert len(many) < 100


def test_the_newest_day_leaves_out_what_was_taken_back(everybody: People) -> None:
    city = Slice(SALES, (range_of(NANNING),), None, None, DAY)
    before = Slice(SALES, (range_of(NANNING),), None, None, date(2023, 12, 9))
    county = Slice(INVESTMENT, (range_of(MASHAN),), None, None, DAY)
    assert newest.days([city, before, county]) == [date(2023, 12, 10), None, date(2023, 9, 1)]
    assert newest.days([]) == []


# Pages.


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiedui.web.views.today", lambda: DAY)


def test_home_leads_to_the_widest_board_and_then_to_the_last_one(
    everybody: People, client: Client
) -> None:
    grant(everybody.dispatcher, Role.READ, SHANGLIN, book="")
    client.force_login(everybody.dispatcher)
    assert client.get("/").headers["Location"] == "/board/440300-450100/"
    client.get("/board/440300-450100/?region=450125")
    assert client.get("/").headers["Location"] == "/board/440300-450100/?region=450125"


def test_the_board_is_shown_with_its_numbers(everybody: People, client: Client) -> None:
    client.force_login(everybody.dispatcher)
    html = client.get("/board/440300-450100/").content.decode()
    assert "深圳市 ⇄ 南宁市 协作看板" in html
    assert ">49,720<" in html
    assert "示意图" in html
    assert "style=" not in html
    assert "<script>" not in html


def test_a_day_that_is_none_or_in_the_future_is_today(everybody: People, client: Client) -> None:
    client.force_login(everybody.dispatcher)
    for day in ("", "昨天", "2999-01-01", "2023-02-30"):
        response = client.get("/board/440300-450100/", {"day": day})
        assert response.context["board"].day == DAY
        # Whoever typed it is told, so that today's figures are not taken for another day's.
        assert (f"没有按“{day}”列出" in response.content.decode()) is bool(day)
    said = client.get("/board/440300-450100/", {"day": "2023-11-30"}).content.decode()
    assert "没有按" not in said


def test_another_programmes_board_is_not_there(everybody: People, client: Client) -> None:
    client.force_login(everybody.stranger)
    assert client.get("/board/440300-450100/").status_code == 404
    assert client.get("/board/440300-450100/?region=450125").status_code == 404
    assert client.get("/board/440300-450100/sheet.xlsx").status_code == 404
    assert client.get("/pairings/440300-450100/").status_code == 404
    assert client.get("/r/450125/").status_code == 404


def test_a_county_may_not_open_the_citys_board(everybody: People, client: Client) -> None:
    client.force_login(everybody.enterer)
    assert client.get("/board/440300-450100/").status_code == 404
    assert client.get("/board/440300-450100/?region=450125").status_code == 200
    assert client.get("/board/440300-450100/?region=nonsense").status_code == 404


def test_the_board_goes_out_as_plain_numbers(everybody: People, client: Client) -> None:
    client.force_login(everybody.dispatcher)
    content = client.get("/board/440300-450100/sheet.xlsx").content
    main, by_county = sheets.read(content)
    assert (main.name, by_county.name) == ("看板", "分县")
    cells = {row[1]: row for row in main.rows if len(row) > 7}
    row = cells["实际到位投资额"]
    assert (row[3], row[4], row[7]) == ("≥", 1500, 49720)
    assert {row[1]: row[0] for row in by_county.rows if len(row) > 1}["马山县"] == "450124"


def test_pages_of_a_pairing_and_a_place_say_what_they_are(
    everybody: People, client: Client
) -> None:
    client.force_login(everybody.dispatcher)
    pairing = client.get("/pairings/440300-450100/").content.decode()
    assert "440300-450100" in pairing
    assert "第 3 笔为止" in pairing
    place = client.get("/r/450181/").content.decode()
    assert "横县" in place
    assert "450127" in place
    assert "深圳市 ⇄ 南宁市" in client.get("/pairings/").content.decode()
    assert "南宁市" in client.get("/switch/").content.decode()


def test_search_finds_only_what_may_be_seen(everybody: People, client: Client) -> None:
    client.force_login(everybody.dispatcher)
    found = client.get("/search/", {"q": "到位投资"}).content.decode()
    assert f"/f/{INVESTMENT}/450100/..2023-12-12" in found
    assert "上林县" in client.get("/search/", {"q": "sl"}).content.decode()
    assert "没有找到" in client.get("/search/", {"q": "汉滨"}).content.decode()
    elsewhere = client.get("/records/k/industry.receipt/", {"tab": "draft"}).content.decode()
    assert 'value="tab=draft"' not in elsewhere


def test_who_has_no_grant_sees_no_numbers(everybody: People, client: Client) -> None:
    client.force_login(make_user("guan", "管理员", administrator="system"))
    assert "还没有可以查看" in client.get("/").content.decode()
    assert client.get("/board/440300-450100/").status_code == 404
