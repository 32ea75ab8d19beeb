"""What the settings promise: engines, pragmas, headers, a key nobody else can read."""

import sqlite3
import stat
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from jiedui import settings


def test_a_sqlite_address_is_a_path() -> None:
    assert settings.database("sqlite:///srv/jiedui.sqlite3")["NAME"] == "/srv/jiedui.sqlite3"


def test_a_postgresql_address_is_taken_apart() -> None:
    found = settings.database("postgresql://office:p%40ss@db.local:5433/jiedui?sslmode=require")
    names = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
    assert [found[name] for name in names] == [
        "office",
        "p@ss",
        "db.local",
        "5433",
        "jiedui",
        {"sslmode": "require"},
    ]


def test_a_postgresql_address_may_name_a_socket_folder() -> None:
    assert settings.database("postgresql:///jiedui?host=/run/postgresql")["HOST"] == (
        "/run/postgresql"
    )


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        settings.database("mysql://localhost/jiedui")


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_wal_is_used_only_where_its_reset_is_mended(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], mode: str
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert settings.journal_mode() == mode


@pytest.mark.one_engine
@pytest.mark.django_db
def test_sqlite_keeps_its_promises() -> None:
    pragmas = {"recursive_triggers": 1, "foreign_keys": 1}
    with connection.cursor() as cursor:
        for name, value in pragmas.items():
            assert cursor.execute(f"PRAGMA {name}").fetchone() == (value,)
        # Where SQLite can do without trusting its schema, a constraint on JSON works all the same.
        trusted = {"ON": 1, "OFF": 0}[settings.trusted_schema()]
        assert cursor.execute("PRAGMA trusted_schema").fetchone() == (trusted,)
        cursor.execute("CREATE TEMPORARY TABLE t (content TEXT CHECK (json_valid(content)))")
        cursor.execute("INSERT INTO t VALUES ('{}')")
    assert "synchronous=FULL" in settings.sqlite("x")["OPTIONS"]["init_command"]


def test_the_key_is_made_once_and_kept_private(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.delenv("JIEDUI_SECRET_KEY", raising=False)
    key = settings.secret_key()
    assert len(key) >= 50
    assert settings.secret_key() == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_no_page_may_run_a_foreign_or_an_inline_script(client: Client) -> None:
    headers = client.get("/nowhere").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
