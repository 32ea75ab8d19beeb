import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business", "0021_work_meeting"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Research",
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
                ("published_on", models.CharField(max_length=40)),
                ("outlet", models.CharField(blank=True, max_length=200)),
                ("level", models.CharField(blank=True, max_length=40)),
                ("unit", models.CharField(blank=True, max_length=200)),
                ("url", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
