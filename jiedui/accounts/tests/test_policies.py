"""The doors of views."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from jiedui.accounts.models import Role, User
from jiedui.accounts.policies import Policy, policy
from jiedui.accounts.tests.people import make_user, people

pytestmark = pytest.mark.django_db


@policy(roles={Role.REVIEW, Role.FINAL})
def reviewers_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def knock(user: User | AnonymousUser) -> HttpResponse:
    request = RequestFactory().get("/somewhere?page=2")
    request.user = user
    answer: HttpResponse = reviewers_only(request)
    return answer


def test_one_of_the_roles_opens_the_view() -> None:
    made = people()
    assert knock(made.reviewer).content == b"inside"
    assert knock(made.final_reviewer).content == b"inside"


def test_without_the_role_the_view_does_not_exist() -> None:
    made = people()
    for user in (made.enterer, made.reader, make_user("nobody", "无权")):
        with pytest.raises(Http404):
            knock(user)


def test_an_administrator_opens_no_view_of_the_work() -> None:
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        with pytest.raises(Http404):
            knock(make_user(role, str(role.label), administrator=role))


def test_whoever_is_signed_out_comes_back_to_the_page_after_signing_in() -> None:
    answer = knock(AnonymousUser())
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=/somewhere%3Fpage%3D2"


def test_a_public_view_asks_for_no_roles() -> None:
    with pytest.raises(ValueError, match="no roles"):
        policy(Policy.PUBLIC, roles={Role.READ})
