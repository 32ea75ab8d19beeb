import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0002_consumption_agreement"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
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
                ("mark", models.CharField(max_length=40)),
                ("recognised_on", models.CharField(max_length=40)),
                ("valid_to", models.CharField(blank=True, max_length=40)),
                ("ended_on", models.CharField(blank=True, max_length=40)),
                ("maker", models.CharField(blank=True, max_length=32)),
                ("number", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
