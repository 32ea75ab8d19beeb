"""Imports point downwards only (decision 0008): who knows the picture knows who may know whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import jiedui

HOUSE = Path(jiedui.__file__).parent

# From top to bottom; rooms on one floor do not know each other.
FLOORS = (
    ("web",),
    ("portal", "api"),
    ("field",),
    ("reports",),
    ("checking",),
    ("imports",),
    ("figures",),
    ("business",),
    ("records",),
    ("indicators",),
    ("ledger",),
    ("parties",),
    ("accounts",),
    ("regions",),
    ("ui",),
    ("lib",),
)
HEIGHT = {room: height for height, floor in enumerate(reversed(FLOORS)) for room in floor}


def rooms() -> list[str]:
    return sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything a file imports, wherever in the file it does so."""
    package = ("jiedui", *path.relative_to(HOUSE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def upward_imports() -> Iterator[str]:
    for path in sorted(HOUSE.glob("*/**/*.py")):
        room, *inside = path.relative_to(HOUSE).parts
        # A room's tests may walk through the pages above it.
        if "tests" in inside or room not in HEIGHT:
            continue
        for line, name in imported(path):
            house, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if house != "jiedui" or other == room:
                continue
            if HEIGHT.get(other, len(FLOORS)) >= HEIGHT[room]:
                yield f"{path.relative_to(HOUSE.parent)}:{line}: {room} imports {name}"


def test_every_room_has_a_floor() -> None:
    assert [room for room in rooms() if room not in HEIGHT] == []


def test_imports_point_downwards() -> None:
    offending = list(upward_imports())
    assert not offending, "\n" + "\n".join(offending)
