"""Databases made by an earlier schema get ledger_running, which takes the place of ledger_year."""

from importlib import import_module
from typing import Any

from django.db import migrations

catch_up = import_module("jiedui.ledger.migrations.0002_year").catch_up


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE IF EXISTS ledger_year")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_days")]
    operations = [
        migrations.RunPython(catch_up, migrations.RunPython.noop),
        migrations.RunPython(drop, migrations.RunPython.noop),
    ]
