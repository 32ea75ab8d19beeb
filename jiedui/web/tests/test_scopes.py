from datetime import date

import pytest
from django.test import Client

from jiedui.accounts.models import Role
from jiedui.accounts.tests.people import (
    NANNING,
    SHANGLIN,
    SHENZHEN,
    SHENZHEN_NANNING,
    People,
    grant,
    make_user,
    people,
)
from jiedui.indicators.catalogue import Line
from jiedui.regions.tests.world import make_regions
from jiedui.web import scopes
from jiedui.web.tests.world import make_board

pytestmark = pytest.mark.django_db
DAY = date(2023, 12, 12)


@pytest.fixture
def everybody() -> People:
    make_regions()
    return people()


def named(boards: list[scopes.Scope]) -> list[tuple[str, str]]:
    return [(board.place, board.pairing_name) for board in boards]


def test_a_city_sees_the_board_of_its_whole_pairing(everybody: People) -> None:
    boards = scopes.boards_of(everybody.dispatcher, DAY)
    assert named(boards) == [("南宁市", "深圳市 ⇄ 南宁市")]
    assert boards[0].is_whole
    assert boards[0].lines == tuple(Line)


def test_a_county_sees_its_own_board_and_not_the_citys(everybody: People) -> None:
    assert named(scopes.boards_of(everybody.enterer, DAY)) == [("上林县", "深圳市 ⇄ 南宁市")]
    assert scopes.scope_of(everybody.enterer, SHENZHEN_NANNING, SHANGLIN) is not None
    assert scopes.scope_of(everybody.enterer, SHENZHEN_NANNING, NANNING) is None


def test_the_eastern_office_sees_the_western_side_of_its_pairings(everybody: People) -> None:
    assert named(scopes.boards_of(everybody.eastern, DAY)) == [("南宁市", "深圳市 ⇄ 南宁市")]


def test_a_stranger_opens_no_board_of_another_programme(everybody: People) -> None:
    assert scopes.scope_of(everybody.stranger, SHENZHEN_NANNING, NANNING) is None
    own = scopes.boards_of(everybody.stranger, DAY)
    assert {board.pairing_name for board in own} == {"常州市 ⇄ 安康市", "武进区 ⇄ 汉滨区"}


def test_a_place_outside_the_pairing_has_no_board_in_it(everybody: People) -> None:
    assert scopes.scope_of(everybody.dispatcher, SHENZHEN_NANNING, SHENZHEN) is None
    assert scopes.scope_of(everybody.dispatcher, 440300_610900, NANNING) is None


def test_a_grant_for_one_line_of_work_opens_that_line_alone(everybody: People) -> None:
    buyer = make_user("mai", "买办", "南宁市商务局")
    grant(buyer, Role.READ, NANNING, line="consumption")
    boards = scopes.boards_of(buyer, DAY)
    assert named(boards) == [("南宁市", "广东省 ⇄ 广西壮族自治区"), ("南宁市", "深圳市 ⇄ 南宁市")]
    assert {board.lines for board in boards} == {(Line.CONSUMPTION,)}


def test_who_has_no_grant_has_no_board(everybody: People) -> None:
    assert scopes.boards_of(make_user("guan", "管", administrator="system"), DAY) == []


def test_places_of_a_pairing_are_known_on_both_sides(everybody: People) -> None:
    boards = scopes.boards_of(everybody.dispatcher, DAY)
    assert scopes.may_know(boards, SHANGLIN)
    assert scopes.may_know(boards, SHENZHEN)
    assert not scopes.may_know(boards, 610900_000000)


def test_how_long_a_book_is_and_its_hash_are_for_who_reads_all_of_it(everybody: People) -> None:
    make_board()
    said = {}
    for name, user in (("city", everybody.dispatcher), ("county", everybody.enterer)):
        client = Client()
        client.force_login(user)
        said[name] = client.get("/pairings/440300-450100/").content.decode()
    assert "第 3 笔为止" in said["city"]
    assert "笔为止" not in said["county"]
    assert "data-copy" not in said["county"]
