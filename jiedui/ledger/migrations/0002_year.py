"""Databases made by an earlier schema get what it has got since: more tables and indexes."""

from typing import Any

from django.db import migrations

from jiedui.ledger.schema import missing


def catch_up(apps: Any, schema_editor: Any) -> None:
    from jiedui.ledger import check

    connection = schema_editor.connection
    names = (
        "SELECT name FROM sqlite_master"
        if connection.vendor == "sqlite"
        else "SELECT relname FROM pg_class"
    )
    with connection.cursor() as cursor:
        cursor.execute(names)
        present = {name for (name,) in cursor.fetchall()}
    new = list(missing(connection.vendor, present))
    for statement in new:
        schema_editor.execute(statement, params=None)
    if new:
        check.rebuild()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(catch_up, migrations.RunPython.noop)]
