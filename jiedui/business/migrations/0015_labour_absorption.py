import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0014_industry_visit"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absorption",
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
                ("hired_on", models.CharField(max_length=40)),
                ("people", models.BigIntegerField()),
                ("poverty", models.BigIntegerField(blank=True, null=True)),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
