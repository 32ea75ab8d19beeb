import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0005_consumption_reach"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sale",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="records.record",
                    ),
                ),
                ("amount_fen", models.BigIntegerField()),
                ("settled_on", models.CharField(max_length=40)),
                ("channel", models.CharField(max_length=40)),
                ("way", models.CharField(max_length=40)),
                ("buyer", models.CharField(blank=True, max_length=32)),
                ("supplier", models.CharField(blank=True, max_length=32)),
                ("product", models.CharField(blank=True, max_length=32)),
                ("quantity", models.CharField(blank=True, max_length=200)),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("document", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
