"""The same again for databases that caught up before ledger_standing_days."""

from importlib import import_module

from django.db import migrations

catch_up = import_module("jiedui.ledger.migrations.0002_year").catch_up


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_year")]
    operations = [migrations.RunPython(catch_up, migrations.RunPython.noop)]
