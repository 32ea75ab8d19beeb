import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0008_consumption_tour"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                ("party", models.CharField(max_length=32)),
                ("way", models.CharField(max_length=40)),
                ("met_on", models.CharField(max_length=40)),
                ("introducer", models.CharField(blank=True, max_length=200)),
                ("matter", models.CharField(blank=True, max_length=500)),
                ("place", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
