import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0004_consumption_promotion"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reach",
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
                ("unit", models.CharField(max_length=32)),
                ("sort", models.CharField(max_length=40)),
                ("since_on", models.CharField(max_length=40)),
                ("ended_on", models.CharField(blank=True, max_length=40)),
                ("supplier", models.CharField(blank=True, max_length=32)),
                ("goods", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
