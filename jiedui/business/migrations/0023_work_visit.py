import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0022_work_research"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MutualVisit",
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
                ("topic", models.CharField(blank=True, max_length=200)),
                ("way", models.CharField(max_length=40)),
                ("departed_on", models.CharField(max_length=40)),
                ("leaders", models.BooleanField(blank=True, default=False)),
                ("people", models.BigIntegerField(blank=True, null=True)),
                ("unit", models.CharField(blank=True, max_length=200)),
                ("place", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
