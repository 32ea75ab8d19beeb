import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0025_society_donation"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fund",
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
                ("stage", models.CharField(max_length=40)),
                ("moved_on", models.CharField(max_length=40)),
                ("amount_fen", models.BigIntegerField()),
                ("source", models.CharField(blank=True, max_length=40)),
                ("document", models.CharField(blank=True, max_length=200)),
                ("project", models.CharField(blank=True, max_length=32)),
                ("payee", models.CharField(blank=True, max_length=200)),
                ("counties", models.JSONField(blank=True, default=list)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
