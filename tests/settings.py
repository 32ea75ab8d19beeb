"""The product's settings with a folder and a database of the test run's own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def session_folder() -> Path:
    """One folder a test run, made by the first process and inherited by xdist's workers."""
    if "JIEDUI_TEST_FOLDER" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="jiedui-test-", dir=reachable_folder()))
        # The user that PostgreSQL runs as must pass through.
        folder.chmod(0o711)
        os.environ["JIEDUI_TEST_FOLDER"] = str(folder)
        atexit.register(remove, folder, maker=os.getpid())
    return Path(os.environ["JIEDUI_TEST_FOLDER"])


def remove(folder: Path, *, maker: int) -> None:
    """Remove the run's folder, unless it is only a forked child of the run that ends."""
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


def reachable_folder() -> Path:
    """A temporary folder that any user can reach, and short enough for a socket's name."""
    for folder in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        path = folder.resolve()
        if len(str(path)) < 50 and all(p.stat().st_mode & 0o001 for p in (path, *path.parents)):
            return path
    return Path(tempfile.gettempdir())


SESSION_FOLDER = session_folder()
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
ENGINE = os.environ.get("JIEDUI_TEST_ENGINE", "sqlite")

os.environ["JIEDUI_HOME"] = str(SESSION_FOLDER / WORKER)
os.environ.pop("JIEDUI_DATABASE", None)

from jiedui.settings import *  # noqa: E402
from jiedui.settings import postgresql, sqlite  # noqa: E402

SECRET_KEY = "a key for tests only"

# The names are filled in by conftest.py, which gives every worker a copy of one migrated template.
if ENGINE == "sqlite":
    DATABASES = {"default": sqlite(str(HOME / "unset.sqlite3"), synchronous="OFF")}
elif ENGINE == "postgresql":
    DATABASES = {"default": postgresql(NAME="unset", USER="postgres", CONN_MAX_AGE=0)}
else:
    raise ValueError(f"JIEDUI_TEST_ENGINE: unknown engine {ENGINE!r}")

# The hash is weak on purpose: signing in is not what most tests are about.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)
EVIDENCE_ROOT.mkdir(exist_ok=True)
