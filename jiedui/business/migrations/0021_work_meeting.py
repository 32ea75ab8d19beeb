import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0020_work_group"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
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
                ("sort", models.CharField(max_length=40)),
                ("held_on", models.CharField(max_length=40)),
                ("topic", models.CharField(blank=True, max_length=200)),
                ("times", models.BigIntegerField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("people", models.BigIntegerField(blank=True, null=True)),
                ("partners", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
