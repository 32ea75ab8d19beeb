import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0018_labour_workshop"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                ("issued_on", models.CharField(max_length=40)),
                ("number", models.CharField(blank=True, max_length=200)),
                ("signers", models.CharField(blank=True, max_length=200)),
                ("valid_to", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
