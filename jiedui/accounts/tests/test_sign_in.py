"""Signing in and out, and how long that lasts."""

import re
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jiedui.accounts import actions
from jiedui.accounts.models import User
from jiedui.accounts.tests.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in"
INSIDE = "/password"
WRONG = "用户名或密码不对"


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password}, **extra)


def body(response: Any) -> str:
    """The page without its token and what was typed."""
    text = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="\w*"', "", text)


def test_the_page_warns_against_classified_content(client: Client) -> None:
    assert "不得录入涉密信息" in client.get(SIGN_IN).content.decode()


def test_a_right_password_opens_the_page_asked_for(client: Client) -> None:
    make_user("tian", "田小禾")
    turned = client.get(INSIDE)
    assert turned["Location"] == f"{SIGN_IN}?next={INSIDE}"
    page = client.get(turned["Location"])
    assert f'name="next" value="{INSIDE}"' in page.content.decode()
    answer = client.post(SIGN_IN, {"username": "tian", "password": PASSWORD, "next": INSIDE})
    assert answer["Location"] == INSIDE
    assert client.get(INSIDE).status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "https://evil.example", "https:evil", "\\\\evil", "/\\evil", "javascript:alert(1)",
        "http:///evil.example", " //evil.example", "",
    ],
)  # fmt: skip
def test_the_next_page_is_always_one_of_ours(client: Client, target: str) -> None:
    make_user("tian", "田小禾")
    assert "evil" not in client.get(SIGN_IN, {"next": target}).content.decode()
    answer = client.post(SIGN_IN, {"username": "tian", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/"


def test_unknown_wrong_and_disabled_get_the_same_answer(client: Client) -> None:
    make_user("tian", "田小禾")
    gone = make_user("gone", "已离任")
    actions.disable_user(user=gone, by=None)
    answers = [
        sign_in(client, "tian", "wrong-Password-1"),
        sign_in(client, "nobody", "wrong-Password-1"),
        sign_in(client, "gone", PASSWORD),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({body(answer) for answer in answers}) == 1
    assert WRONG in body(answers[0])


def test_five_wrong_passwords_lock_the_name_at_that_address_only(client: Client) -> None:
    make_user("tian", "田小禾")
    make_user("shen", "沈核")
    for _ in range(5):
        answer = sign_in(client, "tian", "wrong-Password-1", REMOTE_ADDR="10.0.0.1")
    assert answer.status_code == 429
    assert sign_in(client, "tian", REMOTE_ADDR="10.0.0.1").status_code == 429
    forged = sign_in(client, "tian", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="10.9.9.9")
    assert forged.status_code == 429
    assert sign_in(client, "shen", REMOTE_ADDR="10.0.0.1").status_code == 302
    assert sign_in(Client(), "tian", REMOTE_ADDR="10.0.0.2").status_code == 302


def test_an_unknown_name_is_locked_with_the_same_words(client: Client) -> None:
    make_user("tian", "田小禾")
    for _ in range(5):
        known = sign_in(client, "tian", "wrong-Password-1")
        unknown = sign_in(client, "nobody", "wrong-Password-1")
    assert known.status_code == unknown.status_code == 429
    assert body(known) == body(unknown)


def test_many_failures_from_everywhere_lock_the_name(client: Client, settings: Settings) -> None:
    settings.SIGN_IN_FAILURES_MAX = 6
    make_user("tian", "田小禾")
    make_user("shen", "沈核")
    for address in range(6):
        sign_in(client, "tian", "wrong-Password-1", REMOTE_ADDR=f"10.0.1.{address}")
    assert sign_in(client, "tian", REMOTE_ADDR="10.0.2.1").status_code == 429
    assert sign_in(client, "shen", REMOTE_ADDR="10.0.2.1").status_code == 302


def test_a_disabled_user_is_out_at_the_next_request(client: Client) -> None:
    user = make_user("tian", "田小禾")
    client.force_login(user)
    assert client.get(INSIDE).status_code == 200
    actions.disable_user(user=user, by=None)
    assert client.get(INSIDE)["Location"].startswith(SIGN_IN)


def test_a_changed_password_ends_the_other_sessions(client: Client) -> None:
    user = make_user("tian", "田小禾")
    other = Client()
    client.force_login(user)
    other.force_login(user)
    new = "Ma-shan-2024"
    answer = client.post(INSIDE, {"present": PASSWORD, "password": new, "again": new})
    assert answer.status_code == 302
    assert client.get(INSIDE).status_code == 200
    assert other.get(INSIDE)["Location"].startswith(SIGN_IN)
    assert sign_in(Client(), "tian", new).status_code == 302


@pytest.mark.parametrize(
    ("quiet_minutes", "pages", "alive"),
    [(29, 1, True), (31, 1, False), (20, 30, True), (20, 40, False)],
)
def test_a_session_ends_after_half_an_hour_of_quiet_or_half_a_day(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    quiet_minutes: int,
    pages: int,
    alive: bool,
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    client.force_login(make_user("tian", "田小禾"))
    status = 0
    for _ in range(pages):
        now += quiet_minutes * 60
        status = client.get(INSIDE).status_code
    assert status == (200 if alive else 302)


def test_a_clock_set_back_a_day_ends_the_session(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_user("tian", "田小禾"))
    now = time.time() - 86_400
    monkeypatch.setattr(time, "time", lambda: now)
    assert client.get(INSIDE).status_code == 302


def test_a_dead_session_sends_htmx_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/find/regions", HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"] == SIGN_IN
    assert answer.content == b""


def test_signing_out_is_a_post_and_clears_the_browser(client: Client) -> None:
    client.force_login(make_user("tian", "田小禾"))
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    answer = client.post(reverse("accounts:sign_out"))
    assert answer["Location"] == SIGN_IN
    assert "storage" in answer["Clear-Site-Data"]
    assert client.get(INSIDE).status_code == 302


def test_signing_in_needs_the_csrf_token() -> None:
    make_user("tian", "田小禾")
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "tian").status_code == 403
    strict.get(SIGN_IN)
    token = strict.cookies["csrftoken"].value
    answer = strict.post(
        SIGN_IN, {"username": "tian", "password": PASSWORD, "csrfmiddlewaretoken": token}
    )
    assert answer.status_code == 302


def test_a_first_password_must_be_changed_before_anything_else(client: Client) -> None:
    user = make_user("tian", "田小禾")
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    client.force_login(user)
    assert client.get("/find/regions")["Location"] == INSIDE
    assert client.get("/find/regions", HTTP_HX_REQUEST="true")["HX-Redirect"] == INSIDE
    new = "Ma-shan-2024"
    client.post(INSIDE, {"present": PASSWORD, "password": new, "again": new})
    assert client.get("/find/regions").status_code == 200


@pytest.mark.parametrize(
    "password",
    [
        "Ab1-xyz",
        "1234567890123",
        "tianxiaohe",
        "Tianxiaohe1",
        "Password123",
        "onlysmallletters",
        PASSWORD,
    ],
)
def test_a_weak_or_used_password_is_refused(client: Client, password: str) -> None:
    user = make_user("tianxiaohe", "田小禾")
    client.force_login(user)
    answer = client.post(INSIDE, {"present": PASSWORD, "password": password, "again": password})
    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_none_of_the_last_five_passwords_comes_back(client: Client) -> None:
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    user = make_user("tian", "田小禾")
    passwords = [f"Ma-shan-20{number}" for number in range(10, 16)]
    for password in passwords:
        actions.change_password(user=user, password=password, now=timezone.now())
    for password in passwords:
        with pytest.raises(ValidationError):
            actions.change_password(user=user, password=password, now=timezone.now())
    actions.change_password(user=user, password=PASSWORD, now=timezone.now())


def test_an_old_password_must_be_changed_where_the_profile_asks_for_it(
    client: Client, settings: Settings
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    settings.PASSWORD_DAYS_MAX = 90
    user = make_user("tian", "田小禾")
    for days, status in ((89, 200), (91, 302)):
        changed = timezone.now() - timedelta(days=days)
        User.objects.filter(pk=user.pk).update(password_changed_at=changed)
        client.force_login(user)
        assert client.get("/find/regions").status_code == status


def test_pages_behind_the_door_are_not_kept_by_caches(client: Client) -> None:
    client.force_login(make_user("tian", "田小禾"))
    kept = client.get(INSIDE)["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept
