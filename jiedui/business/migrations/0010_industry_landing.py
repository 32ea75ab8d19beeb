import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0009_industry_contact"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Landing",
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
                ("project", models.CharField(blank=True, max_length=200)),
                ("landed_on", models.CharField(max_length=40)),
                ("total_fen", models.BigIntegerField(blank=True, null=True)),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("enterprise", models.CharField(blank=True, max_length=32)),
                ("sign", models.CharField(blank=True, max_length=40)),
                ("place", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
