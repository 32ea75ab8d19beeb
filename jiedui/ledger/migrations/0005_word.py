"""Databases made by an earlier schema get the columns of ledger_running that hold an answer."""

from importlib import import_module
from typing import Any

from django.db import migrations

catch_up = import_module("jiedui.ledger.migrations.0002_year").catch_up


def drop(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, "ledger_running")
    if "word" not in {column.name for column in found}:
        schema_editor.execute("DROP TABLE ledger_running")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_running")]
    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        migrations.RunPython(catch_up, migrations.RunPython.noop),
    ]
