import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0006_consumption_sale"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SnackShop",
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
                ("form", models.CharField(max_length=40)),
                ("opened_on", models.CharField(max_length=40)),
                ("closed_on", models.CharField(blank=True, max_length=40)),
                ("operator", models.CharField(blank=True, max_length=32)),
                ("address", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
