"""Databases for tests: migrate one template a run, copy it for workers and for tests that commit.

Append-only tables refuse to be flushed, so a test that commits gets a copy of its own instead.
"""

import fcntl
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections


class Databases(ABC):
    """The databases of one worker: `home`, which tests only roll back on, and passing copies."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.worker = worker
        self.copies = 0

    @property
    def home(self) -> str:
        return self.name(self.worker)

    def open_home(self) -> None:
        with self.lock():
            template = self.name("template")
            ready = self.folder / f"{connection.vendor}-template-ready"
            if not ready.exists():
                self.create(template)
                self.use(template)
                call_command("migrate", verbosity=0, interactive=False)
                connections.close_all()
                ready.touch()
            self.copy(template, self.home)
        self.use(self.home)

    def open_copy(self) -> None:
        self.copies += 1
        name = self.name(f"{self.worker}-{self.copies}")
        with self.lock():
            self.copy(self.name("template"), name)
        self.use(name)

    def close_copy(self) -> None:
        name = str(connection.settings_dict["NAME"])
        connections.close_all()
        self.drop(name)
        self.use(self.home)

    def refill(self, label: str, fill: Callable[[], object]) -> None:
        """Make the open copy one of a database that was filled once for the whole run."""
        target, filled = str(connection.settings_dict["NAME"]), self.name(label)
        with self.lock():
            ready = self.folder / f"{connection.vendor}-{label}-ready"
            if not ready.exists():
                self.copy(self.name("template"), filled)
                self.use(filled)
                fill()
                connections.close_all()
                ready.touch()
            connections.close_all()
            self.drop(target)
            self.copy(filled, target)
        self.use(target)

    def use(self, name: str) -> None:
        connections.close_all()
        # Threads, such as the live server's, make their connections from the same settings.
        for settings in (connection.settings_dict, connections.settings["default"]):
            settings["NAME"] = name

    @contextmanager
    def lock(self) -> Iterator[None]:
        with (self.folder / "databases.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @abstractmethod
    def name(self, label: str) -> str: ...

    @abstractmethod
    def create(self, name: str) -> None: ...

    @abstractmethod
    def copy(self, source: str, target: str) -> None: ...

    @abstractmethod
    def drop(self, name: str) -> None: ...


class SqliteDatabases(Databases):
    def name(self, label: str) -> str:
        return str(self.folder / f"{label}.sqlite3")

    def create(self, name: str) -> None:
        Path(name).unlink(missing_ok=True)

    def copy(self, source: str, target: str) -> None:
        shutil.copyfile(source, target)

    def drop(self, name: str) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)


class PostgresqlDatabases(Databases):
    def __init__(self, folder: Path, worker: str, host: str) -> None:
        super().__init__(folder, worker)
        for settings in (connection.settings_dict, connections.settings["default"]):
            settings["HOST"] = host

    def name(self, label: str) -> str:
        return f"jiedui_{label.replace('-', '_')}"

    def create(self, name: str) -> None:
        self.execute(f'CREATE DATABASE "{name}"')

    def copy(self, source: str, target: str) -> None:
        self.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        import psycopg

        host, user = connection.settings_dict["HOST"], connection.settings_dict["USER"]
        with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as server:
            # The statements are this file's own; names hold letters, digits and underscores.
            server.execute(statement.encode())
