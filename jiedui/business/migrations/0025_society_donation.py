import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0024_secondment_posting"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Donation",
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
                ("donor", models.CharField(blank=True, max_length=200)),
                ("received_on", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=40)),
                ("money_fen", models.BigIntegerField(blank=True, null=True)),
                ("goods_fen", models.BigIntegerField(blank=True, null=True)),
                ("goods", models.CharField(blank=True, max_length=200)),
                ("amount_bound", models.CharField(blank=True, max_length=40)),
                ("people", models.BigIntegerField(blank=True, null=True)),
                ("people_bound", models.CharField(blank=True, max_length=40)),
                ("receiver", models.CharField(blank=True, max_length=200)),
                ("receipt", models.CharField(blank=True, max_length=200)),
                ("credit_code", models.CharField(blank=True, max_length=18)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
