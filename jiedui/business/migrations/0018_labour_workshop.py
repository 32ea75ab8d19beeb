import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0017_labour_transfer"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Workshop",
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
                ("sort", models.CharField(max_length=40)),
                ("recognised_on", models.CharField(max_length=40)),
                ("people", models.BigIntegerField(blank=True, null=True)),
                ("poverty", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_on", models.CharField(blank=True, max_length=40)),
                ("operator", models.CharField(blank=True, max_length=32)),
                ("document", models.CharField(blank=True, max_length=200)),
                ("place", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
