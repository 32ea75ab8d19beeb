from typing import Any

from django.db import migrations

from jiedui.regions.register import watching


def watch(apps: Any, schema_editor: Any) -> None:
    for statement in watching(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_pairing_note")]
    operations = [migrations.RunPython(watch, migrations.RunPython.noop)]
