"""Every kind of record, found by walking the folders beside this file (decision 0007)."""

import importlib
from pathlib import Path

FOLDER = Path(__file__).parent

for path in sorted(FOLDER.rglob("*.py")):
    parts = path.relative_to(FOLDER).with_suffix("").parts
    kept_apart = {"tests", "migrations", "management", "__init__", "models", "apps"}
    if not kept_apart.intersection(parts):
        importlib.import_module(".".join((__package__, *parts)))
