"""Who may see and do what: one grant must hold the whole question."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jiedui.accounts import actions, scope
from jiedui.accounts.models import Grant, Role, Side, User
from jiedui.accounts.tests.people import (
    ANKANG,
    BOOK,
    CHANGZHOU_ANKANG,
    GUANGXI,
    MASHAN,
    NANNING,
    OTHER_BOOK,
    SHANGLIN,
    SHENZHEN,
    SHENZHEN_NANNING,
    XUNYANG,
    grant,
    make_user,
    people,
)
from jiedui.lib.places import ALL_PAIRINGS, Box, Range, range_of
from jiedui.parties.models import Person
from jiedui.regions import places
from jiedui.regions.models import Region
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db


def holder(region: int, *, side: Side = Side.WEST, book: str = "", line: str = "") -> User:
    user = make_user("holder", "持有人")
    grant(user, Role.ENTER, region, side=side, book=book, line=line)
    return user


def enters(user: User, region: int, pairing: int = SHENZHEN_NANNING, line: str = "") -> bool:
    return scope.may(user, Role.ENTER, region=region, pairing=pairing, line=line)


def test_a_western_grant_holds_its_region_and_all_below_and_nothing_else() -> None:
    make_regions()
    user = holder(NANNING)
    assert enters(user, NANNING)
    assert enters(user, SHANGLIN)
    assert enters(user, SHANGLIN + 100_001)
    assert not enters(user, GUANGXI)
    assert not enters(user, ANKANG)
    assert not enters(user, 0)


def test_another_role_is_not_held() -> None:
    make_regions()
    user = holder(NANNING)
    for role in set(Role) - {Role.ENTER}:
        assert not scope.may(user, role, region=NANNING, pairing=SHENZHEN_NANNING)


def test_a_book_narrows_a_western_grant_to_the_pairings_inside_it() -> None:
    make_regions()
    user = holder(NANNING, book=BOOK)
    assert enters(user, SHANGLIN, 440304_450125)
    assert not enters(user, SHANGLIN, 440100_450100)
    assert not enters(user, SHANGLIN, 440000_450000)
    assert not enters(user, SHANGLIN, 0)


def test_a_provincial_book_holds_the_pairings_of_its_cities() -> None:
    make_regions()
    user = holder(GUANGXI, book="440000-450000")
    assert enters(user, SHANGLIN, SHENZHEN_NANNING)
    assert not enters(user, SHANGLIN, 350200_450100)


def test_a_grant_without_a_book_holds_all_pairings() -> None:
    make_regions()
    user = holder(NANNING)
    assert enters(user, SHANGLIN, 0)
    assert enters(user, SHANGLIN, 110000_450100)


def test_an_eastern_grant_holds_every_pairing_of_its_own_side_wherever_the_west_is() -> None:
    make_regions()
    user = holder(SHENZHEN, side=Side.EAST)
    assert enters(user, SHANGLIN, SHENZHEN_NANNING)
    assert enters(user, SHANGLIN, 440304_450125)
    assert enters(user, ANKANG, 440300_610900)
    assert not enters(user, SHANGLIN, 440000_450000)
    assert not enters(user, ANKANG, CHANGZHOU_ANKANG)
    assert not enters(user, SHANGLIN, 0)


def test_an_eastern_grant_may_be_narrowed_to_a_book() -> None:
    make_regions()
    user = holder(SHENZHEN, side=Side.EAST, book=BOOK)
    assert enters(user, SHANGLIN, 440304_450125)
    assert not enters(user, ANKANG, 440300_610900)


def test_a_grant_limited_to_a_line_holds_that_line_only() -> None:
    make_regions()
    user = holder(NANNING, line="labour")
    assert enters(user, SHANGLIN, line="labour")
    assert not enters(user, SHANGLIN, line="funds")
    assert not enters(user, SHANGLIN)


def test_a_grant_on_a_renamed_county_holds_both_its_codes() -> None:
    make_regions()
    user = holder(XUNYANG, book=OTHER_BOOK)
    assert enters(user, 610928_000000, CHANGZHOU_ANKANG)
    assert scope.covers(user, ranges=places.ranges(XUNYANG), boxes=places.boxes(CHANGZHOU_ANKANG))


def test_a_grant_counts_only_within_its_days() -> None:
    make_regions()
    user = make_user("holder", "持有人")
    today = timezone.localdate()
    actions.give_grant(
        user=user, role=Role.ENTER, region=NANNING, valid_to=today - timedelta(days=1), by=None
    )
    assert not enters(user, SHANGLIN)
    assert scope.may(
        user,
        Role.ENTER,
        region=SHANGLIN,
        pairing=SHENZHEN_NANNING,
        on=today - timedelta(days=1),
    )
    actions.give_grant(user=user, role=Role.ENTER, region=NANNING, valid_from=today, by=None)
    assert enters(user, SHANGLIN)


def asks(user: User, *codes: int, pairing: int = SHENZHEN_NANNING) -> bool:
    ranges = tuple(span for code in codes for span in places.ranges(code))
    return scope.covers(user, ranges=ranges, boxes=places.boxes(pairing) if pairing else None)


def test_two_grants_never_add_up_to_a_wider_question() -> None:
    make_regions()
    user = holder(SHANGLIN)
    grant(user, Role.ENTER, MASHAN)
    assert asks(user, SHANGLIN)
    assert asks(user, MASHAN)
    assert not asks(user, SHANGLIN, MASHAN)
    assert not asks(user, NANNING)


def test_a_question_reaching_past_the_grant_by_one_code_is_outside() -> None:
    make_regions()
    user = holder(SHANGLIN)
    low, high = range_of(SHANGLIN)
    boxes = (ALL_PAIRINGS,)
    assert scope.covers(user, ranges=(Range(low, high),), boxes=boxes)
    assert not scope.covers(user, ranges=(Range(low, high + 1),), boxes=boxes)
    assert not scope.covers(user, ranges=(Range(low - 1, high),), boxes=boxes)


def test_no_place_or_no_pairing_is_no_question() -> None:
    make_regions()
    user = holder(SHANGLIN, book=BOOK)
    assert not scope.covers(user, ranges=(), boxes=places.boxes(SHENZHEN_NANNING))
    assert not scope.covers(user, ranges=places.ranges(SHANGLIN), boxes=())


def test_an_eastern_question_is_about_pairings() -> None:
    make_regions()
    user = holder(SHENZHEN, side=Side.EAST)
    assert asks(user, NANNING)
    assert asks(user, 0)
    assert not asks(user, NANNING, pairing=0)
    assert not asks(user, NANNING, pairing=440000_450000)
    wider = (Box(Range(440300, 440400), Range(450100, 450199)),)
    assert not scope.covers(user, ranges=places.ranges(NANNING), boxes=wider)


def test_every_role_reads_its_scope() -> None:
    make_regions()
    made = people()
    for user in (made.enterer, made.reviewer, made.reader, made.eastern, made.dispatcher):
        assert asks(user, SHANGLIN)
    assert not asks(made.enterer, NANNING)
    assert not asks(made.stranger, SHANGLIN)


def test_a_disabled_user_an_administrator_and_nobody_hold_nothing() -> None:
    make_regions()
    user = holder(NANNING)
    assert enters(user, SHANGLIN)
    actions.disable_user(user=user, by=None)
    assert not enters(User.objects.get(pk=user.pk), SHANGLIN)
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        admin = make_user(role, str(role.label), administrator=role)
        Grant.objects.create(user=admin, role=Role.ENTER, region=0)
        assert not enters(admin, SHANGLIN)
        assert not asks(admin, SHANGLIN)
        assert scope.roles(admin) == {role}


def test_a_changed_grant_counts_with_the_next_user_object() -> None:
    make_regions()
    user = holder(SHANGLIN)
    assert enters(user, SHANGLIN)
    Grant.objects.filter(user=user).update(region=MASHAN)
    again = User.objects.get(pk=user.pk)
    assert not enters(again, SHANGLIN)
    assert enters(again, MASHAN)


def test_many_questions_take_one_query_for_grants(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_regions()
    user = User.objects.get(pk=holder(NANNING, book=BOOK).pk)
    places.ranges(0)
    with django_assert_num_queries(1):
        for _ in range(20):
            asks(user, SHANGLIN)
            enters(user, MASHAN)
            scope.region_q(user)


# The condition for lists says the same as `may` says of each row.

ROWS = [
    (SHANGLIN, SHENZHEN_NANNING),
    (SHANGLIN, 440304_450125),
    (SHANGLIN, 440000_450000),
    (SHANGLIN, 440100_450100),
    (MASHAN, SHENZHEN_NANNING),
    (NANNING, SHENZHEN_NANNING),
    (GUANGXI, 440000_450000),
    (ANKANG, CHANGZHOU_ANKANG),
    (ANKANG, 440300_610900),
    (610928_000000, CHANGZHOU_ANKANG),
    (XUNYANG, CHANGZHOU_ANKANG),
    (429004_000000, 310000_429004),
    (532600_000000, 310104_532600),
]
GRANTS = [
    (Side.WEST, 0, ""),
    (Side.WEST, GUANGXI, ""),
    (Side.WEST, GUANGXI, "440000-450000"),
    (Side.WEST, NANNING, BOOK),
    (Side.WEST, SHANGLIN, ""),
    (Side.WEST, SHANGLIN, "440000-450000"),
    (Side.WEST, XUNYANG, OTHER_BOOK),
    (Side.WEST, 610928_000000, ""),
    (Side.WEST, 429004_000000, "310000-429004"),
    (Side.EAST, SHENZHEN, ""),
    (Side.EAST, SHENZHEN, BOOK),
    (Side.EAST, 440000_000000, "440000-450000"),
    (Side.EAST, 440304_000000, ""),
    (Side.EAST, 310000_000000, "310000-532600"),
]


@pytest.mark.parametrize(("side", "region", "book"), GRANTS)
def test_a_list_shows_exactly_the_rows_the_user_may_see(side: Side, region: int, book: str) -> None:
    make_regions()
    user = holder(region, side=side, book=book)
    for row, pairing in ROWS:
        Person.objects.create(
            name=f"{row} {pairing}", region=row, pairing=pairing, book=places.book(pairing)
        )
    shown = {(person.region, person.pairing) for person in Person.objects.visible_to(user)}
    assert shown == {(row, pairing) for row, pairing in ROWS if enters(user, row, pairing)}
    assert shown


def test_nobody_sees_a_row_and_two_grants_show_the_rows_of_both() -> None:
    make_regions()
    for row, pairing in ROWS:
        Person.objects.create(name="某", region=row, pairing=pairing, book=places.book(pairing))
    user = make_user("nobody", "无权")
    assert not Person.objects.visible_to(user).exists()
    grant(user, Role.READ, MASHAN)
    grant(user, Role.ENTER, 429004_000000)
    shown = Person.objects.visible_to(user)
    assert {person.region for person in shown} == {MASHAN, 429004_000000}
    assert {p.region for p in Person.objects.filter(scope.role_q(user, Role.READ))} == {MASHAN}


def test_a_line_limited_grant_shows_only_models_with_that_line() -> None:
    make_regions()
    user = holder(NANNING, line="labour")
    assert str(scope.region_q(user)) == str(scope.region_q(make_user("nobody", "无权")))
    assert "labour" in str(scope.region_q(user, "record__", line="line"))
    assert "record__region" in str(scope.region_q(user, "record__", line="line"))


# Choices and review.


def test_the_picker_offers_the_west_its_region_and_the_east_its_partners() -> None:
    make_regions()
    made = people()
    offered = {
        user.username: set(
            Region.objects.filter(scope.places_q(user, Role.ENTER)).values_list("code", flat=True)
        )
        for user in (made.enterer, made.reviewer, made.eastern)
    }
    assert offered["tian"] == {SHANGLIN}
    assert offered["shen"] == set()
    assert offered["dong"] == {
        NANNING,
        SHANGLIN,
        MASHAN,
        450123_000000,
        450181_000000,
        450127_000000,
    }


def test_the_nearest_rule_above_says_how_many_levels_review() -> None:
    make_regions()
    assert scope.review_levels(SHANGLIN) == 1
    actions.set_review_levels(region=NANNING, levels=2, by=None)
    assert scope.review_levels(SHANGLIN) == 2
    assert scope.review_levels(NANNING) == 2
    assert scope.review_levels(GUANGXI) == 1
    actions.set_review_levels(region=SHANGLIN, levels=1, by=None)
    assert scope.review_levels(SHANGLIN) == 1
    assert scope.review_levels(MASHAN) == 2


# Separation of duties.


def test_each_administrator_does_only_its_own_part() -> None:
    make_regions()
    system = make_user("sys", "系统", administrator=Role.SYSTEM)
    security = make_user("sec", "安全", administrator=Role.SECURITY)
    audit = make_user("aud", "审计", administrator=Role.AUDIT)
    made = people()
    for by in (system, audit, made.dispatcher):
        with pytest.raises(actions.NotAllowed):
            actions.give_grant(user=made.enterer, role=Role.READ, region=NANNING, by=by)
    for by in (security, audit, made.dispatcher):
        with pytest.raises(actions.NotAllowed):
            actions.disable_user(user=made.enterer, by=by)
    actions.give_grant(user=made.enterer, role=Role.READ, region=NANNING, by=security)
    assert asks(made.enterer, NANNING)
    with pytest.raises(actions.GrantRefused):
        actions.give_grant(user=system, role=Role.READ, region=NANNING, by=security)
    with pytest.raises(actions.GrantRefused):
        actions.give_grant(user=made.enterer, role=Role.AUDIT, region=NANNING, by=security)
    with pytest.raises(places.UnknownRegion):
        actions.give_grant(user=made.enterer, role=Role.READ, region=999999_000000, by=security)
    with pytest.raises(actions.GrantRefused):
        actions.give_grant(
            user=made.enterer, role=Role.READ, region=NANNING, book="440304-450125", by=security
        )


def test_the_end_of_a_grant_is_its_last_day() -> None:
    make_regions()
    made = people()
    held = Grant.objects.get(user=made.reader)
    actions.end_grant(grant=held, on=date(2024, 1, 1), by=None)
    assert not asks(User.objects.get(pk=made.reader.pk), NANNING)


def test_the_same_people_have_different_grants() -> None:
    make_regions()
    made = people()
    held = {
        field.name: frozenset(
            Grant.objects.filter(user=getattr(made, field.name)).values_list(
                "role", "side", "region"
            )
        )
        for field in fields(made)
    }
    assert len(set(held.values())) == len(held)
