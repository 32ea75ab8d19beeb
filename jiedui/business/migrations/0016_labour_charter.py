import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0015_labour_absorption"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Charter",
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
                ("departed_on", models.CharField(max_length=40)),
                ("means", models.CharField(max_length=40)),
                ("people", models.BigIntegerField()),
                ("destination", models.CharField(blank=True, max_length=200)),
                ("vehicles", models.BigIntegerField(blank=True, null=True)),
                ("bound", models.CharField(blank=True, max_length=40)),
                ("counties", models.JSONField(blank=True, default=list)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
