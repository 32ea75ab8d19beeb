import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0001_initial"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
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
                ("buyer", models.CharField(max_length=32)),
                ("amount_fen", models.BigIntegerField()),
                ("signed_on", models.CharField(max_length=40)),
                ("supplier", models.CharField(blank=True, max_length=32)),
                ("goods", models.CharField(blank=True, max_length=200)),
                ("ends_on", models.CharField(blank=True, max_length=40)),
                ("number", models.CharField(blank=True, max_length=200)),
                ("copies", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
