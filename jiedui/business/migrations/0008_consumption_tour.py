import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0007_consumption_snack"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tour",
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
                ("name", models.CharField(blank=True, max_length=200)),
                ("arrived_on", models.CharField(max_length=40)),
                ("people", models.BigIntegerField()),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("organiser", models.CharField(blank=True, max_length=32)),
                ("route", models.CharField(blank=True, max_length=200)),
                ("counties", models.JSONField(blank=True, default=list)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
