import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0013_industry_signing"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="InvestmentVisit",
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
                ("heading", models.CharField(max_length=40)),
                ("visited_on", models.CharField(max_length=40)),
                ("parties", models.JSONField(blank=True, default=list)),
                ("entrepreneurs", models.BigIntegerField(blank=True, null=True)),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("leader", models.CharField(blank=True, max_length=200)),
                ("result", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
