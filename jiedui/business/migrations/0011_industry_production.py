import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0010_industry_landing"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Production",
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
                ("enterprise", models.CharField(max_length=32)),
                ("produced_on", models.CharField(max_length=40)),
                ("registered_on", models.CharField(blank=True, max_length=40)),
                ("origin", models.CharField(blank=True, max_length=40)),
                ("origin_place", models.CharField(blank=True, max_length=200)),
                ("trade", models.CharField(blank=True, max_length=200)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("introducer", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
