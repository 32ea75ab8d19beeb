import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0012_industry_promotion"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signing",
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
                ("party", models.CharField(max_length=32)),
                ("signer", models.CharField(max_length=40)),
                ("signed_on", models.CharField(max_length=40)),
                ("project", models.CharField(blank=True, max_length=200)),
                ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("framework", models.BooleanField(blank=True, default=False)),
                ("again", models.BooleanField(blank=True, default=False)),
                ("number", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
