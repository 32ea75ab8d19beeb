"""The command for the first administrators."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from jiedui.accounts import scope
from jiedui.accounts.models import Grant, Role, User
from jiedui.accounts.tests.people import BOOK, PASSWORD, SHANGLIN
from jiedui.regions.tests.world import make_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PASSWORD)


def test_a_user_is_created_granted_and_disabled(capsys: pytest.CaptureFixture[str]) -> None:
    make_regions()
    call_command("account", "create", "tian", "--name", "田小禾")
    user = User.objects.get(username="tian")
    assert user.check_password(PASSWORD)
    assert user.must_change_password
    call_command("account", "grant", "tian", "填报", "上林县", "--book", BOOK)
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "已建账号 tian（田小禾），首次登录须改密码。",
        "已给 tian 填报权限：上林县及所辖。",
    ]
    assert (Grant.objects.get().region, scope.roles(user)) == (SHANGLIN, {Role.ENTER})
    call_command("account", "disable", "tian")
    assert not User.objects.get(username="tian").is_active


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["grant", "tian", "enter", "乌有县"], "没有这个地方"),
        (["grant", "tian", "enter", "上林县", "--book", "440304-450125"], "不是账簿"),
        (["grant", "tian", "enter", "上林县", "--book", "44"], "not a pairing"),
        (["grant", "boss", "enter", "上林县"], "管理员"),
        (["grant", "tian", "enterer", "上林县"], "没有这个角色：enterer。可写 enter 填报"),
        (["grant", "nobody", "enter", "上林县"], "没有这个用户名"),
        (["create", "tian", "--name", "又一人"], "已有这个用户名"),
    ],
)
def test_what_is_refused_is_one_clear_line(arguments: list[str], message: str) -> None:
    make_regions()
    call_command("account", "create", "tian", "--name", "田小禾")
    call_command("account", "create", "boss", "--name", "管理", "--administrator", "system")
    with pytest.raises(CommandError, match=message):
        call_command("account", *arguments)
    assert not Grant.objects.exists()
