import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0011_industry_production"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="InvestmentPromotion",
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
                ("held_on", models.CharField(max_length=40)),
                ("session", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("invited", models.BigIntegerField(blank=True, null=True)),
                ("inspecting", models.BigIntegerField(blank=True, null=True)),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("organiser", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
