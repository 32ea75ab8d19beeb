import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0003_consumption_product"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsumptionPromotion",
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
                ("theme", models.CharField(max_length=40)),
                ("held_on", models.CharField(max_length=40)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("organiser", models.CharField(blank=True, max_length=32)),
                ("sales_fen", models.BigIntegerField(blank=True, null=True)),
                ("bound", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
