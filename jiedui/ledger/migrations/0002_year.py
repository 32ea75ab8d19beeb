"""Databases made before ledger_year and ledger_standing_risky stood in the schema get them here."""

from typing import Any

from django.db import migrations

from jiedui.ledger.schema import statements


def create(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if "ledger_year" in connection.introspection.table_names():
        return
    for text in statements(connection.vendor):
        for statement in text.split(";\n"):
            body = "\n".join(line for line in statement.split("\n") if not line.startswith("--"))
            if body.strip().startswith(
                ("CREATE TABLE ledger_year", "CREATE INDEX ledger_standing_risky")
            ):
                schema_editor.execute(body, params=None)
    from jiedui.ledger import check

    check.rebuild()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
